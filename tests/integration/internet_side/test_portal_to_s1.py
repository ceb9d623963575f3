"""From a portal's bytes to S1's door, and the copy between them: erased when, and only when, S1 has every record."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counterparts.donation_portal.columns import write_file
from counterparts.donation_portal.orders import Order, Plan, make_orders
from tests.fakes.manager import PERSON, TENANT, TERMINAL, Manager
from tests.integration.conftest import Office

DONATIONS = 60


def orders_of(portal: str) -> list[Order]:
    """The made-up orders of a portal."""
    return make_orders(Plan(portal, 59, DONATIONS, 2026))


def connector(portal: str = "rakuten", **said: Any) -> Any:
    """A connector of the office."""
    from sekisho.adapters.database.home import find_home
    from sekisho.bootstrap.connectors import NewConnector, enter_connector

    facts = {"mode": "robot", "person": PERSON, "terminal": TERMINAL, **said}
    return enter_connector(find_home(), TENANT, NewConnector(connector=f"{portal}-1", portal=portal, **facts))


def bring(portal: str, body: bytes) -> str:
    """Bring a portal's file to the gate; answers the parcel."""
    from sekisho.bootstrap.connectors import bring_in, way_in

    row = connector(portal)
    return bring_in(row, way_in(TENANT, portal), body)


def work(parcels: Iterable[str]) -> dict[str, str]:
    """What the worker does with these parcels."""
    from sekisho.bootstrap import STEPS

    states: dict[str, str] = {}
    for step in ("examine", "deliver", "erase"):
        states = STEPS[step](list(parcels))
    return states


def look() -> int:
    """One look at the internet side."""
    from sekisho.bootstrap.internet_side import pass_copies_on

    return pass_copies_on(datetime.now(UTC))


def copy_of(parcel: str) -> Any:
    """The internet-side copy of a parcel."""
    from sekisho.adapters.database.models import InternetCopyRow

    return InternetCopyRow.objects.get(parcel=parcel)


def reasons_of(parcel: str) -> list[str]:
    """Why a parcel waits or was stopped."""
    from sekisho.adapters.database.models import Parcel

    return [each["code"] + ":" + str(each["facts"]) for each in Parcel.objects.get(parcel=parcel).reasons]


@pytest.mark.parametrize("portal", ["choice", "rakuten", "satofuru", "furunavi"])
def test_a_portals_file_reaches_s1_record_by_record_and_its_copy_is_erased(
    office59: Office, manager: Manager, portal: str
) -> None:
    from sekisho.adapters.database.models import Document, Parcel

    orders = orders_of(portal)
    parcel = bring(portal, write_file(portal, orders, {}))
    work([parcel])
    assert reasons_of(parcel) == []
    copy = copy_of(parcel)
    assert copy.state == "landed"
    assert look() == 1
    copy.refresh_from_db()
    assert (copy.state, copy.fault) == ("sent", "")
    assert (copy.donations, copy.amount) == (DONATIONS, sum(each.amount for each in orders))
    assert Document.objects.get(parcel=parcel).proof is None
    work([copy.sent_as])
    assert reasons_of(copy.sent_as) == []
    facts = (Parcel.objects.get(parcel=copy.sent_as).acknowledgement or {})["facts"]
    assert (facts["records"], facts["amount"]) == (str(DONATIONS), str(copy.amount))
    assert int(facts["new"]) + int(facts["known"]) == DONATIONS, "another test may have brought some of them before"
    look()
    copy.refresh_from_db()
    assert copy.state == "erased"
    proof = Document.objects.get(parcel=parcel).proof
    assert proof is not None
    assert proof["searched"]


def test_what_the_council_did_not_hear_of_is_taken_out_at_the_gate(office59: Office, home: Path) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.internet_side import read_copy

    body = write_file("rakuten", orders_of("rakuten"), {})
    parcel = bring("rakuten", body)
    work([parcel])
    assert {"order_amounts", "portal_marks", "delivery"} <= set(Parcel.objects.get(parcel=parcel).strip)
    landed = read_copy(copy_of(parcel)).decode("cp932")
    assert "請求金額" in body.decode("cp932")
    assert "請求金額" not in landed
    assert "利用端末" not in landed
    assert "合計金額" in landed.splitlines()[0]


def test_a_copy_that_is_late_keeps_the_next_file_of_the_permit_out_and_no_clock_erases_it(office59: Office) -> None:
    from sekisho.adapters.database.keeping import list_documents
    from sekisho.adapters.database.models import Document, InternetCopyRow
    from sekisho.kernel import ReasonCode, Refused

    parcel = bring("choice", write_file("choice", orders_of("choice")[:5], {}))
    work([parcel])
    past = datetime.now(UTC) - timedelta(hours=1)
    InternetCopyRow.objects.filter(parcel=parcel).update(erase_by=past)
    Document.objects.filter(parcel=parcel).update(erase_by=past)
    assert list_documents(TENANT, datetime.now(UTC)) is None
    with pytest.raises(Refused) as refused:
        bring("choice", write_file("choice", orders_of("choice")[5:9], {}))
    assert ReasonCode.ERASURE_OVERDUE in {each.code for each in refused.value.reasons}


def test_a_copy_that_was_cut_off_on_its_way_is_sent_on_once(office59: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap import internet_side

    parcel = bring("choice", write_file("choice", orders_of("choice")[:5], {}))
    work([parcel])

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(internet_side, "note_sent", cut)
        with pytest.raises(KeyboardInterrupt):
            internet_side.send_copies_on(TENANT, datetime.now(UTC))
    assert copy_of(parcel).state == "landed"
    before = set(Parcel.objects.values_list("parcel", flat=True)) - {parcel}
    assert internet_side.send_copies_on(TENANT, datetime.now(UTC)) == 1
    assert {copy_of(parcel).sent_as} == before
    assert set(Parcel.objects.values_list("parcel", flat=True)) == {parcel, *before}


def test_a_file_that_cannot_be_understood_goes_no_further_and_names_rows_only(office59: Office) -> None:
    orders = orders_of("furunavi")[:4]
    body = write_file("furunavi", orders, {}).decode()
    donor = orders[1].donor
    whole = f"{donor.prefecture}{donor.city}{donor.street}{donor.building}"
    parcel = bring("furunavi", body.replace(whole, "住所不定").encode())
    work([parcel])
    assert look() == 0
    copy = copy_of(parcel)
    assert (copy.state, copy.sent_as) == ("landed", "")
    assert "分けられません" in copy.fault
    assert "3行目" in copy.fault
    assert "住所不定" not in copy.fault


def test_a_copy_that_cannot_go_on_is_tried_less_and_less_often_and_keeps_no_other_back(office59: Office) -> None:
    from sekisho.adapters.database.models import EntryRow, InternetCopyRow, PermitRow
    from sekisho.bootstrap.internet_side import send_copies_on

    PermitRow.objects.filter(permit="R1-59-02").update(status="suspended")
    parcel = bring("choice", write_file("choice", orders_of("choice")[:3], {}))
    work([parcel])
    landed = datetime.now(UTC)
    InternetCopyRow.objects.update(landed_at=landed)
    tried = []
    for minute in range(3 * 60):
        before = EntryRow.objects.count()
        assert send_copies_on(TENANT, landed + timedelta(minutes=minute)) == 0
        tried += [minute] if EntryRow.objects.count() > before else []
    assert tried == [0, 1, 2, 4, 8, 16, 32, 64, 124]
    assert copy_of(parcel).fault
    other = bring("choice", write_file("choice", orders_of("choice")[3:5], {}))
    work([other])
    PermitRow.objects.filter(permit="R1-59-02").update(status="active")
    assert send_copies_on(TENANT, landed + timedelta(minutes=180)) == 1, "the other one is not kept back"
    assert send_copies_on(TENANT, landed + timedelta(minutes=190)) == 1
    assert (copy_of(parcel).state, copy_of(parcel).fault) == ("sent", "")


def test_a_renamed_column_in_an_officers_file_does_not_silently_vanish(office59: Office) -> None:
    parcel = bring("choice", write_file("choice", orders_of("choice")[:4], {"性別": "ご性別"}))
    work([parcel])
    assert look() == 0
    copy = copy_of(parcel)
    assert (copy.state, copy.sent_as) == ("landed", "")
    assert "性別" in copy.fault


def test_the_same_file_again_is_the_same_parcel(office59: Office) -> None:
    body = write_file("satofuru", orders_of("satofuru")[:5], {})
    assert bring("satofuru", body) == bring("satofuru", body)


def test_a_response_history_reaches_s1_by_its_own_permit(office59: Office, manager: Manager) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap.responses import Response, send_response
    from sekisho.kernel import Refused

    orders = orders_of("choice")[:3]
    parcel = bring("choice", write_file("choice", orders, {}))
    work([parcel])
    look()
    work([copy_of(parcel).sent_as])
    said = Response(
        portal="choice",
        order_number=orders[0].number,
        answered_at=datetime(2026, 11, 27, 10, 23, tzinfo=UTC),
        channel="電話",
        subject="返礼品",
        answer="到着予定を、案内した",
        closed=True,
    )
    sent = send_response(TENANT, (TERMINAL, PERSON), said)
    assert Parcel.objects.get(parcel=sent).permit == "R1-59-03"
    assert send_response(TENANT, (TERMINAL, PERSON), said) == sent, "sent twice by a double click, it is one parcel"
    with pytest.raises(Refused):
        send_response(TENANT, (TERMINAL, PERSON), replace(said, answer="別の答え"))
    work([sent])
    assert reasons_of(sent) == []
    facts = (Parcel.objects.get(parcel=sent).acknowledgement or {})["facts"]
    assert (facts["records"], facts["new"]) == ("1", "1")
