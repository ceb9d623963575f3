"""The whole way of donations: a portal's bytes, the gate, S1's rows, verified record by record, erased; claim 2,000/s.

Files are brought to the gate here; the gate's worker takes them further as it does at an office, S1's door takes in
what it hands over behind mutual TLS. Each is a process of its own. The clock stops when the last copy and the last
parcel are erased. Each file holds at most 4,000 orders; with several gifts an order has several lines, and the permit
lets a parcel hold 5,000 of them.
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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
MEMORY = 400
PATIENCE = 600
LOOK = 0.05
WARM = 40  # so many of another year go the whole way before the clock starts: the processes are not new, as on any day


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
            NewConnector(connector=portal, portal=portal, mode="csv", person=PERSON, terminal=TERMINAL),
        )
    return certificates_in(home)


def files(count: int, year: int) -> list[tuple[str, bytes]]:
    """What the portals hand over of so many donations of a year, made before the clock starts."""
    share = count // len(PORTALS)
    made = []
    for portal in PORTALS:
        orders = make_orders(Plan(portal, 59, share, year))
        made += [
            (portal, write_file(portal, orders[at : at + IN_A_FILE], {})) for at in range(0, len(orders), IN_A_FILE)
        ]
    return made


def receive(made: list[tuple[str, bytes]]) -> list[str]:
    """Bring every file to the gate; answers the parcels."""
    from sekisho.adapters.database.connectors import find_connector
    from sekisho.bootstrap.connectors import bring_in, way_in

    rows = {portal: find_connector(TENANT, portal) for portal in PORTALS}
    return [bring_in(rows[portal], way_in(TENANT, portal), body) for portal, body in made]


def whole_way(made: list[tuple[str, bytes]]) -> dict[str, float]:
    """Every file from the portal's bytes until its copy is erased; answers after how many seconds what was reached."""
    from sekisho.adapters.database.models import Parcel

    there, began, seconds = Parcel.objects.count(), time.perf_counter(), dict[str, float]()
    receive(made)
    seconds["received"] = time.perf_counter() - began
    unerased = Parcel.objects.exclude(state="erased")
    while Parcel.objects.count() < there + 2 * len(made) or unerased.exists() or _copies_left().exists():
        if time.perf_counter() - began > PATIENCE:
            message = f"{_copies_left().count()} copies and {unerased.count()} parcels were not erased"
            raise SystemExit(message)
        time.sleep(LOOK)
    seconds["all erased"] = time.perf_counter() - began
    return seconds


def _copies_left() -> Any:
    """The copies that are not erased yet."""
    from sekisho.adapters.database.models import InternetCopyRow

    return InternetCopyRow.objects.exclude(state="erased")


def busy(process: subprocess.Popen[str]) -> float:
    """CPU seconds that a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: subprocess.Popen[str]) -> int:
    """The most memory a process has had so far, in KiB."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def tell(seconds: dict[str, float], files: int, used: dict[str, float], peaks: dict[str, float]) -> int:
    """Say how fast it was and what it took, and whether that is what we claim."""
    whole = seconds["all erased"]
    for name, value in seconds.items():
        print(f"{name:>14}: after {value:6.2f} s")
    print(f"{DONATIONS:,} donations in {files} files: {DONATIONS / whole:,.0f}/s; load {os.getloadavg()[0]:.1f}")
    print(f"memory at most: {', '.join(f'{value:.0f} MiB {name}' for name, value in peaks.items())}")
    told = ", ".join(f"{value:.1f} s {name}" for name, value in used.items())
    print(f"processor: {told}: {DONATIONS / sum(used.values()):,.0f} a second of it")
    print(f"ratio to the claim of {CLAIM:,}: {DONATIONS / whole / CLAIM:.2f}")
    return tell_claims(
        {
            f"the whole way at {CLAIM:,} donations a second or more": whole * CLAIM <= DONATIONS,
            f"{MEMORY} MiB of memory or less in each process": max(peaks.values()) <= MEMORY,
        }
    )


def main() -> int:
    """Open both sides, go the whole way, and say how fast, and whether that is what we claim."""
    home, away = (Path(tempfile.mkdtemp(prefix=f"{name}-")) for name in ("city", "s1"))
    for each in (home, away):
        atexit.register(shutil.rmtree, each, ignore_errors=True)
    ca = open_city(home)
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.database.home import find_home
    from sekisho.cli.demo.stage import running

    with donation_manager(away, ca) as manager:
        name = "donation_manager"
        kept = Counterpart(counterpart=name, url=manager.url, recipient="", receipt_key="", carrier="intake")
        keep_counterpart(find_home(), kept)
        with running("worker", "sekisho.worker", [], home / "worker.log") as worker:
            made, others = (
                files(DONATIONS, 2026),
                {"at S1": manager.door.process, "in the gate's worker": worker.process},
            )
            whole_way(files(WARM, 2025))
            ours, before = time.process_time(), {each: busy(process) for each, process in others.items()}
            seconds = whole_way(made)
            used = {each: busy(process) - before[each] for each, process in others.items()}
            used["at the entrance"] = time.process_time() - ours
            peaks = {each: peak_of(process) / 1024 for each, process in others.items()}
    peaks["at the entrance"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tell(seconds, len(made), used, peaks)


if __name__ == "__main__":
    sys.exit(main())
