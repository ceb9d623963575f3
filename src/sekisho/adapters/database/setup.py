"""Entering a municipality: its people, terminals, consultation and permits. Each change is an entry."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sekisho.adapters.database.issuers import SIGNATURES_NEEDED
from sekisho.adapters.database.models import Consultation, Person, Terminal
from sekisho.adapters.database.municipalities import enter_offices, enter_tenant
from sekisho.adapters.database.permit_issuing import check_permit, compile_permit, sign_permit
from sekisho.adapters.database.permit_starts import activate_if_due
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.turns import writing
from sekisho.adapters.dossiers import Approved, Dossier
from sekisho.kernel import NOT_ISSUED, Permit, PermitStatus, ReasonCode, Refused, SekishoError, because


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


def _by_two(permit: str, signers: Sequence[str]) -> None:
    """Fewer than two different persons issue nothing."""
    if len(set(signers)) < SIGNATURES_NEEDED:
        message = f"permit {permit} needs {SIGNATURES_NEEDED} different signers"
        raise SekishoError(message)


def issue_permit(approved: Approved, signers: Sequence[str], at: datetime) -> Permit:
    """Bring a permit from its approval to its first day, step by step, going on where it stands.

    It becomes active at once if its first day has come, and else by the clock. Idempotent.

    Raises:
        Refused: The permit does not stand its validation; with every fault. It stays as it was compiled. Or it was
            put aside before anybody had signed it.
        SekishoError: Fewer than two different persons sign, or one of them has no key.

    """
    _by_two(approved.permit, signers)
    row = compile_permit(approved, at)
    if row.status not in NOT_ISSUED and not row.signatures:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.permit, state=row.status)])
    if row.status == PermitStatus.COMPILED:
        row = check_permit(row, approved, at)
    if row.status == PermitStatus.VALIDATED:
        row = sign_permit(row, signers, at)
    if row.status == PermitStatus.ISSUED:
        activate_if_due(row, at)
    return on_file(row).permit


def enrol_terminal(tenant: str, terminal: str, fingerprint: str) -> None:
    """Bind a terminal to its certificate."""
    with writing():
        Terminal.objects.filter(tenant_id=tenant, terminal=terminal).update(fingerprint=fingerprint)
