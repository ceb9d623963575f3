"""Check digits on the bytes of a whole column: never too kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.records.bits import Places
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import EIGHT, Mask, Words, weigh
from sekisho.records.layout import NumberForm
from sekisho.records.values import Values

ByteCheck = Callable[[Values, Characters], Mask]
# The weights of the last sixteen digits: zeros stand in front of a shorter number. The check digit is left out.
_INDIVIDUAL: Final = (0, 0, 0, 0, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 0)
_CORPORATE: Final = (0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
_MUNICIPALITY: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 5, 4, 3, 2, 0)
_OWN_DIGITS: Final = 12
_MOST: Final = 16 * 9 * 9


def _table(digit: Callable[[int], int]) -> Words:
    """The check digit for every sum of weighed digits; none fits when all digits are 0."""
    return np.array([99, *(digit(total) for total in range(1, _MOST))], dtype=np.uint64)


_OF_INDIVIDUAL: Final = _table(lambda total: 0 if total % 11 <= 1 else 11 - total % 11)
_OF_CORPORATE: Final = _table(lambda total: 9 - total % 9)
_OF_MUNICIPALITY: Final = _table(lambda total: (11 - total % 11) % 10)


def _sum(values: Values, weights: tuple[int, ...]) -> Places:
    """The weighed digits added up; of a value that has other characters, any number that the tables have."""
    total = weigh(values.back(), weights[EIGHT:]) + weigh(values.back(1), weights[:EIGHT])
    found: Places = np.minimum(total, np.uint64(_MOST - 1)).astype(np.int64)
    return found


def _digit(values: Values, place: int) -> Words:
    """One digit, counted from the right, from 0."""
    words = values.back(place // EIGHT) >> np.uint64(8 * (7 - place % EIGHT))
    return words & np.uint64(15)


def _no_digits(values: Values, count: int) -> Mask:
    """Values that are not so many digits."""
    wrong: Mask = (values.length != count) | values.not_digits
    return wrong


def _individual(values: Values, count: int = _OWN_DIGITS) -> Mask:
    """Other than an Individual Number with its check digit right; zeros in front, if it should be longer."""
    wrong: Mask = _no_digits(values, count) | (_OF_INDIVIDUAL.take(_sum(values, _INDIVIDUAL)) != _digit(values, 0))
    if count > _OWN_DIGITS:
        wrong |= _digit(values, count - 1) != 0
    return wrong


def _corporate(values: Values) -> Mask:
    """Other than a corporate number with its check digit, the first, right."""
    wrong = _no_digits(values, 13)
    wrong |= _OF_CORPORATE.take(_sum(values, _CORPORATE)) != _digit(values, 12)
    return wrong


def _municipality(values: Values) -> Mask:
    """Other than a municipality's code with its check digit right."""
    wrong = _no_digits(values, 6)
    wrong |= _OF_MUNICIPALITY.take(_sum(values, _MUNICIPALITY)) != _digit(values, 0)
    return wrong


def _either(values: Values) -> Mask:
    """A corporate number, or an Individual Number with a 0 in front."""
    return _individual(values, 13) & _corporate(values)


def _invoice(values: Values) -> Mask:
    """Other than T and thirteen digits, not all of them 0."""
    digits = values.without_first()
    zeros = (digits.whole[0] == 0) & ~digits.whole[1]
    wrong: Mask = _no_digits(digits, 13) | zeros
    wrong |= values.raw.take(values.start) != ord("T")
    return wrong


_FORMS: Final[Mapping[NumberForm, Callable[[Values], Mask]]] = MappingProxyType(
    {
        NumberForm.INDIVIDUAL: _individual,
        NumberForm.PADDED_INDIVIDUAL: lambda values: _individual(values, 13),
        NumberForm.CORPORATE: _corporate,
        NumberForm.PADDED_EITHER: _either,
        NumberForm.MUNICIPALITY: _municipality,
        NumberForm.MUNICIPALITY_SHORT: lambda values: _municipality(values) & _no_digits(values, 5),
        NumberForm.INVOICE: _invoice,
    }
)


def suspect_number_bytes(form: NumberForm) -> ByteCheck:
    """Which values may not be such a number in this form?"""
    suspect = _FORMS[form]
    return lambda values, _: suspect(values)
