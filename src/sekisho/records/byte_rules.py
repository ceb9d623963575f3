"""Rules over several fields on the bytes of whole columns: never too kind, sometimes too careful."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.records.bits import Places
from sekisho.records.byte_checks import code_check
from sekisho.records.byte_pairs import may_be_written_otherwise
from sekisho.records.double_bytes import NO_CHARACTERS
from sekisho.records.eights import Mask
from sekisho.records.layout import CheckKind, When
from sekisho.records.rules import Rule
from sekisho.records.statutory_text import ERA_OF_CODE
from sekisho.records.values import Values

_LAST_YEARS: Final = MappingProxyType({int(code): era.last_year for code, era in ERA_OF_CODE.items()})
_DAYS: Final = np.zeros(32, dtype=np.int64)
_DAYS[1:13] = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # 29 February is left to the closer look
_MOST_MONTHS: Final = 31


def _empty(values: Sequence[Values]) -> list[Mask]:
    """Which are empty?"""
    return [each.length == 0 for each in values]


def _some(masks: Sequence[Mask]) -> Mask:
    """Where one of them is set."""
    return reduce(np.logical_or, masks)


def _all(masks: Sequence[Mask]) -> Mask:
    """Where all of them are set."""
    return reduce(np.logical_and, masks)


def _less(values: Sequence[Values]) -> Mask:
    """The first is less than the second; an empty value is 0 yen."""
    return values[0].whole[0] < values[1].whole[0]


def _wrong_sum(values: Sequence[Values]) -> Mask:
    """The first, if it is there, is another number than the sum of the others."""
    total = sum((each.whole[0] for each in values[1:]), np.zeros(len(values[0].start), dtype=np.int64))
    wrong: Mask = values[0].filled & (values[0].whole[0] != total)
    return wrong


def _partly(values: Sequence[Values]) -> Mask:
    """Some filled, some empty."""
    empty = _empty(values)
    return _some(empty) & ~_all(empty)


def _no_plain_day(month: Places, day: Places) -> Mask:
    """There may be no such day in every year."""
    doubt: Mask = (day < 1) | (day > _DAYS.take(np.clip(month, 0, _MOST_MONTHS)))
    return doubt


def _no_day(values: Sequence[Values]) -> Mask:
    """Year, month and day without an era."""
    year, month, day = (each.whole[0] for each in values)
    return ~_some(_empty(values)) & ((year < 1) | _no_plain_day(month, day))


def _no_era_day(values: Sequence[Values]) -> Mask:
    """Era, year, month and day: the first and the last year of an era are left to the closer look."""
    year, month, day = (each.whole[0] for each in values[1:])
    era = np.where(values[0].length == 1, values[0].whole[0], 0)
    last = sum(((era == code) * years for code, years in _LAST_YEARS.items()), np.zeros(len(era), dtype=np.int64))
    doubt = (year <= 1) | (year >= last) | _no_plain_day(month, day)
    return (last > 0) & ~_some(_empty(values)) & doubt


_KINDS: Final[Mapping[CheckKind, Callable[[Sequence[Values]], Mask]]] = MappingProxyType(
    {
        CheckKind.AT_LEAST: _less,
        CheckKind.AT_MOST: lambda values: _less(values[::-1]),
        CheckKind.SUM: _wrong_sum,
        CheckKind.TOGETHER: _partly,
        CheckKind.ANY_OF: lambda values: _all(_empty(values)),
        CheckKind.DAY: _no_day,
        CheckKind.ERA_DAY: _no_era_day,
        CheckKind.REQUIRED_IF: lambda values: _some(_empty(values)),
        CheckKind.BLANK_IF: lambda values: ~_all(_empty(values)),
    }
)


def _condition(when: When | None, encoding: str) -> Callable[[Values], Mask] | None:
    """Where does the condition hold? Nothing if there is none.

    A code that may be written with other bytes holds, to be careful, wherever something stands.
    """
    if when is None:
        return None
    if not when.codes or any(may_be_written_otherwise(code, encoding) for code in when.codes):
        return lambda value: value.filled | ("" in when.codes)
    other = code_check(when.codes, encoding)
    return lambda value: np.where(value.filled, ~other(value, NO_CHARACTERS), "" in when.codes)


def compile_rule(rule: Rule, encoding: str) -> Callable[[Sequence[Values]], Mask]:
    """Which records may break the rule? A number that is none makes no doubt: a check of its own finds it."""
    kind, condition = _KINDS[rule.check.check], _condition(rule.check.when, encoding)

    def check(columns: Sequence[Values]) -> Mask:
        absent = columns[0].emptied()
        broken = kind([columns[column - 1] if column else absent for column in rule.columns])
        return broken if condition is None else broken & condition(columns[rule.when - 1] if rule.when else absent)

    return check
