"""S-510 and S-511 in a browser: in order at two widths, and the sheet for the minutes read back from its print."""

import pypdfium2
import pytest
import zxingcpp

from sekisho.adapters.database.ledgers import ledger_verifier_key
from sekisho.adapters.database.models import WitnessRow
from sekisho.adapters.database.witnesses import (
    Appointment,
    appoint_witness,
    keep_cosignature,
    note_objection,
    request_for,
)
from sekisho.adapters.witnesses import WitnessBook, found_book
from sekisho.bootstrap import now
from sekisho.kernel import WitnessObjection
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


@pytest.fixture
def book(mine: Belongings, tmp_path_factory: pytest.TempPathFactory) -> WitnessBook:
    """A witness without a line that has signed once, and one that objects."""
    book = found_book(tmp_path_factory.mktemp("witness"), "secretariat")
    book.trust(ledger_verifier_key(NAGASAKI))
    appoint_witness(NAGASAKI, Appointment(key=book.key), "konpira", now())
    row = WitnessRow.objects.get(name="secretariat")
    keep_cosignature(row, book.answer(request_for(row), 1_800_000_000).line, now())
    other = found_book(tmp_path_factory.mktemp("other"), "prefecture")
    appoint_witness(NAGASAKI, Appointment(key=other.key), "konpira", now())
    note_objection(WitnessRow.objects.get(name="prefecture"), WitnessObjection.ROLLED_BACK, 999, now())
    return book


def test_the_ledger_and_its_witnesses_are_in_order(desk: Desk, book: WitnessBook) -> None:
    for name, address in (("S-510", "/evidence/witnesses/"), ("S-511", "/evidence/witnesses/secretariat/")):
        desk.go(address)
        assert_in_order(desk, name)


def test_the_sheet_is_one_page_of_a4_and_both_codes_read_back_from_paper(desk: Desk, book: WitnessBook) -> None:
    desk.go("/evidence/witnesses/secretariat/")
    printed = pypdfium2.PdfDocument(desk.print("S-511"))
    assert [tuple(round(each) for each in page.get_size()) for page in printed][:1] == [(595, 842)]
    assert len(printed) == 1
    scan = printed[0].render(scale=200 / 72).to_pil()
    codes = sorted(zxingcpp.read_barcodes(scan.convert("L")), key=lambda each: each.position.top_left.y)
    read = [each.text for each in codes]
    assert read[0] == request_for(WitnessRow.objects.get(name="secretariat"))
    assert "— secretariat " in read[1]
