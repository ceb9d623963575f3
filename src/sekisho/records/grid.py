"""Where every value of a block stands: the bytes as they came, and for each column where its values begin and end.

Nothing is copied and nothing is decoded. Bytes of comma, line feed and quotation mark never stand inside another
character, so a value's place is known before its characters are.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from sekisho.records.eights import BACK, EIGHT, FRONT, NOTHING, ZEROS, Mask, Words, are_digits, read_digits

Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
PADDING: Final = b"\0" * 16
_QUOTE, _COMMA, _LINE_FEED, _RETURN, _SPACE, _MINUS = b'",\n\r -'
_MOST_DIGITS: Final = 15


class Values:
    """The values of one column, or some of them."""

    def __init__(self, raw: Bytes, start: Places, end: Places) -> None:
        self.raw, self.start, self.end = raw, start, end
        self.length = end - start
        self.longest = int(self.length.max()) if len(start) else 0

    @cached_property
    def filled(self) -> Mask:
        """Which values are there?"""
        mask: Mask = self.length > 0
        return mask

    def of(self, rows: Places) -> "Values":
        """The values of some records."""
        return Values(self.raw, self.start[rows], self.end[rows])

    def emptied(self) -> "Values":
        """As many values, all of them empty: a column that is not there."""
        return Values(self.raw, self.start, self.start)

    def _words_at(self, places: Places) -> Words:
        """The eight bytes from these places on."""
        words: Words = np.ndarray((len(self.raw) - 7,), dtype="<u8", buffer=self.raw, strides=(1,))[places]
        return words

    def front(self, number: int = 0, fill: np.uint64 = NOTHING) -> Words:
        """The eight bytes of this number from the front, filled up where the value ends."""
        place = number * EIGHT
        at = np.minimum(self.start + place, len(self.raw) - EIGHT) if place else self.start
        mask = FRONT.take(np.clip(self.length - place, 0, EIGHT))
        words = self._words_at(at) & mask
        return words | (fill & ~mask) if fill else words

    def back(self, number: int = 0) -> Words:
        """The eight bytes of this number from the back, filled up with zeros in front, as a number is."""
        place = number * EIGHT
        at = np.maximum(self.end - place - EIGHT, 0) if place else self.end - EIGHT
        mask = BACK.take(np.clip(self.length - place, 0, EIGHT))
        return self._words_at(at) & mask | (ZEROS & ~mask)

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
            number[rows], wrong[rows] = Values(self.raw, self.start[rows] + 1, self.end[rows]).negative()
        return number, wrong

    def negative(self) -> tuple[Places, Mask]:
        """The values as numbers below zero, their sign not among them."""
        number, wrong = self._natural()
        return -number, wrong

    def _natural(self) -> tuple[Places, Mask]:
        """The values as whole numbers without a sign."""
        last = self.back()
        number, wrong = read_digits(last), ~are_digits(last)
        if self.longest > EIGHT:
            first = self.back(1)
            number += read_digits(first) * np.uint64(10**EIGHT)
            wrong |= ~are_digits(first) | (self.length > _MOST_DIGITS)
        number[wrong] = 0
        return number.astype(np.int64), wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All values of a block, column by column. `stops` are the commas and line feeds that part them, one by one."""

    raw: Bytes
    stops: Places
    columns: tuple[Values, ...]

    @property
    def height(self) -> int:
        """How many records."""
        return len(self.stops) // len(self.columns)

    def cells(self, places: Places) -> tuple[Places, Places]:
        """The records, from 0, and the columns, from 1, in which these bytes stand."""
        numbers = np.searchsorted(self.stops, places)
        return numbers // len(self.columns), numbers % len(self.columns) + 1

    def texts(self, column: int, encoding: str) -> list[str]:
        """The values of a column, from 1, as text."""
        values, data = self.columns[column - 1], self.raw.tobytes()
        places = zip(values.start.tolist(), values.end.tolist(), strict=True)
        return [data[start:end].decode(encoding) for start, end in places]


def _runs(first: Places, last: Places) -> Places:
    """All the numbers from each first to before its last."""
    counts = last - first
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where quotation marks open and close, and the commas, line feeds and returns that are not between them."""

    opening: Places
    closing: Places
    stops: Places
    feeds: int
    returns: int


def _read_marks(raw: Bytes, data: bytes) -> _Marks | None:
    """Find all signs of a block; nothing if a quotation mark is left open."""
    stops = np.flatnonzero((raw == _COMMA) | (raw == _LINE_FEED))
    feeds, returns = data.count(b"\n"), data.count(b"\r")
    quotes = np.flatnonzero(raw == _QUOTE) if b'"' in data else stops[:0]
    if len(quotes) % 2:
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    if len(quotes):
        inside = _runs(np.searchsorted(stops, opening), np.searchsorted(stops, closing))
        feeds -= int(np.count_nonzero(raw[stops[inside]] == _LINE_FEED))
        stops = np.delete(stops, inside)
        ends = np.flatnonzero(raw == _RETURN)
        returns -= int((np.searchsorted(ends, closing) - np.searchsorted(ends, opening)).sum())
    return _Marks(opening, closing, stops, feeds, returns)


def _unquote(marks: _Marks, start: Places, end: Places) -> bool:
    """Take the quotation marks off the values; no, if one stands inside a value."""
    if not len(marks.opening):
        return True
    numbers = np.searchsorted(marks.stops, marks.closing)
    at = numbers % len(start), numbers // len(start)
    if (start[at] != marks.opening).any() or (end[at] != marks.closing + 1).any():
        return False
    start[at] += 1
    end[at] -= 1
    return True


def _take_off_ends(raw: Bytes, end: Places, marks: _Marks, line_end: bytes) -> bool:
    """Take the return off each record; no, if one is missing, or stands elsewhere."""
    if line_end == b"\n":
        return marks.returns == 0
    end[-1] -= 1
    return marks.returns == end.shape[1] and bool((raw[end[-1]] == _RETURN).all())


def lay_grid(data: bytes, width: int, line_end: bytes) -> Grid | None:
    """Find the values of a block of whole records; nothing if one is not as wide, or a sign not in its place."""
    raw = np.frombuffer(b"".join((PADDING, data, PADDING)), dtype=np.uint8)
    marks = _read_marks(raw, data)
    if marks is None or len(marks.stops) != marks.feeds * width:
        return None
    end = np.ascontiguousarray(marks.stops.reshape(-1, width).T)
    if (raw[end[-1]] != _LINE_FEED).any():
        return None
    start = np.empty_like(end)
    start[1:] = end[:-1] + 1
    start[0, :1] = len(PADDING)
    start[0, 1:] = end[-1, :-1] + 1
    if not _take_off_ends(raw, end, marks, line_end) or not _unquote(marks, start, end):
        return None
    columns = tuple(Values(raw, *places) for places in zip(start, end, strict=True))
    return Grid(raw=raw, stops=marks.stops, columns=columns)


def empty_where_blank(values: Values) -> Values:
    """The same values; one that is a single space counts as empty."""
    blank = (values.length == 1) & (values.raw[values.start] == _SPACE)
    return Values(values.raw, np.where(blank, values.end, values.start), values.end)
