"""What the year is made of: how many donations, of which year, at which portal, and by which way they come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

SHORT: Final = 2_000
"""So many donations are in the short form; a city like Nagasaki has 72,000 in a year (consultation 59)."""
SEED: Final = 59


class Way(StrEnum):
    """How the donations of a portal come in."""

    OFFICER = "officer"
    ROBOT = "robot"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A portal: of a hundred donations so many, by this way."""

    portal: str
    percent: int
    way: Way


SHARES: Final = (
    Share(portal="choice", percent=40, way=Way.OFFICER),
    Share(portal="rakuten", percent=25, way=Way.OFFICER),
    Share(portal="satofuru", percent=20, way=Way.ROBOT),
    Share(portal="furunavi", percent=15, way=Way.LINK),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A calendar year that has ended, with so many donations; its forms and notices carry the days of their story."""

    year: int
    donations: int

    def counts(self) -> Mapping[str, int]:
        """How many donations each portal has; together they are all of them."""
        counts = {each.portal: self.donations * each.percent // 100 for each in SHARES}
        counts[SHARES[0].portal] += self.donations - sum(counts.values())
        return counts

    @property
    def forms_came(self) -> datetime:
        """When the one-stop applications came in: before their deadline, the tenth of January."""
        return datetime(self.year + 1, 1, 7, 1, 0, tzinfo=UTC)

    @property
    def closed_on(self) -> date:
        """The first day after the deadline of the applications."""
        return date(self.year + 1, 1, 11)

    @property
    def told_at(self) -> datetime:
        """When the notices leave: before the end of January."""
        return datetime(self.year + 1, 1, 12, 1, 0, tzinfo=UTC)


def year_before(today: date, donations: int) -> Year:
    """The last year that has ended."""
    return Year(year=today.year - 1, donations=donations)
