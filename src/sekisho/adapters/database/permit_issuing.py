"""From an approval to an issued permit, one step of its table at a time: compiled, validated, issued.

Each step is a state and an entry in one transaction. What fails leaves the permit in the step before, and the next try
goes on from there; nothing is done twice. No step believes the one before by the row alone: it asks the ledger.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuers import issuer_signs
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import PermitRow
from sekisho.adapters.database.permits import known_ids, permit_named, take_step
from sekisho.adapters.database.self_check_standing import last_body
from sekisho.adapters.database.standings import differs, permit_differs
from sekisho.adapters.database.turns import writing
from sekisho.adapters.decisions import Origin, compile_policy, validate_permit
from sekisho.adapters.dossiers import Approved
from sekisho.kernel import (
    NOT_ISSUED,
    EntryKind,
    Permit,
    PermitOnFile,
    PermitStatus,
    Refused,
    SekishoError,
    canonical_bytes,
    caveat_to_data,
    compile_caveats,
    decode_entry,
    digest_of,
    period_over,
    permit_document,
    permit_from_data,
    specification_to_data,
)
from sekisho.kernel.council import Role

_SIGNING: Final = frozenset({Role.CHAIR, Role.SECRETARIAT})


def _make_permit(approved: Approved, status: str, at: str) -> Permit:
    """The permit that an approval becomes: caveats and policy text, each made from the specification alone."""
    specification = approved.specification
    origin = Origin(minutes=approved.minutes, decided_on=approved.decided_on)
    return Permit(
        permit=approved.permit,
        tenant=specification.tenant,
        connection=specification.connection,
        specification_digest=digest_of(specification),
        caveats=compile_caveats(specification),
        status=PermitStatus(status),
        issued_at=at,
        policy=compile_policy(approved.permit, specification, origin),
    )


def _digests(permit: Permit) -> dict[str, str]:
    """What a permit consists of before it is signed, in one line each."""
    caveats = canonical_bytes({"caveats": [caveat_to_data(each) for each in permit.caveats]})
    return {
        "specification": permit.specification_digest,
        "caveats": hashlib.sha256(caveats).hexdigest(),
        "policy": hashlib.sha256(permit.policy.encode()).hexdigest(),
    }


def _entry(kind: EntryKind, at: datetime, permit: Permit) -> dict[str, object]:
    """How an entry of these steps begins."""
    return {"kind": str(kind), "at": at.isoformat(), **_digests(permit)}


def compile_permit(approved: Approved, at: datetime) -> PermitRow:
    """Make the permit from its approval and enter it; it opens nothing yet. Answers its row, also a known one's.

    A known one that is not signed, and that the approval would not be compiled to today, is made anew.

    Raises:
        Refused: Something that was approved cannot be written into a policy text, or the row is not where the ledger
            has it.

    """
    tenant, number = approved.specification.tenant, approved.permit
    row = PermitRow.objects.filter(tenant_id=tenant, permit=number).first()
    if row is not None and (row.status not in NOT_ISSUED or _is_from(row, approved)):
        return row
    permit = _make_permit(approved, PermitStatus.COMPILED, at.isoformat())
    entry = _entry(EntryKind.PERMIT_COMPILED, at, permit)
    held: dict[str, object] = {
        "specification": specification_to_data(approved.specification),
        "document": permit_document(permit),
    }
    named = {"permit": number, "connection": permit.connection}
    if row is not None:
        return _compile_again(row, held, entry, at)
    held |= {"consultation": approved.specification.consultation, "status": permit.status, "issued_at": at}
    with writing():
        row = PermitRow.objects.create(tenant_id=tenant, **named, **held)
        append_entry(tenant, {"tenant": tenant, **named, "status": str(permit.status), **entry})
    return row


def _compile_again(row: PermitRow, held: Mapping[str, object], entry: Mapping[str, object], at: datetime) -> PermitRow:
    """Put what the approval is compiled to today in the place of what nobody has signed.

    Raises:
        Refused: The row is not where the ledger has it.

    """
    if reasons := permit_differs(row.permit, str(row.status), last_body(row.tenant_id, f"permit/{row.permit}")):
        raise Refused(reasons)
    with writing():
        take_step(row, "compile_again", None, entry)
        PermitRow.objects.filter(pk=row.pk).update(**held, signatures=[], issued_at=at)
    return permit_named(row.tenant_id, row.permit)


def _is_from(row: PermitRow, approved: Approved) -> bool:
    """Is the row byte for byte what this approval is compiled to?"""
    try:
        moment = permit_from_data(bytes(row.document), row.status, ()).issued_at
    except (SekishoError, AttributeError):
        return False
    made = permit_document(_make_permit(approved, row.status, moment))
    return bytes(row.document) == made and row.specification == specification_to_data(approved.specification)


def _check_entered(row: PermitRow, permit: Permit) -> Mapping[str, Any]:
    """Does the ledger say that this very permit took the step in which its row is? Answers what it says.

    Raises:
        Refused: It says something else, or nothing.

    """
    last = last_body(row.tenant_id, f"permit/{row.permit}")
    said: Mapping[str, Any] = {} if last is None else decode_entry(last)
    reasons = permit_differs(row.permit, str(row.status), last)
    for name, digest in _digests(permit).items():
        reasons += differs(f"{row.permit}/{name}", digest, str(said.get(name, "-")))
    if reasons:
        raise Refused(reasons)
    return said


def check_permit(row: PermitRow, approved: Approved, at: datetime) -> PermitRow:
    """Validate a compiled permit: schema, ids, lint, case table and rehearsal; the entry has the counts.

    Raises:
        Refused: It does not stand its validation, with every fault; or it is not what the ledger says.

    """
    permit = permit_from_data(bytes(row.document), row.status, ())
    said = _check_entered(row, permit)
    as_active = replace(permit, status=PermitStatus.ACTIVE)
    on_paper = PermitOnFile(permit=as_active, specification=approved.specification, signatures_hold=True)
    try:
        validated = validate_permit(on_paper, known_ids(permit.tenant))
    except Refused as refused:
        _note_faults(row, _entry(EntryKind.PERMIT_NOT_VALIDATED, at, permit), refused, said)
        raise
    with writing():
        entry = _entry(EntryKind.PERMIT_VALIDATED, at, permit)
        take_step(row, "validate", None, {**entry, "validated": asdict(validated)})
    return permit_named(permit.tenant, permit.permit)


def _note_faults(row: PermitRow, entry: Mapping[str, object], refused: Refused, said: Mapping[str, Any]) -> None:
    """That a permit did not stand its validation, once for the same faults; what they say is told, not kept."""
    told = "\n".join(each.en for each in refused.reasons)
    faults = {"faults": len(refused.reasons), "told": hashlib.sha256(told.encode()).hexdigest()}
    if faults.items() <= said.items():
        return
    frame = {"tenant": row.tenant_id, "permit": row.permit, "connection": row.connection, "status": str(row.status)}
    with writing():
        append_entry(row.tenant_id, {**frame, **entry, **faults})


def sign_permit(row: PermitRow, signers: Sequence[str], at: datetime) -> PermitRow:
    """Issue a validated permit: two different persons of the issuing body sign it, with the moment of its issue.

    Raises:
        Refused: The ledger does not say that this very permit was validated, or its period is over.
        SekishoError: Somebody has no key, or took a step at the same moment.

    """
    checked = permit_from_data(bytes(row.document), row.status, ())
    _check_entered(row, checked)
    if reasons := period_over(row.connection, str(row.specification["not_after"]), at):
        raise Refused(reasons)
    permit = replace(checked, issued_at=at.isoformat())
    document = permit_document(permit)
    signatures = issuer_signs(row.tenant_id, document, signers)
    entry = {"document": hashlib.sha256(document).hexdigest(), "signers": list(signers)}
    with writing():
        take_step(row, "issue", _SIGNING, {**_entry(EntryKind.PERMIT_ISSUED, at, permit), **entry})
        PermitRow.objects.filter(pk=row.pk).update(document=document, signatures=signatures, issued_at=at)
    return permit_named(row.tenant_id, row.permit)
