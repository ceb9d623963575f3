"""The values of one column of a block, by the places where they stand: read eight bytes at a time, never copied."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from sekisho.records.bits import Places
from sekisho.records.characters import decode_text
from sekisho.records.eights import BACK, EIGHT, FRONT, NOTHING, ZEROS, Mask, Words, hold_others, read_digits

Bytes = npt.NDArray[np.uint8]
MOST_DIGITS: Final = 15
_MINUS: Final = ord("-")


def _words_at(raw: Bytes, places: Places) -> Words:
    """The eight bytes from these places on."""
    words: Words = np.ndarray((len(raw) - 7,), dtype="<u8", buffer=raw, strides=(1,))[places]
    return words


def last_words(raw: Bytes, end: Places, length: Places, number: int = 0) -> Words:
    """The eight bytes of this number from the back of each value, as `Values.back` gives them."""
    place = number * EIGHT
    at = np.maximum(end - place - EIGHT, 0) if place else end - EIGHT
    mask = BACK.take(length - place, mode="clip")
    digits: Words = (_words_at(raw, at) ^ ZEROS) & mask
    return digits


class Values:
    """The values of one column, or some of them."""

    def __init__(self, raw: Bytes, start: Places, end: Places, length: Places, longest: int) -> None:
        self.raw, self.start, self.end, self.length, self.longest = raw, start, end, length, longest
        self._backs: dict[int, Words] = {}

    @cached_property
    def filled(self) -> Mask:
        """Which values are there?"""
        mask: Mask = self.length > 0
        return mask

    def of(self, rows: Places) -> "Values":
        """The values of some records."""
        return some_values(self.raw, self.start[rows], self.end[rows])

    def without_first(self) -> "Values":
        """The values without their first byte."""
        return some_values(self.raw, np.minimum(self.start + 1, self.end), self.end)

    def emptied(self) -> "Values":
        """As many values, all of them empty: a column that is not there."""
        return some_values(self.raw, self.start, self.start)

    def front(self, number: int = 0, fill: np.uint64 = NOTHING) -> Words:
        """The eight bytes of this number from the front, filled up where the value ends."""
        place = number * EIGHT
        at = np.minimum(self.start + place, len(self.raw) - EIGHT) if place else self.start
        mask = FRONT.take(self.length - place, mode="clip")
        words = _words_at(self.raw, at) & mask
        return words | (fill & ~mask) if fill else words

    def back(self, number: int = 0) -> Words:
        """The eight bytes of this number from the back as digits, 0 to 9, filled up with 0 in front, as a number is.

        What is no digit is some other number: the byte, exclusive or that of the character 0.
        """
        if number not in self._backs:
            self._backs[number] = last_words(self.raw, self.end, self.length, number)
        return self._backs[number]

    def keep(self, words: Words, not_digits: Mask) -> None:
        """Keep the last eight bytes, and which of them are other than digits, that were read for several columns."""
        self._backs[0] = words
        if self.longest <= EIGHT:
            self.not_digits = not_digits

    @property
    def words(self) -> range:
        """The numbers of the words that the longest value fills."""
        return range(-(-self.longest // EIGHT))

    @cached_property
    def whole(self) -> tuple[Places, Mask]:
        """The values as whole numbers, empty ones as 0; and which ones are none, or have more than 15 digits."""
        number, wrong = self._natural()
        if wrong.any():
            rows = np.flatnonzero(wrong & (self.length > 1))
            rows = rows[self.raw[self.start[rows]] == _MINUS]
            number[rows], wrong[rows] = self.of(rows).without_first().negative()
        return number, wrong

    def negative(self) -> tuple[Places, Mask]:
        """The values as numbers below zero, their sign not among them."""
        number, wrong = self._natural()
        return -number, wrong

    @cached_property
    def not_digits(self) -> Mask:
        """Which values are not up to 15 digits?"""
        wrong = hold_others(self.back())
        if self.longest > EIGHT:
            wrong |= hold_others(self.back(1)) | (self.length > MOST_DIGITS)
        return wrong

    def _natural(self) -> tuple[Places, Mask]:
        """The values as whole numbers without a sign."""
        number, wrong = read_digits(self.back()), self.not_digits
        if self.longest > EIGHT:
            number += read_digits(self.back(1)) * np.uint64(10**EIGHT)
        number[wrong] = 0
        return number.astype(np.int64), wrong.copy()


def some_values(raw: Bytes, start: Places, end: Places) -> Values:
    """Values between these places."""
    length = end - start
    return Values(raw, start, end, length, int(length.max(initial=0)))


def decode_values(values: Sequence[bytes | bytearray], encoding: str) -> list[str]:
    """Values as text, all in one go: no value holds a zero byte."""
    return decode_text(b"\0".join(values), encoding).split("\0") if values else []
