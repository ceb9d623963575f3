"""Notices cross S1's own gate under consultation 60's permit: acknowledged, returned, corrected, cancelled."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from sekisho.kernel import ReasonCode, Refused, SekishoError
from tests.fakes.one_stop import SENDER
from tests.integration.one_stop.conftest import AREA, Road, deed, take_application

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
JANUARY = datetime(2027, 1, 12, 1, 0, tzinfo=UTC)


def issue() -> Any:
    """The year's notices, issued on 12 January."""
    from sekisho.adapters.donations.notice_books import Issue

    return Issue(
        area=AREA,
        year=2026,
        sender=SENDER,
        issued_on=date(2027, 1, 12),
        person="tateyama",
        at=JANUARY,
        terminal="dedicated-terminal-1",
    )


def work() -> None:
    """What the worker does with everything that waits, until nothing moves."""
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.steps import deliver_parcels, erase_parcels, examine_parcels

    parcels = list(Parcel.objects.values_list("parcel", flat=True))
    for step in (examine_parcels, deliver_parcels, erase_parcels):
        step(parcels)


def send() -> Any:
    """Send what is due, let the worker work, and read the answers."""
    from sekisho.bootstrap.donation_notices import collect_answers, send_notices

    sent = send_notices(issue())
    work()
    collect_answers(AREA, 2026, JANUARY)
    return sent


def states() -> dict[str, str]:
    """Every case with its state."""
    from sekisho.adapters.donations.models import OneStopRow

    return dict(OneStopRow.objects.values_list("number", "state"))


@pytest.fixture
def cases(donate: Donate, forms: Forms, road: Road) -> list[str]:
    """Six accepted applications, made final after the deadline."""
    from sekisho.adapters.donations.notice_books import freeze_year

    made = [take_application(donation, form) for donation, form in zip(donate(forms), forms, strict=True)]
    with pytest.raises(Refused):
        freeze_year(AREA, 2026, date(2027, 1, 10), JANUARY)
    assert freeze_year(AREA, 2026, date(2027, 1, 11), JANUARY) == 6
    return made


def test_a_year_is_notified_acknowledged_and_adds_up_to_the_yen(cases: list[str], road: Road) -> None:
    sent = send()
    assert [(each.applications, str(each.obstacle)) for each in sent.exceptions] == [((cases[5],), "abroad")]
    assert states() == dict.fromkeys(cases[:5], "notified") | {cases[5]: "frozen"}
    assert (road.totals()["notices"], road.totals()["total"]) == (5, 125_000)
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.donations.notice_queries import batches_in

    batches = batches_in(AREA, 2026)
    assert {each.state for each in batches} == {"acknowledged"}
    assert all(each.receipt.startswith("N") for each in batches)
    assert set(Parcel.objects.values_list("state", flat=True)) == {"erased"}
    assert send().leaving == ()  # nothing is told twice


def test_a_lost_answer_and_an_outage_are_one_delivery_in_the_end(cases: list[str], road: Road) -> None:
    from sekisho.bootstrap.donation_notices import collect_answers

    road.operate("faults", {"lost_answer": 2, "status": 2})
    send()
    assert "frozen" in {states()[each] for each in cases[:5]}
    work()
    work()
    collect_answers(AREA, 2026, JANUARY)
    assert [states()[each] for each in cases[:5]] == ["notified"] * 5
    assert (road.totals()["notices"], road.totals()["total"]) == (5, 125_000)


def test_what_is_under_way_is_not_told_twice_and_a_run_that_was_cut_off_is_made_anew(
    cases: list[str], road: Road
) -> None:
    from sekisho.adapters.donations.notice_books import prepare_batches
    from sekisho.adapters.donations.notice_queries import batches_in
    from sekisho.bootstrap.donation_notices import collect_answers, send_notices

    prepare_batches(issue())  # the run is cut off before anything landed
    first = send_notices(issue())
    assert len(first.leaving) > 0
    assert send_notices(issue()).leaving == ()  # the button was pressed again
    work()
    collect_answers(AREA, 2026, JANUARY)
    assert (road.totals()["notices"], road.totals()["total"]) == (5, 125_000)
    assert {row.state for row in batches_in(AREA, 2026)} == {"given_up", "acknowledged"}


def test_a_receipt_for_other_bytes_is_no_acknowledgement(cases: list[str], road: Road) -> None:
    from sekisho.adapters.database.models import Parcel

    road.operate("faults", {"wrong_receipt": 1})
    send()
    assert Parcel.objects.filter(state="leaving").count() == 1
    assert "frozen" in {states()[each] for each in cases[:5]}


def test_a_returned_notice_reopens_its_case_and_goes_on_to_where_it_belongs(cases: list[str], road: Road) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.notice_queries import returned_in
    from sekisho.bootstrap.donation_notices import collect_returns

    send()
    from sekisho.adapters.donations.models import NoticeRow

    notice = NoticeRow.objects.select_related("batch").get(reception=cases[0])
    told = {"municipality": AREA, "destination": notice.batch.destination, "reception_number": cases[0]}
    road.operate("returns", {**told, "kind": "nobody"})
    assert collect_returns(AREA, JANUARY) == 1
    assert collect_returns(AREA, JANUARY) == 0
    assert states()[cases[0]] == "returned"
    assert [row.reception for row in returned_in(AREA, 2026)] == [cases[0]]
    assert desk.amend(deed(cases[0]), "readdress", {"address": "長崎県長崎市桜町2番22号"}) == ("address",)
    send()
    assert states()[cases[0]] == "notified"
    assert NoticeRow.objects.filter(reception=cases[0]).latest("id").batch.destination == "422011"
    assert road.totals()["total"] == 125_000 + 30_000  # the earlier place has it still, as a row that it returned


def test_a_clock_fetches_answers_and_returns_and_goes_on_when_a_road_is_away(
    cases: list[str], road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.carriers.away import AwayError
    from sekisho.adapters.carriers.notice_road import NoticeRoad
    from sekisho.adapters.donations.models import NoticeRow
    from sekisho.bootstrap.donation_notices import collect_everywhere, send_notices

    assert collect_everywhere(JANUARY) == 0, "nothing was sent, and nobody is asked"
    sent = send_notices(issue())
    work()
    notice = NoticeRow.objects.select_related("batch").get(reception=cases[0])
    told = {"municipality": AREA, "destination": notice.batch.destination, "reception_number": cases[0]}

    def stay_away(self: NoticeRoad) -> list[dict[str, str]]:
        raise AwayError(self.name, "ConnectError")

    with monkeypatch.context() as away:
        away.setattr(NoticeRoad, "returns", stay_away)
        assert collect_everywhere(JANUARY) == len(sent.leaving)
    assert states()[cases[0]] == "notified"
    road.operate("returns", {**told, "kind": "nobody"})
    assert collect_everywhere(JANUARY) == 1
    assert states()[cases[0]] == "returned"


@pytest.mark.parametrize("wrong", [{"kind": "unheard-of"}, {"destination": None}, "words"])
def test_a_return_that_cannot_be_read_keeps_no_other_back_and_waits(
    cases: list[str], road: Road, monkeypatch: pytest.MonkeyPatch, wrong: object
) -> None:
    from sekisho.adapters.carriers.notice_road import NoticeRoad
    from sekisho.adapters.donations.models import NoticeRow
    from sekisho.bootstrap.donation_notices import collect_everywhere

    send()
    notice = NoticeRow.objects.select_related("batch").get(reception=cases[0])
    good = {"destination": notice.batch.destination, "reception_number": cases[0], "kind": "nobody"}
    bad: object = wrong
    if isinstance(wrong, dict):
        told = {**good, "returned": "bad", "reception_number": cases[1], **wrong}
        bad = {name: value for name, value in told.items() if value is not None}
    acknowledged: list[str] = []
    monkeypatch.setattr(NoticeRoad, "returns", lambda _: [bad, {**good, "returned": "good"}])
    monkeypatch.setattr(NoticeRoad, "acknowledge", lambda _, returned: acknowledged.append(returned))
    collect_everywhere(JANUARY)
    assert acknowledged == ["good"]
    assert (states()[cases[0]], states()[cases[1]]) == ("returned", "notified")


def test_a_road_that_answers_no_list_is_an_error_that_is_said(
    cases: list[str], road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.carriers.notice_road import NoticeRoad
    from sekisho.bootstrap.donation_notices import collect_everywhere, collect_returns

    send()
    page = httpx.MockTransport(lambda _: httpx.Response(200, content=b"<html>"))
    monkeypatch.setattr(NoticeRoad, "_client", lambda _: httpx.Client(base_url="https://road", transport=page))
    with pytest.raises(SekishoError, match="一覧"):
        collect_returns(AREA, JANUARY)
    assert collect_everywhere(JANUARY) == 0


def test_destinations_say_where_somebody_who_had_moved_belongs(cases: list[str], road: Road) -> None:
    from sekisho.adapters.donations.notice_queries import returned_in
    from sekisho.bootstrap.donation_notices import collect_returns

    road.operate("faults", {"moved_every": 1, "moved_to": "422011"})
    send()
    assert collect_returns(AREA, JANUARY) == 5
    assert {(row.returned_kind, row.belongs_to) for row in returned_in(AREA, 2026)} == {("moved", "422011")}
    assert [states()[each] for each in cases[:5]] == ["returned"] * 5


def test_a_correction_keeps_its_number_and_a_donor_who_had_moved_is_cancelled_there(
    cases: list[str], road: Road
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.models import NoticeRow

    send()
    desk.amend(deed(cases[2]), "correct", {"kana": "テイセイ　ゴ"})
    with pytest.raises(Refused):
        desk.amend(deed(cases[3]), "correct", {})
    desk.amend(deed(cases[3]), "correct", {"address": "長崎県長崎市桜町2番22号"})
    send()
    told = NoticeRow.objects.filter(reception__in=cases[2:4]).order_by("id").values_list("reception", "action")
    assert sorted(told) == sorted(
        [(cases[2], "新規"), (cases[2], "訂正"), (cases[3], "新規"), (cases[3], "取消"), (cases[3], "新規")]
    )
    assert (road.totals()["notices"], road.totals()["total"]) == (5, 125_000)


def test_a_cancelled_notice_is_taken_back_at_its_destination(cases: list[str], road: Road) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    send()
    desk.take_step(deed(cases[1]), "cancel")
    send()
    assert states()[cases[1]] == "void"
    assert (road.totals()["notices"], road.totals()["total"]) == (4, 115_000)


def test_a_row_that_slipped_in_the_database_is_never_sent(cases: list[str], road: Road) -> None:
    from sekisho.adapters.donations.models import NumberRow, OneStopRow
    from sekisho.adapters.donations.one_stop_vault import CaseVault

    vault, rows = CaseVault(AREA), list(NumberRow.objects.order_by("id"))
    numbers = [vault.open_number(row.case.number, bytes(row.sealed))["individual_number"] for row in rows]
    for row, number in zip(rows, [numbers[-1], *numbers[:-1]], strict=True):  # the slip of 2017
        sealed = vault.seal_number(row.case.number, {"individual_number": number})
        NumberRow.objects.filter(pk=row.pk).update(sealed=sealed)
        OneStopRow.objects.filter(pk=row.case_id).update(person_search=vault.person_search(number))
    sent = send()
    assert sent.leaving == ()
    assert {str(each.obstacle) for each in sent.exceptions} == {"seal_broken"}
    assert road.totals()["notices"] == 0


def test_somebody_whom_the_permit_does_not_name_sends_nothing(cases: list[str], road: Road) -> None:
    from dataclasses import replace

    from sekisho.bootstrap.donation_notices import send_notices

    with pytest.raises(Refused) as refused:
        send_notices(replace(issue(), person="dejima"))
    assert refused.value.reasons[0].code in {ReasonCode.NOT_IDENTIFIED, ReasonCode.PERSON_NOT_NAMED}
    assert road.totals()["notices"] == 0


def test_a_destination_that_takes_paper_only_gets_paper(cases: list[str], road: Road) -> None:
    from sekisho.adapters.donations.models import OneStopPolicyRow
    from sekisho.adapters.donations.notice_books import answer_batch
    from sekisho.adapters.donations.notice_plans import plan_year

    places = sorted({each.notice.destination for each in plan_year(AREA, 2026).planned})
    OneStopPolicyRow.objects.create(tenant_id=AREA, year=2026, on_paper=places[:1])
    sent = send()
    assert len(sent.on_paper) == 1
    answer_batch(AREA, sent.on_paper[0], "書留 123-45", JANUARY, "tateyama")
    assert list(states().values()).count("notified") == 5
