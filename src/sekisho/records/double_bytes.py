"""Are the bytes of a block characters of its code, and which bytes belong to the character before them?

Whether a byte of code page 932 begins a character depends on all bytes before it. Only bytes that are no character by
themselves are in doubt, and of a row of these every second one begins one, from the first: which is found for the whole
block at once by one addition, whose carry runs through each row. The tables are made from our own strict decoder.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from sekisho.records.bits import Marked, Places, move_on, pack, unpack_few
from sekisho.records.byte_classes import LEAD, RARE
from sekisho.records.byte_pairs import HALF, PRIVATE, WRONG, read_pairs
from sekisho.records.characters import BYTE_ORDER_MARK
from sekisho.records.eights import Words, spread
from sekisho.records.grid import NONE, PADDING, Grid

_C1: Final = re.compile(b"\xc2[\x80-\x9f]")
_TOP, _INNER = 0xC0, 0x80
_ONE, _EVEN = np.uint64(1), spread(0x55)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """What is known of the bytes of a block: the bytes inside characters, and where private characters begin."""

    inner: Marked
    private: Places

    def count_in(self, start: Places, end: Places) -> Places:
        """How many characters stand between these places."""
        found: Places = end - start - self.inner.count_before(end) + self.inner.count_before(start)
        return found


NO_CHARACTERS: Final = Characters(inner=Marked(lambda: pack(np.zeros(0, dtype=np.bool_))), private=NONE)


def _add(one: Words, other: Words) -> Words:
    """The sum of two long numbers, whose words stand in order, the lowest first."""
    total = one + other
    carry = np.flatnonzero(total < one) + 1
    while len(carry := carry[carry < len(total)]):
        total[carry] += _ONE
        carry = carry[total[carry] == 0] + 1
    return total


def _firsts(leads: Words) -> Words:
    """Which of the bytes that are no character alone begin one: every second one of a row, from the first."""
    starts = leads & ~move_on(leads)
    after_even = _add(leads, starts & _EVEN)  # the rows that begin at an even place are carried away
    return (leads & ~after_even & _EVEN) | (leads & after_even & ~_EVEN)


def _are_pairs(grid: Grid, firsts: Words, sets: bytes) -> bool:
    """Is what follows each first byte one that may follow it? Of rare pairs that is not all."""
    begun = np.frombuffer(grid.padded.translate(sets), dtype=np.uint8)
    fits = begun[1:] >> HALF & begun[:-1]
    return not (firsts & ~pack(fits)).any()


def _double(grid: Grid, encoding: str) -> Characters | None:
    """The characters of a block of code page 932."""
    raw, pairs = grid.raw, read_pairs(encoding)
    firsts = _firsts(pack(grid.signs & LEAD))
    if not _are_pairs(grid, firsts, pairs.sets):
        return None
    rare = unpack_few(firsts & pack(grid.signs & RARE))
    kinds = pairs.kinds.take(raw.take(rare).astype(np.int64) << 8 | raw.take(rare + 1))
    if (kinds == WRONG).any():
        return None
    return Characters(inner=Marked(lambda: move_on(firsts)), private=rare[kinds == PRIVATE])


def _several(grid: Grid) -> Characters | None:
    """The characters of a block of UTF-8."""
    raw, data = grid.raw, bytes(grid.padded[len(PADDING) :].rstrip(b"\0"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if data.startswith(BYTE_ORDER_MARK) or (b"\xc2" in data and _C1.search(data)):
        return None
    # U+E000 to U+F8FF begin with EE, or with EF 80 to EF A3; every byte inside a character is 80 to BF.
    private = (raw[:-1] == 0xEE) | ((raw[:-1] == 0xEF) & (raw[1:] <= 0xA3))  # noqa: PLR2004 - as the line above says
    return Characters(inner=Marked(lambda: pack((raw & _TOP) == _INNER)), private=np.flatnonzero(private))


def read_characters(grid: Grid, encoding: str) -> Characters | None:
    """Where the characters of a block are; nothing if a byte is none."""
    return _double(grid, encoding) if encoding.startswith("cp932") else _several(grid)
