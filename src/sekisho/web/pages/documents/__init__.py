"""Landed documents: only for their named recipients, every look recorded."""
