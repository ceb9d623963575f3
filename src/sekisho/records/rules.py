"""Rules over several fields of one record: amounts that must fit each other, days that must exist, groups of fields."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.records.checks import INTEGER_FORM
from sekisho.records.faults import FaultCode
from sekisho.records.layout import CheckKind, Layout, LayoutCheck
from sekisho.records.rule_words import check_in_words
from sekisho.records.statutory_text import ERA_OF_CODE

Broken = Callable[[Sequence[str]], bool]
# The era codes of the national tax agency's records, and the first and last day of each era.
_LEAP_YEAR: Final = 2000
_WHOLE: Final = re.compile(INTEGER_FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, bound to the columns of a file; a column that is absent has number 0, and its values are empty."""

    check: LayoutCheck
    columns: tuple[int, ...]
    when: int
    code: FaultCode
    broken: Broken
    words: str = ""

    def applies(self, values: Sequence[str]) -> bool:
        """Does its condition hold in this record?"""
        if self.check.when is None:
            return True
        value = values[self.when - 1] if self.when else ""
        return value in self.check.when.codes if self.check.when.codes else value != ""

    def fault(self, values: Sequence[str]) -> int | None:
        """The column of this record that breaks the rule, if one does: the first that is empty or filled and must not.

        In a rule that compares fields it is the first field.
        """
        chosen = [values[column - 1] if column else "" for column in self.columns]
        if not self.applies(values) or not self.broken(chosen):
            return None
        wanted = _CULPRITS.get(self.check.check)
        culprits = (column for column, value in zip(self.columns, chosen, strict=True) if bool(value) is wanted)
        return next((column for column in culprits if column), 0) or next(filter(None, self.columns))


def whole_numbers(values: Sequence[str]) -> list[int] | None:
    """Whole numbers; nothing if one of them is none (a check of its own says so). An empty value counts as 0."""
    written = [value or "0" for value in values]
    if not all(_WHOLE.fullmatch(value) for value in written):
        return None
    return [int(value) for value in written]


def _less(values: Sequence[str]) -> bool:
    """Is the first less than the second? An empty value is 0 yen."""
    numbers = whole_numbers(values)
    return numbers is not None and numbers[0] < numbers[1]


def _more(values: Sequence[str]) -> bool:
    """Is the first more than the second?"""
    numbers = whole_numbers(values)
    return numbers is not None and numbers[0] > numbers[1]


def _wrong_sum(values: Sequence[str]) -> bool:
    """Is the first, if it is there, another number than the sum of the others?"""
    numbers = whole_numbers(values)
    return values[0] != "" and numbers is not None and numbers[0] != sum(numbers[1:])


def _partly(values: Sequence[str]) -> bool:
    """Are some there and some not?"""
    return any(values) and not all(values)


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or nothing."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _no_day(values: Sequence[str]) -> bool:
    """Year, month and day of which the year has no era: is there no such day in any year?"""
    if not all(values):
        return False
    numbers = whole_numbers(values)
    return numbers is not None and (numbers[0] < 1 or _day(_LEAP_YEAR, numbers[1], numbers[2]) is None)


def _no_era_day(values: Sequence[str]) -> bool:
    """Era, year, month and day: is there no such day in that era? Other eras (code 9) are not looked at."""
    era = ERA_OF_CODE.get(values[0])
    if era is None or not all(values):
        return False
    numbers = whole_numbers(values[1:])
    if numbers is None:
        return False
    found = _day(era.first.year - 1 + numbers[0], numbers[1], numbers[2])
    return found is None or not era.first <= found <= (era.last or date.max)


_KINDS: Final[Mapping[CheckKind, tuple[FaultCode, Broken]]] = MappingProxyType(
    {
        CheckKind.AT_LEAST: (FaultCode.WRONG_ORDER, _less),
        CheckKind.AT_MOST: (FaultCode.WRONG_ORDER, _more),
        CheckKind.SUM: (FaultCode.WRONG_SUM, _wrong_sum),
        CheckKind.TOGETHER: (FaultCode.INCOMPLETE_GROUP, _partly),
        CheckKind.ANY_OF: (FaultCode.NONE_OF_GROUP, lambda values: not any(values)),
        CheckKind.DAY: (FaultCode.NO_SUCH_DAY, _no_day),
        CheckKind.ERA_DAY: (FaultCode.NO_SUCH_DAY, _no_era_day),
        CheckKind.REQUIRED_IF: (FaultCode.REQUIRED, lambda values: not all(values)),
        CheckKind.BLANK_IF: (FaultCode.MUST_BE_BLANK, any),
    }
)


# Whether it is a filled or an empty field that breaks such a rule.
_CULPRITS: Final[Mapping[CheckKind, bool]] = MappingProxyType(
    {CheckKind.TOGETHER: False, CheckKind.REQUIRED_IF: False, CheckKind.BLANK_IF: True}
)


def bind_rules(layout: Layout, names: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of a layout, bound to the columns of these names; a rule of which no column is there is left out."""
    places = {name: column for column, name in reversed(list(enumerate(names, start=1)))}
    rules = (
        Rule(
            check=check,
            columns=tuple(places.get(name, 0) for name in check.fields),
            when=places.get(check.when.field, 0) if check.when else 0,
            code=_KINDS[check.check][0],
            broken=_KINDS[check.check][1],
            words=check_in_words(layout, check)[0],
        )
        for check in layout.record_checks
    )
    return tuple(rule for rule in rules if any(rule.columns))
