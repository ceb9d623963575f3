"""Checks of one field on the bytes of a whole column: never too kind, sometimes too careful.

Each check is put together once for a column and answers for all values of a block which of those that are there may be
wrong. Where bytes alone do not tell, there is none, and the column is screened as text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.records.byte_numbers import ByteCheck, suspect_number_bytes
from sekisho.records.byte_pairs import encoded
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import EIGHT, SPACES, Mask, are_between, hold_others, two_digits
from sekisho.records.layout import Field, FieldType
from sekisho.records.values import MOST_DIGITS, Values

_DAYS: Final = np.zeros(100, dtype=np.uint64)
_DAYS[1:13] = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # 29 February is left to the closer look
_DATE: Final = 10
_DIGIT, _VISIBLE = (0x30, 0x39), (0x20, 0x7E)
_END: Final = (0, 0)
_ZERO: Final = 0x30
_PIECE: Final = re.compile(
    r"(?:\[(?P<low>[ -Z_-~])-(?P<high>[ -Z_-~])\]|(?P<one>[A-Za-z0-9 _:,-]))(?:\{(?P<count>[0-9]+)\})?"
)
_MOST_PIECES: Final = 64


def _as_wrong(right: Mask) -> Mask:
    """The other way round."""
    return np.logical_not(right, out=right)


def _nothing(values: Values, _: Characters) -> Mask:
    """Any text, which is looked at as a whole block."""
    return np.zeros(len(values.start), dtype=np.bool_)


def _digits(field: Field, _: str) -> ByteCheck:
    """So many ASCII digits."""

    def check(values: Values, _: Characters) -> Mask:
        wrong = (values.length < field.min) | (values.length > field.max)
        if values.longest <= MOST_DIGITS:
            return wrong | values.not_digits
        for number in values.words:
            wrong |= hold_others(values.back(number))
        return wrong

    return check


def _integer(_: Field, __: str) -> ByteCheck:
    """A whole number, with a sign if it is below zero."""

    def check(values: Values, _: Characters) -> Mask:
        wrong = values.not_digits  # of an empty value it is not said: it is filled up with zeros
        return values.whole[1] if wrong.any() else wrong

    return check


def code_check(wanted: Iterable[str], encoding: str) -> ByteCheck:
    """None of the codes? No value holds a zero byte, so that what is filled up with them is as long as the code."""
    codes = [each for each in (encoded(code, encoding) for code in wanted) if each]
    count = max(-(-len(code) // EIGHT) for code in codes) if codes else 1
    parts = [np.frombuffer(code.ljust(count * EIGHT, b"\0"), dtype="<u8") for code in codes]

    def check(values: Values, _: Characters) -> Mask:
        right = np.zeros(len(values.start), dtype=np.bool_)
        words = [values.front(number) for number in range(count)]
        for part in parts:
            same = words[0] == part[0]
            for number in range(1, count):
                same &= words[number] == part[number]
            right |= same
        return _as_wrong(right & (values.length <= count * EIGHT))

    return check


def _date(_: Field, __: str) -> ByteCheck:
    """A day that is on every calendar, 2026-05-01, from the year 1000 on."""
    digits, dash = [_DIGIT] * 2, (0x2D, 0x2D)
    first = [(0x31, 0x39), *digits, _DIGIT, dash, *digits, dash]
    last = [(low ^ _ZERO, high ^ _ZERO) for low, high in (*digits, dash, *digits, dash, *digits)]

    def check(values: Values, _: Characters) -> Mask:
        end = values.back()
        month, day = two_digits(end, 3), two_digits(end, 6)
        right = are_between(values.front(), first) & are_between(end, last)
        right &= (values.length == _DATE) & (day >= 1) & (day <= _DAYS.take(np.minimum(month, 99).astype(np.int64)))
        return _as_wrong(right)

    return check


def _narrow(_: Field, __: str) -> ByteCheck:
    """Half-width letters, digits and signs only: with spaces behind, every byte can be seen."""

    def check(values: Values, _: Characters) -> Mask:
        right = np.ones(len(values.start), dtype=np.bool_)
        for number in values.words:
            right &= are_between(values.front(number, fill=SPACES), [_VISIBLE] * EIGHT)
        return _as_wrong(right)

    return check


def _wide(_: Field, encoding: str) -> ByteCheck | None:
    """Full-width characters only: in code page 932 those of two bytes."""
    if not encoding.startswith("cp932"):
        return None
    return lambda values, known: known.count_in(values.start, values.end) * 2 != values.length


_TYPES: Final[Mapping[FieldType, Callable[[Field, str], ByteCheck | None]]] = MappingProxyType(
    {
        FieldType.TEXT: lambda _, __: _nothing,
        FieldType.DIGITS: _digits,
        FieldType.CODE: lambda field, encoding: code_check(field.codes, encoding),
        FieldType.INTEGER: _integer,
        FieldType.DATE: _date,
        FieldType.NARROW: _narrow,
        FieldType.WIDE: _wide,
    }
)


def read_form(pattern: str) -> list[tuple[int, int]] | None:
    """A pattern as one range of ASCII for each character; nothing if it is not as plain as that."""
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            return None
        low, high = (piece["low"], piece["high"]) if piece["low"] else (piece["one"], piece["one"])
        ranges += [(ord(low), ord(high))] * int(piece["count"] or 1)
        at = piece.end()
    plain = all(low <= high for low, high in ranges)
    return ranges if plain and 0 < len(ranges) <= _MOST_PIECES else None


def _form(pattern: str) -> ByteCheck | None:
    """A plain pattern."""
    ranges = read_form(pattern)
    if ranges is None:
        return None
    length, filled = len(ranges), [*ranges, *[_END] * (-len(ranges) % EIGHT)]

    def check(values: Values, _: Characters) -> Mask:
        right = values.length == length
        for number in range(len(filled) // EIGHT):
            right &= are_between(values.front(number), filled[number * EIGHT : (number + 1) * EIGHT])
        return _as_wrong(right)

    return check


def _range(field: Field) -> ByteCheck | None:
    """Neither more nor less than this."""
    if field.type not in {FieldType.INTEGER, FieldType.DIGITS}:
        return None

    def check(values: Values, _: Characters) -> Mask:
        number, wrong = values.whole
        found = wrong.copy()
        if field.at_least is not None:
            found |= number < field.at_least
        if field.at_most is not None:
            found |= number > field.at_most
        return found

    return check


def compile_bytes(field: Field, encoding: str) -> tuple[ByteCheck, ...] | None:
    """Everything that is asked of a value that is there, length aside; nothing if bytes do not tell all of it."""
    checks: list[ByteCheck | None] = [_TYPES[field.type](field, encoding) if field.type in _TYPES else None]
    if field.pattern:
        checks.append(_form(field.pattern))
    if field.at_least is not None or field.at_most is not None:
        checks.append(_range(field))
    if field.number is not None:
        checks.append(suspect_number_bytes(field.number))
    known = tuple(each for each in checks if each is not None)
    return known if len(known) == len(checks) else None
