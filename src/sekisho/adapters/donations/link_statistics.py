"""The second opinion on a whole area: what statistics find likely and the rules did not link, asked to an officer.

Personal values are opened in memory for as long as it runs, and nothing of it is kept but the pairs and how likely
they are.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.link_keys import OpenedNames
from sekisho.adapters.donations.link_questions import BY_STATISTICS, Doubt, ask
from sekisho.adapters.donations.models import DonationRow
from sekisho.adapters.linkage.second_opinion import second_opinion
from sekisho.business.hometown_donations.linkage import DonorKeys, are_different_people

# An officer can look at so many pairs in a thousand donations; the likeliest come first.
IN_A_THOUSAND: Final = 15
_FEWEST: Final = 20
_AT_ONCE: Final = 1_000


def _opened(area: str, names: OpenedNames) -> Iterator[DonorKeys]:
    """The keys of every donation of an area, in clear."""
    rows = DonationRow.objects.filter(tenant_id=area, erased_at__isnull=True, link_keys__isnull=False)
    waiting = rows.order_by("id").values_list("id", "order_search", "sealed")
    batch: list[tuple[int, str, Any]] = []
    for each in waiting.iterator(_AT_ONCE):
        batch.append(each)
        if len(batch) == _AT_ONCE:
            yield from names.open(batch)
            batch = []
    yield from names.open(batch)


def ask_statistics(area: str, at: datetime) -> int:
    """Ask the second opinion about an area; answers how many questions it added."""
    with reading_in(area):
        names = OpenedNames(area, Seals(area))
        keys = list(_opened(area, names))
    if len(keys) < _FEWEST:  # statistics of a handful say nothing
        return 0
    doubts = [
        Doubt(left=int(left), right=int(right), source=BY_STATISTICS, likelihood=likelihood)
        for left, right, likelihood in second_opinion(keys)
        if not are_different_people(names.name(int(left)), names.name(int(right)))
    ]
    with writing_in(area):
        return ask(area, doubts, at, most=max(1, len(keys) * IN_A_THOUSAND // 1000))
