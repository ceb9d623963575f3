"""Linking what came in: each new donation is compared with those of its own area that share a key, and with no other.

It runs after the door has taken a parcel in, outside the door's transaction, in short batches. Equality is judged on
HMACs; names are opened in memory only where a distance between them decides (the family veto).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
from django.db.models import F, Max, Q

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.link_groups import regroup
from sekisho.adapters.donations.link_keys import HIDDEN, OpenedNames, donation_id, hide, name_birth_key
from sekisho.adapters.donations.link_questions import ask_about
from sekisho.adapters.donations.models import DonationRow, IntakeRow, LinkKeyRow, LinkRow, QuestionRow
from sekisho.business.hometown_donations.linkage import (
    RULES,
    DonorKeys,
    Link,
    LinkField,
    are_different_people,
    find_pairs,
    judge,
    links_of,
    tabulate,
)

BATCH: Final = 200
_LATE: Final = 8  # parcels that are taken in side by side may become visible out of their order
_BLOCKS: Final = ("telephone", "mail", "address", "name_birth")
_NAMED: Final = frozenset({LinkField.NAME, LinkField.KANA})
Waiting = tuple[int, int, int, str, Any]


def waiting_in(area: str, count: int) -> list[Waiting]:
    """Donations that no parcel's linking has seen: number, parcel, donor, order's key, sealed values."""
    newest = LinkKeyRow.objects.filter(tenant_id=area).aggregate(Max("intake"))["intake__max"] or 0
    parcels = IntakeRow.objects.filter(tenant_id=area, id__gte=newest - _LATE).values("id")
    # The area's own parcels name the area: to ask for it again would lead the database through all of its donations.
    kept = DonationRow.objects.filter(intake_id__in=parcels, erased_at__isnull=True)
    unseen = Q(link_keys__isnull=True) | ~Q(link_keys__intake=F("intake_id"))
    rows = kept.filter(unseen).order_by("intake_id", "id")[:count]
    return list(rows.values_list("id", "intake_id", "donor_id", "order_search", "sealed"))


def link_waiting(area: str, at: datetime) -> int:
    """Link everything that waits in an area; answers how many donations that were."""
    linked = 0
    while True:
        with reading_in(area):
            waiting = waiting_in(area, BATCH)
        if not waiting:
            return linked
        _link(area, waiting, at)
        linked += len(waiting)
        if len(waiting) < BATCH:
            return linked


def _link(area: str, waiting: Sequence[Waiting], at: datetime) -> None:
    """Link one batch, in one transaction; what is slow (opening, keys) is done before it."""
    seals = Seals(area)
    names = OpenedNames(area, seals)
    with reading_in(area):
        clear = names.open((number, order, sealed) for number, _, _, order, sealed in waiting)
    hidden = [hide(seals, each) for each in clear]
    blocks = [name_birth_key(seals, each) for each in clear]
    with writing_in(area):
        _forget([each[0] for each in waiting], area)
        _write_keys(area, waiting, hidden, blocks)
        links = _compare(area, hidden, blocks, names)
        _write_links(area, links, at)
        regroup(area, [each[0] for each in waiting], names.name)
        ask_about(area, links, at)


def _forget(numbers: list[int], area: str) -> None:
    """What was found of a donation whose record changed is no longer true; what an officer decided stays."""
    touching = Q(left__in=numbers) | Q(right__in=numbers)
    LinkRow.objects.filter(touching, tenant_id=area).delete()
    QuestionRow.objects.filter(touching, tenant_id=area, state="open", log__isnull=True).delete()


def _write_keys(area: str, waiting: Sequence[Waiting], hidden: Sequence[DonorKeys], blocks: Sequence[str]) -> None:
    """Write the keys; a donation that had some keeps its own donor."""
    own = LinkKeyRow.objects.filter(tenant_id=area, pk__in=[each[0] for each in waiting])
    before = dict(own.values_list("donation_id", "own_donor"))
    own.delete()
    LinkKeyRow.objects.bulk_create(
        LinkKeyRow(
            donation_id=number,
            tenant_id=area,
            intake=intake,
            own_donor=before.get(number, donor),
            name_birth=block,
            **{each: getattr(keys, each) for each in HIDDEN},
        )
        for (number, intake, donor, _, _), keys, block in zip(waiting, hidden, blocks, strict=True)
    )


def _sharing(area: str, hidden: Sequence[DonorKeys], blocks: Sequence[str]) -> list[DonorKeys]:
    """Every donation of the area that shares a telephone, mail, address, or name and birth date with one of these."""
    found: dict[int, DonorKeys] = {}
    for column in _BLOCKS:
        values = set(blocks) if column == "name_birth" else {getattr(each, column) for each in hidden}
        rows = LinkKeyRow.objects.filter(**{"tenant_id": area, f"{column}__in": values - {""}})
        for number, *texts in rows.values_list("donation_id", *HIDDEN):
            found[number] = DonorKeys(donation=donation_id(number), sex="", **dict(zip(HIDDEN, texts, strict=True)))
    return list(found.values())


def _compare(area: str, hidden: Sequence[DonorKeys], blocks: Sequence[str], names: OpenedNames) -> list[Link]:
    """The links between these donations and those that share a key with them, families set apart."""
    table = tabulate({each.donation: each for each in (*hidden, *_sharing(area, hidden, blocks))}.values())
    fresh = {each.donation for each in hidden}
    new = np.array([each in fresh for each in table.donations], dtype=np.bool_)
    left, right = find_pairs(table, RULES)
    asked = new[left] | new[right]
    verdicts = judge(table, left[asked], right[asked])
    links = links_of(table, verdicts.only(verdicts.met != 0))
    return [each for each in links if not _are_family(each, names)]


def _are_family(link: Link, names: OpenedNames) -> bool:
    """Do both given names say that these are two people? Asked only where neither name nor reading agrees."""
    if _NAMED & set(link.agreeing):
        return False
    return are_different_people(names.name(int(link.left)), names.name(int(link.right)))


def _write_links(area: str, links: Sequence[Link], at: datetime) -> None:
    """Write the links with their evidence."""
    LinkRow.objects.bulk_create(
        (
            LinkRow(
                tenant_id=area,
                left_id=int(each.left),
                right_id=int(each.right),
                tier=str(each.tier),
                rules=",".join(each.rules),
                agreeing=",".join(each.agreeing),
                differing=",".join(each.differing),
                made_at=at,
            )
            for each in links
        ),
        ignore_conflicts=True,
    )
