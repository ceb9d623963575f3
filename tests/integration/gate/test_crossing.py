"""The corridor over the real database, keys and landing store; only the counterpart is inside the house."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.bootstrap import cross_file
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file, with_number, with_sex
from sekisho.kernel import Erased, ReasonCode, Refused, Specification, Stopped
from tests.integration.conftest import Office

TERMINAL = ("asset-tax-terminal-1", "urakami")
DOWN = "registry-notices-down"


def notices(count: int = 20, make: Callable[..., Any] = notice_file, *more: Any) -> bytes:
    """A file of notices."""
    ledger = make_ledger(Random(1), 100)
    rows = make_rows(Random(2), ledger, count, misfits=0.0)
    return b"".join(make(shipped_layouts().find("registry_notice"), rows, *more))


def send(office: Office, body: bytes, bearer: tuple[str, str] = TERMINAL) -> Erased | Stopped:
    """One crossing."""
    return cross_file((office.tenant, DOWN), bearer, (iter([body]), len(body)))


def kinds(office: Office, parcel: str) -> list[str]:
    """The entries of a parcel, in order."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=office.tenant, parcel=parcel).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_notices_cross_land_and_are_proposed_once(office: Office) -> None:
    from sekisho.adapters.database.models import Document, Parcel, ProposalRow

    outcome = send(office, notices())
    assert isinstance(outcome, Erased)
    parcel = outcome.waybill.parcel
    assert kinds(office, parcel) == ["received", "cleared", "leaving", "proposed", "delivered", "erasing", "erased"]
    document = Document.objects.get(parcel=parcel)
    assert document.recipients == ["urakami", "inasa"]
    assert ProposalRow.objects.filter(document=document.document).count() == int(document.summary["notices"])
    row = Parcel.objects.get(parcel=parcel)
    assert (row.place, row.inline) == ("", None)


def test_nothing_personal_is_readable_in_the_home_folder_and_the_search_would_find_it(
    office: Office, home: Path
) -> None:
    from django.db import connection

    body = notices()
    outcome = send(office, body)
    assert isinstance(outcome, Erased)
    marks = [mark for family in ("浦上", "稲佐", "德永") for mark in (family.encode(), family.encode("cp932"))]
    assert any(mark in body for mark in marks)
    with connection.cursor() as cursor:
        cursor.execute("select sealed from database_proposalrow")
        rows = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert rows
    assert not any(mark in rows for mark in marks)
    stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert not any(mark in stored for mark in marks)
    (home / "planted").write_bytes(body)
    stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert any(mark in stored for mark in marks)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (notices(20, with_sex), ReasonCode.ITEM_NOT_APPROVED),
        (notices(20, with_number, Random(3)), ReasonCode.INDIVIDUAL_NUMBER_FOUND),
        (notices(20).replace(b"422011", b"422029"), ReasonCode.OTHER_MUNICIPALITY),
    ],
)
def test_what_the_council_did_not_approve_is_refused_and_erased(office: Office, body: bytes, code: ReasonCode) -> None:
    from sekisho.adapters.database.models import Document

    outcome = send(office, body)
    assert isinstance(outcome, Stopped)
    assert [reason.code for reason in outcome.reasons] == [code]
    assert kinds(office, outcome.waybill.parcel) == ["received", "refused", "erasing", "erased"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("bearer", "code"),
    [
        (("asset-tax-terminal-2", "urakami"), ReasonCode.TERMINAL_NOT_APPROVED),
        (("asset-tax-terminal-1", "dejima"), ReasonCode.PERSON_NOT_NAMED),
        (("asset-tax-terminal-1", "nobody"), ReasonCode.NOT_IDENTIFIED),
        (("no-such-terminal", "urakami"), ReasonCode.NOT_IDENTIFIED),
    ],
)
def test_who_was_not_approved_is_turned_away_before_a_byte(
    office: Office, home: Path, bearer: tuple[str, str], code: ReasonCode
) -> None:
    from sekisho.adapters.database.models import EntryRow

    with pytest.raises(Refused) as refusal:
        send(office, notices(), bearer)
    assert code in {reason.code for reason in refusal.value.reasons}
    assert EntryRow.objects.filter(kind="refused").count() == 1
    assert not (home / "parcels").exists()


@pytest.mark.parametrize("name", [field.name for field in fields(Specification)])
def test_editing_any_approved_field_in_the_database_kills_the_permit(office: Office, name: str) -> None:
    from sekisho.adapters.database.models import PermitRow

    row = PermitRow.objects.get(tenant_id=office.tenant, permit="R1-56-01")
    before: Any = row.specification.get(name, "" if name == "assessment" else [])
    edited = [*before, "x"] if isinstance(before, list) else before + 1 if isinstance(before, int) else f"{before}x"
    row.specification = {**row.specification, name: (not before) if isinstance(before, bool) else edited}
    row.save()
    with pytest.raises(Refused) as refusal:
        send(office, notices())
    assert ReasonCode.PERMIT_ALTERED in {reason.code for reason in refusal.value.reasons}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"signatures": []}, ReasonCode.PERMIT_NOT_SIGNED),
        ({"status": "suspended"}, ReasonCode.PERMIT_NOT_ACTIVE),
        ({"document": b"{}"}, ReasonCode.PERMIT_ALTERED),
        ({"permit": "R9-99-99"}, ReasonCode.PERMIT_NOT_SIGNED),
    ],
)
def test_a_permit_that_was_tampered_with_opens_nothing(
    office: Office, change: dict[str, object], code: ReasonCode
) -> None:
    from sekisho.adapters.database.models import PermitRow

    PermitRow.objects.filter(permit="R1-56-01").update(**change)
    with pytest.raises(Refused) as refusal:
        send(office, notices())
    assert code in {reason.code for reason in refusal.value.reasons}


def test_one_signature_twice_does_not_make_two(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    row = PermitRow.objects.get(permit="R1-56-01")
    row.signatures = [row.signatures[0], row.signatures[0]]
    row.save()
    with pytest.raises(Refused) as refusal:
        send(office, notices())
    assert {reason.code for reason in refusal.value.reasons} == {ReasonCode.PERMIT_NOT_SIGNED}


def test_a_neighbour_s_people_and_terminals_do_not_count_here(office: Office, neighbour: Office) -> None:
    from sekisho.adapters.database.models import Terminal

    Terminal.objects.filter(tenant_id=neighbour.tenant).exclude(terminal="asset-tax-terminal-1").delete()
    with pytest.raises(Refused) as refusal:
        send(office, notices(), ("asset-tax-terminal-1", "urakami-f"))
    assert {reason.code for reason in refusal.value.reasons} == {ReasonCode.NOT_IDENTIFIED}
