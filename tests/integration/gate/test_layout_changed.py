"""A layout is corrected between inspection and sealing: the parcel is held, an officer answers, and nothing leaked."""

from pathlib import Path

import pytest

from sekisho.bootstrap import STEPS
from sekisho.kernel import ReasonCode
from tests.integration.conftest import NOW, Office
from tests.integration.gate.test_crossing import kinds
from tests.integration.gate.test_inspection import OFFICER, landed, last_entry, office_with
from tests.integration.gate.test_masked import MARK, marked
from tests.integration.permits.test_alarms_and_lives import arrive


@pytest.fixture
def cleared(home: Path, transactional_db: None) -> tuple[Office, str]:
    """A parcel that was cleared with an item masked, by a layout that is another one since."""
    from sekisho.adapters.database.models import Parcel

    office = office_with(masked_items=("sex",))
    parcel = arrive(office, marked()).waybill.parcel
    assert STEPS["examine"]([parcel]) == {parcel: "cleared"}
    row = Parcel.objects.get(parcel=parcel)
    assert row.mask == ["sex"]
    Parcel.objects.filter(pk=row.pk).update(found={**(row.found or {}), "layout_sha256": "0" * 64})
    return office, parcel


def test_it_is_held_with_its_entry_and_is_not_tried_for_ever(cleared: tuple[Office, str]) -> None:
    """The planted bug: it stays cleared, the worker tries it again and again, and no screen has an answer."""
    from sekisho.adapters.database.models import Parcel

    office, parcel = cleared
    assert STEPS["deliver"]([parcel]) == {parcel: "held"}
    entry = last_entry(office, parcel, "held")
    assert (entry["hall"], [each["code"] for each in entry["reasons"]]) == ("exit", [ReasonCode.LAYOUT_CHANGED])
    row = Parcel.objects.get(parcel=parcel)
    assert (row.outcome, row.mask, row.strip, row.cargo) == ("held", None, [], None)
    assert STEPS["deliver"]([parcel]) == {parcel: "held"}
    assert kinds(office, parcel) == ["received", "cleared", "held"]


def test_examined_again_it_goes_on_by_the_layout_of_today(cleared: tuple[Office, str]) -> None:
    from sekisho.adapters.database.held import examine_again

    office, parcel = cleared
    STEPS["deliver"]([parcel])
    examine_again(office.tenant, parcel, OFFICER, NOW)
    assert [STEPS[each]([parcel])[parcel] for each in ("examine", "deliver")] == ["cleared", "delivered"]
    assert MARK.encode("cp932") not in landed(office, parcel)
    assert last_entry(office, parcel, "cleared")["mask"] == ["sex"]


def test_or_it_is_refused_and_erased(cleared: tuple[Office, str]) -> None:
    from sekisho.adapters.database.held import refuse_held

    office, parcel = cleared
    STEPS["deliver"]([parcel])
    refuse_held(office.tenant, parcel, OFFICER, NOW)
    assert STEPS["erase"]([parcel]) == {parcel: "erased"}


def test_its_page_says_so_and_offers_both_answers(cleared: tuple[Office, str]) -> None:
    from tests.unit.web.two_offices import client_of

    _, parcel = cleared
    STEPS["deliver"]([parcel])
    page = client_of("inasa", "head").get(f"/crossings/{parcel}/").content.decode()
    assert "は検査したときのものではありません" in page
    assert "いまの様式でもう一度検査するか" in page
    assert "封をするとき、検査したときの内容にできませんでした" in page
    assert 'value="again"' in page
    assert 'value="refuse"' in page
