"""When a self-check is due, and what a late one means: rules of the council, held as data with the municipality."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from sekisho.kernel.council.assessment import after_years
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because

MOST_YEARS: Final = 5
MOST_NOTICE_DAYS: Final = 180
_APRIL: Final = 4
_SETTLED: Final = frozenset({"verified", "closed", "lapsed"})


class OverdueMeans(StrEnum):
    """What a self-check past its date does: the council hears of it, or nothing crosses. Never renamed."""

    REPORT = "report"
    SUSPEND = "suspend"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """How often a connection is checked, how long before its date it is asked for, and what a late one means."""

    years: int
    notice_days: int
    on_overdue: OverdueMeans


USUAL_CHECK_RULE: Final = CheckRule(years=1, notice_days=60, on_overdue=OverdueMeans.REPORT)


def make_check_rule(*, years: int, notice_days: int, on_overdue: OverdueMeans) -> CheckRule:
    """A rule that can be kept.

    Raises:
        Refused: No year, too many of them, or more days of notice than can be.

    """
    reasons: list[Reason] = []
    if not 1 <= years <= MOST_YEARS:
        reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="years", what=f"1-{MOST_YEARS}: {years}"))
    if not 0 <= notice_days <= MOST_NOTICE_DAYS:
        what = f"0-{MOST_NOTICE_DAYS}: {notice_days}"
        reasons.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="notice_days", what=what))
    if reasons:
        raise Refused(reasons)
    return CheckRule(years=years, notice_days=notice_days, on_overdue=on_overdue)


def check_rule_to_data(rule: CheckRule) -> dict[str, Any]:
    """The rule as plain data."""
    return {**asdict(rule), "on_overdue": str(rule.on_overdue)}


def check_rule_from_data(data: Mapping[str, Any]) -> CheckRule:
    """Read a rule from plain data.

    Raises:
        Refused: It cannot be kept.

    """
    means = OverdueMeans(data["on_overdue"])
    return make_check_rule(years=data["years"], notice_days=data["notice_days"], on_overdue=means)


def next_check(since: date, rule: CheckRule) -> date:
    """The day by which a connection is to be checked that was issued, or checked last, on this day."""
    return after_years(since, rule.years)


def asks_from(due: date, rule: CheckRule) -> date:
    """The day from which the department is asked."""
    return due - timedelta(days=rule.notice_days)


def is_check_overdue(state: str, due: date, today: date) -> bool:
    """Is it past its day and not verified? What was handed in late, or lies unread, is late all the same."""
    return state not in _SETTLED and today > due


def is_check_open(state: str) -> bool:
    """Is somebody still to do something before the next one begins to run?"""
    return state not in _SETTLED


def fiscal_year(day: date) -> int:
    """The year that begins in April."""
    return day.year if day.month >= _APRIL else day.year - 1
