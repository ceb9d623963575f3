"""Eight characters of many values at a time: sixty-four bits hold eight bytes, and one operation serves all eight.

The first character stands in the lowest byte. What a value does not fill is filled by the caller, so that every test
here is of whole words.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
EIGHT: Final = 8
# So many bytes from the front, or from the back, of a word.
FRONT: Final = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
BACK: Final = np.array([((1 << 8 * count) - 1) << (64 - 8 * count) for count in range(9)], dtype=np.uint64)


def spread(byte: int) -> np.uint64:
    """The same byte eight times."""
    return np.uint64(byte * 0x0101010101010101)


ZEROS: Final = spread(0x30)
SPACES: Final = spread(0x20)
NOTHING: Final = spread(0)
_HIGH, _UPPER, _SIX, _THREES = spread(0x80), spread(0xF0), spread(0x06), spread(0x33)
_LANES: Final = np.uint64(0x00FF00FF00FF00FF)
_ONE, _TWO, _FOUR, _SIX_BYTES = (np.uint64(8 * count) for count in (1, 2, 4, 6))


def are_digits(words: Words) -> Mask:
    """Words of eight ASCII digits."""
    found: Mask = (words & _UPPER | ((words + _SIX & _UPPER) >> np.uint64(4))) == _THREES
    return found


def read_digits(words: Words) -> Words:
    """The number that eight ASCII digits are: pairs first, then fours, then all eight."""
    pairs = (words - ZEROS) * np.uint64(10) + ((words - ZEROS) >> _ONE)
    lanes = np.uint64(0x000000FF000000FF)
    first = (pairs & lanes) * np.uint64(100 + (1_000_000 << 32))
    return (first + ((pairs >> _TWO) & lanes) * np.uint64(1 + (10_000 << 32))) >> _FOUR


def are_between(words: Words, ranges: Sequence[tuple[int, int]]) -> Mask:
    """Words whose eight bytes, all of them ASCII, each lie in a range of their own."""
    least = sum((0x80 - low) << 8 * place for place, (low, _) in enumerate(ranges))
    most = sum((0x7F - high) << 8 * place for place, (_, high) in enumerate(ranges))
    inside = (words + np.uint64(least)) & ~(words + np.uint64(most)) & ~words
    found: Mask = (inside & _HIGH) == _HIGH
    return found


def _weights(weights: Sequence[int]) -> np.uint64:
    """Four weights as the factor that adds up four products in the topmost sixteen bits."""
    return np.uint64(sum(weight << 16 * (3 - place) for place, weight in enumerate(weights)))


def weigh(words: Words, weights: Sequence[int]) -> Words:
    """The sum of eight digits times their weights."""
    even = (words - ZEROS & _LANES) * _weights(weights[0::2])
    odd = (words - ZEROS >> _ONE & _LANES) * _weights(weights[1::2])
    return (even >> _SIX_BYTES) + (odd >> _SIX_BYTES)


def two_digits(words: Words, place: int) -> Words:
    """The number that two digits at this place are."""
    tens, ones = (words >> np.uint64(8 * each) & np.uint64(15) for each in (place, place + 1))
    return tens * np.uint64(10) + ones


def pack(signs: npt.NDArray[np.uint8] | Mask) -> Words:
    """For each byte whether it is other than 0, as one bit of a long number; the first is its lowest bit."""
    size = -(-len(signs) // 64) * EIGHT
    bits = np.zeros(size, dtype=np.uint8)
    packed = np.packbits(signs, bitorder="little")
    bits[: len(packed)] = packed
    return bits.view(np.uint64)


def unpack(bits: Words) -> npt.NDArray[np.int64]:
    """The places of the bits that are set."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))


def unpack_few(bits: Words) -> npt.NDArray[np.int64]:
    """The same, quicker where they are few."""
    some = np.flatnonzero(bits != 0)
    places = unpack(bits[some])
    found: npt.NDArray[np.int64] = some[places // 64] * 64 + places % 64
    return found


def move_on(bits: Words, count: int = 1) -> Words:
    """The bits, each so many places further on, fewer than 64."""
    moved = bits << np.uint64(count)
    moved[1:] |= bits[:-1] >> np.uint64(64 - count)
    return moved
