"""S-354: looking opens nothing and writes nothing, what fails is said, and a clock goes on with the others."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from tests.integration.one_stop.conftest import AREA, Road, take_application
from tests.integration.one_stop.test_notices_cross import JANUARY, issue, work
from tests.integration.one_stop.test_through_the_screens import officers

__all__ = ["officers"]
Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
Officers = tuple[Client, Client]
PAGE = "/one-stop/notices/?year=2026"


@pytest.fixture
def cases(donate: Donate, forms: Forms) -> list[str]:
    """Two final applications; the second donor lives abroad."""
    from sekisho.adapters.donations.notice_books import freeze_year

    chosen = [forms[0], forms[5]]
    made = [take_application(donation, form) for donation, form in zip(donate(chosen), chosen, strict=True)]
    freeze_year(AREA, 2026, date(2027, 1, 11), JANUARY)
    return made


def entries() -> list[Mapping[str, Any]]:
    """What stands in the ledger."""
    from sekisho.adapters.database.ledgers import read_entries, sequence

    sequence(AREA)
    return list(read_entries(AREA))


def test_looking_at_the_page_opens_no_form_and_writes_nothing(
    cases: list[str], officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations.one_stop_vault import CaseVault

    def refuse_to_open(*_: object) -> dict[str, str]:
        message = "opened"
        raise AssertionError(message)

    before = entries()
    for name in ("open_number", "open_form", "fetch_keys"):
        monkeypatch.setattr(CaseVault, name, refuse_to_open)
    with CaptureQueriesContext(connection) as asked:
        page = officers[0].get(PAGE)
    assert page.status_code == 200
    assert "封印を開けて確かめる" in page.content.decode()
    assert cases[1] not in page.content.decode()
    assert entries() == before
    assert not [each["sql"] for each in asked if "donations_" in each["sql"] and not each["sql"].startswith("SELECT")]


def test_what_cannot_be_told_is_shown_when_it_is_asked_for_and_that_is_an_entry(
    cases: list[str], officers: Officers
) -> None:
    page = officers[0].post("/one-stop/notices/plan/", {"year": "2026"}).content.decode()
    assert "いま送れる通知：1件、30,000円" in page
    assert f'href="/one-stop/{cases[1]}/"' in page
    assert f'href="/one-stop/{cases[0]}/"' not in page
    assert (entries()[-1]["kind"], entries()[-1]["what"]) == ("viewed", "notices due of 2026")


def test_a_year_in_which_nothing_waits_offers_no_sending(house: Any, officers: Officers) -> None:
    page = officers[0].get(PAGE).content.decode()
    assert "封印を" not in page


def test_a_run_that_breaks_off_is_said_and_not_an_error_page(
    cases: list[str], officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.web.donation_manager.pages.notices import views

    def break_off(*_: object) -> None:
        message = "束が届いた記録がありません / not remembered"
        raise SekishoError(message)

    for name, address in (("send_notices", "send"), ("collect_answers", "returns")):
        monkeypatch.setattr(views, name, break_off)
        answer = officers[0].post(f"/one-stop/notices/{address}/", {"year": "2026"}, follow=True)
        assert (answer.status_code, "束が届いた記録がありません" in answer.content.decode()) == (200, True), address


def test_notices_on_paper_that_cannot_be_set_are_no_export(
    cases: list[str], officers: Officers, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    from sekisho.adapters.donations import one_stop_papers
    from sekisho.adapters.donations.notice_books import prepare_batches

    def fail(*_: object) -> bytes:
        message = "組版できません / cannot be set"
        raise SekishoError(message)

    (made,), _ = prepare_batches(issue())
    address = f"/one-stop/notices/{made.row}/paper/"
    with monkeypatch.context() as broken:
        broken.setattr(one_stop_papers, "typeset", fail)
        assert "組版できません" in officers[0].post(address, follow=True).content.decode()
    assert officers[0].post("/one-stop/notices/2026-999999-00001/paper/").status_code == 404
    assert "exported" not in {each["kind"] for each in entries()}
    settings.SEKISHO_DEMO_TERMINAL = ""
    assert officers[0].post(address).status_code == 403, "an Individual Number stands on every page"
    assert "exported" not in {each["kind"] for each in entries()}
    settings.SEKISHO_DEMO_TERMINAL = "dedicated-terminal-1"
    assert officers[0].post(address).headers["Content-Type"] == "application/pdf"
    assert entries()[-1]["kind"] == "exported"


def test_a_batch_is_printed_with_as_many_questions_for_two_donors_as_for_one(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import NoticeBatchRow, NoticeRow
    from sekisho.adapters.donations.notice_books import freeze_year, prepare_batches
    from sekisho.adapters.donations.notice_queries import printed_forms

    numbers = [take_application(each, form) for each, form in zip(donate(forms)[:3], forms, strict=False)]
    freeze_year(AREA, 2026, date(2027, 1, 11), JANUARY)
    made, _ = prepare_batches(issue())
    batch, counts = NoticeBatchRow.objects.get(batch=made[0].row), []
    for notice in NoticeRow.objects.order_by("reception"):
        NoticeRow.objects.filter(pk=notice.pk).update(batch=batch)
        with CaptureQueriesContext(connection) as asked:
            _, printed = printed_forms(AREA, batch.batch)
        counts.append((len(printed), len(asked)))
    shown = [form.values["individual_number"] for _, form in printed]
    assert len(set(shown)) == len(numbers)
    assert len({queries for _, queries in counts[-2:]}) == 1, counts


def test_a_clock_goes_on_with_the_others_when_one_area_fails(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.bootstrap import donation_notices

    asked: list[str] = []

    def answer(area: str, *_: object) -> int:
        asked.append(area)
        if area == "1":
            raise Refused([because(ReasonCode.NOT_FOUND, what="x")])
        if area == "2":
            raise SekishoError(area)
        return 1

    monkeypatch.setattr(donation_notices, "years_under_way", lambda: [("1", 2026), ("2", 2026), ("3", 2026)])
    for name in ("collect_answers", "collect_returns"):
        monkeypatch.setattr(donation_notices, name, answer)
    assert donation_notices.collect_everywhere(JANUARY) == 2
    assert asked == ["1", "2", "3"] * 2


def test_what_somebody_else_has_read_meanwhile_is_no_fault(
    cases: list[str], road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations.notice_queries import batches_in
    from sekisho.bootstrap import donation_notices

    donation_notices.send_notices(issue())
    work()
    stale = batches_in(AREA, 2026)
    monkeypatch.setattr(donation_notices, "batches_in", lambda *_: stale)
    assert donation_notices.collect_answers(AREA, 2026, JANUARY) == 1
    assert donation_notices.collect_answers(AREA, 2026, JANUARY) == 0
