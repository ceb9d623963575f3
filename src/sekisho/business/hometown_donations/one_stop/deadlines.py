"""The two days that bind: applications and changes until 10 January, notices until 31 January (地方税法附則7条).

10 January is strict as it stands in the law's practice (必着); an office that follows 地方税法20条の5, by which a
deadline on a holiday moves, sets another day by policy, and the day that holds is always shown.
"""

from dataclasses import dataclass
from datetime import date

from sekisho.kernel import ReasonCode, Refused, because


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStopDeadlines:
    """The days of one year of donations: until when forms may come, until when notices must be there."""

    donation_year: int
    forms_until: date
    notices_until: date
    moved: bool

    @property
    def residence_on(self) -> date:
        """The day on which the place of residence decides who is told."""
        return date(self.donation_year + 1, 1, 1)

    def takes_forms(self, on: date) -> bool:
        """Is a form or a change that arrives on this day in time?"""
        return on <= self.forms_until

    def days_left(self, today: date) -> int:
        """How many days are left for the notices; below zero they are late."""
        return (self.notices_until - today).days


def deadlines_of(donation_year: int, forms_until: date | None = None) -> OneStopDeadlines:
    """The deadlines of a year of donations; another last day for forms is the office's own policy.

    Raises:
        Refused: The policy names a day on which it cannot be.

    """
    strict, notices = date(donation_year + 1, 1, 10), date(donation_year + 1, 1, 31)
    chosen = forms_until or strict
    if not strict <= chosen < notices:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="forms_until", what=chosen.isoformat())])
    return OneStopDeadlines(
        donation_year=donation_year, forms_until=chosen, notices_until=notices, moved=chosen != strict
    )
