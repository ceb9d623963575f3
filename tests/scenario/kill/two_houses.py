"""The gate of Nagasaki with consultation 59, and S1: two houses of real processes, of which two can be killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from counterparts.donation_portal.orders import Order, Plan, make_orders
from tests.conftest import free_port
from tests.fakes.manager import DOOR, PERSON, S1_SETTINGS, TENANT, TERMINAL, certificates_in, found_manager
from tests.scenario.kill.forge import Forge, Forged

PORTAL, SEED, IN_A_FILE = "choice", 59, 150
SOURCE = Path("src").absolute()
GATE_SETTINGS = "sekisho.adapters.database.settings"
_S1_MODULES = (
    "sekisho.adapters.database.sweeping",
    "sekisho.web.donation_manager.door.application",
    "sekisho.web.donation_manager.door.connections",
)
_OPEN_CITY = """
import sys
from datetime import UTC, datetime
from sekisho.bootstrap import open_house, prepare_database
house = open_house()
prepare_database()
from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.bootstrap.connectors import NewConnector, enter_connector
from tests.integration.conftest import enter
text = shipped_dossier("59").replace("parcels_a_day: 50", "parcels_a_day: 5000")
enter(read_dossier(text), text, datetime.now(UTC))
tenant, portal, person, terminal, url = sys.argv[1:]
enter_connector(house, tenant, NewConnector(connector=portal, portal=portal, mode="csv", person=person,
                                            terminal=terminal))
keep_counterpart(house, Counterpart(counterpart="donation_manager", url=url, recipient="", receipt_key="",
                                    carrier="intake"))
"""
# Somebody at the office who brings a file at each line; he is not killed, so what he was answered is acknowledged.
_BRING = """
import sys
from sekisho.bootstrap import open_house
open_house()
from counterparts.donation_portal.columns import write_file
from sekisho.adapters.database.connectors import find_connector
from sekisho.bootstrap.connectors import bring_in, way_in
from tests.scenario.kill.two_houses import PORTAL, TENANT, orders_in
row, way = find_connector(TENANT, PORTAL), way_in(TENANT, PORTAL)
print("ready", flush=True)
for line in sys.stdin:
    print(bring_in(row, way, write_file(PORTAL, orders_in(int(line)), {})), flush=True)
"""


def orders_in(number: int) -> list[Order]:
    """The orders of the portal's file of this number; no order is in two files."""
    made = make_orders(Plan(PORTAL, SEED + number, IN_A_FILE, 2026))
    return [replace(each, number=f"{number}-{each.number}") for each in made]


def query(home: Path, statement: str) -> list[tuple[Any, ...]]:
    """Look into a house's database from outside."""
    with closing(sqlite3.connect(home / "sekisho.sqlite3", timeout=30)) as database:
        return database.execute(statement).fetchall()


@dataclass
class Mortal:
    """A process that is killed from outside, and started again by a forge of its own."""

    forge: Forge
    module: str
    arguments: tuple[str, ...]
    log: Path
    process: Forged | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.process = self.forge.start(self.module, self.arguments, self.log)
        assert self.process.stdout.readline().startswith("ready"), self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """Kill -9."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process.stdout.close()
            self.process = None


@dataclass
class TwoHouses:
    """The gate and S1: their folders, who can be killed, and every file that the gate said it has."""

    city: Path
    away: Path
    mortals: dict[str, Mortal]
    officer: subprocess.Popen[str]
    brought: dict[int, str] = field(default_factory=dict)

    def bring(self, number: int) -> None:
        """The officer brings the portal's file of this number to the gate, and the gate says it has it."""
        assert self.officer.stdin is not None
        assert self.officer.stdout is not None
        self.officer.stdin.write(f"{number}\n")
        self.officer.stdin.flush()
        self.brought[number] = self.officer.stdout.readline().strip()
        assert self.brought[number]

    def has_sent(self, number: int) -> bool:
        """Did the donations of this file set out to S1?"""
        parcel = self.brought[number]
        rows = query(self.city, f"select state from database_internetcopyrow where parcel = '{parcel}'")
        return rows not in ([], [("landed",)])

    def on_its_way(self) -> bool:
        """Is a parcel of donations on its way to S1 at this moment?"""
        return query(self.city, "select count(*) from database_parcel where state = 'leaving'") != [(0,)]

    def run_s1_from(self, source: Path) -> None:
        """From now on S1's door runs from these sources."""
        door = self.mortals["door"]
        door.kill()
        door.forge.close()
        door.forge = _forge_of_s1(self.away, source)
        door.start()

    def forge_of_gate(self, source: Path) -> Forge:
        """A forge for the gate's worker that runs from these sources."""
        return Forge(_environment(self.city, source, GATE_SETTINGS), self.city)

    def is_settled(self) -> bool:
        """Has everything come to its end: every file a copy, every copy erased, every entry in its tree?"""
        unplaced = 'select count(*) from database_entryrow where "index" is null'
        open_ones = "select count(*) from database_parcel where state not in ('erased', 'delivered')"
        erased = query(self.city, "select count(*) from database_internetcopyrow where state = 'erased'")
        rest = [query(self.city, open_ones), query(self.city, unplaced), query(self.away, unplaced)]
        return erased == [(len(self.brought),)] and rest == [[(0,)]] * len(rest)


def _environment(home: Path, source: Path, settings: str) -> dict[str, str]:
    """What a process of a house is told."""
    own = {"SEKISHO_HOME": str(home), "PYTHONPATH": str(source), "DJANGO_SETTINGS_MODULE": settings}
    return {**os.environ, **own}


def _forge_of_s1(away: Path, source: Path) -> Forge:
    """A forge for S1's door that runs from these sources."""
    return Forge(_environment(away, source, S1_SETTINGS), away, _S1_MODULES)


def _found(folder: Path, port: int) -> tuple[Path, Path, tuple[str, ...]]:
    """Set up both houses; answers their folders, and what S1's door is told."""
    city, away = folder / "city", folder / "s1"
    city.mkdir()
    away.mkdir()
    words = (TENANT, PORTAL, PERSON, TERMINAL, f"https://localhost:{port}")
    environment = _environment(city, SOURCE, GATE_SETTINGS)
    subprocess.run([sys.executable, "-c", _OPEN_CITY, *words], check=True, env=environment, timeout=180)
    return city, away, ("--port", str(port), *found_manager(away, certificates_in(city)))


@contextmanager
def two_houses(folder: Path) -> Iterator[TwoHouses]:
    """Both houses in this folder, at work."""
    city, away, told = _found(folder, free_port())
    at_gate = _environment(city, SOURCE, GATE_SETTINGS)
    mortals = {
        "worker": Mortal(Forge(at_gate, city), "sekisho.worker", (), city / "worker.log"),
        "door": Mortal(_forge_of_s1(away, SOURCE), DOOR, told, away / "door.log"),
    }
    command, pipe = [sys.executable, "-c", _BRING], subprocess.PIPE
    officer = subprocess.Popen(command, env=at_gate, stdin=pipe, stdout=pipe, text=True)
    try:
        assert officer.stdout is not None
        assert officer.stdout.readline() == "ready\n"
        for each in mortals.values():
            each.start()
        yield TwoHouses(city=city, away=away, mortals=mortals, officer=officer)
    finally:
        officer.communicate(timeout=30)
        for each in mortals.values():
            each.kill()
            each.forge.close()
