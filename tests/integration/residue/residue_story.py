"""Parcels land, are delivered and are erased in one process of its own; told what to search the raw disk for.

Before erasing it tells the keys, as they lie there and as they open, and waits for a line; then it erases and ends.
"""

import json
import sys
from datetime import UTC, datetime
from random import Random

from sekisho.bootstrap import STEPS, open_house, prepare_database

HOME = open_house()


from sekisho.adapters.dossiers import read_dossier, shipped_dossier  # noqa: E402 - needs Django ready
from sekisho.adapters.keys import KeyStore  # noqa: E402 - needs Django ready
from sekisho.adapters.keys.places import find_slots  # noqa: E402 - needs Django ready
from sekisho.adapters.layouts import shipped_layouts  # noqa: E402 - needs Django ready
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file  # noqa: E402 - needs Django ready
from tests.fakes.arrivals import arrival_at  # noqa: E402 - needs Django ready
from tests.fakes.arrivals import land as bring_in  # noqa: E402 - needs Django ready
from tests.integration.conftest import enter as open_office  # noqa: E402 - needs Django ready

TENANT, CONNECTION = "422011", "registry-notices-down"
ROUTE = ("government_shared_network", "lgwan")


def prepare() -> None:
    """Open the municipality."""
    prepare_database()
    text = shipped_dossier()
    open_office(read_dossier(text), text, datetime.now(UTC))


def land(count: int) -> str:
    """One parcel of so many notices."""
    rows = make_rows(Random(56), make_ledger(Random(56), 40), count)
    body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
    return bring_in(HOME, arrival_at(datetime.now(UTC), body), body).waybill.parcel


def keys_of(parcels: list[str]) -> dict[str, list[str]]:
    """The keys as they lie in the store, and as they open."""
    store = KeyStore(HOME.keys, HOME.secret("master.key"))
    names = [f"{kind}/{parcel}" for parcel in parcels for kind in ("parcel", "cargo")]
    wrapped = store._slots.read(find_slots(store._database(), TENANT, names))
    opened = [store.open(TENANT, name) for name in wrapped]
    return {"wrapped": [each.hex() for each in wrapped.values()], "opened": [each.hex() for each in opened]}


def main() -> None:
    """Land, deliver, tell, wait, erase."""
    prepare()
    parcels = [land(count) for count in (8, 8, 400)]
    STEPS["examine"](parcels)
    delivered = STEPS["deliver"](parcels)
    told = {**keys_of(parcels), "states": sorted(set(delivered.values()))}
    print(json.dumps(told), flush=True)  # noqa: T201 - what is searched for
    sys.stdin.readline()
    erased = STEPS["erase"](parcels)
    print(json.dumps({"states": sorted(set(erased.values()))}), flush=True)  # noqa: T201 - that it is done


main()
