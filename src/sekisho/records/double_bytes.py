"""Are the bytes of a block characters of its code, and which bytes belong to the character before them?

Whether a byte of code page 932 begins a character depends on all bytes before it. Only bytes that may be the first of
two are in doubt, and of a row of these every second one is, from the first: which is found for the whole block at once
by one addition, whose carry runs through each row. The tables are made from our own strict decoder.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sekisho.records.byte_classes import CONTROL, LEAD, LEADS, SECOND, one_character
from sekisho.records.characters import BYTE_ORDER_MARK, is_private
from sekisho.records.eights import Mask, Words, move_on, pack, spread, unpack, unpack_few
from sekisho.records.grid import NONE, PADDING, Bytes, Grid, Places

_C1: Final = re.compile(b"\xc2[\x80-\x9f]")
_PRIVATE, _WRONG = 1, 2
_HALF, _SETS = np.uint8(4), np.uint8(0x0F)
_TOP, _INNER = 0xC0, 0x80
_OFTEN: Final = {0x81: 2, 0x82: 4, 0x83: 8}
_ONE, _EVEN = np.uint64(1), spread(0x55)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """What is known of the bytes of a block: the bytes inside characters, and where private characters begin."""

    inner: Callable[[], Places]
    private: Places

    def count_in(self, start: Places, end: Places) -> Places:
        """How many characters stand between these places."""
        inner = self.inner()
        found: Places = end - start - np.searchsorted(inner, end) + np.searchsorted(inner, start)
        return found


NO_CHARACTERS: Final = Characters(inner=lambda: NONE, private=NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A code page: which pairs of bytes are none, or a private character, and which characters have two codes.

    `sets` says of each byte which sets of good pairs it may begin, in the lower half, or end.
    """

    kinds: Bytes
    sets: bytes
    twice: frozenset[str]


def _read_sets(plain: Mask) -> bytes:
    """For each byte, the sets of pairs it may begin, in the lower half, and those that it may end, in the upper half.

    There is one set for kanji of which every second byte is one, and one for each of the first three rows: signs,
    hiragana, kana. A first byte of any other kind is in all sets: its pairs are looked up one by one.
    """
    sets, full = [0] * 0x100, plain[0x89]
    for byte in LEADS:
        sets[byte] = _OFTEN.get(byte, 1 if (plain[byte] == full).all() else int(_SETS))
    for trail in range(0x100):
        ends = full[trail] | sum(bit for lead, bit in _OFTEN.items() if plain[lead, trail])
        sets[trail] |= int(ends) << int(_HALF)
    return bytes(sets)


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
    sets = _read_sets(kinds.reshape(0x100, 0x100) == 0)
    twice = frozenset(character for character, count in seen.items() if character and count > 1)
    return _Table(kinds=kinds, sets=sets, twice=twice)


def may_be_written_otherwise(text: str, encoding: str) -> bool:
    """Does a character stand in this text that has two codes?"""
    return encoding.startswith("cp932") and not _table(encoding).twice.isdisjoint(text)


def _add(one: Words, other: Words) -> Words:
    """The sum of two long numbers, whose words stand in order, the lowest first."""
    total = one + other
    carry = np.flatnonzero(total < one) + 1
    while len(carry := carry[carry < len(total)]):
        total[carry] += _ONE
        carry = carry[total[carry] == 0] + 1
    return total


def _firsts(leads: Words) -> Words:
    """Which of the bytes that may be the first of two are: every second one of a row, from the first."""
    starts = leads & ~move_on(leads)
    after_even = _add(leads, starts & _EVEN)  # the rows that begin at an even place are carried away
    return (leads & ~after_even & _EVEN) | (leads & after_even & ~_EVEN)


def _double(grid: Grid, encoding: str) -> Characters | None:
    """The characters of a block of code page 932."""
    raw, table = grid.raw, _table(encoding)
    firsts = _firsts(pack(grid.signs & LEAD))
    if (pack(grid.signs & SECOND) & ~move_on(firsts)).any():
        return None
    sets = np.frombuffer(raw.tobytes().translate(table.sets), dtype=np.uint8)
    fits = sets >> _HALF
    fits[:-1] = fits[1:] & sets[:-1]
    if (firsts & ~pack(fits & _SETS)).any():
        return None
    rare = unpack_few(firsts & pack((sets & _SETS) == _SETS))
    kinds = table.kinds.take(raw.take(rare).astype(np.int64) << 8 | raw.take(rare + 1))
    if (kinds == _WRONG).any():
        return None
    return Characters(inner=lambda: unpack(firsts) + 1, private=rare[kinds == _PRIVATE])


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
    # U+E000 to U+F8FF begin with EE, or with EF 80 to EF A3; every byte inside a character is 80 to BF.
    private = (raw[:-1] == 0xEE) | ((raw[:-1] == 0xEF) & (raw[1:] <= 0xA3))  # noqa: PLR2004 - as the line above says
    return Characters(inner=lambda: np.flatnonzero((raw & _TOP) == _INNER), private=np.flatnonzero(private))


def read_characters(grid: Grid, encoding: str) -> Characters | None:
    """Where the characters of a block are; nothing if a byte is none, or a control character."""
    if grid.signs[len(PADDING) : -len(PADDING)].max(initial=0) >= CONTROL:
        return None
    return _double(grid, encoding) if encoding.startswith("cp932") else _several(grid)
