"""A whole year by the screens alone: forms printed, scanned, keyed, verified, accepted, made final, sent, answered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.integration.one_stop.conftest import Road
from tests.integration.one_stop.test_notices_cross import work
from tests.integration.one_stop.test_papers_and_donors import photographed, text_of
from tests.unit.web.two_offices import client_of

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
YEAR = 2025


@pytest.fixture
def officers(house: Any, settings: Settings) -> tuple[Client, Client]:
    """Two officers at the dedicated terminal."""
    from sekisho.adapters.database.models import Terminal

    settings.ROOT_URLCONF = "sekisho.web.donation_manager.urls"
    settings.SEKISHO_DEMO_TERMINAL = "dedicated-terminal-1"
    Terminal.objects.filter(terminal="dedicated-terminal-1").update(demo=True)
    return client_of("tateyama", "operator"), client_of("kosuge", "operator", "head")


def last_year(forms: Forms) -> Forms:
    """The forms of a year whose deadlines are past."""
    return [{**form, "applied_on": "2025-06-01", "donated_on": "2025-05-02"} for form in forms]


def test_a_year_by_the_screens_alone(donate: Donate, forms: Forms, officers: tuple[Client, Client], road: Road) -> None:
    (one, other), given = officers, last_year(forms)[:2]
    donate(given)
    printed = one.post("/one-stop/forms/")
    assert printed.headers["Content-Type"] == "application/pdf"
    assert "2025-000002" in text_of(printed.content)
    picture = SimpleUploadedFile("form.png", photographed(printed.content), "image/png")
    scanned = one.post("/one-stop/scan/", {"picture": picture})
    assert scanned.headers["Location"] == "/one-stop/key/?case=2025-000001"
    assert 'value="2025-000001"' in one.get(scanned.headers["Location"]).content.decode()
    for number, form in enumerate(given, start=1):
        case = f"2025-{number:06d}"
        keyed = one.post("/one-stop/key/", {**form, "case": case, "received_on": "R7.12.1", "identity": "1"})
        assert keyed.status_code == 302
        assert other.post("/one-stop/verify/", {**form, "case": case}).status_code == 302
        assert other.post(f"/one-stop/{case}/act/accept/").status_code == 302
    assert re.search(r"images/2025-000001-form-[0-9a-f]{12}/", other.get("/one-stop/2025-000001/").content.decode())
    for act in ("freeze", "send"):
        assert one.post(f"/one-stop/notices/{act}/", {"year": str(YEAR)}).status_code == 302
    work()
    assert "受領は" in one.post("/one-stop/notices/returns/", {"year": str(YEAR)}, follow=True).content.decode()
    page = one.get(f"/one-stop/notices/?year={YEAR}").content.decode()
    assert "期限を過ぎています：令和8年1月31日" in page
    assert page.count("受領済み") == road.totals()["destinations"]
    assert (road.totals()["notices"], road.totals()["total"]) == (2, 40_000)


def test_what_is_missing_goes_by_letter_and_what_was_typed_wrong_stays(
    donate: Donate, forms: Forms, officers: tuple[Client, Client]
) -> None:
    (one, other), (given, *_) = officers, last_year(forms)
    donate([given])
    one.post("/one-stop/forms/")
    lacking = {**given, "kana": "", "case": "2025-000001"}
    wrong = one.post("/one-stop/key/", {**lacking, "received_on": "いつか", "identity": "9"})
    assert wrong.status_code == 422
    assert given["address"] in wrong.content.decode()
    one.post("/one-stop/key/", {**lacking, "received_on": "R7.12.1"})
    other.post("/one-stop/verify/", lacking)
    letter = other.post("/one-stop/2025-000001/act/ask_donor/")
    assert "フリガナをカタカナで" in text_of(letter.content)
    assert other.post("/one-stop/2025-000001/act/accept/").status_code == 422
    completed = {"kana": given["kana"], "identity": "1"}
    assert other.post("/one-stop/2025-000001/act/complete/", completed).status_code == 302
    changed = {"received_on": "R8.1.8", "address": "福岡県福岡市博多区博多駅前1番1号"}
    assert other.post("/one-stop/2025-000001/act/change/", changed).status_code == 302
    late = {"received_on": "R8.1.11", "address": "東京都港区芝1番"}
    answer = other.post("/one-stop/2025-000001/act/change/", late)
    assert (answer.status_code, "2026-01-10" in answer.content.decode()) == (422, True)
    assert other.post("/one-stop/2025-000001/act/accept/").status_code == 302
    assert "福岡県福岡市博多区" in other.get("/one-stop/2025-000001/").content.decode()
