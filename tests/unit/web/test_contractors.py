"""Contractors and the marks of Individual Numbers are written in the form of a draft, and come back as typed."""

from dataclasses import replace

import pytest

from sekisho.kernel.council import Processor
from sekisho.web.pages.deliberation.contractors import FIELDS, MORE, contractor_fields, read_contractors
from sekisho.web.pages.deliberation.draft_form import draft_sections
from sekisho.web.pages.deliberation.draft_reading import read_draft
from tests.fakes.council import DOWN, Desks, open_council, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

ROW = {
    "contractor": "印刷業者",
    "works_for": "長崎市",
    "task": "印字",
    "place_of_data": "市内の工場",
    "certificate": "なし",
    "certificate_until": "なし",
}
PRINTER = Processor(**ROW)
DOSSIER = paper_56().dossier
MARK = f"sheet.{DOWN}.item.owner_name.individual_number"


def typed(number: int, row: dict[str, str]) -> dict[str, str]:
    """A row of the form."""
    return {f"contractor.{number}.{name}": value for name, value in row.items()}


def test_a_contractor_is_added_changed_and_taken_out() -> None:
    assert read_contractors(DOSSIER, {}) == ()
    assert read_contractors(DOSSIER, typed(2, ROW)) == (PRINTER,)
    one = replace(DOSSIER, processors=(PRINTER,))
    assert read_contractors(one, {}) == (PRINTER,)
    changed = read_contractors(one, {"contractor.1.certificate": " プライバシーマーク "})
    assert changed == (replace(PRINTER, certificate="プライバシーマーク"),)
    assert read_contractors(one, {"contractor.1.contractor": " "}) == ()
    assert read_contractors(one, typed(2, ROW | {"task": "封入"})) == (PRINTER,), "one name stands once"


def test_the_form_shows_what_is_written_and_blank_rows() -> None:
    fields = tuple(contractor_fields(replace(DOSSIER, processors=(PRINTER,))))
    assert len(fields) == (1 + MORE) * len(FIELDS)
    assert [each.value for each in fields[: len(FIELDS)]] == list(ROW.values())
    assert {each.value for each in fields[len(FIELDS) :]} == {""}


@pytest.mark.parametrize(("said", "marked"), [("yes", True), ("no", False)])
def test_an_item_is_marked_as_an_individual_number_or_not(said: str, *, marked: bool) -> None:
    paper = paper_56()
    names = {each.name for section in draft_sections(paper) for each in section.fields}
    assert MARK in names
    sheet = read_draft(paper, {MARK: said}).dossier.sheet_of(DOWN)
    assert sheet is not None
    assert {each.item: each.individual_number for each in sheet.items}["owner_name"] is marked
    kept = read_draft(read_draft(paper, {MARK: said}), {}).dossier.sheet_of(DOWN)
    assert kept == sheet


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def test_what_the_drafter_types_is_saved_and_shown_again(mine: Desks) -> None:
    client, address = client_of("doza"), f"/matters/{mine.draft}/edit/"
    assert client.post(address, {**typed(1, ROW), MARK: "yes"}).status_code == 302
    page = client.get(address).content.decode()
    assert 'value="印刷業者"' in page
    assert '<option value="yes" selected>' in page.partition(f'name="{MARK}"')[2].partition("</select>")[0]
