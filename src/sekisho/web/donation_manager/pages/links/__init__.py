"""The automatic links from portals into an area, which do not touch the city."""
