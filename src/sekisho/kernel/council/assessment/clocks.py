"""What an assessment has to keep time with: comment, yearly check, five years, publication after its end.

規則第7条: 30 days or more of public comment (民法140条: the first day does not count). 規則第15条: five years from
publication. 指針: a check at least once a year; published at least three years after the affair ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

COMMENT_DAYS: Final = 30
YEARS_TO_CHECK: Final = 1
YEARS_TO_ASSESS_AGAIN: Final = 5
YEARS_PUBLISHED_AFTER_END: Final = 3


class AssessmentClock(StrEnum):
    """What time brings: a yearly check, an assessment anew, the end of publication."""

    YEARLY_CHECK = "yearly_check"
    ASSESS_AGAIN = "assess_again"
    MAY_LEAVE_PUBLICATION = "may_leave_publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """One clock, the day on which it strikes, and whether it has."""

    clock: AssessmentClock
    on: date
    struck: bool


def comment_days(opened: date, closed: date) -> int:
    """How long the comment was open; the first day does not count."""
    return (closed - opened).days


def after_years(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) - timedelta(days=1)


def clock_times(
    *, published_on: date, last_checked_on: date | None = None, ended_on: date | None = None, today: date
) -> tuple[ClockTime, ...]:
    """Every clock that runs. Publication counts as a check; after the end only publication itself has a clock."""

    def days() -> Iterator[tuple[AssessmentClock, date]]:
        if ended_on is not None:
            yield AssessmentClock.MAY_LEAVE_PUBLICATION, after_years(ended_on, YEARS_PUBLISHED_AFTER_END)
            return
        checked = max(published_on, last_checked_on or published_on)
        yield AssessmentClock.YEARLY_CHECK, after_years(checked, YEARS_TO_CHECK)
        yield AssessmentClock.ASSESS_AGAIN, after_years(published_on, YEARS_TO_ASSESS_AGAIN)

    return tuple(ClockTime(clock=clock, on=day, struck=day <= today) for clock, day in days())
