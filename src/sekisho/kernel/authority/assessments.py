"""What the gate needs to know of a protection assessment (特定個人情報保護評価): is it in force, and for what?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AssessmentOpinion(StrEnum):
    """What the third party said of an assessment. Stored values are never renamed and never reused."""

    NOT_NEEDED = "not_needed"
    SUITABLE = "suitable"
    UNSUITABLE = "unsuitable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """With whom a connection was assessed, and which data items: no other contractor and no further item is meant."""

    counterpart: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One connection that an assessment speaks of.

    Particulars are those of its dossier when the report was written; a report of before there was one only names it.
    """

    connection: str
    particulars: Particulars | None = None

    def lacks(self, counterpart: str, items: Iterable[str]) -> tuple[str, ...]:
        """What was not assessed of a connection to this contractor with these items; nothing if all of it was."""
        if self.particulars is None:
            return ()
        others = () if self.particulars.counterpart == counterpart else (counterpart,)
        return (*others, *(each for each in items if each not in self.particulars.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStanding:
    """Where an assessment stands: its id, from when until when it is in force, and what the third party said.

    Without an end it is in force until somebody says otherwise. A judgement that no assessment is needed, because the
    threshold is not reached or the law exempts the file, is a standing as well: somebody judged it on a day.

    `coverage` are the connections of the version in force, and nothing else is covered; without any list it was not
    made for single connections, as where none is needed.
    """

    assessment: str
    in_force_from: datetime
    in_force_until: datetime | None = None
    opinion: AssessmentOpinion = AssessmentOpinion.NOT_NEEDED
    coverage: tuple[Coverage, ...] | None = None

    def is_in_force(self, at: datetime) -> bool:
        """From its first instant, until and not including its last; never against the third party's word."""
        if self.opinion is AssessmentOpinion.UNSUITABLE or at < self.in_force_from:
            return False
        return self.in_force_until is None or at < self.in_force_until

    def lacks(self, connection: str, counterpart: str, items: Iterable[str]) -> tuple[str, ...]:
        """What the version in force does not cover: the connection itself, its contractor, or some of its items."""
        if self.coverage is None:
            return ()
        known = next((each for each in self.coverage if each.connection == connection), None)
        return (connection,) if known is None else known.lacks(counterpart, items)
