"""Many crossings in flight while somebody stops their permit: each part is a process of its own.

prepare HOWMANY   land so many parcels        alone SHARE OF, together SHARE OF   examine a share of them
stop              stop the permit when told   tell                                what the ledger says, as JSON
"""

import json
import sys
import time
from datetime import UTC, datetime
from random import Random

from sekisho.bootstrap import STEPS, open_examination, open_house, prepare_database

HOME = open_house()

from sekisho.adapters.database.models import EntryRow, Parcel  # noqa: E402 - needs Django ready
from sekisho.adapters.database.passages import load_landed, receipts_of  # noqa: E402 - needs Django ready
from sekisho.adapters.dossiers import read_dossier, shipped_dossier  # noqa: E402 - needs Django ready
from sekisho.adapters.layouts import shipped_layouts  # noqa: E402 - needs Django ready
from sekisho.bootstrap.permits import StopCause, stop_permit  # noqa: E402 - needs Django ready
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file  # noqa: E402 - needs Django ready
from sekisho.kernel import examine  # noqa: E402 - needs Django ready
from tests.fakes.arrivals import arrival_at, land  # noqa: E402 - needs Django ready
from tests.integration.conftest import enter as open_office  # noqa: E402 - needs Django ready

TENANT, PERMIT, CONNECTION, BATCH, BEGUN = "422011", "R1-56-01", "registry-notices-down", 8, 3


def say(what: object) -> None:
    """One line, at once."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def notices() -> bytes:
    """A file with one notice."""
    rows = make_rows(Random(2), make_ledger(Random(1), 20), 1, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


def prepare(count: int) -> None:
    """Land so many parcels."""
    prepare_database()
    text = shipped_dossier()
    now, body = datetime.now(UTC), notices()
    open_office(read_dossier(text), text, now)
    for _ in range(count):
        land(HOME, arrival_at(now, body), body)


def examine_share(share: int, of: int, *, together: bool) -> None:
    """Examine every parcel of a share, alone or in batches; say so once it has begun."""
    parcels = list(Parcel.objects.order_by("parcel").values_list("parcel", flat=True))[share::of]
    step = BATCH if together else 1
    for place in range(0, len(parcels), step):
        some = parcels[place : place + step]
        if together:
            STEPS["examine"](some)
        else:
            landed = load_landed(Parcel.objects.get(parcel=some[0]), receipts_of(some))
            examine(landed, open_examination(), datetime.now(UTC))
        if place == step * BEGUN:
            say("begun")
    say("ended")


def stop() -> None:
    """Stop the permit as soon as somebody says so; tells how long that took, in milliseconds."""
    Parcel.objects.count()
    say("ready")
    sys.stdin.readline()
    started = time.perf_counter()
    stop_permit(TENANT, PERMIT, "glover", StopCause.INCIDENT, datetime.now(UTC))
    say(round((time.perf_counter() - started) * 1e3, 1))


def tell() -> None:
    """How many were cleared and refused, before the stop and after it, by the order of the ledger."""
    stopped = EntryRow.objects.get(kind="permit_suspended").pk
    told = {}
    for kind in ("cleared", "refused"):
        rows = EntryRow.objects.filter(kind=kind)
        told[kind] = {"before": rows.filter(pk__lt=stopped).count(), "after": rows.filter(pk__gt=stopped).count()}
    bodies = EntryRow.objects.filter(kind="refused", pk__gt=stopped).values_list("body", flat=True)
    codes = {reason["code"] for body in bodies for reason in json.loads(bytes(body))["reasons"]}
    say(json.dumps({**told, "codes": sorted(codes), "waiting": Parcel.objects.filter(state="received").count()}))


if __name__ == "__main__":
    what, numbers = sys.argv[1], [int(each) for each in sys.argv[2:]]
    if what == "prepare":
        prepare(*numbers)
    elif what == "stop":
        stop()
    elif what == "tell":
        tell()
    else:
        examine_share(*numbers, together=what == "together")
