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
_HIGH, _TO_HIGH = spread(0x80), spread(0x76)  # what is more than 9 reaches the highest bit
_LANES: Final = np.uint64(0x00FF00FF00FF00FF)
_ONE, _TWO, _FOUR, _SIX_BYTES = (np.uint64(8 * count) for count in (1, 2, 4, 6))


def hold_others(digits: Words) -> Mask:
    """Words of eight digits, as `Values.back` gives them, of which one is none."""
    found: Mask = ((digits + _TO_HIGH | digits) & _HIGH) != 0
    return found


def read_digits(digits: Words) -> Words:
    """The number that eight digits are: pairs first, then fours, then all eight."""
    pairs = digits * np.uint64(10) + (digits >> _ONE)
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


def weigh(digits: Words, weights: Sequence[int]) -> Words:
    """The sum of eight digits times their weights."""
    even = (digits & _LANES) * _weights(weights[0::2])
    odd = (digits >> _ONE & _LANES) * _weights(weights[1::2])
    return (even >> _SIX_BYTES) + (odd >> _SIX_BYTES)


def two_digits(digits: Words, place: int) -> Words:
    """The number that two digits at this place are."""
    tens, ones = (digits >> np.uint64(8 * each) & np.uint64(15) for each in (place, place + 1))
    return tens * np.uint64(10) + ones
