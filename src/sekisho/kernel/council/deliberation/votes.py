"""Counting votes: only of those present and not recused, one each; a tie is the chair's if the rule says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sekisho.kernel.council.deliberation.meeting import Quorum, check_quorum
from sekisho.kernel.council.deliberation.rules import CouncilRule
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


class Choice(StrEnum):
    """What a member votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One vote of one member on one item."""

    person: str
    item: str
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The counts, whether the motion is carried, and by which rule; `casting` says that the chair broke a tie."""

    item: str
    in_favour: int
    against: int
    abstained: int
    carried: bool
    casting: bool
    rule: str


def _objections(rule: CouncilRule, quorum: Quorum, item: str, ballots: Sequence[Ballot], chair: str) -> list[Reason]:
    """Every ballot that does not count, with its reason."""
    reasons: list[Reason] = []
    persons = [ballot.person for ballot in ballots]
    for ballot in ballots:
        if ballot.person not in quorum.entitled:
            reasons.append(because(ReasonCode.RECUSED, person=ballot.person, item=item))
        elif ballot.person not in quorum.present:
            reasons.append(because(ReasonCode.NOT_PRESENT, person=ballot.person))
        if ballot.item != item or persons.count(ballot.person) > 1 or (ballot.person == chair and not rule.chair_votes):
            reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"vote {item}"))
    return reasons


def _carried(rule: CouncilRule, in_favour: int, voting: int, casting: Choice | None) -> tuple[bool, bool]:
    """Is it carried, and did the chair's casting vote do it? Voting are all that are present and may vote."""
    needed = rule.majority * voting
    if in_favour > needed or (in_favour == needed and voting and not rule.majority_strict):
        return True, False
    tied = in_favour == needed
    if tied and rule.chair_breaks_tie and casting is not None:
        return casting is Choice.FOR, True
    return False, False


def count_votes(
    rule: CouncilRule, quorum: Quorum, ballots: Sequence[Ballot], *, item: str, chair: tuple[str, Choice | None]
) -> Tally:
    """Count the votes on an item; the chair is (person, casting vote if it comes to that).

    Members who are present and do not vote, or abstain, count as present: they make the majority harder to reach.

    Raises:
        Refused: There is no quorum, or a ballot may not be counted; with every reason.

    """
    check_quorum(quorum)
    person, casting = chair
    if reasons := _objections(rule, quorum, item, ballots, person):
        raise Refused(reasons)
    voting = len(quorum.present if rule.chair_votes else quorum.present - {person})
    in_favour, against = (sum(ballot.choice is choice for ballot in ballots) for choice in (Choice.FOR, Choice.AGAINST))
    carried, broken = _carried(rule, in_favour, voting, casting if person in quorum.present else None)
    return Tally(
        item=item,
        in_favour=in_favour,
        against=against,
        abstained=voting - in_favour - against,
        carried=carried,
        casting=broken,
        rule=rule.rule,
    )
