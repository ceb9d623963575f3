"""kill -9 of S1's automatic link while it pulls from a portal: no donation is lost, none is there twice."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.fakes.manager import S1_SETTINGS, TENANT, sekisho
from tests.scenario.kill.forge import Forge
from tests.scenario.kill.portals import PORTAL, Portal, kept_in, plant, portal_of
from tests.scenario.kill.two_houses import SOURCE, query
from tests.scenario.kill.waiting import wait_until

KILLS = int(os.environ.get("SEKISHO_TEST_KILLS", "2"))
A_PAGE = 20
LINK_MODULES = ("sekisho.bootstrap.links", "sekisho.cli.donations_ways", "sekisho.adapters.database.municipalities")
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
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 10 * KILLS)]


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
