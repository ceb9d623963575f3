"""A permit of a new number does not make forgotten what is late on its connection."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sekisho.kernel import Cargo, Erased, ReasonCode, Receipt, Recorded, Refused, Waybill
from tests.integration.conftest import NOW, Office
from tests.integration.erasure.conftest import HEAD, act, cross_once
from tests.integration.erasure.test_contractors import PDF
from tests.integration.gate.test_crossing import notices, send
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER
from tests.integration.permits.test_ends import status_of
from tests.integration.permits.test_steps_before_active import NEXT, issue, renewed


def change(office: Office) -> None:
    """The council approves anew: another number is in force from now on."""
    assert issue(office, renewed(office), NOW + timedelta(hours=1)) == "active"
    assert status_of(NUMBER) == "superseded"


def is_kept_out(office: Office) -> bool:
    """Is the next crossing refused because something is late?"""
    with pytest.raises(Refused) as refused:
        send(office, notices(2))
    return {each.code for each in refused.value.reasons} == {ReasonCode.ERASURE_OVERDUE}


def test_what_is_late_at_a_contractor_keeps_the_next_crossing_out_after_a_change(
    office: Office, contractor_copy: Callable[[timedelta], str]
) -> None:
    """Given a late copy under the old number, when the permit changes, then nothing crosses before the certificate."""
    from sekisho.bootstrap.erasure import take_certificate

    parcel = contractor_copy(timedelta(days=-1))
    change(office)
    assert is_kept_out(office)
    take_certificate(act(office, HEAD), [parcel], PDF)
    crossed = send(office, notices(2))
    assert isinstance(crossed, Erased)
    assert crossed.waybill.permit == NEXT


def test_what_is_late_at_the_gate_or_on_the_internet_side_does_so_too(office: Office) -> None:
    from sekisho.adapters.database.models import InternetCopyRow, Parcel

    parcel, late = cross_once(office), NOW - timedelta(days=1)
    change(office)
    Parcel.objects.filter(parcel=parcel).update(proof=None, erase_by=late)
    assert is_kept_out(office)
    Parcel.objects.filter(parcel=parcel).update(proof={"key": "parcel/gone"})
    InternetCopyRow.objects.create(
        document="doc-1", tenant_id=office.tenant, parcel=parcel, permit=NUMBER, layout="portal.choice", state="landed",
        landed_at=late, erase_by=late,
    )  # fmt: skip
    assert is_kept_out(office)
    InternetCopyRow.objects.update(state="erased")
    assert isinstance(send(office, notices(2)), Erased)


def test_nothing_is_carried_to_a_contractor_who_is_late_under_the_number_of_before(
    office: Office, contractor_copy: Callable[[timedelta], str]
) -> None:
    from sekisho.bootstrap.halls import check_contractor

    contractor_copy(timedelta(days=-1))
    waybill = Waybill(parcel="p2", tenant=office.tenant, connection=DOWN, permit=NEXT, digest="0")
    cargo = Cargo(place="inline", digest="d", size=1, recipient="r")
    recorded = Recorded(
        waybill=waybill, cargo=cargo, counterpart="printer", direction="outward", receipt=Receipt(entry=1, leaf="0")
    )
    with pytest.raises(Refused) as refused:
        check_contractor(recorded)
    assert [each.code for each in refused.value.reasons] == [ReasonCode.ERASURE_OVERDUE]
