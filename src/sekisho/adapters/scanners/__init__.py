"""Looking into a parcel: what the bytes really are, and what they hold."""

from sekisho.adapters.scanners.again import inspected_by, needs_its_layout, rebuild_again
from sekisho.adapters.scanners.canaries import SHORTEST, Canary
from sekisho.adapters.scanners.inspector import (
    Approved,
    FileInspector,
    inspect_chunks,
    inspect_document,
    look_at_document,
    peek,
)
from sekisho.adapters.scanners.kinds import TEXTS
from sekisho.adapters.scanners.tools import Tools, tools_in_use
from sekisho.adapters.scanners.types import HEAD, sniff

__all__ = [
    "HEAD",
    "SHORTEST",
    "TEXTS",
    "Approved",
    "Canary",
    "FileInspector",
    "Tools",
    "inspect_chunks",
    "inspect_document",
    "inspected_by",
    "look_at_document",
    "needs_its_layout",
    "peek",
    "rebuild_again",
    "sniff",
    "tools_in_use",
]
