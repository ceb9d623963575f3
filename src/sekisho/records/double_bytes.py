"""Are the bytes of a block characters of its code, and which bytes belong to the character before them?

Whether a byte of code page 932 begins a character depends on all bytes before it. Only bytes that may be the first of
two are in doubt, and of a row of these every second one is, from the first: which is found for the whole block at once
by one addition, whose carry runs through each row. The tables are made from our own strict decoder.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sekisho.records.byte_classes import CONTROL, LEAD, LEADS, SECOND, one_character
from sekisho.records.characters import BYTE_ORDER_MARK, is_private
from sekisho.records.grid import PADDING, Bytes, Grid, Places
from sekisho.records.eights import to_number

_C1: Final = re.compile(b"\xc2[\x80-\x9f]")
_PRIVATE, _WRONG = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """What is known of the bytes of a block: the bytes inside characters, and where private characters begin."""

    inner: Places
    private: Places

    def count_in(self, start: Places, end: Places) -> Places:
        """How many characters stand between these places."""
        inner: Places = np.searchsorted(self.inner, end) - np.searchsorted(self.inner, start)
        return end - start - inner


NO_CHARACTERS: Final = Characters(inner=np.zeros(0, dtype=np.int64), private=np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A code page: which pairs of bytes are no character, and which are a private one; and the characters that have two."""

    kinds: Bytes
    twice: frozenset[str]


@cache
def _table(encoding: str) -> _Table:
    """Ask our decoder for every pair."""
    kinds = np.full(0x10000, _WRONG, dtype=np.uint8)
    seen: Counter[str] = Counter()
    for lead in LEADS:
        for trail in range(0x40, 0x100):
            character = one_character(bytes([lead, trail]), encoding)
            seen[character] += 1
            if character:
                kinds[lead << 8 | trail] = _PRIVATE if is_private(character) else 0
    twice = frozenset(character for character, count in seen.items() if character and count > 1)
    return _Table(kinds=kinds, twice=twice)


def may_be_written_otherwise(text: str, encoding: str) -> bool:
    """Does a character stand in this text that has two codes?"""
    return encoding.startswith("cp932") and not _table(encoding).twice.isdisjoint(text)


def _firsts(leads: int, size: int) -> int:
    """Which of the bytes that may be the first of two are: every second one of a row, from the first."""
    even = int.from_bytes(b"\x55" * (size // 8 + 1), "little")
    starts = leads & ~(leads << 1)
    after_even = leads + (starts & even)  # the rows that begin at an even place are carried away
    return (leads & ~after_even & even) | (leads & after_even & ~even)


def _double(grid: Grid, encoding: str) -> Characters | None:
    """The characters of a block of code page 932."""
    raw, size = grid.raw, len(grid.raw)
    firsts = _firsts(to_number(grid.signs & LEAD), size)
    if to_number(grid.signs & SECOND) & ~(firsts << 1):
        return None
    packed = np.frombuffer(firsts.to_bytes(-(-size // 8), "little"), dtype=np.uint8)
    places = np.flatnonzero(np.unpackbits(packed, bitorder="little").view(np.bool_))
    pairs = raw.astype(np.uint16)
    pairs[:-1] <<= 8
    pairs[:-1] |= raw[1:]
    kinds = _table(encoding).kinds.take(pairs.take(places))
    worst = kinds.max(initial=0)
    if worst == _WRONG:
        return None
    return Characters(inner=places + 1, private=places[kinds == _PRIVATE] if worst else places[:0])


def _several(grid: Grid) -> Characters | None:
    """The characters of a block of UTF-8."""
    raw = grid.raw
    data = raw.tobytes()[len(PADDING) : -len(PADDING)]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if data.startswith(BYTE_ORDER_MARK) or (b"\xc2" in data and _C1.search(data)):
        return None
    private = (raw[:-1] == 0xEE) | ((raw[:-1] == 0xEF) & (raw[1:] <= 0xA3))  # U+E000 to U+F8FF
    return Characters(inner=np.flatnonzero(raw & 0xC0 == 0x80), private=np.flatnonzero(private))


def read_characters(grid: Grid, encoding: str) -> Characters | None:
    """Where the characters of a block are; nothing if a byte is none, or a control character."""
    if grid.signs[len(PADDING) : -len(PADDING)].max(initial=0) >= CONTROL:
        return None
    return _double(grid, encoding) if encoding.startswith("cp932") else _several(grid)
