"""Looking into a parcel: what the bytes really are, and what they hold."""

from sekisho.adapters.scanners.inspector import FileInspector, inspect_chunks, peek
from sekisho.adapters.scanners.types import inspection_profile, sniff

__all__ = ["FileInspector", "inspect_chunks", "inspection_profile", "peek", "sniff"]
