"""Given a portal and S1's own process, when a link was left to S1, then it pulls without anybody and to the yen."""

from pathlib import Path

import pytest

from sekisho.cli.demo.stage import running
from tests.fakes.manager import S1_SETTINGS, TENANT, sekisho
from tests.scenario.kill.portals import PORTAL, kept_in, portal_of
from tests.scenario.kill.two_houses import query
from tests.scenario.kill.waiting import wait_until

DONATIONS = 30
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_link_that_was_left_to_s1_pulls_by_itself_and_says_when_it_does_again(tmp_path: Path) -> None:
    away = tmp_path / "s1"
    away.mkdir()
    (tmp_path / "area.yaml").write_text(sekisho(away, "municipality", "example"), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(tmp_path / "area.yaml"))
    own = {"SEKISHO_HOME": str(away), "DJANGO_SETTINGS_MODULE": S1_SETTINGS}
    log = tmp_path / "linker.log"
    linker = running("linker", "sekisho.web.donation_manager.linker", [], log, own)
    with portal_of(tmp_path, DONATIONS) as portal, linker:
        said = ("--home", str(away), "--area", TENANT, "--portal", PORTAL, "--url", portal.url)
        sekisho(away, "donations", "automatic-link", *said, "--token", "portal-token-59", "--every-hours", "1")
        assert wait_until(lambda: portal.knows()["cursor"] == DONATIONS, 60)
        there = portal.knows()
        assert wait_until(lambda: query(away, "select outcome from database_connectorrunrow")[-1:] == [("done",)], 10)
        due = query(away, "select next_run > datetime('now', '+50 minutes') from database_connectorrow")
    assert kept_in(away) == (there["orders"], there["amount"])
    assert due == [(1,)]
    assert "portal-token-59" not in log.read_text(encoding="utf-8")
