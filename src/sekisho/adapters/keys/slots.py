"""The file in which wrapped keys lie: each at a place of its own, written once, overwritten with zeros where it lies.

A database writes what it changes to a log first, and the log's blocks are given back to the disk with the keys still in
them. So no key ever stands in the database or its log: it knows only where each key lies in this file.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ALIGNED: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the file."""

    offset: int
    size: int

    @property
    def end(self) -> int:
        """Where the next one may begin."""
        return -(-(self.offset + self.size) // _ALIGNED) * _ALIGNED


def _joined(contents: Sequence[tuple[Slot, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Slots that lie one behind the other as one piece, with zeros up to where the next one begins."""
    pieces: list[bytes] = []
    first = end = -1
    for slot, content in contents:
        if slot.offset != end:
            if pieces:
                yield first, b"".join(pieces)
            pieces, first = [], slot.offset
        pieces.append(content.ljust(slot.end - slot.offset, b"\0"))
        end = slot.end
    if pieces:
        yield first, b"".join(pieces)


def slots_of(store: Path) -> Path:
    """The file of slots beside a store's database."""
    return store.with_suffix(".slots")


class SlotFile:
    """Reads and writes slots; durable before it answers."""

    def __init__(self, place: Path) -> None:
        self._file = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def write(self, contents: Sequence[tuple[Slot, bytes]]) -> None:
        """Fill slots and make them durable; those that follow one another are written in one go."""
        for first, joined in _joined(contents):
            os.pwrite(self._file, joined, first)
        os.fdatasync(self._file)

    def wipe(self, slots: Sequence[Slot]) -> None:
        """Overwrite slots with zeros where they lie, and make that durable."""
        self.write([(slot, bytes(slot.size)) for slot in slots])

    def read(self, slots: Mapping[str, Slot]) -> dict[str, bytes]:
        """What lies in these slots; one that was wiped, or never filled, is left out."""
        found = {name: os.pread(self._file, slot.size, slot.offset) for name, slot in slots.items()}
        return {name: content for name, content in found.items() if any(content)}
