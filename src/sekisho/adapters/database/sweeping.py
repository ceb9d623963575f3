"""Sweeping: keys and ciphertext that a killed process left behind, belonging to no parcel. Guarded: deleters err.

Only what is older than a day and made by the landing store itself is touched; never more than a limit at once; and
nothing at all where a municipality has no parcels, because an emptied or restored database must not cost every key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import remove_bytes

AGE: Final = timedelta(days=1)
LIMIT: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What was swept: how many keys, how many files; and whether the limit stopped it."""

    keys: int
    files: int
    stopped: bool


def _old(parcel: str, at: datetime) -> bool:
    """Was this parcel's id given more than a day ago? An id that is not ours is never old."""
    try:
        given = datetime.strptime(parcel[1:7], "%y%m%d").replace(tzinfo=at.tzinfo)
    except ValueError:
        return False
    return parcel[:1] == "p" and given + AGE + AGE < at


def _without_parcel(parcels: Iterable[str], at: datetime) -> list[str]:
    """Those that are old and have no state row."""
    old = sorted({parcel for parcel in parcels if _old(parcel, at)})
    known: set[str] = set()
    for first in range(0, len(old), 500):
        known |= set(Parcel.objects.filter(parcel__in=old[first : first + 500]).values_list("parcel", flat=True))
    return [parcel for parcel in old if parcel not in known]


def _sweep_keys(tenant: str, at: datetime) -> tuple[int, bool]:
    """Destroy the keys of parcels that never landed."""
    store = open_key_store()
    orphans = _without_parcel((key.removeprefix("parcel/") for key in store.ids(tenant, "parcel/")), at)
    if orphans:
        store.destroy(tenant, [f"parcel/{parcel}" for parcel in orphans[:LIMIT]])
    return len(orphans[:LIMIT]), len(orphans) > LIMIT


def sweep(home: Home, at: datetime) -> Swept:
    """Sweep every municipality that has parcels."""
    tenants = list(Parcel.objects.order_by().values_list("tenant_id", flat=True).distinct())
    if not tenants:
        return Swept(keys=0, files=0, stopped=False)
    swept = [_sweep_keys(tenant, at) for tenant in tenants]
    names = [path.name for path in home.parcels.iterdir()] if home.parcels.exists() else []
    orphans = set(_without_parcel((name.partition(".")[0] for name in names), at))
    doomed = [name for name in names if name.partition(".")[0] in orphans]
    for name in doomed[:LIMIT]:
        remove_bytes(home.parcels, name.removesuffix(".shredded"))
    stopped = any(more for _, more in swept) or len(doomed) > LIMIT
    return Swept(keys=sum(count for count, _ in swept), files=len(doomed[:LIMIT]), stopped=stopped)
