"""The whole way of donations: a portal's bytes, the gate, S1's rows, verified record by record, erased; claim 2,000/s.

The gate's steps run here, S1's door is a process of its own behind mutual TLS. Each file holds 5,000 orders, as many as
the permit lets a parcel hold. Run: python3 dev.py bench portal_to_s1
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import copytree

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Plan, make_orders

DONATIONS = int(os.environ.get("BENCH_DONATIONS", "20000"))
PORTALS = os.environ.get("BENCH_PORTALS", "choice,satofuru,furunavi,rakuten").split(",")
IN_A_FILE = 4_000
CLAIM = 2_000
TENANT, PERSON, TERMINAL = "422011", "tateyama", "staff-terminal-1"
_COMMAND = "import sys; from sekisho.cli import main; sys.argv[0] = 'sekisho'; main()"


def sekisho(home: Path, *words: str) -> str:
    """A command in a home of its own."""
    environment = {**os.environ, "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run([sys.executable, "-c", _COMMAND, *words], env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def open_city(home: Path) -> None:
    """Nagasaki with consultation 59, its certificates and one connector a portal."""
    os.environ["SEKISHO_HOME"] = str(home)
    from sekisho.bootstrap import open_house, prepare_database

    house = open_house()
    prepare_database()
    from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
    from sekisho.adapters.database.setup import issue_permit, open_tenant
    from sekisho.adapters.dossiers import read_dossier, shipped_dossier
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    text, at = shipped_dossier("59"), datetime.now(UTC)
    dossier = read_dossier(text)
    open_tenant(dossier, text, at)
    for approved in dossier.approved:
        issue_permit(approved, dossier.issuers, at)
    authority = CertificateAuthority(house)
    authority.initialise(at)
    authority.issue(f"gate-{TENANT}", CertificateKind.TERMINAL, TENANT, at)
    authority.issue("donation-manager", CertificateKind.SERVER, "", at)
    for portal in PORTALS:
        enter_connector(
            house,
            TENANT,
            NewConnector(connector=portal, portal=portal, mode="robot", person=PERSON, terminal=TERMINAL),
        )


def open_manager(away: Path, ca: Path) -> None:
    """S1 with the area of Nagasaki, whose door opens to the city's gate."""
    place = away / "area.yaml"
    place.write_text(sekisho(away, "municipality", "example").replace("401307", TENANT), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(place))
    gate = ("--certificate", str(ca / f"gate-{TENANT}.pem"), "--authority", str(ca / "authority.pem"))
    sekisho(away, "donations", "admit", "--home", str(away), "--area", TENANT, "--terminal", "gate", *gate)
    copytree(ca, away / "door-ca")


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


def main() -> None:
    """Open both sides, go the whole way, and say how fast."""
    home, away = (Path(tempfile.mkdtemp(prefix=f"{name}-")) for name in ("city", "s1"))
    open_city(home)
    open_manager(away, home / "ca")
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.database.home import find_home
    from sekisho.cli.demo.stage import running

    keys = ["--certificate", str(home / "ca/donation-manager.pem"), "--key", str(home / "ca/donation-manager.key")]
    own = {"SEKISHO_HOME": str(away), "DJANGO_SETTINGS_MODULE": "sekisho.web.donation_manager.settings"}
    place = "sekisho.web.donation_manager.door"
    with running("door", place, ["--port", "0", *keys], away / "door.log", own) as door:
        url = f"https://localhost:{door.ready['port']}"
        keep_counterpart(
            find_home(),
            Counterpart(counterpart="donation_manager", url=url, recipient="", receipt_key="", carrier="intake"),
        )
        made = files()
        ours, theirs = time.process_time(), busy(door.process)
        seconds = whole_way(made)
        ours, theirs = time.process_time() - ours, busy(door.process) - theirs
    whole = sum(seconds.values())
    for name, value in seconds.items():
        print(f"{name:>14}: {value:6.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{DONATIONS:,} donations in {len(made)} files: {DONATIONS / whole:,.0f}/s; peak {peak:.0f} MiB")
    print(f"processor: {ours:.1f} s here, {theirs:.1f} s at S1: {DONATIONS / (ours + theirs):,.0f} a second of it")
    print(f"ratio to the claim of {CLAIM:,}: {DONATIONS / whole / CLAIM:.2f}; load {os.getloadavg()[0]:.1f}")


main()
