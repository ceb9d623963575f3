"""kill -9 while a robot fetches from a portal, and while S1's automatic link pulls: nothing lost, doubled or left."""

import json
import os
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from sekisho.adapters.connectors.robot import MEMORY, PROFILES
from sekisho.cli.demo.stage import running
from tests.fakes.manager import PERSON, S1_SETTINGS, TENANT, TERMINAL, sekisho
from tests.scenario.kill.forge import Forge
from tests.scenario.kill.two_houses import SOURCE, TwoHouses, query, two_houses
from tests.scenario.kill.waiting import wait_until

KILLS = int(os.environ.get("SEKISHO_TEST_KILLS", "4"))
ROBOT, PORTAL, A_PAGE = "robot-choice", "choice", 20
LINK_MODULES = ("sekisho.bootstrap.links", "sekisho.cli.donations_ways", "sekisho.adapters.database.municipalities")
# What is taken away, or turned round, in the builds that are caught.
LEAVES_PROFILES = ("bootstrap/connectors.py", "    clear_dead_profiles()\n    end_cut_runs", "    end_cut_runs")
MOVES_FIRST = (
    "bootstrap/links.py",
    "        found = _take(row, page)\n",
    """\
        note_page(run, row.cursor, page.cursor, (page.orders, page.amount))
        import time
        time.sleep(1)
        found = _take(row, page)
""",
)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 30 * KILLS)]


@dataclass(frozen=True)
class Portal:
    """A portal's process: its site and its operator's switches."""

    url: str
    control: str

    def knows(self) -> Any:
        """What the portal knows of itself."""
        return httpx.get(self.control, trust_env=False).json()

    def switch(self, **wanted: object) -> None:
        """Set the operator's switches."""
        httpx.post(self.control, json=wanted, trust_env=False).raise_for_status()


@contextmanager
def portal_of(folder: Path, donations: int) -> Iterator[Portal]:
    """A portal with so many donations of the year that is past, all of them in its file."""
    year = str(datetime.now(UTC).year - 1)
    said = ["--home", str(folder / "portal"), "--portal", PORTAL, "--donations", str(donations), "--year", year]
    with running("portal", "counterparts.donation_portal", said, folder / "portal.log") as child:
        place = "http://127.0.0.1:"
        yield Portal(url=f"{place}{child.ready['port']}", control=f"{place}{child.ready['control']}/")


def plant(folder: Path, bug: tuple[str, str, str]) -> Path:
    """The sources with one bug in them; answers where."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    place = folder / "sekisho" / bug[0]
    whole = place.read_text(encoding="utf-8")
    assert whole.count(bug[1]) == 1
    place.write_text(whole.replace(bug[1], bug[2]), encoding="utf-8")
    return folder


def kept_in(away: Path) -> tuple[int, int]:
    """How many donations S1 has, and how many yen they come to."""
    return query(away, "select count(*), coalesce(sum(amount), 0) from donations_donationrow")[0]


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
class Linked:
    """S1 with an automatic link to a portal, and the forge of the process that pulls."""

    away: Path
    portal: Portal
    forge: Forge
    log: Path
    cut: int = 0

    def pull(self) -> Any:
        """Begin to pull; answers the process."""
        words = ("--home", str(self.away), "--area", TENANT, "--portal", PORTAL, "--token", "portal-token-59")
        return self.forge.start("sekisho", ("donations", "automatic-link", *words, "--url", self.portal.url), self.log)

    def cursor(self) -> int:
        """How far S1 says it has come."""
        rows = query(self.away, "select cursor from database_connectorrow")
        return int(rows[0][0]) if rows else 0

    def kill_after(self, seconds: float) -> None:
        """Pull, and kill it so many seconds after it has come further."""
        before, process = self.cursor(), self.pull()
        wait_until(lambda: self.cursor() > before or process.poll() is not None, 60, 0.005)
        time.sleep(seconds)
        self.cut += process.poll() is None
        process.send_signal(9)
        process.wait()
        process.stdout.close()

    def finish(self) -> None:
        """Pull to the end."""
        process = self.pull()
        process.wait(120)
        process.stdout.close()

    def faults(self) -> list[str]:
        """What is lost or doubled, between the portal, S1's donations, its cursor and what its runs say."""
        there = self.portal.knows()
        wanted, kept = (there["orders"], there["amount"]), kept_in(self.away)
        runs = query(self.away, "select outcome, donations, amount from database_connectorrunrow")
        said = (sum(each[1] for each in runs), sum(each[2] for each in runs))
        found = [f"{kept} kept of {wanted}"] if kept != wanted else []
        found += [f"runs say {said} of {wanted}"] if said != wanted else []
        if {there["cursor"], self.cursor()} != {there["orders"]}:
            found.append(f"cursors {there['cursor']} and {self.cursor()} of {there['orders']}")
        outcomes = Counter(each[0] for each in runs)
        return found + ([f"{outcomes} after {self.cut} kills"] if outcomes["running"] or not outcomes["done"] else [])


@contextmanager
def linked(folder: Path, source: Path, donations: int) -> Iterator[Linked]:
    """S1 in a folder of its own, run from these sources, and a portal that gives a few orders a page."""
    away = folder / "s1"
    away.mkdir(parents=True)
    (folder / "area.yaml").write_text(sekisho(away, "municipality", "example"), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(folder / "area.yaml"))
    own = {"SEKISHO_HOME": str(away), "PYTHONPATH": str(source), "DJANGO_SETTINGS_MODULE": S1_SETTINGS}
    with portal_of(folder, donations) as portal:
        portal.switch(page=A_PAGE)
        forge = Forge({**os.environ, **own}, folder, LINK_MODULES)
        try:
            yield Linked(away=away, portal=portal, forge=forge, log=folder / "link.log")
        finally:
            forge.close()


def test_a_link_that_is_killed_loses_no_donation_and_doubles_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = Random(59)
    with linked(tmp_path / "whole", SOURCE, A_PAGE * 15 * KILLS) as link:
        for _ in range(KILLS):
            link.kill_after(chance.random() * 0.3)
        link.finish()
        faults, cut = link.faults(), link.cut
        orders = link.portal.knows()["orders"]
    with linked(tmp_path / "hasty", plant(tmp_path / "source", MOVES_FIRST), A_PAGE * 3) as hasty:
        hasty.kill_after(0.0)
        hasty.finish()
        caught = hasty.faults()
    with capsys.disabled():
        sys.stdout.write(f"\n{KILLS} kills of a link, {cut} while it pulled; {orders} donations\n")
    assert faults == []
    assert cut > 0
    assert len(caught) > 0
    assert caught[0].startswith("(40, "), "the page whose cursor had moved is lost"


@dataclass
class Robots:
    """The gate whose worker runs a robot, S1 behind it, and the portal that it fetches from."""

    houses: TwoHouses
    portal: Portal
    before: set[Path]
    temporary: Path
    deaths: Counter[str] = field(default_factory=Counter)

    def let_run(self, number: int, of: int) -> None:
        """The robot's hour has come; each time it asks for a longer period, the last time for the whole year."""
        year = datetime.now(UTC).year - 1
        first = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=14 + 300 * (of - 1 - number) // of)
        told = (f"{first:%Y-%m-%d}", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}", ROBOT)
        statement = "update database_connectorrow set fetched_until = ?, next_run = ? where connector = ?"
        with closing(sqlite3.connect(self.houses.city / "sekisho.sqlite3", timeout=30)) as database, database:
            database.execute(statement, told)

    def kill(self, number: int, chance: Random) -> None:
        """Kill the worker at a moment of the robot's way: it is at work, or its file has just come."""
        copies = len(query(self.houses.city, "select document from database_internetcopyrow"))
        if number % 2:
            what = "file has come"
            assert wait_until(lambda: self._copies() > copies, 90, 0.005)
            time.sleep(chance.random() * 0.3)
        else:
            what = "robot at work"
            assert wait_until(lambda: bool(profiles() - self.before), 90, 0.005)
            time.sleep(chance.random() * 2)
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
        found += [f"profile {each.name} is left" for each in profiles() - self.before]
        found += [f"browser of {each.name} lives" for each in profiles() - self.before if browsers(each)]
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
        yield Robots(houses=houses, portal=portal, before=profiles(), temporary=temporary)


@pytest.mark.browser
def test_a_robot_that_is_killed_loses_no_donation_doubles_none_and_leaves_nothing(
    robots: Robots, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from sekisho.adapters.connectors import clear_dead_profiles

    chance, kills = Random(59), (KILLS + 1) // 2
    for number in range(kills):
        robots.let_run(number, kills)
        robots.kill(number, chance)
        robots.settle()
    outcomes = Counter(each for (each,) in query(robots.houses.city, "select outcome from database_connectorrunrow"))
    faults = robots.faults()
    worker = robots.houses.mortals["worker"]
    worker.kill()
    worker.forge.close()
    worker.forge = robots.houses.forge_of_gate(plant(tmp_path / "source", LEAVES_PROFILES))
    worker.start()
    robots.let_run(0, 1)
    robots.kill(0, chance)
    robots.settle()
    caught = robots.faults()
    clear_dead_profiles()
    with capsys.disabled():
        deaths, ends = json.dumps(robots.deaths), json.dumps(outcomes, sort_keys=True)
        sys.stdout.write(f"\n{kills} kills of a robot, {deaths}; runs ended {ends}\n")
    assert faults == []
    assert outcomes["cut"] > 0
    assert [each.split()[0] for each in caught] == ["profile"]
