"""山形市 2018, 海士町 2025: a list of donors, or their Individual Numbers, leaves by no exit, whatever its name."""

import io
from random import Random
from typing import Any

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.kernel import PEOPLE_LIST, Erased, ReasonCode, Stopped
from sekisho.records import write
from tests.fakes.one_stop import typed_form
from tests.integration.conftest import Office
from tests.integration.gate.test_inspection import DOCUMENTS, codes, office_with, send
from tests.integration.scanners.conftest import pack

PUBLIC: dict[str, Any] = {
    **DOCUMENTS,
    "types": ("application/pdf", "application/zip", "text/plain", "text/csv"),
}
PEOPLE = 40


def donors() -> list[dict[str, str]]:
    """Made-up donors."""
    chance = Random(2018)
    return [typed_form(chance) for _ in range(PEOPLE)]


def as_text() -> bytes:
    """The list as a spreadsheet exports it."""
    rows = (f"{each['name']},{each['kana']},{each['address']},{each['amount']}" for each in donors())
    return "\r\n".join(["氏名,フリガナ,住所,金額", *rows, ""]).encode("cp932")


@pytest.fixture
def public(home: Any, transactional_db: None) -> Office:
    """An office that sends notices for the public: texts and archives."""
    return office_with(**PUBLIC)


@pytest.mark.parametrize("shape", ["text", "in an archive"])
def test_a_donor_list_that_goes_as_a_notice_for_the_public_is_refused(public: Office, shape: str) -> None:
    body = as_text() if shape == "text" else pack(("kouhyou.csv", as_text()))
    outcome = send(public, body)
    assert isinstance(outcome, Stopped)
    assert (codes(outcome), outcome.held) == ({ReasonCode.PEOPLE_LIST_FOUND}, False)
    assert str(PEOPLE) in outcome.reasons[0].ja
    assert donors()[0]["name"] not in outcome.reasons[0].ja


def test_individual_numbers_in_a_notice_for_the_public_are_refused(public: Office) -> None:
    body = f"お知らせ\r\n個人番号 {donors()[0]['individual_number']}\r\n".encode()
    assert codes(send(public, body)) == {ReasonCode.INDIVIDUAL_NUMBER_FOUND}


def test_what_the_public_may_read_goes_on(public: Office) -> None:
    body = "令和8年のふるさと納税は7万2千件、寄附金額は12億円でした。\r\n担当: ふるさと納税推進室\r\n".encode() * 30
    assert isinstance(send(public, pack(("oshirase.txt", body))), Erased)


def test_a_list_that_the_council_approved_by_name_goes_on(home: Any, transactional_db: None) -> None:
    office = office_with(**{**PUBLIC, "items": ("document", PEOPLE_LIST)})
    assert isinstance(send(office, pack(("meibo.csv", as_text()))), Erased)


def test_donors_in_the_columns_of_a_file_of_land_are_refused_though_every_record_fits(
    home: Any, transactional_db: None
) -> None:
    layout = shipped_layouts().find("price_notice")
    office = office_with(layouts=("price_notice",), items=tuple(field.item for field in layout.fields))
    rows = [
        {
            "city_code": "422011", "fiscal_year": "2026", "property_kind": "土地",
            "real_property_number": f"{number:013d}",
            "location": f"{each['kana']} {each['address']}", "lot_number": f"{number}番", "category": "宅地",
            "area": "100.00", "price": each["amount"], "base_year_kind": "基準",
        }
        for number, each in enumerate(donors(), start=1)
    ]  # fmt: skip
    kept = io.BytesIO()
    for piece in write(layout, rows):
        kept.write(piece)
    outcome = send(office, kept.getvalue())
    assert ReasonCode.PEOPLE_LIST_FOUND in codes(outcome)
    assert ReasonCode.RECORDS_FAULTY not in codes(outcome)
