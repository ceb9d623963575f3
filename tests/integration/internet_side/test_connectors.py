"""Connectors: what is due runs, a renamed column stops everything, an officer maps it, and the import goes on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Plan, make_orders
from sekisho.adapters.connectors import Errand, PortalAwayError
from sekisho.kernel import SekishoError
from tests.fakes.manager import TENANT
from tests.integration.conftest import Office
from tests.integration.internet_side.test_portal_to_s1 import connector

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def portal_of(count: int = 40, renamed: dict[str, str] | None = None) -> Callable[[Errand], bytes]:
    """A portal that answers an errand as its web site would."""
    orders = make_orders(Plan("satofuru", 59, count, 2026))

    def fetch(errand: Errand) -> bytes:
        found = [each for each in orders if errand.first <= each.ordered_at.date() <= errand.last]
        return write_file("satofuru", found, renamed or {})

    return fetch


def run(fetch: Callable[[Errand], bytes], **more: Any) -> Any:
    """One run over the year."""
    from sekisho.bootstrap.connectors import run_connector

    return run_connector(TENANT, "satofuru-1", YEAR, fetch=fetch, **more)


def test_a_run_brings_a_parcel_and_says_when_it_runs_again(office59: Office) -> None:
    from sekisho.adapters.database.models import ConnectorRow, Parcel
    from sekisho.adapters.database.office_time import office_day

    connector("satofuru", every_hours=6)
    done = run(portal_of())
    assert (done.outcome, len(done.parcels), done.detail) == ("done", 1, {"rows": 40})
    row = ConnectorRow.objects.get(connector="satofuru-1")
    assert row.fetched_until == office_day(done.ended_at), "days to come are not fetched"
    assert row.next_run - done.ended_at == timedelta(hours=6)
    passage = Parcel.objects.get(parcel=done.parcels[0]).passage
    assert (passage["person"], passage["terminal"], passage["direction"]) == ("tateyama", "staff-terminal-1", "inward")
    assert run(portal_of()).parcels == done.parcels


def test_a_period_that_is_too_large_for_a_parcel_comes_in_several(office59: Office) -> None:
    from sekisho.adapters.database.connectors import find_connector
    from sekisho.bootstrap.connectors import fetch_whole

    connector("satofuru")
    pieces = list(fetch_whole(find_connector(TENANT, "satofuru-1"), YEAR, 15, portal_of()))
    assert len(pieces) > 2
    assert sum(each.rows for each in pieces) == 40
    assert max(each.rows for each in pieces) <= 15


def test_a_renamed_column_stops_the_import_until_an_officer_has_mapped_it(office59: Office) -> None:
    from sekisho.adapters.database.models import EntryRow, Parcel
    from sekisho.bootstrap.column_mapping import map_columns
    from sekisho.records import RecordsError

    connector("satofuru", every_hours=6)
    fetch = portal_of(renamed={"生年月日": "お誕生日", "寄附金額": "ご寄附額"})
    stopped = run(fetch)
    assert stopped.outcome == "mismatch"
    assert stopped.parcels == []
    assert Parcel.objects.count() == 0
    assert [each[1] for each in stopped.detail["missing"]] == ["寄附金額", "生年月日"]
    assert stopped.detail["guesses"] == {"amount": "ご寄附額", "birth": "お誕生日"}
    assert stopped.connector.__class__.objects.get().next_run is None
    with pytest.raises(RecordsError, match="すべての列"):
        map_columns(stopped, {"amount": "ご寄附額"}, [], "tateyama")
    version = map_columns(stopped, stopped.detail["guesses"], [], "tateyama")
    assert version
    assert EntryRow.objects.filter(kind="layout_adopted").count() == 2
    resumed = run(fetch)
    assert (resumed.outcome, resumed.detail) == ("done", {"rows": 40})
    again = run(portal_of(renamed={"生年月日": "誕生した日", "寄附金額": "ご寄附額"}))
    assert (again.outcome, again.detail["version"], again.detail["unknown"]) == ("mismatch", version, ["誕生した日"])
    assert map_columns(again, {"birth": "誕生した日"}, [], "tateyama") == version
    assert run(fetch).outcome == "done"


def test_the_mapped_file_becomes_the_same_donations(office59: Office) -> None:
    from sekisho.bootstrap import STEPS
    from sekisho.bootstrap.column_mapping import map_columns
    from sekisho.bootstrap.internet_side import send_copies_on
    from tests.integration.internet_side.test_portal_to_s1 import copy_of

    connector("satofuru")
    fetch = portal_of(renamed={"生年月日": "お誕生日", "寄附金額": "ご寄附額"})
    stopped = run(fetch)
    map_columns(stopped, stopped.detail["guesses"], [], "tateyama")
    parcel = run(fetch).parcels[0]
    STEPS["examine"]([parcel])
    STEPS["deliver"]([parcel])
    assert send_copies_on(TENANT, datetime.now(UTC)) == 1
    copy = copy_of(parcel)
    orders = make_orders(Plan("satofuru", 59, 40, 2026))
    assert (copy.donations, copy.amount) == (40, sum(each.amount for each in orders))


def test_a_column_that_nobody_needs_is_ignored_once_an_officer_says_so(office59: Office) -> None:
    from sekisho.bootstrap.column_mapping import map_columns

    connector("satofuru")

    def fetch(errand: Errand) -> bytes:
        plain = portal_of()(errand).decode("cp932").split("\r\n")
        head, rows = plain[0] + ",会員ランク", [f"{each},金" for each in plain[1:] if each]
        return "\r\n".join([head, *rows, ""]).encode("cp932")

    stopped = run(fetch)
    assert (stopped.outcome, stopped.detail["missing"], stopped.detail["unknown"]) == ("mismatch", [], ["会員ランク"])
    assert map_columns(stopped, {}, ["会員ランク"], "tateyama") == ""
    assert run(fetch).outcome == "done"


def test_a_portal_that_is_away_is_tried_again_sooner_and_then_less_often(office59: Office) -> None:
    from sekisho.adapters.database.models import ConnectorRow

    connector("satofuru", every_hours=6)

    def away(_: Errand) -> bytes:
        raise PortalAwayError("portal.example: 503")

    waits = []
    for _ in range(3):
        ended = run(away)
        assert (ended.outcome, ended.detail) == ("away", {"why": "portal.example: 503"})
        waits.append(ConnectorRow.objects.get().next_run - ended.ended_at)
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]


def test_a_robot_without_hours_that_was_told_to_run_is_tried_again_until_the_portal_is_there(office59: Office) -> None:
    from sekisho.adapters.database.connectors import find_connector, run_now

    row = connector("satofuru")

    def away(_: Errand) -> bytes:
        raise PortalAwayError("portal.example: 503")

    assert run(away).connector.__class__.objects.get().next_run is None, "somebody asked once, and has the answer"
    run_now(row, datetime.now(UTC))
    ended = run(away)
    assert find_connector(TENANT, "satofuru-1").next_run > ended.ended_at
    assert run(portal_of()).outcome == "done"
    assert find_connector(TENANT, "satofuru-1").next_run is None


def test_a_period_apart_leaves_no_gap_and_a_change_of_the_connector_forgets_no_day(office59: Office) -> None:
    from sekisho.adapters.database.connectors import find_connector
    from sekisho.bootstrap.connectors import run_connector

    def until(first: date, last: date) -> date | None:
        assert run_connector(TENANT, "satofuru-1", (first, last), fetch=portal_of()).outcome in {"done", "empty"}
        return find_connector(TENANT, "satofuru-1").fetched_until

    connector("satofuru", fetched_until=date(2026, 1, 31))
    assert until(date(2026, 5, 1), date(2026, 5, 31)) == date(2026, 1, 31)
    assert until(date(2026, 2, 1), date(2026, 3, 31)) == date(2026, 3, 31)
    assert until(date(2026, 1, 1), date(2026, 1, 31)) == date(2026, 3, 31)
    connector("satofuru", every_hours=6)
    assert find_connector(TENANT, "satofuru-1").fetched_until == date(2026, 3, 31)


def test_a_file_is_counted_by_its_records_however_its_lines_end(office59: Office) -> None:
    connector("satofuru")

    def fetch(errand: Errand) -> bytes:
        return portal_of()(errand).replace(b"\r\n", b"\n")

    done = run(fetch)
    assert (done.outcome, len(done.parcels), done.detail) == ("done", 1, {"rows": 40})


def test_a_connector_that_breaks_ends_its_run_and_keeps_no_other_back(
    office59: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.connectors import run_now
    from sekisho.adapters.database.models import ConnectorRunRow
    from sekisho.bootstrap import connectors

    def broken(errand: Errand) -> bytes:
        raise KeyError(errand.url)

    ended = [run for portal in ("rakuten", "satofuru") for run in [connector(portal)]]
    assert run(broken).outcome == "refused"
    assert ConnectorRunRow.objects.get().detail == {"why": "KeyError"}
    for row in ended:
        run_now(row, datetime.now(UTC))
    ran: list[str] = []

    def once(_: str, name: str) -> None:
        ran.append(name)
        raise RuntimeError(name)

    monkeypatch.setattr(connectors, "run_connector", once)
    assert connectors.run_due_connectors(datetime.now(UTC)) == 2
    assert sorted(ran) == ["rakuten-1", "satofuru-1"]


def test_a_permit_in_force_goes_before_one_that_is_stopped_and_the_newest_before_an_older_one(office59: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.permits import permit_for

    def found() -> str:
        row = permit_for(TENANT, "donation.record", "outward")
        return str(row.connection) if row else ""

    row = PermitRow.objects.get(permit="R1-59-02")
    older = row.connection
    row.pk, row.permit, row.connection = None, "R2-59-02", "another-way"
    row.issued_at += timedelta(days=1)
    row.save(force_insert=True)
    assert found() == "another-way"
    PermitRow.objects.filter(permit="R2-59-02").update(status="suspended")
    assert found() == older
    PermitRow.objects.filter(permit="R1-59-02").update(status="superseded")
    assert found() == "another-way", "a stopped one is named, so that the gate says why"
    PermitRow.objects.filter(permit="R2-59-02").update(status="superseded")
    assert found() == ""
    assert permit_for(TENANT, "donation.record", "inward") is None


def test_no_connector_runs_for_a_portal_that_no_permit_covers(office59: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.connectors import run_connector

    connector("satofuru")
    PermitRow.objects.filter(connection="donations-down").update(status="superseded")
    refused = run(portal_of())
    assert refused.outcome == "refused"
    assert "通行証がありません" in refused.detail["why"]
    with pytest.raises(SekishoError, match="登録されていません"):
        run_connector(TENANT, "nobody-1")


def test_the_allow_list_names_a_host_only_while_a_permit_is_active(office59: Office) -> None:
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.carriers.calling import DIRECT
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import PermitRow
    from sekisho.bootstrap.egress import allow_list, ways_out

    connector("satofuru", url="https://portal.example:8443")
    assert [(each.host, each.port, each.permits) for each in ways_out()] == [("portal.example", 8443, ("R1-59-01",))]
    assert "portal.example 8443 R1-59-01\n" in allow_list()
    for proxy, listed in (("", True), (DIRECT, False)):
        s1 = Counterpart(
            counterpart="donation_manager", url="https://s1.example", recipient="-", receipt_key="",
            settings={"proxy": proxy},
        )  # fmt: skip
        keep_counterpart(find_home(), s1)
        assert ("s1.example 443 " in allow_list()) is listed
    PermitRow.objects.filter(permit="R1-59-01").update(status="suspended")
    assert ways_out() == ()


def test_what_is_due_runs_and_what_is_not_does_not(office59: Office) -> None:
    from sekisho.adapters.database.connectors import due_connectors, run_now

    row = connector("satofuru")
    now = datetime.now(UTC)
    assert due_connectors(now) == []
    run_now(row, now)
    assert [each.connector for each in due_connectors(now)] == ["satofuru-1"]
    connector("rakuten", every_hours=6)
    assert [each.connector for each in due_connectors(datetime.now(UTC))] == ["satofuru-1", "rakuten-1"]
