"""Inspection in the corridor: documents go on rebuilt, what was not judged is held and answered, canaries, columns."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.layouts import shipped_layouts
from sekisho.bootstrap import cross_file
from sekisho.kernel import Erased, ReasonCode, Standing, Stopped
from tests.integration.conftest import NOW, Office, enter
from tests.integration.gate.test_crossing import DOWN, kinds, notices
from tests.integration.scanners.conftest import nest, pack
from tests.integration.scanners.test_rebuilding import MARKS, dangerous_pdf, opened

GOLDEN = Path("tests/golden/layouts")
TERMINAL = ("asset-tax-terminal-1", "urakami")
OFFICER = Standing(person="inasa", terminal="asset-tax-terminal-1", agency="mayor", department="asset_tax")


def send(office: Office, body: bytes) -> Erased | Stopped:
    """One crossing."""
    return cross_file((office.tenant, DOWN), TERMINAL, (iter([body]), len(body)))


def office_with(**changes: Any) -> Office:
    """Nagasaki, with another approval of the same connection."""
    text = shipped_dossier()
    dossier = read_dossier(text)
    approved = [
        replace(each, specification=replace(each.specification, **changes))
        if each.specification.connection == DOWN
        else each
        for each in dossier.approved
    ]
    return enter(replace(dossier, approved=approved), text)


DOCUMENTS: dict[str, Any] = {
    "layouts": ("document",),
    "items": ("document",),
    "types": ("application/pdf", "application/zip"),
}


@pytest.fixture
def documents(home: Path, transactional_db: None) -> Office:
    """An office whose council approved PDF and archives, if they are rebuilt in a sandbox."""
    return office_with(**DOCUMENTS, rebuild=True, inspections=("sandbox", "rules"))


def codes(outcome: Erased | Stopped) -> set[ReasonCode]:
    """Why it was stopped."""
    assert isinstance(outcome, Stopped)
    return {reason.code for reason in outcome.reasons}


def last_entry(office: Office, parcel: str, kind: str) -> dict[str, Any]:
    """The last entry of a kind about a parcel."""
    from sekisho.adapters.database.models import EntryRow
    from sekisho.kernel import decode_entry

    row = EntryRow.objects.filter(tenant_id=office.tenant, parcel=parcel, kind=kind).latest("id")
    return dict(decode_entry(bytes(row.body)))


def landed(office: Office, parcel: str) -> bytes:
    """What the recipients of a delivered parcel read."""
    from sekisho.adapters.database.models import Document

    return plain_document(office, Document.objects.get(parcel=parcel))


def plain_document(office: Office, row: Any) -> bytes:
    """A landed document, opened with its key."""
    from sekisho.adapters.carriers.in_house import document_key, document_place
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.keys import open_key_store
    from sekisho.adapters.objects import open_chunks

    key = open_key_store().open(office.tenant, document_key(row.document))
    inline = bytes(row.inline) if row.inline is not None else None
    return b"".join(open_chunks(find_home().parcels, (row.place, inline), document_place(row.document), key))


def test_only_the_rebuilt_document_goes_on_and_its_digest_is_in_the_ledger(documents: Office) -> None:
    outcome = send(documents, dangerous_pdf())
    assert isinstance(outcome, Erased)
    parcel = outcome.waybill.parcel
    arrived = landed(documents, parcel)
    assert not [mark for mark in MARKS if mark in opened(arrived)]
    found = last_entry(documents, parcel, "cleared")["found"]
    assert found["rebuilt_sha256"] == hashlib.sha256(arrived).hexdigest()
    assert {"script", "program", "attachment"} <= set(found["removed"])
    assert {"sandbox", "rules"} <= set(found["profile"])
    assert len(found["rules_sha256"]) == 64


def test_without_rebuilding_a_document_that_could_run_is_refused(home: Path, transactional_db: None) -> None:
    office = office_with(**DOCUMENTS)
    assert codes(send(office, dangerous_pdf())) == {ReasonCode.ACTIVE_CONTENT}


@pytest.mark.parametrize(
    ("body", "held", "expected"),
    [
        (nest(b"a", 5), True, {ReasonCode.NOT_SCANNABLE, ReasonCode.NOT_REBUILT}),
        (b"%PDF-1.7\nnothing\n%%EOF", True, {ReasonCode.NOT_SCANNABLE, ReasonCode.NOT_REBUILT}),
        (pack(("a.csv", b"1\r\n")), True, {ReasonCode.NOT_REBUILT}),
        (pack(("../a.csv", b"1\r\n")), False, {ReasonCode.HARMFUL, ReasonCode.NOT_REBUILT}),
        (b"a,b\r\n", False, {ReasonCode.TYPE_NOT_APPROVED, ReasonCode.NOT_REBUILT}),
    ],
)
def test_what_cannot_be_judged_is_held_and_what_deceives_is_refused(
    documents: Office, body: bytes, held: bool, expected: set[ReasonCode]
) -> None:
    from sekisho.adapters.database.models import Document

    outcome = send(documents, body)
    assert codes(outcome) == expected
    assert isinstance(outcome, Stopped)
    assert outcome.held is held
    assert not Document.objects.exists()
    assert ("erased" in kinds(documents, outcome.waybill.parcel)) is not held


def test_a_permit_can_demand_a_scanner_that_this_machine_lacks(home: Path, transactional_db: None) -> None:
    office = office_with(inspections=("clamd",))
    outcome = send(office, notices())
    assert codes(outcome) == {ReasonCode.PROFILE_TOO_WEAK}
    assert isinstance(outcome, Stopped)
    assert outcome.held


def test_records_with_a_formula_are_refused_where_nothing_is_rebuilt(home: Path, transactional_db: None) -> None:
    office = office_with(rebuild=False)
    assert codes(send(office, _with_formula(notices()))) == {ReasonCode.ACTIVE_CONTENT}


def _with_formula(body: bytes) -> bytes:
    """The same notices with a formula in a free text of the first record."""
    from sekisho.records import read, write

    layout = shipped_layouts().find("registry_notice")
    rows = [dict(each.values) for each in read(layout, [body])]
    rows[0]["remarks"] = "=1+1"
    return b"".join(write(layout, iter(rows)))


def test_rebuilt_records_keep_every_value_and_no_formula(home: Path, transactional_db: None) -> None:
    from sekisho.records import read

    office = office_with(rebuild=True)
    body = _with_formula(notices())
    outcome = send(office, body)
    assert isinstance(outcome, Erased)
    layout = shipped_layouts().find("registry_notice")
    came, went = (
        [dict(each.values) for each in read(layout, [data])] for data in (body, landed(office, outcome.waybill.parcel))
    )
    assert went[0].pop("remarks") == "'=1+1"
    assert came[0].pop("remarks") == "=1+1"
    assert went == came
    assert last_entry(office, outcome.waybill.parcel, "cleared")["found"]["removed"] == ["formula"]


def work(parcels: list[str]) -> None:
    """What the worker does with these parcels."""
    from sekisho.bootstrap.steps import STEPS

    for step in ("examine", "deliver", "erase"):
        STEPS[step](parcels)


def test_a_silent_scanner_holds_a_parcel_until_it_is_examined_again(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.held import examine_again

    monkeypatch.setenv("SEKISHO_CLAMD", str(tmp_path / "nobody"))
    outcome = send(office, notices())
    assert codes(outcome) == {ReasonCode.NOT_SCANNABLE}
    parcel = outcome.waybill.parcel
    examine_again(office.tenant, parcel, OFFICER, NOW)
    work([parcel])
    assert kinds(office, parcel) == ["received", "held", "examined_again", "held"]
    monkeypatch.delenv("SEKISHO_CLAMD")
    examine_again(office.tenant, parcel, OFFICER, NOW)
    work([parcel])
    assert kinds(office, parcel)[4:6] == ["examined_again", "cleared"]
    assert kinds(office, parcel)[-1] == "erased"
    assert landed(office, parcel) == notices()


def test_a_held_parcel_that_is_refused_is_erased_and_only_a_held_one_can_be_answered(
    office: Office, neighbour: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.held import examine_again, refuse_held
    from sekisho.kernel import Refused

    monkeypatch.setenv("SEKISHO_CLAMD", str(tmp_path / "nobody"))
    parcel = send(office, notices()).waybill.parcel
    with pytest.raises(Refused):
        refuse_held(neighbour.tenant, parcel, OFFICER, NOW)
    refuse_held(office.tenant, parcel, OFFICER, NOW)
    with pytest.raises(Refused):
        examine_again(office.tenant, parcel, OFFICER, NOW)
    work([parcel])
    assert kinds(office, parcel) == ["received", "held", "refused", "erasing", "erased"]


def test_another_municipalitys_canary_holds_a_parcel_and_raises_an_alarm(office: Office, neighbour: Office) -> None:
    from sekisho.adapters.database.canaries import register_canary

    register_canary(neighbour.tenant, "見張り番 諏訪ノ森 架空子", NOW)
    register_canary(office.tenant, "見張り番 出島 架空男", NOW)
    clean = notices()
    assert isinstance(send(office, clean), Erased)
    assert isinstance(send(office, _with_remark(clean, "見張り番 出島 架空男")), Erased), "one's own may be there"
    outcome = send(office, _with_remark(clean, "見張り番 諏訪ノ森 架空子"))
    assert codes(outcome) == {ReasonCode.FOREIGN_CANARY}
    assert isinstance(outcome, Stopped)
    assert outcome.held
    assert kinds(office, outcome.waybill.parcel) == ["received", "held", "alarm_raised"]
    assert last_entry(office, outcome.waybill.parcel, "alarm_raised")["alarm"]["facts"]["municipality"] == "401307"


def _with_remark(body: bytes, remark: str) -> bytes:
    """The same notices with a remark in the first record."""
    from sekisho.records import read, write

    layout = shipped_layouts().find("registry_notice")
    rows = [dict(each.values) for each in read(layout, [body])]
    rows[0]["remarks"] = remark
    return b"".join(write(layout, iter(rows)))


def test_a_column_that_a_layout_declares_for_individual_numbers_is_approved_as_such_or_does_not_cross(
    home: Path, transactional_db: None
) -> None:
    """Even empty: that an item is approved by its name does not say that it may be an Individual Number."""
    layout = shipped_layouts().find("nta.313")
    items = tuple({field.item for field in layout.fields})
    office = office_with(layouts=("nta.313",), items=items, types=("text/csv",))
    body = (GOLDEN / "nta_313_2025" / "good.txt").read_bytes()
    outcome = send(office, body)
    assert isinstance(outcome, Stopped)
    told = [reason for reason in outcome.reasons if reason.code is ReasonCode.NUMBER_COLUMN_NOT_APPROVED]
    assert [reason.facts["column"] for reason in told] == ["agent_number", "filer_number", "payee_number"]
    assert not any(reason.code is ReasonCode.ITEM_NOT_APPROVED for reason in outcome.reasons)
