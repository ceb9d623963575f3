"""Caveats that can be decided before a byte is taken: who, where, by which way, when, how much."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sekisho.kernel.authority.caveats import EntranceCaveat, register
from sekisho.kernel.authority.passage import Passage
from sekisho.kernel.errors import Reason, ReasonCode, because


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ValidBetween(EntranceCaveat):
    """Valid from the first instant, until and not including the last. Times are ISO 8601 with an offset."""

    tag: ClassVar[int] = 1
    not_before: str
    not_after: str

    def objection(self, passage: Passage) -> Reason | None:
        """Too early or too late?"""
        if passage.at < datetime.fromisoformat(self.not_before):
            return because(ReasonCode.PERMIT_NOT_YET_VALID, not_before=self.not_before)
        if passage.at >= datetime.fromisoformat(self.not_after):
            return because(ReasonCode.PERMIT_EXPIRED, not_after=self.not_after)
        return None


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOnly(EntranceCaveat):
    """Only this department of this implementing agency (実施機関)."""

    tag: ClassVar[int] = 2
    agency: str
    department: str

    def objection(self, passage: Passage) -> Reason | None:
        """Does the bearer act for somebody else?"""
        if (passage.agency, passage.department) == (self.agency, self.department):
            return None
        return because(
            ReasonCode.NOT_OF_THIS_AGENCY,
            agency=self.agency,
            department=self.department,
        )


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsOnly(EntranceCaveat):
    """Only the named operators (操作するものが限定されている)."""

    tag: ClassVar[int] = 3
    persons: tuple[str, ...]

    def objection(self, passage: Passage) -> Reason | None:
        """Is this somebody who was not named?"""
        return None if passage.person in self.persons else because(ReasonCode.PERSON_NOT_NAMED, person=passage.person)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalsOnly(EntranceCaveat):
    """Only the approved terminals (端末は1台のみ)."""

    tag: ClassVar[int] = 4
    terminals: tuple[str, ...]

    def objection(self, passage: Passage) -> Reason | None:
        """Is this another terminal?"""
        if passage.terminal in self.terminals:
            return None
        return because(ReasonCode.TERMINAL_NOT_APPROVED, terminal=passage.terminal)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOnly(EntranceCaveat):
    """Only by these networks, in this order."""

    tag: ClassVar[int] = 5
    route: tuple[str, ...]

    def objection(self, passage: Passage) -> Reason | None:
        """Does it come another way?"""
        if passage.route == self.route:
            return None
        taken, approved = " → ".join(passage.route), " → ".join(self.route)
        return because(ReasonCode.ROUTE_NOT_APPROVED, route=taken, approved=approved)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionOnly(EntranceCaveat):
    """Only in this direction: what was approved to come in may not go out."""

    tag: ClassVar[int] = 6
    direction: str

    def objection(self, passage: Passage) -> Reason | None:
        """Does it go the other way?"""
        if passage.direction == self.direction:
            return None
        return because(ReasonCode.DIRECTION_NOT_APPROVED, direction=passage.direction)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartOnly(EntranceCaveat):
    """Only this outside computer (外部電子計算機)."""

    tag: ClassVar[int] = 7
    counterpart: str

    def objection(self, passage: Passage) -> Reason | None:
        """Is the other side somebody else?"""
        if passage.counterpart == self.counterpart:
            return None
        return because(ReasonCode.COUNTERPART_NOT_APPROVED, counterpart=passage.counterpart)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class BytesAtMost(EntranceCaveat):
    """No parcel larger than this many bytes, as announced and as found."""

    tag: ClassVar[int] = 8
    limit: int

    def objection(self, passage: Passage) -> Reason | None:
        """Is it too large?"""
        size = passage.announced_size if passage.found is None else max(passage.announced_size, passage.found.size)
        return because(ReasonCode.TOO_LARGE, size=size, limit=self.limit) if size > self.limit else None


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelsADayAtMost(EntranceCaveat):
    """No more parcels than this in one day (the frequency that was approved)."""

    tag: ClassVar[int] = 9
    limit: int

    def objection(self, passage: Passage) -> Reason | None:
        """Is this one too many? `parcels_today` counts those before this one."""
        if passage.parcels_today < self.limit:
            return None
        return because(
            ReasonCode.TOO_MANY_PARCELS,
            count=passage.parcels_today + 1,
            limit=self.limit,
        )


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOnly(EntranceCaveat):
    """Only between these times of the day, as HH:MM in the municipality's own time."""

    tag: ClassVar[int] = 10
    first: str
    last: str

    def objection(self, passage: Passage) -> Reason | None:
        """Is the office closed?"""
        now = passage.at.strftime("%H:%M")
        return (
            None
            if self.first <= now < self.last
            else because(ReasonCode.OUTSIDE_HOURS, hours=f"{self.first}-{self.last}")
        )


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureNotOverdue(EntranceCaveat):
    """Nothing new comes in while a copy is past its erasure date."""

    tag: ClassVar[int] = 11
    limit: int = 0

    def objection(self, passage: Passage) -> Reason | None:
        """Is something still lying here that should be gone?"""
        if passage.overdue_erasures <= self.limit:
            return None
        return because(ReasonCode.ERASURE_OVERDUE, count=passage.overdue_erasures)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentInForce(EntranceCaveat):
    """Only while this protection assessment (特定個人情報保護評価) is in force."""

    tag: ClassVar[int] = 12
    assessment: str

    def objection(self, passage: Passage) -> Reason | None:
        """Is there none of this name, or is it not in force at this moment?"""
        standing = passage.assessment
        if standing is not None and standing.assessment == self.assessment and standing.is_in_force(passage.at):
            return None
        return because(ReasonCode.ASSESSMENT_NOT_IN_FORCE, assessment=self.assessment)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class FactorDemanded(EntranceCaveat):
    """Only for somebody who signed in by one of these factors (本人確認の手段)."""

    tag: ClassVar[int] = 13
    factors: tuple[str, ...]

    def objection(self, passage: Passage) -> Reason | None:
        """Did the person sign in by none of them?"""
        if set(self.factors) & set(passage.factors):
            return None
        return because(ReasonCode.FACTOR_MISSING, factors=", ".join(self.factors))
