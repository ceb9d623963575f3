"""What rows promise: state and entry together, one key one answer, a permit by two, columns that open in one place."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import Approved
from sekisho.kernel import (
    Findings,
    Inspected,
    LedgerFault,
    Reason,
    ReasonCode,
    Refused,
    SekishoError,
    Stored,
    because,
    find_permit,
    make_clearance,
    make_inspected,
    make_landed,
    make_stopped,
)
from tests.integration.conftest import NOW, Office
from tests.unit.decisions.granted import passage_of

DOWN = "registry-notices-down"
FOUND = Findings(media_type="text/csv", layout="registry_notice", size=9, records=3, items=frozenset({"lot_number"}))


def receive(office: Office, parcel: str, key: str = "") -> None:
    """Write down that a parcel has landed."""
    from sekisho.adapters.database.entrances import EntranceBook, Once
    from sekisho.adapters.database.registers import Register
    from sekisho.kernel import Admitted, Waybill

    on_file = find_permit(office.tenant, DOWN, Register())
    passage = passage_of(on_file.specification, at=NOW)
    waybill = Waybill(parcel=parcel, tenant=office.tenant, connection=DOWN, permit=on_file.permit.permit)
    admitted = Admitted(waybill=waybill, passage=passage, on_file=on_file, announced_digest="")
    once = Once(bearer="terminal", key=key) if key else None
    EntranceBook(once=once).received(admitted, Stored(size=9, digest="d" * 64, place="inline"))


def inspected(parcel: str) -> Inspected:
    """The parcel after inspection."""
    from sekisho.adapters.database.passages import find_parcel, load_landed, receipts_of

    landed = load_landed(find_parcel(parcel), receipts_of([parcel]))
    return make_inspected(make_landed(landed.waybill, landed.passage, landed.stored, landed.receipt), FOUND)


def kinds(parcel: str) -> list[str]:
    """The kinds of entry of a parcel."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.filter(parcel=parcel).order_by("id").values_list("kind", flat=True))


def test_the_same_key_twice_leaves_one_parcel_and_one_entry(office: Office) -> None:
    from sekisho.adapters.database.entrances import Once, remembered
    from sekisho.adapters.database.models import Parcel

    receive(office, "p1", "key-1")
    with pytest.raises(SekishoError):
        receive(office, "p2", "key-1")
    assert (kinds("p1"), kinds("p2")) == (["received"], [])
    assert not Parcel.objects.filter(parcel="p2").exists()
    known = remembered(office.tenant, Once(bearer="terminal", key="key-1"))
    assert known is not None
    assert known.parcel == "p1"


def test_a_key_of_one_municipality_is_unknown_in_the_other(office: Office, neighbour: Office) -> None:
    from sekisho.adapters.database.entrances import Once, remembered

    receive(office, "p1", "key-1")
    receive(neighbour, "p2", "key-1")
    answers = [remembered(each.tenant, Once(bearer="terminal", key="key-1")) for each in (office, neighbour)]
    assert [each.parcel if each else "" for each in answers] == ["p1", "p2"]


def test_a_state_without_its_entry_is_taken_back(office: Office) -> None:
    from sekisho.adapters.database.models import Effect, Parcel
    from sekisho.adapters.database.passages import ParcelBook

    receive(office, "p1")
    form = inspected("p1")
    too_large: Reason = because(ReasonCode.NOT_IN_THIS_STATE, what="x" * 70_000, state="y")
    with pytest.raises(LedgerFault):
        ParcelBook().stopped(form, make_stopped(form.waybill, (too_large,)), NOW)
    assert Parcel.objects.get(parcel="p1").state == "received"
    assert not Effect.objects.filter(workflow="p1").exists()
    assert kinds("p1") == ["received"]


def test_a_parcel_moves_only_along_the_table(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel, ParcelState
    from sekisho.adapters.database.passages import NEXT_STATES, _move

    receive(office, "p1")
    assert set(NEXT_STATES) == set(ParcelState)
    for before in ParcelState:
        for after in set(ParcelState) - NEXT_STATES[before]:
            Parcel.objects.filter(parcel="p1").update(state=before)
            with pytest.raises(SekishoError):
                _move("p1", after)
        for after in NEXT_STATES[before]:
            Parcel.objects.filter(parcel="p1").update(state=before)
            _move("p1", after)
            assert Parcel.objects.get(parcel="p1").state == after


def test_what_was_decided_first_stays_decided(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.passages import ParcelBook

    receive(office, "p1")
    form, book = inspected("p1"), ParcelBook()
    book.cleared(form, make_clearance(form, frozenset(), under=form.waybill.permit), NOW)
    book.cleared(form, make_clearance(form, frozenset(), under=form.waybill.permit), NOW)
    book.stopped(form, make_stopped(form.waybill, (because(ReasonCode.EMPTY_PARCEL),)), NOW)
    assert kinds("p1") == ["received", "cleared"]
    assert Parcel.objects.get(parcel="p1").state == "cleared"


def test_a_resumed_hall_still_knows_what_is_masked(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.passages import ParcelBook, load_clearance, receipts_of

    for parcel, masked in (("p1", frozenset({"sex", "age"})), ("p2", frozenset[str]())):
        receive(office, parcel)
        form = inspected(parcel)
        clearance = make_clearance(form, frozenset({"x"}), masked, form.waybill.permit)
        ParcelBook().cleared(form, clearance, NOW)
        again = load_clearance(Parcel.objects.get(parcel=parcel), receipts_of([parcel]))
        assert (again.mask, again.strip) == (masked, frozenset({"x"}))


@pytest.mark.parametrize("name", ["specification", "signatures"])
@pytest.mark.parametrize("garbage", [None, [], {}, "x", 7, [None], [{"signer": "a"}], {"tenant": 1}])
def test_whatever_stands_in_a_permit_s_row_ends_in_a_refusal(office: Office, name: str, garbage: Any) -> None:
    from django.db.models import JSONField, Value

    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.registers import Register

    PermitRow.objects.filter(connection=DOWN).update(**{name: Value(garbage, JSONField())})
    with pytest.raises(Refused):
        find_permit(office.tenant, DOWN, Register())


def test_one_person_alone_issues_no_permit_and_stops_one(office: Office) -> None:
    from sekisho.adapters.database.permits import StopCause, stop_permit
    from sekisho.adapters.database.registers import Register
    from sekisho.adapters.database.setup import issue_permit

    approved: Approved = office.dossier.approved[0]
    with pytest.raises(SekishoError):
        issue_permit(approved, [office.dossier.issuers[0]] * 2, NOW)
    active = find_permit(office.tenant, DOWN, Register()).permit.permit
    assert stop_permit(office.tenant, active, "glover", StopCause.OTHER, NOW) == "suspended"
    with pytest.raises(Refused) as refusal:
        find_permit(office.tenant, DOWN, Register())
    assert [reason.code for reason in refusal.value.reasons] == [ReasonCode.PERMIT_NOT_ACTIVE]


def test_a_permit_that_is_issued_again_stays_what_it_was_and_a_superseded_one_is_an_entry(office: Office) -> None:
    from sekisho.adapters.database.models import EntryRow, PermitRow
    from sekisho.adapters.database.setup import issue_permit

    row = PermitRow.objects.filter(status="active").order_by("id")[0]
    approved = next(each for each in office.dossier.approved if each.permit == row.permit)
    again = issue_permit(approved, office.dossier.issuers, NOW + timedelta(days=1))
    assert again.issued_at == NOW.isoformat()
    gone = {each.permit for each in PermitRow.objects.filter(status="superseded")}
    told = {json.loads(bytes(each.body))["permit"] for each in EntryRow.objects.filter(kind="permit_superseded")}
    assert gone == told
    assert gone


def test_a_sealed_column_opens_only_where_it_was_sealed_and_dies_with_its_key(office: Office) -> None:
    from sekisho.adapters.database.sealing import Seals
    from sekisho.adapters.keys import open_key_store

    seals = Seals(office.tenant)
    seals.prepare(["one", "other"])
    sealed = seals.seal("one", "person/name/1", {"name": "見本 髙子"})
    assert seals.open("one", "person/name/1", sealed) == {"name": "見本 髙子"}
    assert "見本".encode() not in sealed
    for subject, place, found in (
        ("one", "person/name/2", sealed),
        ("other", "person/name/1", sealed),
        ("one", "person/name/1", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(SekishoError):
            seals.open(subject, place, found)
    open_key_store().destroy(office.tenant, ["subject/one"])
    with pytest.raises(SekishoError):
        Seals(office.tenant).open("one", "person/name/1", sealed)


def test_search_keys_of_two_municipalities_do_not_meet(office: Office) -> None:
    from sekisho.adapters.database.sealing import Seals

    here, there = Seals(office.tenant), Seals("401307")
    assert here.search_key("浦上町1-1") == Seals(office.tenant).search_key("浦上町1-1")
    assert here.search_key("浦上町1-1") != there.search_key("浦上町1-1")


def test_a_secret_is_made_once_for_its_owner_only_also_beside_a_dead_draft(tmp_path: Path) -> None:
    import os

    from sekisho.adapters.database.home import Home

    home = Home(folder=tmp_path / "home")
    first = home.secret("a.key")
    (home.folder / f".b.key.{os.getpid()}").write_bytes(b"left by a killed process of the same number")
    assert home.secret("b.key") != first
    assert home.secret("a.key") == first
    assert (home.folder / "a.key").stat().st_mode & 0o777 == 0o600
    assert home.folder.stat().st_mode & 0o777 == 0o700
