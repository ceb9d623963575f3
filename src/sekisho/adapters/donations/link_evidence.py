"""What speaks for and against two donations being of one person, opened for the officer who has to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.link_keys import donor_of_record
from sekisho.adapters.donations.models import DonationRow, LinkLogRow, LinkRow, QuestionRow
from sekisho.adapters.donations.reading import DonationFacts, donation_of
from sekisho.adapters.linkage import place_book
from sekisho.business.hometown_donations.linkage import Link, judge, links_of, make_keys, tabulate


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A question with both records, what the rules say of them, the weakest link behind it, and earlier answers."""

    question: QuestionRow
    left: DonationFacts
    right: DonationFacts
    link: Link
    weakest: LinkRow | None
    log: tuple[LinkLogRow, ...]


def _compared(left: DonationFacts, right: DonationFacts) -> Link:
    """Both records under the rules, whether one of them holds or not."""
    keys = [make_keys(donor_of_record(each.number, each.personal), place_book()) for each in (left, right)]
    verdicts = judge(tabulate(keys), np.array([0]), np.array([1]))
    return links_of(tabulate(keys), verdicts)[0]


def _weakest(area: str, donors: Iterable[int]) -> LinkRow | None:
    """The weakest of the links that hold these donors' groups together: where an error would most likely be."""
    members = list(DonationRow.objects.filter(tenant_id=area, donor__in=donors).values_list("id", flat=True))
    rows = LinkRow.objects.filter(tenant_id=area, tier="automatic", left__in=members, right__in=members)
    return min(rows, key=lambda each: (each.agreeing.count(","), each.pk), default=None)


def evidence_of(area: str, number: int) -> Evidence | None:
    """Everything about one question of this area, if there is one."""
    with reading_in(area):
        rows = QuestionRow.objects.filter(tenant_id=area, pk=number).select_related("left", "right")
        question = rows.first()
        if question is None:
            return None
        weakest = _weakest(area, {question.left.donor_id, question.right.donor_id})
        log = tuple(LinkLogRow.objects.filter(tenant_id=area, question=question).order_by("id"))
    left, right = donation_of(area, question.left_id), donation_of(area, question.right_id)
    if left is None or right is None:
        return None
    return Evidence(question=question, left=left, right=right, link=_compared(left, right), weakest=weakest, log=log)


def question_to_data(row: QuestionRow) -> dict[str, Any]:
    """A question as one line of a list: numbers and states only."""
    return {
        "number": row.pk,
        "left": row.left_id,
        "right": row.right_id,
        "source": row.source,
        "likelihood": row.likelihood,
        "asked_at": row.asked_at,
        "decided_at": row.decided_at,
        "decided_by": row.decided_by,
        "state": row.state,
    }
