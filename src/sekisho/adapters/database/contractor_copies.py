"""Copies that a contractor was given: when they must be gone there, and what was shown for it.

The permit says for how many days. What is past its day without a certificate keeps the next crossing of the same
connection out, under whichever permit, like a copy of our own that should be gone.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.loan_ends import end_loan
from sekisho.adapters.database.models import ContractorCopyRow, PermitRow
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.statements import as_moment, ask_count
from sekisho.adapters.database.turns import writing
from sekisho.kernel import Acknowledgement, EntryKind, LoanEnd, ReasonCode, Recorded, Refused, because
from sekisho.kernel.council import Role

LARGEST_CERTIFICATE: Final = 2 * 1024 * 1024
KEEPERS: Final = frozenset({Role.OPERATOR, Role.HEAD, Role.PROTECTION_MANAGER, Role.INFORMATION_SYSTEMS})
_OVERDUE: Final = (
    "SELECT count(*) FROM database_contractorcopyrow"
    " WHERE tenant_id = %s AND connection = %s AND erase_by < %s AND certified_at IS NULL"
)
_KINDS: Final = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"sekisho-erasure-certificate/1\n")


def days_at_contractor(tenant: str, permit: str) -> int:
    """For how many days the permit lets a contractor keep what it was given; 0 if the approval says nothing of it."""
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).only("specification").first()
    return int(row.specification.get("contractor_keeps_days", 0)) if row else 0


def chase(recorded: Recorded, acknowledgement: Acknowledgement, at: datetime) -> None:
    """From now on this copy is asked after, in the transaction of its delivery."""
    waybill = recorded.waybill
    days = days_at_contractor(waybill.tenant, waybill.permit) if recorded.direction == "outward" else 0
    if not days:
        return
    due = at + timedelta(days=days)
    ContractorCopyRow.objects.create(
        tenant_id=waybill.tenant,
        parcel=waybill.parcel,
        permit=waybill.permit,
        connection=waybill.connection,
        counterpart=recorded.counterpart,
        receipt=acknowledgement.number,
        delivered_at=at,
        erase_by=due,
    )
    facts = {"permit": waybill.permit, "counterpart": recorded.counterpart, "erase_by": due.isoformat()}
    frame = {"kind": str(EntryKind.CONTRACTOR_KEEPS), "tenant": waybill.tenant, "parcel": waybill.parcel}
    append_entry(waybill.tenant, {**frame, "at": at.isoformat(), "connection": waybill.connection, **facts})


def overdue_at_contractor(tenant: str, connection: str, at: datetime) -> int:
    """How many copies of a connection should be gone at the contractor, and nobody has shown that they are."""
    return ask_count(_OVERDUE, tenant, connection, as_moment(at))


def _place(row: ContractorCopyRow) -> str:
    """Where the certificate is bound to."""
    return f"contractor_certificate/{row.parcel}"


def _subject(row: ContractorCopyRow) -> str:
    """Under whose key it lies: certificates may name persons of the contractor."""
    return f"contractor/{row.parcel}"


def take_certificate(deed: Deed, parcels: Sequence[str], content: bytes) -> str:
    """Keep a contractor's certificate of erasure for these copies; its digest goes into the ledger. Answers the digest.

    Raises:
        Refused: This person may not, the file is none, or a copy is not asked after (any more).

    """
    if not roles_of(deed) & KEEPERS:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="erasure.certificate")])
    if not content.startswith(_KINDS) or len(content) > LARGEST_CERTIFICATE:
        what = "PDF・PNG・JPEG・関所の証明(2 MiBまで) / PDF, PNG, JPEG or a certificate of a gate, up to 2 MiB"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="certificate", what=what)])
    digest, seals = hashlib.sha256(content).hexdigest(), Seals(deed.tenant)
    rows = ContractorCopyRow.objects.filter(tenant_id=deed.tenant, parcel__in=parcels, certified_at__isnull=True)
    found = {row.parcel: row for row in rows}
    if missing := [parcel for parcel in parcels if parcel not in found]:
        raise Refused([because(ReasonCode.NOT_FOUND, what=parcel) for parcel in missing])
    seals.prepare([_subject(row) for row in found.values()])
    with writing():
        for row in found.values():
            _certify(deed, row, digest, seals.seal(_subject(row), _place(row), {"hex": content.hex()}))
    return digest


def _certify(deed: Deed, row: ContractorCopyRow, digest: str, sealed: bytes) -> None:
    """One copy is shown to be gone; somebody who was faster is not overwritten."""
    waiting = ContractorCopyRow.objects.filter(pk=row.pk, certified_at__isnull=True)
    if not waiting.update(
        certificate=sealed, certificate_digest=digest, certified_at=deed.at, certified_by=deed.person
    ):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.parcel, state="certified")])
    frame = {"kind": str(EntryKind.CONTRACTOR_CERTIFIED), "tenant": deed.tenant, "parcel": row.parcel}
    facts = {"permit": row.permit, "counterpart": row.counterpart, "certificate": digest}
    append_entry(deed.tenant, {**frame, "at": deed.at.isoformat(), "by": {"person": deed.person}, **facts})
    end_loan(row, LoanEnd.CERTIFIED, deed.at, deed.person)


def read_certificate(tenant: str, parcel: str) -> bytes:
    """The certificate as it was handed in.

    Raises:
        Refused: There is none.

    """
    row = ContractorCopyRow.objects.filter(tenant_id=tenant, parcel=parcel, certified_at__isnull=False).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=parcel)])
    opened = Seals(tenant).open(_subject(row), _place(row), bytes(row.certificate or b""))
    return bytes.fromhex(opened["hex"])
