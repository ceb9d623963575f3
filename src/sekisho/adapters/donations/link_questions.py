"""The review queue: pairs that may be one person, asked to an officer; every answer is an entry and can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import Q

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.acts import Act, note_act
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.link_groups import BY_OFFICER, LATER, NOT_SAME, OPEN, SAME, component, regroup
from sekisho.adapters.donations.link_keys import OpenedNames
from sekisho.adapters.donations.models import DonationRow, LinkLogRow, LinkRow, QuestionRow
from sekisho.business.hometown_donations.linkage import Link, LinkTier
from sekisho.kernel import EntryKind, ReasonCode, Refused, because

BY_RULES: Final = "rules"
BY_STATISTICS: Final = "statistics"
UNDO: Final = "undo"
ANSWERS: Final = {SAME: SAME, NOT_SAME: NOT_SAME, LATER: LATER, UNDO: OPEN}
_KINDS: Final = {
    SAME: EntryKind.ACCEPTED,
    NOT_SAME: EntryKind.REJECTED,
    LATER: EntryKind.POSTPONED,
    OPEN: EntryKind.WITHDRAWN,
}
_AT_ONCE: Final = 800
DECIDED: Final = (SAME, NOT_SAME, LATER)
_CHOOSE: Final = "理由を選んでください / choose a reason"
WHYS: Final = ("family", "same_name", "donor_said", "other")
"""Why an officer doubts a link: people of one household, two of one name, the donor says so, or something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A pair that may be one person: who says so, and how likely, if statistics say it."""

    left: int
    right: int
    source: str
    likelihood: float | None = None


def _donors(area: str, doubts: Sequence[Doubt]) -> dict[int, int]:
    """The donor of each donation that is in doubt."""
    numbers = sorted({each for doubt in doubts for each in (doubt.left, doubt.right)})
    kept = DonationRow.objects.filter(tenant_id=area, erased_at__isnull=True)
    found: dict[int, int] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        some = kept.filter(pk__in=numbers[first : first + _AT_ONCE])
        found |= dict(some.values_list("id", "donor_id"))
    return found


def _asked(area: str, donors: Iterable[int]) -> set[frozenset[int]]:
    """Between which donors a question stands already, whatever its state."""
    rows = QuestionRow.objects.filter(tenant_id=area)
    if len(some := set(donors)) <= _AT_ONCE:
        rows = rows.filter(Q(left__donor__in=some) | Q(right__donor__in=some))
    return {frozenset(pair) for pair in rows.values_list("left__donor", "right__donor")}


def _fresh(area: str, doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """The first doubt about each pair of donors about whom nothing was asked yet."""
    donors = _donors(area, doubts)
    asked = _asked(area, donors.values())
    for each in doubts:
        pair = frozenset({donors.get(each.left, 0), donors.get(each.right, 0)})
        if len(pair) == 1 or 0 in pair or pair in asked:
            continue
        asked.add(pair)
        yield each


def ask(area: str, doubts: Sequence[Doubt], at: datetime, most: int | None = None) -> int:
    """Ask about each pair of donors once, and about so many at most; in the transaction that is open."""
    fresh = list(islice(_fresh(area, doubts), most))
    QuestionRow.objects.bulk_create(
        (
            QuestionRow(
                tenant_id=area,
                left_id=min(each.left, each.right),
                right_id=max(each.left, each.right),
                source=each.source,
                likelihood=each.likelihood,
                state=OPEN,
                asked_at=at,
            )
            for each in fresh
        ),
        ignore_conflicts=True,
    )
    return len(fresh)


def ask_about(area: str, links: Sequence[Link], at: datetime) -> None:
    """Ask about the links that hold no group together: possible ones, and automatic ones that a veto kept apart."""
    ordered = sorted(links, key=lambda each: (each.tier is not LinkTier.AUTOMATIC, -len(each.agreeing), each.left))
    ask(area, [Doubt(left=int(each.left), right=int(each.right), source=BY_RULES) for each in ordered], at)


def decide(act: Act, number: int, answer: str) -> None:
    """An officer answers a question, or takes the answer back; the groups are as if it had always been so.

    Raises:
        Refused: There is no such question here, or the answer is not one that can be given now.

    """
    with writing_in(act.area):
        row = QuestionRow.objects.select_for_update().filter(tenant_id=act.area, pk=number).first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"question {number}")])
        after = ANSWERS.get(answer)
        if after is None or (after == OPEN and row.state not in DECIDED):
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"question {number}", state=row.state)])
        LinkLogRow.objects.create(
            tenant_id=act.area, question=row, before=row.state, after=after, at=act.at, by=act.standing.person
        )
        note_act(act, _KINDS[after], what=f"link {row.left_id} {row.right_id}", answer=answer)
        # Whoever hung together before may part now: both sides are gathered anew.
        before, _ = component(act.area, [row.left_id, row.right_id])
        row.state, row.decided_at, row.decided_by = after, act.at, act.standing.person
        row.save(update_fields=["state", "decided_at", "decided_by"])
        regroup(act.area, before, OpenedNames(act.area, Seals(act.area)).name)


def doubt_link(act: Act, left: int, right: int, why: str) -> int:
    """An officer doubts a link that the rules made: it becomes a question. Answers the question's number.

    The link and its evidence stay until the question is answered, and an answer can be taken back.

    Raises:
        Refused: These two donations are not linked here, an officer has answered already, or no reason was given.

    """
    if why not in WHYS:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="理由 / why", what=_CHOOSE)])
    first, second = min(left, right), max(left, right)
    with writing_in(act.area):
        if not LinkRow.objects.filter(tenant_id=act.area, left=first, right=second).exists():
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"link {first} {second}")])
        row, _ = QuestionRow.objects.get_or_create(
            tenant_id=act.area,
            left_id=first,
            right_id=second,
            defaults={"source": BY_OFFICER, "state": OPEN, "asked_at": act.at},
        )
        if row.state in {SAME, NOT_SAME}:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"question {row.pk}", state=row.state)])
        LinkLogRow.objects.create(
            tenant_id=act.area, question=row, before=row.state, after=OPEN, at=act.at, by=act.standing.person
        )
        row.state, row.source, row.why = OPEN, BY_OFFICER, why
        row.save(update_fields=["state", "source", "why"])
        note_act(act, EntryKind.EXAMINED_AGAIN, what=f"link {first} {second}", why=why)
        return int(row.pk)


def links_of_donor(area: str, donor: int, count: int) -> list[LinkRow]:
    """The links by which the rules made these donations one donor's, the weakest first."""
    with reading_in(area):
        mine = DonationRow.objects.filter(tenant_id=area, donor_id=donor, erased_at__isnull=True).values("id")
        rows = LinkRow.objects.filter(tenant_id=area, tier=LinkTier.AUTOMATIC, left__in=mine, right__in=mine)
        return sorted(rows, key=lambda each: (each.agreeing.count(","), each.pk))[:count]


def is_asked(area: str, number: int) -> bool:
    """Is there such a question in this area?"""
    with reading_in(area):
        return QuestionRow.objects.filter(tenant_id=area, pk=number).exists()


def questions_in(area: str, state: str, count: int) -> tuple[int, list[QuestionRow]]:
    """How many questions are in a state, and the first of them: the likeliest and oldest."""
    with reading_in(area):
        rows = QuestionRow.objects.filter(tenant_id=area, state=state).select_related("left", "right")
        return rows.count(), list(rows.order_by("id")[:count])
