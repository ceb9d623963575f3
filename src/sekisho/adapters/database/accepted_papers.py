"""A permit that another house handed over (受入れ): kept in this house, and in force here once it is there.

The house that accepts believes the digest that it was told and the keys that signed. It starts nothing that one of its
own people stopped, and uses no permit before its first instant.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuers import accept_issuers
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Consultation, PermitRow, Person
from sekisho.adapters.database.municipalities import enter_offices
from sekisho.adapters.database.permit_papers import permit_in, read_paper
from sekisho.adapters.database.permit_starts import activate_if_due
from sekisho.adapters.database.permits import known_ids, permit_named
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.standings import enter_standing, standing_from_data
from sekisho.adapters.database.turns import writing
from sekisho.adapters.database.word_papers import HandedOver, hear_again
from sekisho.adapters.decisions import validate_permit
from sekisho.kernel import (
    EntryKind,
    Permit,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Refused,
    SekishoError,
    because,
    permit_from_data,
)

MAY_ACCEPT: Final = ("administrator", "information_systems")


def check_may_accept(tenant: str, by: str) -> None:
    """Is this an administrator, or somebody of the information systems division?

    Raises:
        SekishoError: It is not.

    """
    person = Person.objects.filter(tenant_id=tenant, username=by, is_active=True).first()
    if person is None or not person.has_role(*MAY_ACCEPT):
        ja = f"{by} は受け入れられません。管理者か情報システム課の職員が行ってください"
        message = f"{ja} / an administrator or the information systems division has to accept it"
        raise SekishoError(message)


def accept_paper(body: bytes, tenant: str, digest: str, by: str, at: datetime) -> Permit:
    """Keep a permit in this house that was issued in another, and put it in force if it is in force there.

    One person accepts; what somebody of this house stopped is not started by that (`permit_waits`). The same paper
    again changes nothing. A paper that is newer than the council's stop starts the permit again; an older one does not.

    Raises:
        SekishoError: It is not the paper that was read out, not in order, or not for this person to accept.
        Refused: The permit does not stand its validation, or a newer word of its council's house stands against it.

    """
    check_may_accept(tenant, by)
    said = read_paper(body, tenant, digest)
    found, keys = permit_in(said)
    paper = HandedOver(written_at=_written_at(said), status=str(said.get("status", PermitStatus.ACTIVE)), digest=digest)
    known = PermitRow.objects.filter(tenant_id=tenant, permit=found.permit.permit).first()
    if known is None:
        _check_newest(found.permit)
        _check_names(tenant, said)
        accept_issuers(tenant, keys)
    with writing():
        if known is None:
            _enter(said, found, paper, by, at)
        if (known is None or hear_again(known, paper, by, at)) and said["standing"]:
            enter_standing(tenant, standing_from_data(said["standing"]), by, at)
        row = permit_named(tenant, found.permit.permit)
        if row.status == PermitStatus.ISSUED:
            activate_if_due(row, at)
    return on_file(row).permit


def _written_at(said: Mapping[str, Any]) -> str:
    """When the paper was written, by the clock of the house that wrote it; a paper of before does not say."""
    return str(said.get("written_at", ""))


def _check_newest(permit: Permit) -> None:
    """Has no newer permit of this connection been accepted? An older one would go round its stop.

    One that waits has taken nobody's place yet.

    Raises:
        Refused: One has.

    """
    rows = PermitRow.objects.filter(tenant_id=permit.tenant, connection=permit.connection)
    rows = rows.exclude(status=PermitStatus.ISSUED)
    issued = [permit_from_data(bytes(row.document), row.status, ()).issued_at for row in rows]
    if any(datetime.fromisoformat(each) > datetime.fromisoformat(permit.issued_at) for each in issued):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=permit.permit, state="superseded")])


def _facts(permit: Permit) -> dict[str, str]:
    """What the entry of an accepted permit says of it."""
    named = {"permit": permit.permit, "connection": permit.connection, "status": str(permit.status)}
    return {**named, "specification": permit.specification_digest}


def _check_names(tenant: str, said: Mapping[str, Any]) -> None:
    """Is nobody of another municipality called like somebody of the paper?

    Raises:
        SekishoError: Somebody is; each is named.

    """
    names = [each["person"] for each in said["people"]]
    others = Person.objects.filter(username__in=names).exclude(tenant_id=tenant).order_by("username")
    if taken := list(others.values_list("username", flat=True)):
        message = f"{', '.join(taken)} という利用者名は別の団体が使っています / used by another municipality here"
        raise SekishoError(message)


def _enter_named(tenant: str, said: Mapping[str, Any]) -> None:
    """Whoever and whatever the permit names; what is known here already stays as it is. Nobody gets a password."""
    labels = ("label_ja", "label_en")
    told = {kind: [_as_entered(each) for each in said[kind]] for kind in ("departments", "terminals")}
    enter_offices(tenant, [], told["departments"], told["terminals"])
    for each in said["people"]:
        defaults = {
            "tenant_id": tenant,
            "password": "!",
            **{name: each[name] for name in (*labels, "department", "roles")},
        }
        Person.objects.get_or_create(username=each["person"], defaults=defaults)
    if (case := said["consultation"]) is not None:
        defaults = {name: case[name] for name in ("number", *labels, "dossier")}
        defaults["dossier_digest"] = hashlib.sha256(case["dossier"].encode()).hexdigest()
        Consultation.objects.get_or_create(tenant_id=tenant, consultation=case["consultation"], defaults=defaults)


def _as_entered(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its labels as they are entered."""
    return {**row, "ja": row["label_ja"], "en": row["label_en"]}


def _enter(said: Mapping[str, Any], found: PermitOnFile, paper: HandedOver, by: str, at: datetime) -> None:
    """Enter the permit, byte for byte as it was signed, with whoever it names; it waits, and opens nothing yet."""
    tenant, permit = found.permit.tenant, replace(found.permit, status=PermitStatus.ISSUED)
    _enter_named(tenant, said)
    validated = validate_permit(found, known_ids(tenant))
    PermitRow.objects.create(
        tenant_id=tenant,
        permit=permit.permit,
        connection=permit.connection,
        consultation=found.specification.consultation,
        specification=said["specification"],
        document=said["document"].encode(),
        signatures=said["signatures"],
        status=permit.status,
        issued_at=at,
    )
    entry = {"kind": str(EntryKind.PERMIT_ISSUED), "tenant": tenant, "at": at.isoformat(), "by": {"person": by}}
    word = {"word": str(paper.word), "at": paper.written_at or permit.issued_at}
    signers = sorted(each.signer for each in permit.signatures)
    checked = {"paper": paper.digest, "signers": signers, "cases": validated.cases, "issuer": word}
    append_entry(tenant, {**entry, **_facts(permit), **checked})
