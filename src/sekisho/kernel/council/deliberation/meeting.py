"""Who sits when an item is decided: presence by the minute, recusal by the item, and whether that is a quorum."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.deliberation.rules import CouncilRule
from sekisho.kernel.council.procedure import Role, StateTable, make_step
from sekisho.kernel.errors import ReasonCode, Refused, because

MEETING_TABLE: Final = StateTable(
    table="meeting",
    ja="会議",
    en="Meeting",
    first="called",
    steps=(
        make_step("called", "open", "open", frozenset({Role.CHAIR})),
        make_step("called", "cancel", "cancelled", frozenset({Role.SECRETARIAT})),
        make_step("open", "close", "closed", frozenset({Role.CHAIR})),
    ),
    states=MappingProxyType(
        {
            "called": ("招集済", "Called"),
            "open": ("開会中", "Open"),
            "closed": ("閉会", "Closed"),
            "cancelled": ("中止", "Cancelled"),
        }
    ),
    acts=MappingProxyType(
        {"open": ("開会する", "Open"), "cancel": ("中止する", "Cancel"), "close": ("閉会する", "Close")},
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A member came, or went."""

    person: str
    at: datetime
    arrived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """A member takes no part in one item (除斥)."""

    person: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many may take part in an item, how many of them are here, and how many are needed."""

    entitled: frozenset[str]
    present: frozenset[str]
    needed: int

    @property
    def met(self) -> bool:
        """Are enough here?"""
        return len(self.present) >= self.needed


def present_at(events: Iterable[Presence], at: datetime) -> frozenset[str]:
    """Who is in the room: the last thing that each of them did until then was to come."""
    last: dict[str, Presence] = {}
    for event in sorted(events, key=lambda each: each.at):
        if event.at <= at:
            last[event.person] = event
    return frozenset(person for person, event in last.items() if event.arrived)


def _needed(rule: CouncilRule, entitled: int) -> int:
    """The least number of members that is a quorum."""
    share = rule.quorum * entitled
    whole = share.numerator // share.denominator
    if rule.quorum_strict:
        return whole + 1
    return whole if whole == share else whole + 1


def quorum_for(
    rule: CouncilRule, members: Collection[str], present: Collection[str], recused: Collection[str]
) -> Quorum:
    """The quorum of one item: whoever is recused leaves both sides of the count."""
    entitled = frozenset(members) - frozenset(recused)
    return Quorum(entitled=entitled, present=entitled & frozenset(present), needed=_needed(rule, len(entitled)))


def check_quorum(quorum: Quorum) -> None:
    """May the item be taken?

    Raises:
        Refused: Too few are here.

    """
    if not quorum.met:
        raise Refused([because(ReasonCode.NO_QUORUM, present=len(quorum.present), needed=quorum.needed)])
