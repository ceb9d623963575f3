"""Donors as groups of donations: recomputed from links and decisions, so that undoing restores exactly what was."""

from collections.abc import Callable, Iterable
from typing import Final

from django.db.models import F, Q

from sekisho.adapters.donations.models import DonationRow, DonorRow, LinkKeyRow, LinkRow, QuestionRow
from sekisho.business.hometown_donations.linkage import Edge, Gathered, LinkTier, NameKeys, edge_by_officer, gather

OPEN, SAME, NOT_SAME, LATER, SETTLED = "open", "same", "not_same", "later", "settled"
BY_OFFICER: Final = "officer"
"""An officer asked: such a question is answered by an officer, and never settles by itself."""
_NAMED: Final = frozenset({"name", "kana"})
_AT_ONCE: Final = 400
Pair = tuple[int, int]


def _touching(numbers: list[int]) -> Q:
    """Rows of pairs in which one of these donations stands."""
    return Q(left__in=numbers) | Q(right__in=numbers)


def _edges_at(area: str, numbers: list[int]) -> dict[Pair, Edge]:
    """Everything that holds donations together at these: automatic links, and what an officer said is the same.

    Who is erased has no keys and no donor of its own any more, and holds nobody together, whatever was said of it.
    """
    found: dict[Pair, Edge] = {}
    links = LinkRow.objects.filter(_touching(numbers), tenant_id=area, tier=LinkTier.AUTOMATIC)
    for left, right, agreeing in links.values_list("left_id", "right_id", "agreeing"):
        fields = set(agreeing.split(","))
        found[left, right] = Edge(left=left, right=right, strength=len(fields), named=bool(fields & _NAMED))
    said = QuestionRow.objects.filter(_touching(numbers), tenant_id=area, state=SAME)
    said = said.filter(left__link_keys__isnull=False, right__link_keys__isnull=False)
    for left, right in said.values_list("left_id", "right_id"):
        found[left, right] = edge_by_officer(left, right)
    return found


def component(area: str, seeds: Iterable[int]) -> tuple[set[int], dict[Pair, Edge]]:
    """Every donation that hangs together with these, however far, and what holds them."""
    reached, edges, waiting = set(seeds), dict[Pair, Edge](), list(seeds)
    while waiting:
        now, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        new = _edges_at(area, now)
        edges |= new
        fresh = {each for pair in new for each in pair} - reached
        reached |= fresh
        waiting += sorted(fresh)
    return reached, edges


def _forbidden(area: str, numbers: set[int]) -> dict[int, frozenset[int]]:
    """Of whom an officer said that they are not the same."""
    found: dict[int, set[int]] = {}
    said = QuestionRow.objects.filter(tenant_id=area, state=NOT_SAME, left__in=numbers, right__in=numbers)
    for left, right in said.values_list("left_id", "right_id"):
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {each: frozenset(others) for each, others in found.items()}


def _donor_of_group(own: list[int], opted_out: set[int]) -> int:
    """The donor under whom a group stands: its first; one who wants no invitations before one who said nothing."""
    return min(own, key=lambda donor: (donor not in opted_out, donor))


def _assign(area: str, reached: set[int], gathered: Gathered) -> None:
    """Put each donation under the donor of its group; write only what changes."""
    own = dict(LinkKeyRow.objects.filter(tenant_id=area, pk__in=reached).values_list("donation_id", "own_donor"))
    opted = DonorRow.objects.filter(tenant_id=area, pk__in=own.values(), opted_out_at__isnull=False)
    opted_out = set(opted.values_list("id", flat=True))
    wanted = dict(own)
    for rows in gathered.groups.values():
        donor = _donor_of_group([own[row] for row in rows], opted_out)
        wanted |= dict.fromkeys(rows, donor)
    moved: dict[int, list[int]] = {}
    for number, donor in DonationRow.objects.filter(tenant_id=area, pk__in=own).values_list("id", "donor_id"):
        if wanted[number] != donor:
            moved.setdefault(wanted[number], []).append(number)
    for donor, numbers in moved.items():
        DonationRow.objects.filter(tenant_id=area, pk__in=numbers).update(donor_id=donor)


def _settle_questions(area: str, reached: set[int]) -> None:
    """A question about two donations that are one donor's by now is settled; and opens again if they part."""
    asked = QuestionRow.objects.filter(_touching(sorted(reached)), tenant_id=area).exclude(source=BY_OFFICER)
    asked.filter(state=OPEN, left__donor=F("right__donor")).update(state=SETTLED)
    apart = asked.filter(state=SETTLED, left__erased_at__isnull=True, right__erased_at__isnull=True)
    apart.exclude(left__donor=F("right__donor")).update(state=OPEN)


def regroup(area: str, seeds: Iterable[int], names: Callable[[int], NameKeys]) -> Gathered:
    """Gather anew everything that hangs together with these donations; in the transaction that is open."""
    reached, edges = component(area, seeds)
    gathered = gather(edges.values(), names, _forbidden(area, reached))
    _assign(area, reached, gathered)
    _settle_questions(area, reached)
    return gathered


def forget_erased(area: str, numbers: list[int]) -> None:
    """An erased donation is compared with nothing any more; in the transaction that erases it."""
    LinkRow.objects.filter(_touching(numbers), tenant_id=area).delete()
    LinkKeyRow.objects.filter(tenant_id=area, pk__in=numbers).delete()
    asked = QuestionRow.objects.filter(_touching(numbers), tenant_id=area)
    asked.filter(state__in=(OPEN, LATER, SAME)).update(state=SETTLED)
