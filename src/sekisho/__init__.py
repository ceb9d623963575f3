"""Sekisho (関所): the one gate between a municipality's closed networks and every outside computer."""

__version__ = "26.1.0"
