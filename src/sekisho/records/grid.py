"""Where every value of a block stands: the bytes as they came, and for each column where its values begin and end.

Nothing is copied and nothing is decoded. Bytes of comma, line feed and quotation mark never stand inside another
character, so a value's place is known before its characters are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sekisho.records.bits import Marked, Places, pack, unpack_few
from sekisho.records.byte_classes import END, PLAIN, QUOTE, RETURN, STOP
from sekisho.records.eights import Mask, hold_others
from sekisho.records.values import MOST_DIGITS, Bytes, Values, decode_values, last_words

PADDING: Final = b"\0" * 16
_LINE_FEED, _SPACE = b"\n "
_QUOTE: Final = b'"'
NONE: Final = np.zeros(0, dtype=np.int64)
_NO_SIGN: Final = ~(STOP | END)
_MANY: Final = 128  # bytes for each pair of quotation marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Separators:
    """What parts the values of a block: commas and line feeds, the line feeds alone, quotation marks before values."""

    stops: Marked
    last_stops: Places
    opening: Places


def _others(signs: Bytes) -> Marked:
    """Everything that is neither a digit nor a comma."""
    return Marked(lambda: ~pack(signs & PLAIN))


@dataclass(frozen=True, slots=True)
class Grid:
    """All values of a block, column by column.

    `padded` are its bytes with zeros before and behind; `signs` says of each what it can be. `start` and `length` have
    a row for each column.
    """

    padded: bytearray
    signs: Bytes
    separators: Separators
    start: Places
    length: Places
    columns: tuple[Values, ...]

    @property
    def raw(self) -> Bytes:
        """The bytes as numbers."""
        return self.columns[0].raw

    @property
    def height(self) -> int:
        """How many records."""
        return len(self.columns[0].start)

    @property
    def ends_of_records(self) -> Places:
        """Where each record ends in the block, its line end included."""
        found: Places = self.separators.last_stops + 1 - len(PADDING)
        return found

    def cells(self, places: Places) -> tuple[Places, Places]:
        """The records, from 0, and the columns, from 1, in which these bytes stand."""
        numbers = self.separators.stops.count_before(places)
        return numbers // len(self.columns), numbers % len(self.columns) + 1

    def are_digits(self, columns: range) -> bool:
        """Does nothing but digits, not too many, stand in all values of these neighbouring columns, from 1?

        If so each column knows it. They are looked at together, so that the answer costs the same for any number.
        """
        chosen, others = [self.columns[column - 1] for column in columns], _others(self.signs)
        first, last = others.count_before(chosen[0].start), others.count_before(chosen[-1].end)
        right = bool((first == last).all()) and max(each.longest for each in chosen) <= MOST_DIGITS
        for each in chosen if right else ():
            each.not_digits = np.zeros(self.height, dtype=np.bool_)
        return right

    def read_ahead(self, numbers: Sequence[int]) -> None:
        """Read the ends of several columns, from 1, in one go, as whole numbers are read. Each column keeps its own."""
        chosen = [number - 1 for number in numbers if self.columns[number - 1].longest]
        length = self.length[chosen]
        words = last_words(self.raw, self.start[chosen] + length, length)
        for number, own, wrong in zip(chosen, words, hold_others(words), strict=True):
            self.columns[number].keep(own, wrong)

    def texts(self, column: int, encoding: str) -> list[str]:
        """The values of a column, from 1, as text."""
        values = self.columns[column - 1]
        pieces = [self.padded[start:end] for start, end in zip(values.start.tolist(), values.end.tolist(), strict=True)]
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


def _marks(data: bytes, raw: Bytes, signs: Bytes) -> tuple[Places, Places] | None:
    """Where quotation marks open and close. What is between them is no sign any more.

    Nothing if one is left open, or a character that nobody sees is between them.
    """
    if _QUOTE not in data:
        return NONE, NONE
    quotes = unpack_few(pack(signs & QUOTE))
    if len(quotes) % 2:
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    between = _between(opening, closing, signs)
    ends = raw[between][signs[between] >= END]
    if ((ends != _LINE_FEED) & (ends != RETURN)).any():
        return None
    signs[between] &= _NO_SIGN
    return opening, closing


def _take_off_ends(raw: Bytes, end: Places, ends: int, line_end: bytes) -> bool:
    """Take the line end off each record; no, if one is another, or a return or line feed stands elsewhere."""
    if (raw.take(end[-1]) != _LINE_FEED).any() or ends != len(line_end) * end.shape[1]:
        return False
    if line_end == b"\n":
        return True
    end[-1] -= 1
    return bool((raw.take(end[-1]) == RETURN).all())


def _unquote(marks: tuple[Places, Places], stops: Marked, start: Places, end: Places) -> bool:
    """Take the quotation marks off the values; no, if one stands inside a value."""
    opening, closing = marks
    if not len(opening):
        return True
    numbers = stops.count_before(closing)
    at = numbers % len(start), numbers // len(start)
    if (start[at] != opening).any() or (end[at] != closing + 1).any():
        return False
    start[at] += 1
    end[at] -= 1
    return True


def _pad(data: bytes) -> bytearray:
    """The bytes with zeros before and behind, so many that they are whole words of sixty-four."""
    return bytearray().join((PADDING, data, PADDING, b"\0" * (-(len(data) + 2 * len(PADDING)) % 64)))


def _starts(end: Places) -> Places:
    """Where the values begin whose ends are known, line ends not yet taken off."""
    start = np.empty_like(end)
    np.add(end[:-1], 1, out=start[1:])
    start[0, :1] = len(PADDING)
    start[0, 1:] = end[-1, :-1] + 1
    return start


def _lengths(raw: Bytes, start: Places, end: Places, *, blank_last: bool) -> Places:
    """How long the values are; a last one that is a single space is empty, if it counts as such."""
    if blank_last:
        start[-1] += (end[-1] - start[-1] == 1) & (raw.take(start[-1]) == _SPACE)
    return end - start


def lay_grid(data: bytes, width: int, line_end: bytes, classes: bytes, *, blank_last: bool = False) -> Grid | None:
    """Find the values of a block of whole records.

    Nothing if one is not as wide, a sign is not in its place, or a character nobody sees stands anywhere. `blank_last`
    says that a last value that is a single space counts as empty.
    """
    padded = _pad(data)
    raw, signs = (np.frombuffer(each, dtype=np.uint8) for each in (padded, padded.translate(classes)))
    marks = _marks(data, raw, signs)
    if marks is None:
        return None
    stopping = signs & STOP
    places = np.flatnonzero(stopping.view(np.bool_))
    if not len(places) or len(places) % width:
        return None
    ends = int(np.count_nonzero(signs[len(PADDING) : len(PADDING) + len(data)] >= END))
    end, stops = places.reshape(-1, width).T.copy(), Marked(lambda: pack(stopping))
    start, last = _starts(end), end[-1].copy()
    if not _take_off_ends(raw, end, ends, line_end) or not _unquote(marks, stops, start, end):
        return None
    length = _lengths(raw, start, end, blank_last=blank_last)
    longest = length.max(axis=1, initial=0).tolist()
    columns = tuple(Values(raw, *each) for each in zip(start, end, length, longest, strict=True))
    separators = Separators(stops=stops, opening=marks[0], last_stops=last)
    return Grid(padded, signs, separators, start, length, columns)
