"""Papers that say what they must, a scanned form that finds its case, and the donor's way in that cannot be guessed."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest

from sekisho.kernel import ReasonCode, Refused, SekishoError
from tests.fakes.one_stop import SENDER
from tests.integration.one_stop.conftest import AREA, AT, deed, take_application

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]


def paper() -> Any:
    """The office's papers."""
    from sekisho.adapters.donations.one_stop_papers import Stationery

    online = "example.lg.jp/apply/422011/"
    return Stationery(addressee="長崎市長", office="長崎市", contact="095-000-0000", online=online)


def text_of(pdf: bytes) -> str:
    """Everything that a PDF says, without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def photographed(pdf: bytes) -> bytes:
    """The first page as a scanner sees it."""
    picture, kept = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil(), io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def test_a_printed_form_is_filled_in_and_its_code_finds_the_case(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_papers import case_on_picture, form_pdf

    case, code = send_form(deed(""), donate(forms)[0])
    pdf = form_pdf(AREA, [(case, code)], paper(), date(2026, 12, 1))
    said = text_of(pdf)
    kana = forms[0]["kana"].replace("\u3000", "")
    for words in ("第五十五号の五様式", "令和8年寄附分", kana, "30,000円", code, case):
        assert words in said
    picture = photographed(pdf)
    assert case_on_picture(AREA, picture) == case
    with pytest.raises(Refused) as refused:
        case_on_picture("401307", picture)
    assert refused.value.reasons[0].code is ReasonCode.OTHER_MUNICIPALITY
    with pytest.raises(SekishoError):
        case_on_picture(AREA, b"no picture")


def test_a_letter_names_each_deficiency_and_what_to_do(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.one_stop_papers import letter_pdf

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    lacking = {**forms[0], "kana": ""}
    desk.key_in(deed(case), desk.Typing(values=lacking, received_on=date(2026, 12, 1)))
    desk.verify(deed(case, "kosuge"), lacking)
    said = text_of(letter_pdf(AREA, case, desk.ask_donor(deed(case)), paper(), date(2026, 12, 2)))
    for words in ("フリガナをカタカナで", "写真付き身元確認書類", forms[0]["name"].split("\u3000")[0], "1月10日まで"):
        assert words in said
    assert forms[0]["individual_number"] not in said


def test_a_notice_on_paper_is_form_55_7_with_its_cover(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import OneStopPolicyRow
    from sekisho.adapters.donations.notice_books import Issue, freeze_year, prepare_batches
    from sekisho.adapters.donations.one_stop_papers import notice_pdf

    january = datetime(2027, 1, 12, tzinfo=UTC)
    forms[0]["address"] = "福岡県福岡市博多区博多駅前1番1号"
    take_application(donate(forms)[0], forms[0])
    freeze_year(AREA, 2026, date(2027, 1, 11), january)
    OneStopPolicyRow.objects.create(tenant_id=AREA, year=2026, on_paper=["401307"])
    issue = Issue(area=AREA, year=2026, sender=SENDER, issued_on=date(2027, 1, 12), person="tateyama", at=january)
    (made,), _ = prepare_batches(issue)
    said = text_of(notice_pdf(AREA, made.row, SENDER))
    number = forms[0]["individual_number"]
    for words in ("福岡県福岡市長様", "第五十五号の七様式", "30,000円", "新規", number, "令和9年1月12日"):
        assert words in said


def test_a_donor_comes_in_by_code_and_answer_and_nobody_else_does(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import CLOSED_FOR, TRIES, enter_case

    case, code = send_form(deed(""), donate(forms)[0])
    assert enter_case(AREA, f"{code[:4]} {code[4:].lower()}", "090-0000-0001", AT) == case
    for wrong in ((code, "090-0000-0002"), (code, ""), ("ABCD2345EFGH", "090-0000-0001"), ("", "090-0000-0001")):
        with pytest.raises(Refused) as refused:
            enter_case(AREA, *wrong, AT)
        assert refused.value.reasons[0].code is ReasonCode.NOT_IDENTIFIED
    for _ in range(TRIES - 2):
        with pytest.raises(Refused):
            enter_case(AREA, code, "wrong", AT)
    with pytest.raises(Refused) as refused:
        enter_case(AREA, code, "090-0000-0001", AT + timedelta(minutes=1))
    assert refused.value.reasons[0].code is ReasonCode.TOO_MANY_TRIES
    assert enter_case(AREA, code, "090-0000-0001", AT + CLOSED_FOR) == case


def test_the_code_is_kept_as_a_digest_and_another_areas_door_does_not_know_it(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import OneStopRow
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import enter_case

    _, code = send_form(deed(""), donate(forms)[0])
    assert code not in str(OneStopRow.objects.values().get())
    with pytest.raises((Refused, SekishoError)):
        enter_case("401307", code, "090-0000-0001", AT)


def test_a_donor_applies_on_line_changes_and_nothing_broken_is_kept(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import NumberRow, OneStopRow
    from sekisho.adapters.donations.one_stop_desk import send_form
    from sekisho.adapters.donations.one_stop_online import DeficientFormError, apply_online, change_online

    case, _ = send_form(deed(""), donate(forms)[0])
    with pytest.raises(DeficientFormError):
        apply_online(AREA, case, {**forms[0], "individual_number": "123456789017"}, AT)
    assert NumberRow.objects.count() == 0
    with pytest.raises(Refused) as late:
        apply_online(AREA, case, forms[0], datetime(2027, 1, 11, 3, tzinfo=UTC))
    assert late.value.reasons[0].code is ReasonCode.AFTER_DEADLINE
    assert apply_online(AREA, case, {**forms[0], "amount": "99999999"}, AT) == ("identity_missing",)
    with pytest.raises(Refused):
        apply_online(AREA, case, forms[0], AT)
    moved = {"address": "福岡県福岡市博多区博多駅前1番1号"}
    assert change_online(AREA, case, moved, AT) == ("address",)
    with pytest.raises(Refused):
        change_online(AREA, case, moved, datetime(2027, 1, 11, 3, tzinfo=UTC))
    row = OneStopRow.objects.get(number=case)
    assert (row.state, row.route, row.amount, len(row.row_seal)) == ("applied", "online", 30_000, 64)
