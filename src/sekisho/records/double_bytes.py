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

from sekisho.records.characters import BYTE_ORDER_MARK, decode_text, is_private
from sekisho.records.grid import PADDING, Grid, Places
from sekisho.records.eights import Mask

_LEADS: Final = frozenset({*range(0x81, 0xA0), *range(0xE0, 0xFD)})
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_C1: Final = re.compile(b"\xc2[\x80-\x9f]")
_MAY_LEAD, _ONLY_SECOND, _FIRST_PRIVATE = 1, 2, 0xF000


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

    wrong: Mask
    private: Mask
    twice: frozenset[str]


def _character(raw: bytes, encoding: str) -> str:
    """The one character that these bytes are; nothing if they are none, or several."""
    try:
        text = decode_text(raw, encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


@cache
def _table(encoding: str) -> _Table:
    """Ask our decoder for every pair."""
    wrong, private = np.ones(0x10000, dtype=np.bool_), np.zeros(0x10000, dtype=np.bool_)
    seen: Counter[str] = Counter()
    for lead in _LEADS:
        for trail in range(0x40, 0x100):
            character = _character(bytes([lead, trail]), encoding)
            seen[character] += 1
            wrong[lead << 8 | trail] = not character
            private[lead << 8 | trail] = bool(character) and is_private(character)
    twice = frozenset(character for character, count in seen.items() if character and count > 1)
    return _Table(wrong=wrong, private=private, twice=twice)


def may_be_written_otherwise(text: str, encoding: str) -> bool:
    """Does a character stand in this text that has two codes?"""
    return encoding.startswith("cp932") and not _table(encoding).twice.isdisjoint(text)


@cache
def _classes(encoding: str) -> bytes:
    """For each byte: 1 if it may be the first of two, 2 if it can only be the second, 0 if it is a character."""
    return bytes(
        1 if each in _LEADS else 0 if _character(bytes([each]), encoding) else 2 for each in range(0x100)
    )


def _bits(mask: Mask) -> int:
    """A mask as one long number; place 0 is its lowest bit."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _firsts(leads: int, size: int) -> int:
    """Which of the bytes that may be the first of two are: every second one of a row, from the first."""
    even = int.from_bytes(b"\x55" * (size // 8 + 1), "little")
    starts = leads & ~(leads << 1)
    after_even = leads + (starts & even)  # the rows that begin at an even place are carried away
    return (leads & ~after_even & even) | (leads & after_even & ~even)


def _double(grid: Grid, encoding: str) -> Characters | None:
    """The characters of a block of code page 932."""
    raw, table = grid.raw, _table(encoding)
    classes = np.frombuffer(raw.tobytes().translate(_classes(encoding)), dtype=np.uint8)
    firsts = _firsts(_bits(classes == _MAY_LEAD), len(raw))
    if _bits(classes == _ONLY_SECOND) & ~(firsts << 1):
        return None
    packed = np.frombuffer(firsts.to_bytes(-(-len(raw) // 8), "little"), dtype=np.uint8)
    places = np.flatnonzero(np.unpackbits(packed, bitorder="little").view(np.bool_))
    pairs = raw.astype(np.uint16)
    pairs[:-1] <<= 8
    pairs[:-1] |= raw[1:]
    found = pairs.take(places)
    if table.wrong.take(found).any():
        return None
    private = places[table.private.take(found)] if len(found) and found.max() >= _FIRST_PRIVATE else places[:0]
    return Characters(inner=places + 1, private=private)


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
    if len(data := grid.raw.tobytes()) - len(data.translate(None, _CONTROLS)) != 2 * len(PADDING):
        return None
    return _double(grid, encoding) if encoding.startswith("cp932") else _several(grid)
