"""Sweeping: keys and ciphertext that a killed process left behind, belonging to no parcel. Guarded: deleters err.

Only what is older than a day and made by the landing store itself is listed; what is more than an ordinary kill leaves
waits for two persons; and nothing at all goes where a municipality has no parcels, because an emptied or restored
database must not cost every key.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.erasure_lists import new_number
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import remove_bytes
from sekisho.kernel import CopyPlace, ErasureList

AGE: Final = timedelta(days=1)
_KEY, _FILE = "key ", "file "


def _old(parcel: str, at: datetime) -> bool:
    """Was this parcel's id given more than a day ago? An id that is not ours is never old."""
    try:
        given = datetime.strptime(parcel[1:7], "%y%m%d").replace(tzinfo=at.tzinfo)
    except ValueError:
        return False
    return parcel[:1] == "p" and given + AGE + AGE < at


def _without_parcel(parcels: Iterable[str], at: datetime) -> set[str]:
    """Those that are old and have no state row."""
    old = sorted({parcel for parcel in parcels if _old(parcel, at)})
    known: set[str] = set()
    for first in range(0, len(old), 500):
        known |= set(Parcel.objects.filter(parcel__in=old[first : first + 500]).values_list("parcel", flat=True))
    return set(old) - known


def _lost_files(home: Home, at: datetime) -> tuple[list[str], int]:
    """Files of the landing store that belong to no parcel, and how many files there are."""
    names = sorted(path.name for path in home.parcels.iterdir()) if home.parcels.exists() else []
    orphans = _without_parcel((name.partition(".")[0] for name in names), at)
    return [name for name in names if name.partition(".")[0] in orphans], len(names)


def list_orphans(home: Home, tenant: str, at: datetime) -> ErasureList | None:
    """What belongs to no parcel, to be erased: keys of this municipality, and files of the first one; or nothing."""
    tenants = list(Parcel.objects.order_by("tenant_id").values_list("tenant_id", flat=True).distinct())
    if tenant not in tenants:
        return None
    keys = open_key_store().ids(tenant, "parcel/")
    orphans = _without_parcel((key.removeprefix("parcel/") for key in keys), at)
    files, count = _lost_files(home, at) if tenant == tenants[0] else ([], 0)
    copies = (*(f"{_KEY}parcel/{parcel}" for parcel in sorted(orphans)), *(f"{_FILE}{name}" for name in files))
    if not copies:
        return None
    kept = len(keys) + count
    return ErasureList(number=new_number(at), tenant=tenant, place=CopyPlace.ORPHANS, copies=copies, kept=kept, at=at)


def sweep_listed(home: Home, tenant: str, copies: Iterable[str], at: datetime) -> dict[str, int]:
    """Erase what stands in a list and still belongs to no parcel; answers how many keys and files went."""
    listed = sorted(copies)
    keys = [each.removeprefix(f"{_KEY}parcel/") for each in listed if each.startswith(_KEY)]
    names = [each.removeprefix(_FILE) for each in listed if each.startswith(_FILE)]
    doomed = sorted(_without_parcel(keys, at))
    open_key_store().destroy(tenant, [f"parcel/{parcel}" for parcel in doomed])
    lost = _without_parcel((name.partition(".")[0] for name in names), at)
    gone = [name for name in names if name.partition(".")[0] in lost]
    for name in gone:
        remove_bytes(home.parcels, name.removesuffix(".shredded"))
    return {"keys": len(doomed), "files": len(gone)}
