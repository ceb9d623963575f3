"""Keeping and erasing: what is late, on hold, at a contractor, and certificates that something is gone."""
