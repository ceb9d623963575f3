"""kill -9 while a robot fetches from a portal: nothing is lost, doubled or left behind, no browser's folder either."""

import json
import os
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from sekisho.adapters.connectors.robot import MEMORY
from tests.fakes.manager import PERSON, TENANT, TERMINAL, sekisho
from tests.scenario.kill.portals import PORTAL, Portal, kept_in, plant, portal_of
from tests.scenario.kill.two_houses import TwoHouses, query, two_houses
from tests.scenario.kill.waiting import wait_until

KILLS = int(os.environ.get("SEKISHO_TEST_KILLS", "2"))
ROBOT = "robot-choice"
# Memory is one for the whole machine, and any worker on it clears what dead robots left. These builds have a name of
# their own for their profiles, so that what another test's worker does is not seen here.
PROFILES = f"sekisho-killed-robot-{os.getpid()}-"
OWN_NAME = ("adapters/connectors/robot.py", 'PROFILES: Final = "sekisho-robot-"', f'PROFILES: Final = "{PROFILES}"')
# What is taken away in the build that is caught.
LEAVES_PROFILES = ("bootstrap/connectors.py", "    clear_dead_profiles()\n    end_cut_runs", "    end_cut_runs")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 30 * KILLS)]


def profiles() -> set[Path]:
    """The robots' profiles that lie in memory."""
    return set(MEMORY.glob(f"{PROFILES}*"))


def browsers(profile: Path) -> list[str]:
    """The processes of a browser that has this profile."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        if f"--user-data-dir={profile}".encode() in words:
            found.append(each.parent.name)
    return found


@dataclass
class Robots:
    """The gate whose worker runs a robot, S1 behind it, and the portal that it fetches from."""

    houses: TwoHouses
    portal: Portal
    temporary: Path
    deaths: Counter[str] = field(default_factory=Counter)

    def rebuild(self, folder: Path, *bugs: tuple[str, str, str]) -> None:
        """From now on the worker runs from sources of its own, with these changes in them."""
        worker = self.houses.mortals["worker"]
        worker.kill()
        worker.forge.close()
        worker.forge = self.houses.forge_of_gate(plant(folder, OWN_NAME, *bugs))
        worker.start()

    def let_run(self, number: int, of: int) -> None:
        """The robot's hour has come; each time it asks for a longer period, the last time for the whole year."""
        year = datetime.now(UTC).year - 1
        first = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=14 + 300 * (of - 1 - number) // of)
        told = (f"{first:%Y-%m-%d}", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}", ROBOT)
        statement = "update database_connectorrow set fetched_until = ?, next_run = ? where connector = ?"
        with closing(sqlite3.connect(self.houses.city / "sekisho.sqlite3", timeout=30)) as database, database:
            database.execute(statement, told)

    def kill(self, number: int, chance: Random, longest: float = 2) -> None:
        """Kill the worker on the robot's way: it is at work, so long at most, or its file has just come."""
        copies = len(query(self.houses.city, "select document from database_internetcopyrow"))
        if number % 2:
            what = "file has come"
            assert wait_until(lambda: self._copies() > copies, 90, 0.005)
            time.sleep(chance.random() * 0.3)
        else:
            what = "robot at work"
            assert wait_until(lambda: bool(profiles()), 90, 0.005)
            time.sleep(chance.random() * longest)
        self.deaths[what] += 1
        worker = self.houses.mortals["worker"]
        worker.kill()
        worker.start()

    def _copies(self) -> int:
        """How many copies there are."""
        return len(query(self.houses.city, "select document from database_internetcopyrow"))

    def is_settled(self) -> bool:
        """Has everything come to its end?"""
        busy = (
            "select count(*) from database_connectorrunrow where outcome = 'running'",
            "select count(*) from database_connectorrow where next_run is not null",
            "select count(*) from database_internetcopyrow where state != 'erased'",
            "select count(*) from database_parcel where state not in ('erased', 'delivered')",
            'select count(*) from database_entryrow where "index" is null',
        )
        return self._copies() > 0 and all(query(self.houses.city, each) == [(0,)] for each in busy)

    def settle(self) -> None:
        """Let everything come to its end."""
        assert wait_until(self.is_settled, 120, 0.1), query(
            self.houses.city, "select connector_id, outcome, detail from database_connectorrunrow"
        )

    def faults(self) -> list[str]:
        """What is lost, doubled or left behind."""
        there = self.portal.knows()
        wanted, kept = (there["orders"], there["amount"]), kept_in(self.houses.away)
        found = [f"{kept} kept of {wanted}"] if kept != wanted else []
        sent = Counter(each for (each,) in query(self.houses.city, "select sent_as from database_internetcopyrow"))
        taken = Counter(each for (each,) in query(self.houses.away, "select parcel from donations_intakerow"))
        found += [f"{len(sent)} copies sent as {len(taken)} parcels"] if sent != taken else []
        found += [f"profile {each.name} is left" for each in profiles()]
        found += [f"browser of {each.name} lives" for each in profiles() if browsers(each)]
        return found + [f"{each.name} is left" for each in self.temporary.rglob("*") if each.is_file()]


@pytest.fixture
def robots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Robots]:
    """Both houses at work, and a robot that has not run yet."""
    if shutil.which("chromium") is None:
        pytest.skip("Debian's chromium is not installed")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SEKISHO_PORTAL_PASSWORD", "portal-demo-59")
    with portal_of(tmp_path, 30 * KILLS) as portal, two_houses(tmp_path) as houses:
        said = ("--tenant", TENANT, "--name", ROBOT, "--portal", PORTAL, "--mode", "robot", "--url", portal.url)
        by = ("--user", "nagasaki", "--person", PERSON, "--terminal", TERMINAL)
        sekisho(houses.city, "donations", "connector", *said, *by)
        yield Robots(houses=houses, portal=portal, temporary=temporary)


@pytest.mark.browser
def test_a_robot_that_is_killed_loses_no_donation_doubles_none_and_leaves_nothing(
    robots: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, kills = Random(59), max(2, (KILLS + 1) // 2)
    robots.rebuild(tmp_path / "whole")
    for number in range(kills):
        robots.let_run(number, kills)
        robots.kill(number, chance)
        robots.settle()
    outcomes = Counter(each for (each,) in query(robots.houses.city, "select outcome from database_connectorrunrow"))
    faults = robots.faults()
    robots.rebuild(tmp_path / "planted", LEAVES_PROFILES)
    robots.let_run(0, 1)
    robots.kill(0, chance, 0.2)  # while its browser is certainly open
    robots.settle()
    caught = robots.faults()
    for each in profiles():
        shutil.rmtree(each)
    with capsys.disabled():
        deaths, ends = json.dumps(robots.deaths), json.dumps(outcomes, sort_keys=True)
        sys.stdout.write(f"\n{kills} kills of a robot, {deaths}; runs ended {ends}\n")
    assert faults == []
    assert outcomes["cut"] > 0
    assert len(robots.deaths) == 2, "both moments were tried"
    assert [each.split()[0] for each in caught] == ["profile"]
