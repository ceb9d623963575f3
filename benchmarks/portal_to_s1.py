"""The whole way of donations: a portal's bytes, the gate, S1's rows, verified record by record, erased; claim 2,000/s.

The gate's steps run here, S1's door is a process of its own behind mutual TLS. Each file holds at most 4,000 orders;
with several gifts an order has several lines, and the permit lets a parcel hold 5,000 of them.
Run: python3 dev.py bench portal_to_s1. BENCH_DONATIONS and BENCH_PORTALS say how many, and from which portals.
"""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks._claims import tell_claims
from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Plan, make_orders
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.fakes.manager import PERSON, TENANT, TERMINAL, certificates_in, donation_manager
from tests.integration.conftest import enter

DONATIONS = int(os.environ.get("BENCH_DONATIONS", "20000"))
PORTALS = os.environ.get("BENCH_PORTALS", "choice,satofuru,furunavi,rakuten").split(",")
IN_A_FILE = 4_000
CLAIM = 2_000


def open_city(home: Path) -> Path:
    """Nagasaki with consultation 59 and one connector a portal; answers the folder of its certificates."""
    os.environ["SEKISHO_HOME"] = str(home)
    from sekisho.bootstrap import open_house, prepare_database

    house = open_house()
    prepare_database()
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    text = shipped_dossier("59")
    enter(read_dossier(text), text, datetime.now(UTC))
    for portal in PORTALS:
        enter_connector(
            house,
            TENANT,
            NewConnector(connector=portal, portal=portal, mode="robot", person=PERSON, terminal=TERMINAL),
        )
    return certificates_in(home)


def files() -> list[tuple[str, bytes]]:
    """What the portals hand over, made before the clock starts."""
    share = DONATIONS // len(PORTALS)
    made = []
    for portal in PORTALS:
        orders = make_orders(Plan(portal, 59, share, 2026))
        made += [
            (portal, write_file(portal, orders[at : at + IN_A_FILE], {})) for at in range(0, len(orders), IN_A_FILE)
        ]
    return made


def stretch(seconds: dict[str, float], name: str, work: Callable[[], object]) -> None:
    """Do it, and note how long it took."""
    began = time.perf_counter()
    work()
    seconds[name] = time.perf_counter() - began


def receive(made: list[tuple[str, bytes]]) -> list[str]:
    """Bring every file to the gate; answers the parcels."""
    from sekisho.adapters.database.connectors import find_connector
    from sekisho.bootstrap.connectors import bring_in, way_in

    rows = {portal: find_connector(TENANT, portal) for portal in PORTALS}
    return [bring_in(rows[portal], way_in(TENANT, portal), body) for portal, body in made]


def whole_way(made: list[tuple[str, bytes]]) -> dict[str, float]:
    """Every file from the portal's bytes until its copy is erased; answers the seconds of each stretch."""
    from sekisho.adapters.database.models import InternetCopyRow
    from sekisho.bootstrap import STEPS
    from sekisho.bootstrap.internet_side import erase_verified, send_copies_on

    seconds, parcels = dict[str, float](), list[str]()
    stretch(seconds, "received", lambda: parcels.extend(receive(made)))
    for step in ("examine", "deliver", "erase"):
        stretch(seconds, f"in: {step}", partial(STEPS[step], parcels))
    stretch(seconds, "converted", lambda: send_copies_on(TENANT, datetime.now(UTC)))
    sent = list(InternetCopyRow.objects.values_list("sent_as", flat=True))
    for step in ("examine", "deliver", "erase"):
        stretch(seconds, f"out: {step}", partial(STEPS[step], sent))
    stretch(seconds, "erased", lambda: erase_verified(TENANT, datetime.now(UTC)))
    if left := InternetCopyRow.objects.exclude(state="erased").count():
        message = f"{left} copies were not erased"
        raise SystemExit(message)
    return seconds


def busy(process: subprocess.Popen[str]) -> float:
    """CPU seconds that a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: subprocess.Popen[str]) -> int:
    """The most memory a process has had so far, in KiB."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def main() -> int:
    """Open both sides, go the whole way, and say how fast, and whether that is what we claim."""
    home, away = (Path(tempfile.mkdtemp(prefix=f"{name}-")) for name in ("city", "s1"))
    for each in (home, away):
        atexit.register(shutil.rmtree, each, ignore_errors=True)
    ca = open_city(home)
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.database.home import find_home

    with donation_manager(away, ca) as manager:
        name = "donation_manager"
        kept = Counterpart(counterpart=name, url=manager.url, recipient="", receipt_key="", carrier="intake")
        keep_counterpart(find_home(), kept)
        made, door = files(), manager.door.process
        ours, theirs = time.process_time(), busy(door)
        seconds = whole_way(made)
        ours, theirs, most = time.process_time() - ours, busy(door) - theirs, peak_of(door) / 1024
    whole, peak = sum(seconds.values()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, value in seconds.items():
        print(f"{name:>14}: {value:6.2f} s")
    print(f"{DONATIONS:,} donations in {len(made)} files: {DONATIONS / whole:,.0f}/s")
    print(f"memory at most: {peak:.0f} MiB here, {most:.0f} MiB at S1")
    print(f"processor: {ours:.1f} s here, {theirs:.1f} s at S1: {DONATIONS / (ours + theirs):,.0f} a second of it")
    print(f"ratio to the claim of {CLAIM:,}: {DONATIONS / whole / CLAIM:.2f}; load {os.getloadavg()[0]:.1f}")
    claims = {f"the whole way at {CLAIM:,} donations a second or more": whole * CLAIM <= DONATIONS}
    return tell_claims(claims)


if __name__ == "__main__":
    sys.exit(main())
