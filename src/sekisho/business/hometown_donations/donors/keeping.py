"""How long S1 keeps what it knows: a donation for its receipts and notices, and a shorter time for inviting again.

Each use has its own purpose and its own period. Inviting a donor for another year is a use of its own: it ends long
before the donation itself is erased.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingRule:
    """How many whole years after the year of the donation a municipality keeps it, and may invite its donor."""

    donation_years: int = 7
    invitation_years: int = 1


def _year_of(ordered: date, paid: date | None) -> int:
    """The year from which the period runs: that of payment; of the order where nothing was paid."""
    return (paid or ordered).year


def keep_donation_until(rule: KeepingRule, ordered: date, paid: date | None) -> date:
    """The last day on which the donation is kept."""
    return date(_year_of(ordered, paid) + rule.donation_years, 12, 31)


def keep_invitation_until(rule: KeepingRule, paid: date | None) -> date | None:
    """The last day on which the donor may be invited because of this donation; never, if nothing was paid."""
    return date(paid.year + rule.invitation_years, 12, 31) if paid else None
