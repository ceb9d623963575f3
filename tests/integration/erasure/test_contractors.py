"""A contractor's copy has a day by the permit: reminders, alarm, refusal, and the certificate that ends it (P-23)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sekisho.kernel import Cargo, Erased, ReasonCode, Receipt, Recorded, Refused
from tests.integration.conftest import NOW, Office
from tests.integration.erasure.conftest import HEAD, RECEIPT, act, entry_kinds, waybill
from tests.integration.gate.test_crossing import notices, send

PDF = b"%PDF-1.7 made up"
Keep = Callable[[timedelta], str]


def test_the_permit_says_until_when_and_delivery_begins_the_count(office: Office) -> None:
    from sekisho.adapters.database.contractor_copies import chase
    from sekisho.adapters.database.models import ContractorCopyRow, PermitRow
    from sekisho.adapters.database.turns import writing

    row = PermitRow.objects.get(tenant_id=office.tenant, permit="R1-56-02")
    cargo = Cargo(place="inline", digest="d", size=1, recipient="r")
    recorded = Recorded(
        waybill=waybill(office, "p261124-000000000001"),
        cargo=cargo,
        counterpart="linkage_platform",
        direction="outward",
        receipt=Receipt(entry=1, leaf="0"),
    )
    with writing():
        chase(recorded, RECEIPT, NOW)
    assert not ContractorCopyRow.objects.exists(), "an approval that says nothing of it asks for nothing"
    PermitRow.objects.filter(pk=row.pk).update(specification={**row.specification, "contractor_keeps_days": 30})
    with writing():
        chase(recorded, RECEIPT, NOW)
        chase(replace(recorded, direction="inward"), RECEIPT, NOW)
    assert ContractorCopyRow.objects.get().erase_by == NOW + timedelta(days=30)
    assert entry_kinds(office)[-1] == "contractor_keeps"


def test_reminders_come_a_week_and_a_day_before_and_the_alarm_the_day_after_each_once(
    office: Office, contractor_copy: Keep
) -> None:
    from sekisho.bootstrap.erasure import pass_erasure_dates

    contractor_copy(timedelta(days=30))
    told = {}
    for day in range(29, 33):
        before = len(entry_kinds(office))
        pass_erasure_dates(office.tenant, NOW + timedelta(days=day))
        pass_erasure_dates(office.tenant, NOW + timedelta(days=day))
        told[day] = entry_kinds(office)[before:]
    pass_erasure_dates(office.tenant, NOW)
    assert told == {29: ["contractor_reminded"], 30: [], 31: ["erasure_overdue"], 32: []}


def test_the_next_crossing_is_refused_while_a_contractor_is_late_and_goes_through_afterwards(
    office: Office, contractor_copy: Keep
) -> None:
    from sekisho.bootstrap.erasure import read_certificate, take_certificate

    parcel = contractor_copy(timedelta(days=-1))
    with pytest.raises(Refused) as refused:
        send(office, notices(2))
    assert ReasonCode.ERASURE_OVERDUE in {each.code for each in refused.value.reasons}
    digest = take_certificate(act(office, HEAD), [parcel], PDF)
    assert read_certificate(office.tenant, parcel) == PDF
    assert len(digest) == 64
    assert isinstance(send(office, notices(2)), Erased)


def test_a_certificate_is_kept_sealed_and_its_digest_is_in_the_ledger(office: Office, contractor_copy: Keep) -> None:
    import hashlib
    import json

    from sekisho.adapters.database.models import ContractorCopyRow, EntryRow
    from sekisho.bootstrap.erasure import take_certificate

    parcel = contractor_copy(timedelta(days=5))
    take_certificate(act(office, HEAD), [parcel], PDF)
    row = ContractorCopyRow.objects.get(parcel=parcel)
    assert b"%PDF" not in bytes(row.certificate or b"")
    entry = json.loads(bytes(EntryRow.objects.filter(kind="contractor_certified").get().body))
    assert entry["certificate"] == hashlib.sha256(PDF).hexdigest()
    with pytest.raises(Refused):
        take_certificate(act(office, HEAD), [parcel], PDF)


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", PDF + b"x" * (2 << 20)])
def test_what_is_no_certificate_is_not_taken(office: Office, contractor_copy: Keep, content: bytes) -> None:
    from sekisho.bootstrap.erasure import take_certificate

    parcel = contractor_copy(timedelta(days=5))
    with pytest.raises(Refused) as refused:
        take_certificate(act(office, HEAD), [parcel], content)
    assert refused.value.reasons[0].code == ReasonCode.INPUT_NOT_UNDERSTOOD


def test_nobody_certifies_another_municipality_s_copy_or_without_a_role(
    office: Office, neighbour: Office, contractor_copy: Keep
) -> None:
    from sekisho.bootstrap.erasure import take_certificate

    parcel = contractor_copy(timedelta(days=5))
    for deed in (act(neighbour, "inasa-f"), act(office, "konpira")):
        with pytest.raises(Refused):
            take_certificate(deed, [parcel], PDF)
