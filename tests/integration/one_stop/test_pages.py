"""What the screens do when something is wrong: it is said, what was typed stays, and nothing is half done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from sekisho.kernel import SekishoError
from tests.integration.one_stop.conftest import AREA, AT, deed, take_application
from tests.integration.one_stop.test_papers_and_donors import paper, text_of
from tests.integration.one_stop.test_through_the_screens import officers

__all__ = ["officers"]
Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]
Officers = tuple[Client, Client]


def break_typesetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF can be made."""
    from sekisho.adapters.donations import one_stop_papers

    def fail(*_: object) -> bytes:
        message = "組版できません / cannot be set"
        raise SekishoError(message)

    monkeypatch.setattr(one_stop_papers, "typeset", fail)


def test_forms_that_cannot_be_set_leave_no_case_behind_and_it_is_said(
    donate: Donate, forms: Forms, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations.models import OneStopRow

    donate(forms[:2])
    with monkeypatch.context() as broken:
        break_typesetting(broken)
        answer = officers[0].post("/one-stop/forms/", follow=True)
    assert "組版できません" in answer.content.decode()
    assert OneStopRow.objects.count() == 0
    assert officers[0].post("/one-stop/forms/").headers["Content-Type"] == "application/pdf"
    assert OneStopRow.objects.count() == 2


def test_a_form_that_was_lost_is_printed_again_with_a_code_of_its_own(
    donate: Donate, forms: Forms, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations import one_stop_papers
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import enter_case
    from sekisho.kernel import Refused

    case, lost = send_form(deed(""), donate(forms)[0])
    monkeypatch.setattr(one_stop_papers, "new_code", lambda: "ABCDEFGH2345")
    with monkeypatch.context() as broken:
        break_typesetting(broken)
        assert officers[0].post(f"/one-stop/{case}/act/print_again/").status_code == 302
    assert enter_case(AREA, lost, "090-0000-0001", AT) == case, "the form that is out there still opens it"
    pdf = officers[0].post(f"/one-stop/{case}/act/print_again/").content
    assert "ABCDEFGH2345" in text_of(pdf)
    assert enter_case(AREA, "ABCDEFGH2345", "090-0000-0001", AT) == case
    with pytest.raises(Refused):
        enter_case(AREA, lost, "090-0000-0001", AT)


def test_a_letter_that_cannot_be_set_has_asked_nobody(
    donate: Donate, forms: Forms, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.models import OneStopRow

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    lacking = {**forms[0], "kana": ""}
    desk.key_in(deed(case), desk.Typing(values=lacking, received_on=date(2026, 12, 1)))
    desk.verify(deed(case, "kosuge"), lacking)
    break_typesetting(monkeypatch)
    answer = officers[0].post(f"/one-stop/{case}/act/ask_donor/", follow=True)
    assert "組版できません" in answer.content.decode()
    assert OneStopRow.objects.get(number=case).asked_at is None


@pytest.mark.parametrize("act", ["complete", "change", "correct", "readdress"])
def test_a_number_is_typed_at_a_dedicated_terminal_only(
    donate: Donate, forms: Forms, officers: Officers, settings: Settings, act: str
) -> None:
    case = take_application(donate(forms)[0], forms[0])
    address, typed = f"/one-stop/{case}/act/{act}/", {"individual_number": forms[1]["individual_number"]}
    assert officers[0].post(address, typed).status_code == 422, "here it is looked at"
    settings.SEKISHO_DEMO_TERMINAL = ""
    assert officers[0].post(address, typed).status_code == 403


def test_a_number_and_a_picture_are_shown_at_a_dedicated_terminal_only(
    donate: Donate, forms: Forms, officers: Officers, settings: Settings
) -> None:
    from sekisho.adapters.donations.one_stop_numbers import keep_image

    case = take_application(donate(forms)[0], forms[0])
    image = keep_image(deed(case), "card_front", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2027, 3, 1))
    reason, picture = {"reason": "compare_with_form"}, f"/one-stop/{case}/images/{image}/"
    assert forms[0]["individual_number"] in officers[1].post(f"/one-stop/{case}/number/", reason).content.decode()
    assert officers[1].get(picture).status_code == 200
    settings.SEKISHO_DEMO_TERMINAL = ""
    refused = officers[1].post(f"/one-stop/{case}/number/", reason)
    assert (refused.status_code, forms[0]["individual_number"] in refused.content.decode()) == (403, False)
    assert officers[1].get(picture).status_code == 403


def test_what_does_not_open_any_more_is_said(
    donate: Donate, forms: Forms, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.one_stop_numbers import keep_image
    from sekisho.adapters.donations.one_stop_vault import CaseVault

    def fail(*_: object) -> str:
        message = "鍵を開けません / does not open"
        raise SekishoError(message)

    first, second = donate(forms)[:2]
    case = take_application(first, forms[0])
    image = keep_image(deed(case), "card_front", b"\x89PNG\r\n\x1a\n" + bytes(9), date(2027, 3, 1))
    keyed, _ = desk.send_form(deed(""), second)
    desk.key_in(deed(keyed), desk.Typing(values=forms[1], received_on=date(2026, 12, 1)))
    for name in ("open_number", "open_image"):
        monkeypatch.setattr(CaseVault, name, fail)
    number = officers[1].post(f"/one-stop/{case}/number/", {"reason": "compare_with_form"}, follow=True)
    picture = officers[1].get(f"/one-stop/{case}/images/{image}/", follow=True)
    verified = officers[1].post("/one-stop/verify/", {**forms[1], "case": keyed}, follow=True)
    for answer in (number, picture, verified):
        assert (answer.status_code, "鍵を開けません" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("typed", ["2026/000123", "2026-000999", "あ", "2026-1", "999999", "<b>"])
def test_a_number_that_is_none_is_said_with_an_example_beside_the_list(
    donate: Donate, forms: Forms, officers: Officers, typed: str
) -> None:
    from django.utils.html import escape

    case = take_application(donate(forms)[0], forms[0])
    answer = officers[0].get("/one-stop/", {"number": typed, "year": "2026"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f"「{escape(typed)}」の申請はありません" in shown
    assert f'value="{escape(typed)}"' in shown
    assert "例 2026-000123" in shown
    assert case in shown


@pytest.mark.parametrize(
    "typed", ["2026-000001", "\uff12\uff10\uff12\uff16\uff0d\uff10\uff10\uff10\uff10\uff10\uff11", " \uff11 "]
)
def test_a_number_is_found_in_half_and_full_width(
    donate: Donate, forms: Forms, officers: Officers, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    from sekisho.web.donation_manager.pages.one_stop import views

    monkeypatch.setattr(views, "office_day", lambda _: date(2026, 12, 1))
    case = take_application(donate(forms)[0], forms[0])
    assert officers[0].get("/one-stop/", {"number": typed}).headers["Location"] == f"/one-stop/{case}/"


@pytest.mark.parametrize("year", ["9999", "0000", "1800", "２０２６", "year"])
def test_a_year_that_cannot_be_is_not_asked_for(house: Any, officers: Officers, year: str) -> None:
    for address in ("/one-stop/", "/one-stop/notices/", "/papers/", "/figures/"):
        assert officers[0].get(address, {"year": year}).status_code == 200, address
    assert officers[0].post("/papers/print/", {"kind": "receipt", "year": year}).status_code == 409


def test_the_last_day_that_is_told_is_that_of_the_policy(donate: Donate, forms: Forms) -> None:
    from datetime import UTC, datetime

    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import apply_online
    from sekisho.adapters.donations.one_stop_papers import form_pdf, letter_pdf
    from sekisho.adapters.donations.one_stop_policies import Policy, keep_policy
    from sekisho.business.hometown_donations.one_stop import Deficiency
    from sekisho.kernel import Refused

    keep_policy(Policy(area=AREA, year=2026, forms_until=date(2027, 1, 12)))
    case, code = send_form(deed(""), donate(forms)[0])
    said = text_of(form_pdf(AREA, [(case, code)], paper(), date(2026, 12, 1)))
    for found in (Deficiency.KANA_WRONG, Deficiency.TOO_LATE):
        said += text_of(letter_pdf(AREA, case, [found], paper(), date(2026, 12, 2)))
    assert said.count("令和9年1月12日") == 3
    assert "1月10日" not in said
    with pytest.raises(Refused) as late:
        apply_online(AREA, case, forms[0], datetime(2027, 1, 13, 3, tzinfo=UTC))
    assert "2027-01-12" in late.value.reasons[0].ja


def test_what_was_typed_for_a_step_that_is_refused_stays(donate: Donate, forms: Forms, officers: Officers) -> None:
    case = take_application(donate(forms)[0], forms[0])
    typed = {"received_on": "いつか", "address": "東京都港区芝99番", "telephone": "03-9999-9999"}
    answer = officers[0].post(f"/one-stop/{case}/act/change/", typed)
    assert answer.status_code == 422
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()


def test_documents_that_no_figure_stands_for_are_refused_and_stay(
    donate: Donate, forms: Forms, officers: Officers
) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    lacking = {**forms[0], "kana": ""}
    desk.key_in(deed(case), desk.Typing(values=lacking, received_on=date(2026, 12, 1)))
    desk.verify(deed(case, "kosuge"), lacking)
    answer = officers[0].post(f"/one-stop/{case}/act/complete/", {"kana": "テスト", "identity": "3"})
    assert (answer.status_code, 'value="3"' in answer.content.decode()) == (422, True)
    assert 'value="テスト"' in answer.content.decode()


def test_a_picture_that_is_too_large_is_called_so(house: Any, officers: Officers) -> None:
    picture = SimpleUploadedFile("form.png", b"\x89PNG\r\n\x1a\n" + bytes(8 << 20), "image/png")
    answer = officers[0].post("/one-stop/scan/", {"picture": picture})
    assert (answer.status_code, str(8 << 20) in answer.content.decode()) == (422, True)


def test_what_a_donor_typed_for_a_change_stays_when_it_is_refused(
    donate: Donate, forms: Forms, officers: Officers
) -> None:
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import apply_online

    case, code = send_form(deed(""), donate(forms)[0])
    apply_online(AREA, case, forms[0], AT)
    browser = Client()
    browser.post(f"/apply/{AREA}/", {"code": code, "answer": "090-0000-0001"})
    typed = {"name": forms[0]["name"], "kana": "東山手", "address": "東京都港区芝99番"}
    answer = browser.post(f"/apply/{AREA}/case/", typed)
    assert answer.status_code == 422
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()


def test_a_code_that_was_typed_stays_and_no_answer_does(donate: Donate, forms: Forms, officers: Officers) -> None:
    from sekisho.adapters.donations.one_stop_desk import send_form

    _, code = send_form(deed(""), donate(forms)[0])
    shown = Client().post(f"/apply/{AREA}/", {"code": code, "answer": "090-9999-9999"}).content.decode()
    assert (f'value="{code}"' in shown, "090-9999-9999" in shown) == (True, False)
