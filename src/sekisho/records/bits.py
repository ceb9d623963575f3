"""Signs of a whole block, one bit for each byte: sixty-four bytes are asked, moved and counted in one operation."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from sekisho.records.eights import EIGHT, Mask, Words

Places = npt.NDArray[np.int64]
WORD: Final = 64
_ONE, _SHIFT, _LAST = np.uint64(1), 6, 63


def pack(signs: npt.NDArray[np.uint8] | Mask) -> Words:
    """For each byte whether it is other than 0, as one bit of a long number; the first is its lowest bit."""
    packed = np.packbits(signs, bitorder="little")
    if len(packed) % EIGHT:
        packed = np.append(packed, np.zeros(-len(packed) % EIGHT, dtype=np.uint8))
    return packed.view(np.uint64)


def unpack(bits: Words) -> Places:
    """The places of the bits that are set."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))


def unpack_few(bits: Words) -> Places:
    """The same, quicker where they are few."""
    some = np.flatnonzero(bits != 0)
    places = unpack(bits[some])
    found: Places = some[places // WORD] * WORD + places % WORD
    return found


def move_on(bits: Words, count: int = 1) -> Words:
    """The bits, each so many places further on, fewer than 64."""
    moved = bits << np.uint64(count)
    moved[1:] |= bits[:-1] >> np.uint64(WORD - count)
    return moved


@dataclass(frozen=True)
class Marked:
    """The marked bytes of a block, which can be counted up to any place. They are read when first asked for."""

    read: Callable[[], Words]

    @cached_property
    def bits(self) -> Words:
        """One bit for each byte."""
        return self.read()

    @cached_property
    def _before(self) -> Places:
        """How many stand before each word of sixty-four."""
        counts = np.bitwise_count(self.bits).astype(np.int64)
        found: Places = np.cumsum(counts) - counts
        return found

    def count_before(self, places: Places) -> Places:
        """How many stand before each of these places, all of which lie within the block."""
        words = places >> _SHIFT
        lower = (_ONE << (places & _LAST).astype(np.uint64)) - _ONE
        found: Places = self._before.take(words) + np.bitwise_count(self.bits.take(words) & lower)
        return found
