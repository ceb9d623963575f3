"""Entering a municipality: its people, terminals, consultation and permits. Each change is an entry."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sekisho.adapters.database.issuers import SIGNATURES_NEEDED, issuer_signs
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import (
    Consultation,
    PermitRow,
    Person,
    Terminal,
)
from sekisho.adapters.database.municipalities import enter_offices, enter_tenant
from sekisho.adapters.database.permit_ends import supersede_earlier
from sekisho.adapters.database.permits import known_ids
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.adapters.decisions import Origin, Validated, compile_policy, validate_permit
from sekisho.adapters.dossiers import Approved, Dossier
from sekisho.kernel import (
    EntryKind,
    Permit,
    PermitOnFile,
    PermitStatus,
    SekishoError,
    compile_caveats,
    digest_of,
    permit_document,
    specification_to_data,
)
from sekisho.kernel.council import PERMIT_TABLE, Role, advance_state


def open_tenant(dossier: Dossier, text: str, at: datetime) -> str:
    """Enter a municipality with its agencies, departments, terminals, people and consultation. Idempotent."""
    code = str(dossier.tenant["code"])
    with writing():
        enter_tenant(code, (dossier.tenant["ja"], dossier.tenant["en"]), at)
        enter_offices(code, dossier.agencies, dossier.departments, dossier.terminals)
        _enter_people(code, dossier)
        _enter_consultation(code, dossier, text)
    return code


def _enter_people(code: str, dossier: Dossier) -> None:
    """People, without a password: nobody signs in before one is set."""
    for each in dossier.persons:
        defaults = {
            "tenant_id": code,
            "department": each["department"],
            "label_ja": each["ja"],
            "label_en": each["en"],
            "roles": list(each["roles"]),
            "password": "!",
        }
        Person.objects.get_or_create(username=each["person"], defaults=defaults)


def _enter_consultation(code: str, dossier: Dossier, text: str) -> None:
    """The dossier as it was put to the council."""
    Consultation.objects.get_or_create(
        tenant_id=code,
        consultation=dossier.consultation["consultation"],
        defaults={
            "number": dossier.consultation["number"],
            "label_ja": dossier.consultation["ja"],
            "label_en": dossier.consultation["en"],
            "dossier": text,
            "dossier_digest": hashlib.sha256(text.encode()).hexdigest(),
        },
    )


def _active_permit(approved: Approved, at: datetime) -> Permit:
    """The permit that an approval becomes: caveats and policy text, each made from the specification alone."""
    specification = approved.specification
    origin = Origin(minutes=approved.minutes, decided_on=approved.decided_on)
    return Permit(
        permit=approved.permit,
        tenant=specification.tenant,
        connection=specification.connection,
        specification_digest=digest_of(specification),
        caveats=compile_caveats(specification),
        status=_state_in_force(approved.permit),
        issued_at=at.isoformat(),
        policy=compile_policy(approved.permit, specification, origin),
    )


def _state_in_force(permit: str) -> PermitStatus:
    """Where a permit stands after it was checked, signed and put in force: the table of its life says so."""
    state = PERMIT_TABLE.first
    signing = frozenset({Role.CHAIR, Role.SECRETARIAT})
    for act, roles in (("validate", None), ("issue", signing), ("activate", None)):
        state = advance_state(PERMIT_TABLE, permit, state, act, roles)
    return PermitStatus(state)


def _by_two(permit: str, signers: Sequence[str]) -> None:
    """Fewer than two different persons issue nothing."""
    if len(set(signers)) < SIGNATURES_NEEDED:
        message = f"permit {permit} needs {SIGNATURES_NEEDED} different signers"
        raise SekishoError(message)


def _validate(permit: Permit, approved: Approved) -> Validated:
    """Check a permit before anybody signs it, as if it were signed."""
    on_paper = PermitOnFile(permit=permit, specification=approved.specification, signatures_hold=True)
    return validate_permit(on_paper, known_ids(permit.tenant))


def issue_permit(approved: Approved, signers: Sequence[str], at: datetime) -> Permit:
    """Compile, check, sign and activate a permit; an earlier one of the same connection is superseded. Idempotent.

    Raises:
        Refused: The permit does not stand its validation; with every fault.
        SekishoError: Fewer than two different persons sign.

    """
    _by_two(approved.permit, signers)
    specification = approved.specification
    known = PermitRow.objects.filter(tenant_id=specification.tenant, permit=approved.permit).first()
    if known is not None:
        return on_file(known).permit
    permit = _active_permit(approved, at)
    validated = _validate(permit, approved)
    signatures = issuer_signs(specification.tenant, permit_document(permit), signers)
    with writing():
        supersede_earlier(permit)
        _enter_permit(approved, permit, signatures, at)
        append_entry(specification.tenant, _issued_entry(permit, signers, validated))
    return permit


def _enter_permit(approved: Approved, permit: Permit, signatures: list[dict[str, str]], at: datetime) -> None:
    """The permit's row, with the signatures that were made over it."""
    PermitRow.objects.create(
        tenant_id=permit.tenant,
        permit=permit.permit,
        connection=permit.connection,
        consultation=approved.specification.consultation,
        specification=specification_to_data(approved.specification),
        document=permit_document(permit),
        signatures=signatures,
        status=permit.status,
        issued_at=at,
    )


def _issued_entry(permit: Permit, signers: Sequence[str], validated: Validated) -> dict[str, object]:
    """What the ledger says of a permit that was issued."""
    return {
        "kind": str(EntryKind.PERMIT_ISSUED),
        "tenant": permit.tenant,
        "permit": permit.permit,
        "connection": permit.connection,
        "at": permit.issued_at,
        "specification": permit.specification_digest,
        "document": hashlib.sha256(permit_document(permit)).hexdigest(),
        "policy": hashlib.sha256(permit.policy.encode()).hexdigest(),
        "validated": asdict(validated),
        "status": str(permit.status),
        "signers": list(signers),
    }


def enrol_terminal(tenant: str, terminal: str, fingerprint: str) -> None:
    """Bind a terminal to its certificate."""
    with writing():
        Terminal.objects.filter(tenant_id=tenant, terminal=terminal).update(fingerprint=fingerprint)
