"""An application's way through S1: two persons, a number apart, changes and letters, erasure with proof."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sekisho.adapters.keys import KeyFault
from sekisho.kernel import ReasonCode, Refused
from tests.integration.one_stop.conftest import AREA, AT, deed, take_application

Donate = Callable[[list[dict[str, str]]], list[int]]
Forms = list[dict[str, str]]


def kinds(case: str) -> list[str]:
    """The kinds of entry about a case."""
    from sekisho.adapters.database.ledgers import read_entries, sequence

    sequence(AREA)
    return [str(each["kind"]) for each in read_entries(AREA) if each.get("application") == case]


def ledger_text() -> str:
    """Everything in the ledger as text."""
    from sekisho.adapters.database.ledgers import read_entries, sequence

    sequence(AREA)
    return "\n".join(str(each) for each in read_entries(AREA))


def row_of(case: str) -> Any:
    """The row of a case."""
    from sekisho.adapters.donations.models import OneStopRow

    return OneStopRow.objects.get(number=case)


def test_two_persons_type_the_same_and_it_is_accepted_with_a_seal(donate: Donate, forms: Forms) -> None:
    case = take_application(donate(forms)[0], forms[0])
    row = row_of(case)
    assert (case, row.state, row.keyed_by, row.verified_by) == ("2026-000001", "accepted", "tateyama", "kosuge")
    assert len(row.row_seal) == 64
    assert row.keyed is None


def test_nothing_of_a_form_stands_in_row_or_ledger(donate: Donate, forms: Forms) -> None:
    from django.db import connection

    take_application(donate(forms)[0], forms[0])
    with connection.cursor() as cursor:
        shown = ledger_text()
        for table in ("onestoprow", "numberrow"):
            cursor.execute(f"SELECT * FROM donations_{table}")
            shown += "".join(str(bytes(each) if isinstance(each, memoryview) else each) for each in cursor.fetchone())
    for secret in ("individual_number", "name", "kana", "address"):
        assert forms[0][secret] not in shown


def test_the_second_keying_is_blind_by_another_person_and_shows_what_differs(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    desk.key_in(deed(case), desk.Typing(values=forms[0], received_on=date(2026, 12, 1), identity=("number_card",)))
    with pytest.raises(Refused) as refused:
        desk.verify(deed(case), forms[0])
    assert refused.value.reasons[0].code is ReasonCode.DUTIES_NOT_SEPARATE
    wrong = {**forms[0], "birth": "1950-01-01"}
    assert desk.verify(deed(case, "kosuge"), wrong) == ("birth",)
    assert row_of(case).state == "keyed"


def test_a_deficient_form_is_asked_for_completed_and_then_accepted(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    lacking = {**forms[0], "kana": ""}
    desk.key_in(deed(case), desk.Typing(values=lacking, received_on=date(2026, 12, 1)))
    assert desk.verify(deed(case, "kosuge"), lacking) == ()
    with pytest.raises(Refused):
        desk.accept(deed(case))
    assert desk.ask_donor(deed(case)) == ("kana_wrong", "identity_missing")
    assert desk.complete(deed(case), {"kana": forms[0]["kana"]}, ("number_card",)) == ()
    desk.accept(deed(case))
    assert row_of(case).state == "accepted"


def test_a_row_that_slipped_between_capture_and_acceptance_is_not_accepted(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk
    from sekisho.adapters.donations.models import NumberRow
    from sekisho.adapters.donations.one_stop_vault import CaseVault

    case, _ = desk.send_form(deed(""), donate(forms)[0])
    desk.key_in(deed(case), desk.Typing(values=forms[0], received_on=date(2026, 12, 1)))
    assert desk.verify(deed(case, "kosuge"), forms[0]) == ()
    other = CaseVault(AREA).seal_number(case, {"individual_number": forms[1]["individual_number"]})
    NumberRow.objects.update(sealed=other)
    assert desk.complete(deed(case), {}, ("number_card",)) == ()
    with pytest.raises(Refused):
        desk.accept(deed(case))
    assert row_of(case).state == "applied"


def test_a_change_until_10_january_seals_anew_and_none_later(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations import one_stop_desk as desk

    case = take_application(donate(forms)[0], forms[0])
    before = row_of(case).row_seal
    moved = {"address": "福岡県福岡市博多区博多駅前1番1号"}
    assert desk.change(deed(case), date(2027, 1, 8), date(2027, 1, 10), moved) == ("address",)
    assert row_of(case).row_seal != before
    with pytest.raises(Refused) as refused:
        desk.change(deed(case), date(2027, 1, 8), date(2027, 1, 11), {"address": "東京都港区芝1番"})
    assert refused.value.reasons[0].code is ReasonCode.AFTER_DEADLINE


def test_a_number_is_shown_to_a_head_for_a_reason_that_stands_in_the_ledger(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.one_stop_numbers import show_number

    case = take_application(donate(forms)[0], forms[0])
    head = deed(case, "kosuge", ("operator", "head"))
    for who, reason in ((deed(case), "compare_with_form"), (head, "curiosity"), (head, "")):
        with pytest.raises(Refused):
            show_number(who, reason)
    assert "individual_number_shown" not in kinds(case)
    assert show_number(head, "compare_with_form") == forms[0]["individual_number"]
    assert kinds(case)[-1] == "individual_number_shown"


def test_a_number_is_erased_after_its_period_and_its_record_does_not_hold_it(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import NumberRow
    from sekisho.adapters.donations.one_stop_numbers import due_numbers, erase_number
    from sekisho.adapters.donations.one_stop_vault import CaseVault

    case = take_application(donate(forms)[0], forms[0])
    sealed = bytes(NumberRow.objects.get().sealed)
    assert due_numbers(AREA, date(2033, 12, 31)) == []
    with pytest.raises(Refused):
        erase_number(deed(case), date(2033, 12, 31))
    assert due_numbers(AREA, date(2034, 1, 1)) == [case]
    proof = erase_number(deed(case, "", None), date(2034, 1, 1))
    assert proof["searched"] is True
    assert forms[0]["individual_number"] not in str(proof) + row_of(case).number_proof + ledger_text()
    with pytest.raises(KeyFault):
        CaseVault(AREA).open_number(case, sealed)  # a backup's row opens no more


def test_a_picture_lies_sealed_and_goes_with_its_key_on_its_day(donate: Donate, forms: Forms) -> None:
    from sekisho.adapters.donations.models import IdentityImageRow
    from sekisho.adapters.donations.one_stop_numbers import due_images, erase_image, keep_image, show_image

    case = take_application(donate(forms)[0], forms[0])
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    image = keep_image(deed(case), "card_front", picture, date(2027, 3, 31))
    assert picture not in bytes(IdentityImageRow.objects.get().sealed or b"")
    assert show_image(deed(case), image) == ("image/png", picture)
    assert due_images(AREA, date(2027, 3, 31)) == []
    assert due_images(AREA, date(2027, 4, 1)) == [(case, image)]
    erase_image(deed(case, "", None), image)
    with pytest.raises(Refused):
        show_image(deed(case), image)
    assert kinds(case)[-3:] == ["identity_image_kept", "viewed", "identity_image_erased"]
    with pytest.raises(Refused):
        keep_image(deed(case), "card_front", b"%PDF-1.7", date(2027, 3, 31))


def test_another_area_finds_no_case(donate: Donate, forms: Forms) -> None:
    from dataclasses import replace

    from sekisho.adapters.donations.one_stop_numbers import show_number

    case = take_application(donate(forms)[0], forms[0])
    with pytest.raises(Refused) as refused:
        show_number(replace(deed(case, "kosuge", ("head",)), area="401307"), "compare_with_form")
    assert refused.value.reasons[0].code is ReasonCode.NOT_FOUND
    assert AT.year == 2026
