"""Where every value of a block stands: the bytes as they came, and for each column where its values begin and end.

Nothing is copied and nothing is decoded. Bytes of comma, line feed and quotation mark never stand inside another
character, so a value's place is known before its characters are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from sekisho.records.byte_classes import END, QUOTE, STOP
from sekisho.records.characters import decode_text
from sekisho.records.eights import (
    BACK,
    EIGHT,
    FRONT,
    NOTHING,
    ZEROS,
    Mask,
    Words,
    are_digits,
    pack,
    read_digits,
    unpack_few,
)

Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
PADDING: Final = b"\0" * 16
_LINE_FEED, _RETURN, _SPACE, _MINUS = b"\n\r -"
_MOST_DIGITS: Final = 15
NONE: Final = np.zeros(0, dtype=np.int64)
_NO_SIGN: Final = ~(STOP | END)
_MANY: Final = 128  # bytes for each pair of quotation marks


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

    def _words_at(self, places: Places) -> Words:
        """The eight bytes from these places on."""
        words: Words = np.ndarray((len(self.raw) - 7,), dtype="<u8", buffer=self.raw, strides=(1,))[places]
        return words

    def front(self, number: int = 0, fill: np.uint64 = NOTHING) -> Words:
        """The eight bytes of this number from the front, filled up where the value ends."""
        place = number * EIGHT
        at = np.minimum(self.start + place, len(self.raw) - EIGHT) if place else self.start
        mask = FRONT.take(self.length - place, mode="clip")
        words = self._words_at(at) & mask
        return words | (fill & ~mask) if fill else words

    def back(self, number: int = 0) -> Words:
        """The eight bytes of this number from the back, filled up with zeros in front, as a number is."""
        if number not in self._backs:
            place = number * EIGHT
            at = np.maximum(self.end - place - EIGHT, 0) if place else self.end - EIGHT
            mask = BACK.take(self.length - place, mode="clip")
            self._backs[number] = ((self._words_at(at) ^ ZEROS) & mask) ^ ZEROS
        return self._backs[number]

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
        wrong = ~are_digits(self.back())
        if self.longest > EIGHT:
            wrong |= ~are_digits(self.back(1)) | (self.length > _MOST_DIGITS)
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


def decode_values(values: Sequence[bytes], encoding: str) -> list[str]:
    """Values as text, all in one go: no value holds a zero byte."""
    return decode_text(b"\0".join(values), encoding).split("\0") if values else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All values of a block, column by column.

    `signs` says of each byte what it can be; `stops` are the commas and line feeds that part the values, one by one;
    `start`, `end` and `length` have a row for each column.
    """

    raw: Bytes
    signs: Bytes
    stops: Places
    start: Places
    length: Places
    columns: tuple[Values, ...]

    @property
    def height(self) -> int:
        """How many records."""
        return len(self.columns[0].start)

    @property
    def ends_of_records(self) -> Places:
        """Where each record ends in the block, its line end included."""
        found: Places = self.stops[len(self.columns) - 1 :: len(self.columns)] + 1 - len(PADDING)
        return found

    def cells(self, places: Places) -> tuple[Places, Places]:
        """The records, from 0, and the columns, from 1, in which these bytes stand."""
        numbers = np.searchsorted(self.stops, places)
        return numbers // len(self.columns), numbers % len(self.columns) + 1

    def texts(self, column: int, encoding: str) -> list[str]:
        """The values of a column, from 1, as text."""
        values, data = self.columns[column - 1], self.raw.tobytes()
        pieces = [data[start:end] for start, end in zip(values.start.tolist(), values.end.tolist(), strict=True)]
        return decode_values(pieces, encoding)


def _runs(first: Places, last: Places) -> Places:
    """All the numbers from each first to before its last."""
    counts = last - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))


def _between(opening: Places, closing: Places, signs: Bytes) -> Places | Mask:
    """The bytes between quotation marks: one by one if they are few, else as a mask."""
    if len(opening) * _MANY > len(signs):
        mask: Mask = np.bitwise_xor.accumulate((signs & QUOTE) != 0)
        return mask
    return _runs(opening, closing)


def _marks(data: bytes, signs: Bytes) -> tuple[Places, Places] | None:
    """Where quotation marks open and close; nothing if one is left open. What is between them is no sign any more."""
    if b'"' not in data:
        return NONE, NONE
    quotes = unpack_few(pack(signs & QUOTE))
    if len(quotes) % 2:
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    signs[_between(opening, closing, signs)] &= _NO_SIGN
    return opening, closing


def _take_off_ends(raw: Bytes, end: Places, returns: int, line_end: bytes) -> bool:
    """Take the return off each record; no, if one is missing, or stands elsewhere."""
    if line_end == b"\n":
        return returns == 0
    end[-1] -= 1
    return returns == end.shape[1] and bool((raw.take(end[-1]) == _RETURN).all())


def _unquote(marks: tuple[Places, Places], stops: Places, start: Places, end: Places) -> bool:
    """Take the quotation marks off the values; no, if one stands inside a value."""
    opening, closing = marks
    if not len(opening):
        return True
    numbers = np.searchsorted(stops, closing)
    at = numbers % len(start), numbers // len(start)
    if (start[at] != opening).any() or (end[at] != closing + 1).any():
        return False
    start[at] += 1
    end[at] -= 1
    return True


def lay_grid(data: bytes, width: int, line_end: bytes, classes: bytes, *, blank_last: bool = False) -> Grid | None:
    """Find the values of a block of whole records; nothing if one is not as wide, or a sign not in its place.

    `blank_last` says that a last value that is a single space counts as empty.
    """
    padded = bytearray().join((PADDING, data, PADDING))
    raw, signs = (np.frombuffer(each, dtype=np.uint8) for each in (padded, padded.translate(classes)))
    marks = _marks(data, signs)
    if marks is None:
        return None
    stops = np.flatnonzero((signs & STOP).view(np.bool_))
    ends, stop_signs = pack(signs & END), pack(signs & STOP)
    if len(stops) != int(np.bitwise_count(ends & stop_signs).sum()) * width:
        return None
    end = stops.reshape(-1, width).T.copy()
    if (raw.take(end[-1]) != _LINE_FEED).any():
        return None
    start = np.empty_like(end)
    np.add(end[:-1], 1, out=start[1:])
    start[0, :1] = len(PADDING)
    start[0, 1:] = end[-1, :-1] + 1
    returns = int(np.bitwise_count(ends & ~stop_signs).sum())
    if not _take_off_ends(raw, end, returns, line_end) or not _unquote(marks, stops, start, end):
        return None
    if blank_last:
        start[-1] += (end[-1] - start[-1] == 1) & (raw.take(start[-1]) == _SPACE)
    length = end - start
    longest = length.max(axis=1, initial=0).tolist()
    columns = tuple(Values(raw, *each) for each in zip(start, end, length, longest, strict=True))
    return Grid(raw=raw, signs=signs, stops=stops, start=start, length=length, columns=columns)
