"""Which parcels are taken further together: the gate's own work, and what is to be handed over to one counterpart.

A batch ends at a number of parcels and at a number of bytes: so a small file waits for few others, and while a
counterpart takes in one large file, the gate examines the next.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from django.db.models import Q

from sekisho.adapters.database.models import Parcel, ParcelState
from sekisho.bootstrap import now
from sekisho.kernel import Direction

if TYPE_CHECKING:
    from django.db.models import QuerySet

BATCH: Final = 32
BYTES_AT_ONCE: Final = 1 << 20
AT_ONE_COUNTERPART: Final = 2
"""So many municipalities' parcels are handed over to one counterpart at once; those of one municipality in order."""
_OWN_WORK: Final = (
    ParcelState.RECEIVED,
    ParcelState.CLEARED,
    ParcelState.DELIVERED,
    ParcelState.REFUSED,
    ParcelState.ERASING,
)
_BEFORE_CARRYING: Final = (ParcelState.RECEIVED, ParcelState.CLEARED)
_INWARD: Final = str(Direction.INWARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Which parcels are this worker's: those whose id leaves this remainder. Each parcel is one worker's only."""

    number: int = 0
    of: int = 1

    def holds(self, parcel: str) -> bool:
        """Say whether this parcel is this worker's."""
        return crc32(parcel.encode()) % self.of == self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Whose parcels are handed over to whom. One batch at a time goes this way, so that the older is there first."""

    tenant: str
    counterpart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Parcels that are taken further together, with their states, through which steps; and which way, if out."""

    steps: tuple[str, ...]
    states: Mapping[str, str]
    way: Way | None = field(default=None)


def _open_ones(later: Collection[str]) -> "QuerySet[Parcel, Any]":
    """The parcels that may go further now, the oldest first; what a counterpart was away for has an hour of its own."""
    rows = Parcel.objects.exclude(parcel__in=list(later)).exclude(next_try__gt=now())
    return rows.order_by("received_at", "parcel")


def _together(found: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """As many of them as go together: the first in any case."""
    batch: dict[str, str] = {}
    size = 0
    for parcel, state, more in found:
        size += more
        if batch and (len(batch) == BATCH or size > BYTES_AT_ONCE):
            break
        batch[parcel] = state
    return batch


def own_work(share: Share, later: Collection[str], *, outward: bool = False) -> Batch | None:
    """What the gate does by itself: examine, seal, deliver inside the house, erase. What is on hold stays as it is.

    With `outward`, what a counterpart is to have comes first, if there is any.
    """
    own = Q(state__in=_OWN_WORK) | Q(state=ParcelState.LEAVING, passage__direction=_INWARD)
    rows = _open_ones(later).filter(own)
    rows = rows.exclude(hold__gt="", state__in=(ParcelState.DELIVERED, ParcelState.REFUSED))
    if outward:
        rows = rows.filter(state__in=_BEFORE_CARRYING).exclude(passage__direction=_INWARD)
    found = rows.values_list("parcel", "state", "size")[: BATCH * share.of * 2]
    states = _together(each for each in found if share.holds(each[0]))
    if outward and not states:
        return own_work(share, later)
    return Batch(steps=("examine", "land", "erase"), states=states) if states else None


def to_carry(share: Share, later: Collection[str], under_way: Sequence[Way]) -> Batch | None:
    """What is to be handed over next: to one counterpart, of one municipality, and not by a way that is in use."""
    rows = _open_ones(later).filter(state=ParcelState.LEAVING).exclude(passage__direction=_INWARD)
    for way in under_way:
        rows = rows.exclude(tenant_id=way.tenant, passage__counterpart=way.counterpart)
    names = [way.counterpart for way in under_way]
    for full in {name for name in names if names.count(name) >= AT_ONE_COUNTERPART}:
        rows = rows.exclude(passage__counterpart=full)
    columns = ("parcel", "state", "size", "tenant_id", "passage__counterpart")
    found = [each for each in rows.values_list(*columns)[: BATCH * share.of * 2] if share.holds(each[0])]
    if not found:
        return None
    first = found[0][3:]
    states = _together((parcel, state, size) for parcel, state, size, *way in found if tuple(way) == first)
    return Batch(steps=("carry",), states=states, way=Way(tenant=first[0], counterpart=str(first[1])))
