"""S-349: when each automatic link pulls next, and letting it pull now; nothing of it for the neighbour."""

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.adapters.database.connectors import NewConnector, begin_run, end_run, find_connector, running_alone
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import RunOutcome
from sekisho.bootstrap.links import enter_link
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, S1_URLS, officer_of
from tests.unit.web.two_offices import client_of

pytestmark = pytest.mark.urls(S1_URLS)
LINK = "link-rakuten"


@pytest.fixture(autouse=True)
def link(areas: tuple[str, str]) -> None:
    said = NewConnector(
        connector=LINK, portal="rakuten", mode="link", person="", terminal="", secret="a-token", every_hours=6
    )
    enter_link(find_home(), NAGASAKI, said)


def refused_now() -> None:
    """Its last run was refused: it waits for somebody."""
    row = find_connector(NAGASAKI, LINK)
    with running_alone(row):
        end_run(begin_run(row, None, "", datetime.now(UTC)), RunOutcome.REFUSED, datetime.now(UTC))


def test_given_a_link_that_was_refused_when_an_officer_lets_it_pull_then_it_is_due() -> None:
    officer = client_of(officer_of(NAGASAKI))
    assert "6時間ごと" in officer.get("/links/").content.decode()
    refused_now()
    assert find_connector(NAGASAKI, LINK).next_run is None
    assert "止まっています" in officer.get("/links/").content.decode()
    assert officer.post(f"/links/{LINK}/run/").status_code == 302
    due = find_connector(NAGASAKI, LINK).next_run
    assert due is not None
    assert due <= datetime.now(UTC) + timedelta(seconds=1)


def test_the_neighbour_lets_nothing_pull() -> None:
    refused_now()
    theirs = client_of(officer_of(NEIGHBOUR))
    assert theirs.post(f"/links/{LINK}/run/").status_code == 404
    assert find_connector(NAGASAKI, LINK).next_run is None
    assert LINK not in theirs.get("/links/").content.decode()


def test_one_that_runs_by_command_only_has_no_button() -> None:
    said = NewConnector(connector=LINK, portal="rakuten", mode="link", person="", terminal="")
    enter_link(find_home(), NAGASAKI, said)
    officer = client_of(officer_of(NAGASAKI))
    shown = officer.get("/links/").content.decode()
    assert "命令で動かしたときだけ" in shown
    assert f"/links/{LINK}/run/" not in shown
    assert officer.post(f"/links/{LINK}/run/").status_code == 404
