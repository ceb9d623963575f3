"""Check digits and rules over several fields as expressions over columns: never too kind, sometimes too careful."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from sekisho.records.layout import CheckKind, NumberForm
from sekisho.records.rules import Rule
from sekisho.records.statutory_text import ERA_OF_CODE

_NOTHING: Final = pl.lit("")
_LAST_YEARS: Final = MappingProxyType({code: era.last_year for code, era in ERA_OF_CODE.items()})


def _whole(value: pl.Expr) -> pl.Expr:
    """The value as a whole number; nothing counts as 0, as does what is none, which a check of its own finds."""
    return value.cast(pl.Int64, strict=False).fill_null(0)


def _digit(number: pl.Expr, place: int) -> pl.Expr:
    """One digit of a number, counted from the right, from 0."""
    return (number // pl.lit(10**place)) % 10


# With n cut off at each place, q = n // 10**k, the sum of the digits times their weights is, modulo 11, n plus the sum
# of q times these: each the weight of its place and that of the place before. The check digit itself is in it once.
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
_OF_CUTS: Final = tuple((weight + (_WEIGHTS[place - 1] if place else 1)) % 11 for place, weight in enumerate(_WEIGHTS))


def _suspect_individual(value: pl.Expr) -> pl.Expr:
    """Is it another number than an Individual Number with its check digit right?

    Digits and check digit together are a multiple of 11, or one more when the check digit is 0.
    """
    number = value.cast(pl.UInt64, strict=False).fill_null(0)
    cuts = (number // pl.lit(10**place, dtype=pl.UInt64) * factor for place, factor in enumerate(_OF_CUTS, start=1))
    rest = pl.sum_horizontal(number, *cuts) % 11
    doubt = (rest != 0) & ((rest != 1) | (number % 10 != 0))
    return doubt | (number == 0) | ~value.str.contains("^[0-9]{12}$")


def _suspect_corporate(value: pl.Expr) -> pl.Expr:
    """Is it another number than a corporate number with its check digit right?"""
    number = _whole(value)
    total = pl.sum_horizontal(_digit(number, n - 1) * (2 if n % 2 == 0 else 1) for n in range(1, 13))
    return (9 - total % 9 != _digit(number, 12)) | ~value.str.contains("^[0-9]{13}$")


def _suspect_municipality(value: pl.Expr) -> pl.Expr:
    """Is it another code than a municipality's with its check digit right?"""
    number = _whole(value)
    total = pl.sum_horizontal(_digit(number, place) * (place + 1) for place in range(1, 6))
    return ((11 - total % 11) % 10 != number % 10) | (number == 0) | ~value.str.contains("^[0-9]{6}$")


def suspect_number(value: pl.Expr, form: NumberForm) -> pl.Expr:
    """Which values may not be such a number in this form?"""
    padded = (value.str.head(1) != "0") | _suspect_individual(value.str.slice(1))
    match form:
        case NumberForm.INDIVIDUAL:
            return _suspect_individual(value)
        case NumberForm.PADDED_INDIVIDUAL:
            return padded
        case NumberForm.CORPORATE:
            return _suspect_corporate(value)
        case NumberForm.PADDED_EITHER:
            return padded & _suspect_corporate(value)
        case NumberForm.MUNICIPALITY | NumberForm.MUNICIPALITY_SHORT:
            return _suspect_municipality(value)
        case NumberForm.INVOICE:
            return ~value.str.contains("^T[0-9]{13}$") | (value == "T0000000000000")


def _no_plain_day(month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """May there be no such day in every year? 29 February is left to the closer look."""
    thirty = month.is_in([4, 6, 9, 11])
    most = pl.when(month == 2).then(28).when(thirty).then(30).otherwise(31)  # noqa: PLR2004 - February
    return ~month.is_between(1, 12) | ~day.is_between(1, most)


def _suspect_day(values: list[pl.Expr]) -> pl.Expr:
    """Year, month and day without an era."""
    year, month, day = (_whole(value) for value in values)
    return pl.all_horizontal(value != "" for value in values) & ((year < 1) | _no_plain_day(month, day))


def _suspect_era_day(values: list[pl.Expr]) -> pl.Expr:
    """Era, year, month and day: the first and the last year of an era are left to the closer look."""
    era, (year, month, day) = values[0], (_whole(value) for value in values[1:])
    last = era.replace_strict(_LAST_YEARS, default=0, return_dtype=pl.Int64)
    doubt = (year <= 1) | (year >= last) | _no_plain_day(month, day)
    return (last > 0) & pl.all_horizontal(value != "" for value in values) & doubt


def _partly(values: list[pl.Expr]) -> pl.Expr:
    """Some filled, some empty."""
    filled = [value != "" for value in values]
    return pl.any_horizontal(filled) & ~pl.all_horizontal(filled)


_KINDS: Final[Mapping[CheckKind, Callable[[list[pl.Expr]], pl.Expr]]] = MappingProxyType(
    {
        CheckKind.AT_LEAST: lambda values: _whole(values[0]) < _whole(values[1]),
        CheckKind.AT_MOST: lambda values: _whole(values[0]) > _whole(values[1]),
        CheckKind.SUM: lambda values: (
            (values[0] != "") & (_whole(values[0]) != pl.sum_horizontal(_whole(value) for value in values[1:]))
        ),
        CheckKind.TOGETHER: _partly,
        CheckKind.ANY_OF: lambda values: pl.all_horizontal(value == "" for value in values),
        CheckKind.DAY: _suspect_day,
        CheckKind.ERA_DAY: _suspect_era_day,
        CheckKind.REQUIRED_IF: lambda values: pl.any_horizontal(value == "" for value in values),
        CheckKind.BLANK_IF: lambda values: pl.any_horizontal(value != "" for value in values),
    }
)


def suspect_rule(rule: Rule) -> pl.Expr:
    """Which records may break the rule?"""
    values = [pl.col(str(column)) if column else _NOTHING for column in rule.columns]
    broken = _KINDS[rule.check.check](values)
    if rule.check.when is None:
        return broken
    value = pl.col(str(rule.when)) if rule.when else _NOTHING
    codes = rule.check.when.codes
    return broken & (value.is_in(list(codes)) if codes else value != "")
