"""Keys that are lent to contractors (鍵の貸出し): what the signed permit says, when a loan begins, how it stands.

How a loan stands is read from its row and from the ledger, and the narrower of the two holds: whoever moves an end in
the database opens nothing.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.contractor_copies import KEEPERS
from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.loan_ends import end_loan
from sekisho.adapters.database.models import ContractorCopyRow, EntryRow
from sekisho.adapters.database.registers import Register
from sekisho.adapters.database.turns import writing
from sekisho.adapters.objects.containers import FORMAT
from sekisho.kernel import (
    Cargo,
    EntryKind,
    KeyLoan,
    LoanEnd,
    ReasonCode,
    Recorded,
    Refused,
    SekishoError,
    because,
    digest_of,
    loan_until,
)

_OF_A_LOAN: Final = (EntryKind.KEY_LENT, EntryKind.KEY_LOAN_ENDED)


def lent_hours(tenant: str, permit: str) -> int:
    """For how many hours the signed permit lends the key of what goes out; 0 if it leaves in the counterpart's hands.

    Raises:
        SekishoError: The permit is not there, or its row no longer says what was approved and signed.

    """
    found = Register.permit_numbered(tenant, permit)
    altered = found is None or digest_of(found.specification) != found.permit.specification_digest
    if found is None or altered or not found.signatures_hold:
        message = f"permit {permit} does not say what was signed; nothing leaves under it"
        raise SekishoError(message)
    return found.specification.key_lent_hours


def is_container(cargo: Cargo) -> bool:
    """Was this sealed so that it opens only with a lent key?"""
    return cargo.recipient == FORMAT


def check_sealed_as_approved(recorded: Recorded) -> None:
    """What the approval says leaves under a lent key leaves in no other way, and nothing else leaves like that.

    Raises:
        SekishoError: It was sealed in another way.

    """
    waybill = recorded.waybill
    if bool(lent_hours(waybill.tenant, waybill.permit)) != is_container(recorded.cargo):
        message = f"parcel {waybill.parcel} is not sealed as permit {waybill.permit} says; it is not delivered"
        raise SekishoError(message)


def lend_key(recorded: Recorded, at: datetime) -> None:
    """From now on the key of this container can be asked for, in the transaction of its delivery."""
    if not is_container(recorded.cargo):
        return
    waybill, container = recorded.waybill, recorded.cargo.digest
    hours = lent_hours(waybill.tenant, waybill.permit)
    until = loan_until(at, hours)
    copy = ContractorCopyRow.objects.filter(tenant_id=waybill.tenant, parcel=waybill.parcel)
    if not hours or not copy.update(container=container, lent_until=until):
        message = f"parcel {waybill.parcel}: no copy is written down of which a key could be lent"
        raise SekishoError(message)
    frame = {"kind": str(EntryKind.KEY_LENT), "tenant": waybill.tenant, "parcel": waybill.parcel}
    facts = {"permit": waybill.permit, "counterpart": recorded.counterpart, "container": container, "hours": hours}
    connection = {"connection": waybill.connection, "at": at.isoformat()}
    append_entry(waybill.tenant, {**frame, **connection, **facts, "until": until.isoformat()})


def _told(tenant: str, parcel: str) -> Mapping[str, Mapping[str, Any]]:
    """What the ledger says of a loan, by kind; the first entry of a kind is the one that holds."""
    rows = EntryRow.objects.filter(tenant_id=tenant, parcel=parcel, kind__in=_OF_A_LOAN).order_by("-id")
    return {kind: json.loads(bytes(body)) for kind, body in rows.values_list("kind", "body") if body}


def loan_of(row: ContractorCopyRow) -> KeyLoan:
    """How a loan stands, by its row and by the ledger.

    Raises:
        Refused: No key was lent of this delivery, or the ledger does not tell of it.

    """
    told = _told(row.tenant_id, row.parcel)
    begun, ended = told.get(EntryKind.KEY_LENT), told.get(EntryKind.KEY_LOAN_ENDED)
    if row.lent_until is None or begun is None:
        raise Refused([because(ReasonCode.KEY_NOT_LENT, parcel=row.parcel)])
    ends = [each for each in (row.loan_ended_at, ended and datetime.fromisoformat(ended["at"])) if each]
    return KeyLoan(
        parcel=row.parcel,
        permit=str(begun["permit"]),
        counterpart=str(begun["counterpart"]),
        container=str(begun["container"]),
        until=min(row.lent_until, datetime.fromisoformat(begun["until"])),
        ended_at=min(ends) if ends else None,
    )


def recall_lent_key(deed: Deed, parcel: str) -> None:
    """An officer ends a loan before its time (鍵を引き揚げる); from this entry on nobody opens.

    Raises:
        Refused: This person may not, there is no such delivery, or no key of it is lent any more.

    """
    if not roles_of(deed) & KEEPERS:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="loan.recall")])
    with writing():
        rows = ContractorCopyRow.objects.select_for_update().filter(tenant_id=deed.tenant, parcel=parcel)
        row = rows.first()
        if row is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=parcel)])
        if row.lent_until is None:
            raise Refused([because(ReasonCode.KEY_NOT_LENT, parcel=parcel)])
        if not end_loan(row, LoanEnd.RECALLED, deed.at, deed.person):
            ended = (row.loan_ended_at or row.lent_until).isoformat(timespec="seconds")
            raise Refused([because(ReasonCode.KEY_LOAN_OVER, parcel=parcel, ended=ended)])
