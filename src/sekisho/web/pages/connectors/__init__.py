"""Connectors to donation portals: how donations come in, and the copies on the internet-side server."""
