"""S1's automatic link at a real portal: what is new is taken in whole, compared to the yen, then acknowledged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sekisho.adapters.connectors import LinkClient, LinkPage
from sekisho.cli.demo.stage import running
from tests.fakes.manager import TENANT
from tests.integration.conftest import Office

DONATIONS, AT_ONCE = 90, 40


@dataclass(frozen=True)
class Portal:
    """A portal's process."""

    url: str
    control: str

    def client(self) -> LinkClient:
        """The link to it."""
        return LinkClient(url=self.url, token="portal-token-59")

    def knows(self) -> Any:
        """What the portal knows of itself."""
        return httpx.get(self.control, trust_env=False).json()

    def switch(self, **wanted: object) -> None:
        """Switch faults on."""
        httpx.post(self.control, json=wanted, trust_env=False)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    """A portal with some donations."""
    said = ["--home", str(tmp_path / "portal"), "--portal", "rakuten", "--donations", str(DONATIONS)]
    with running("portal", "counterparts.donation_portal", said, tmp_path / "portal.log") as child:
        place = "http://127.0.0.1:"
        yield Portal(url=f"{place}{child.ready['port']}", control=f"{place}{child.ready['control']}/")


@pytest.fixture
def linked(office59: Office, monkeypatch: pytest.MonkeyPatch) -> str:
    """A connector of S1."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap import links
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    monkeypatch.setattr(links, "AT_ONCE", AT_ONCE)
    said = NewConnector(connector="link-rakuten", portal="rakuten", mode="link", person="", terminal="")
    enter_connector(find_home(), TENANT, said)
    return "link-rakuten"


def counted() -> tuple[int, int]:
    """How many donations S1 has, and how much they come to."""
    from sekisho.adapters.donations.models import DonationRow

    amounts = list(DonationRow.objects.filter(tenant_id=TENANT).values_list("amount", flat=True))
    return len(amounts), sum(amounts)


def test_everything_new_is_taken_in_once_and_acknowledged(portal: Portal, linked: str) -> None:
    from sekisho.bootstrap.links import run_link

    run = run_link(TENANT, linked, portal.client())
    there = portal.knows()
    assert (run.outcome, run.donations, run.amount) == ("done", DONATIONS, there["amount"])
    assert there["cursor"] == DONATIONS
    assert counted() == (DONATIONS, there["amount"])
    again = run_link(TENANT, linked, portal.client())
    assert (again.outcome, again.donations) == ("empty", 0)
    assert counted() == (DONATIONS, there["amount"])


def test_a_link_that_is_cut_off_goes_on_and_doubles_nothing(portal: Portal, linked: str) -> None:
    from sekisho.adapters.donations.link_views import link_views
    from sekisho.bootstrap.links import run_link

    @dataclass(frozen=True)
    class Lossy:
        """The link whose acknowledgement is lost once."""

        client: LinkClient

        def pull(self, cursor: int, limit: int) -> LinkPage:
            """As it is."""
            return self.client.pull(cursor, limit)

        def acknowledge(self, cursor: int) -> None:
            """Lost."""
            from sekisho.adapters.connectors import PortalAwayError

            message = f"cut at {cursor}"
            raise PortalAwayError(message)

    cut = run_link(TENANT, linked, Lossy(portal.client()))
    assert (cut.outcome, cut.donations, counted()[0]) == ("away", 0, AT_ONCE)
    portal.switch(outage=1)
    assert run_link(TENANT, linked, portal.client()).outcome == "away"
    assert not link_views(TENANT)[0].reconciled
    assert run_link(TENANT, linked, portal.client()).outcome == "done"
    assert counted() == (DONATIONS, portal.knows()["amount"])
    assert link_views(TENANT)[0].reconciled
    assert link_views(TENANT)[0].taken == DONATIONS


def test_what_is_not_what_the_portal_says_is_not_taken_in(portal: Portal, linked: str) -> None:
    from dataclasses import replace

    from sekisho.bootstrap.links import run_link

    @dataclass(frozen=True)
    class Wrong:
        """A portal that says one yen more."""

        client: LinkClient

        def pull(self, cursor: int, limit: int) -> LinkPage:
            """One yen more."""
            page = self.client.pull(cursor, limit)
            return replace(page, amount=page.amount + 1)

        def acknowledge(self, cursor: int) -> None:
            """Never called."""
            raise AssertionError(cursor)

    refused = run_link(TENANT, linked, Wrong(portal.client()))
    assert refused.outcome == "refused"
    assert "ポータルは" in refused.detail["why"]
    assert counted() == (0, 0)


def test_a_renamed_column_stops_the_link_before_anything_is_taken_in(portal: Portal, linked: str) -> None:
    from sekisho.bootstrap.links import run_link

    portal.switch(rename={"合計金額": "ご寄附額"})
    stopped = run_link(TENANT, linked, portal.client())
    assert (stopped.outcome, stopped.detail["unknown"]) == ("mismatch", ["ご寄附額"])
    assert counted() == (0, 0)
    assert portal.knows()["cursor"] == 0


@dataclass(frozen=True)
class Cut:
    """The link of a process that is killed at a moment: when it asks for the second page, or when it acknowledges."""

    client: LinkClient
    at: str

    def pull(self, cursor: int, limit: int) -> LinkPage:
        """As it is, but for the second page."""
        if cursor and self.at == "pull":
            raise KeyboardInterrupt
        return self.client.pull(cursor, limit)

    def acknowledge(self, cursor: int) -> None:
        """As it is, or never."""
        if self.at == "acknowledge":
            raise KeyboardInterrupt
        self.client.acknowledge(cursor)


@pytest.mark.parametrize(("at", "counted_before"), [("pull", AT_ONCE), ("acknowledge", 0)])
def test_a_link_that_is_killed_has_counted_each_page_once(
    portal: Portal, linked: str, at: str, counted_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.models import ConnectorRunRow
    from sekisho.adapters.donations.link_views import link_views
    from sekisho.bootstrap import links

    with pytest.raises(KeyboardInterrupt):
        links.run_link(TENANT, linked, Cut(portal.client(), at))
    assert (ConnectorRunRow.objects.get().donations, ConnectorRunRow.objects.get().outcome) == (
        counted_before,
        "running",
    )
    assert link_views(TENANT)[0].reconciled is (at == "pull")
    monkeypatch.setattr(links, "AT_ONCE", AT_ONCE + 20)  # the page that was cut off has grown meanwhile
    assert links.run_link(TENANT, linked, portal.client()).outcome == "done"
    assert sorted(ConnectorRunRow.objects.values_list("outcome", flat=True)) == ["cut", "done"]
    view, amount = link_views(TENANT)[0], portal.knows()["amount"]
    assert (view.donations, view.amount) == (view.taken, view.taken_amount) == (DONATIONS, amount)


def test_two_links_whose_names_begin_alike_are_told_apart(portal: Portal, linked: str) -> None:
    from sekisho.adapters.database.connectors import enter_connector
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.donations.link_views import link_views
    from sekisho.bootstrap.connectors import NewConnector
    from sekisho.bootstrap.links import run_link

    said = NewConnector(connector=f"{linked}-2", portal="rakuten", mode="link", person="", terminal="")
    enter_connector(find_home(), TENANT, said)
    for name in (linked, f"{linked}-2"):
        run_link(TENANT, name, portal.client())
    assert [(each.taken, each.reconciled) for each in link_views(TENANT)] == [(DONATIONS, True)] * 2


def test_a_second_run_beside_the_first_does_not_begin(portal: Portal, linked: str) -> None:
    from sekisho.adapters.donations.link_views import link_views
    from sekisho.bootstrap.links import run_link
    from sekisho.kernel import Refused

    @dataclass(frozen=True)
    class Beside:
        """A link beside which somebody starts another run at every page."""

        client: LinkClient

        def pull(self, cursor: int, limit: int) -> LinkPage:
            """As it is."""
            return self.client.pull(cursor, limit)

        def acknowledge(self, cursor: int) -> None:
            """Meanwhile the other run is told that one runs."""
            with pytest.raises(Refused):
                run_link(TENANT, linked, self.client)
            self.client.acknowledge(cursor)

    assert run_link(TENANT, linked, Beside(portal.client())).outcome == "done"
    assert (link_views(TENANT)[0].donations, link_views(TENANT)[0].taken) == (DONATIONS, DONATIONS)


def test_a_portal_whose_cursor_stands_still_is_not_asked_for_ever(portal: Portal, linked: str) -> None:
    from dataclasses import replace

    from sekisho.bootstrap.links import run_link

    @dataclass(frozen=True)
    class Still(Cut):
        """A portal that always gives the same page."""

        def pull(self, cursor: int, limit: int) -> LinkPage:
            """It ends where it began."""
            return replace(self.client.pull(cursor, limit), cursor=cursor)

    assert run_link(TENANT, linked, Still(portal.client(), "")).outcome == "refused"


def enter_by_itself(url: str, secret: str = "portal-token-59") -> None:
    """A link that S1 runs by itself every hour."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap.connectors import NewConnector
    from sekisho.bootstrap.links import enter_link

    said = NewConnector(connector="link-rakuten", portal="rakuten", mode="link", person="", terminal="", url=url)
    enter_link(find_home(), TENANT, replace(said, secret=secret, every_hours=1))


def run_due(at: datetime) -> int:
    """S1's look at this moment."""
    from sekisho.bootstrap.again import Guard
    from sekisho.bootstrap.links import run_due_links

    return run_due_links(at, Guard("test.pulling"))


def test_given_hours_when_they_come_then_s1_pulls_by_itself_and_not_before(portal: Portal, linked: str) -> None:
    enter_by_itself(portal.url)
    now = datetime.now(UTC)
    assert run_due(now + timedelta(seconds=1)) == 1, "at once"
    assert counted() == (DONATIONS, portal.knows()["amount"])
    assert run_due(now + timedelta(minutes=50)) == 0
    assert run_due(now + timedelta(minutes=70)) == 1
    enter_by_itself("http://127.0.0.1:9")
    assert run_due(now + timedelta(hours=2)) == 1
    assert run_due(now + timedelta(seconds=70)) == 1, "away: tried again after a minute"
    assert counted()[0] == DONATIONS


def test_a_link_whose_token_is_not_kept_waits_for_somebody_and_keeps_no_other_back(
    portal: Portal, linked: str, caplog: pytest.LogCaptureFixture
) -> None:
    from sekisho.adapters.database.connectors import find_connector

    enter_by_itself(portal.url, secret="")
    now = datetime.now(UTC) + timedelta(seconds=1)
    assert run_due(now) == 1
    assert counted()[0] == 0
    assert find_connector(TENANT, linked).next_run is None
    assert run_due(now) == 0
    assert "link-rakuten" in caplog.text
