"""A permit on its way to another house (引渡し): the city's council issues it, S1's own gate has to obey it.

The paper holds the signed permit, the approval, whoever and whatever it names, and where its assessment stands. Its
digest is read out over another way, as on the telephone; a paper with another digest is not accepted.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuers import accept_issuers, check_signatures
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Consultation, Department, PermitRow, Person, Tenant, Terminal
from sekisho.adapters.database.municipalities import enter_offices
from sekisho.adapters.database.permit_ends import supersede_earlier
from sekisho.adapters.database.permits import known_ids
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.standings import enter_standing, standing_as_data, standing_from_data
from sekisho.adapters.database.stop_papers import resume_by_paper
from sekisho.adapters.database.turns import writing
from sekisho.adapters.decisions import validate_permit
from sekisho.kernel import (
    EntryKind,
    Permit,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Refused,
    SekishoError,
    Signature,
    because,
    canonical_bytes,
    compile_caveats,
    digest_of,
    permit_document,
    permit_from_data,
    specification_from_data,
)

FORM: Final = "sekisho.permit-paper/1"
MAY_ACCEPT: Final = ("administrator", "information_systems")
_FIELDS: Final = frozenset(
    {
        "tenant",
        "document",
        "signatures",
        "specification",
        "standing",
        "consultation",
        "people",
        "terminals",
        "departments",
    }
)
_STOP: Final = ("information_systems", "protection_manager")
_PERSON: Final = ("department", "label_ja", "label_en", "roles")
_TERMINAL: Final = ("label_ja", "label_en", "zone", "department")


def write_paper(tenant: str, permit: str, by: str, at: datetime) -> bytes:
    """The paper of a permit that is in force, with an entry that says who handed it over; its digest is its seal.

    Raises:
        SekishoError: There is no such permit, or it is not in force.
        Refused: Its row no longer reads as the permit that was issued.

    """
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
    if row is None:
        message = f"通行証 {permit} はありません / there is no permit {permit}"
        raise SekishoError(message)
    found = on_file(row)
    if found.permit.status is not PermitStatus.ACTIVE or not found.signatures_hold or found.stopped_by:
        ja = f"通行証 {permit} は有効ではありません。有効になってから引き渡してください"
        message = f"{ja} / permit {permit} is not in force; hand it over once it is"
        raise SekishoError(message)
    head = {"form": FORM, "tenant": tenant, "written_at": at.isoformat()}
    body = canonical_bytes({**head, **_what(row, found), **_whoever(row, found)})
    facts = {"permit": permit, "status": str(found.permit.status), "paper": hashlib.sha256(body).hexdigest()}
    entry = {"kind": str(EntryKind.PERMIT_HANDED_OVER), "tenant": tenant, "at": at.isoformat(), "by": {"person": by}}
    with writing():
        append_entry(tenant, {**entry, **facts})
    return body


def _what(row: PermitRow, found: PermitOnFile) -> dict[str, Any]:
    """The permit, the approval, and where the assessment stands."""
    return {
        "document": bytes(row.document).decode(),
        "signatures": list(row.signatures),
        "specification": dict(row.specification),
        "standing": standing_as_data(found.assessment) if found.assessment else None,
        "consultation": Consultation.objects.filter(tenant_id=row.tenant_id, consultation=row.consultation)
        .values("consultation", "number", "label_ja", "label_en", "dossier")
        .first(),
    }


def _whoever(row: PermitRow, found: PermitOnFile) -> dict[str, Any]:
    """Everybody and everything that the permit names, and whoever may stop it there as well; with their offices."""
    named, tenant = found.specification, row.tenant_id
    everybody = Person.objects.filter(tenant_id=tenant, is_active=True).order_by("username")
    people = [each for each in everybody if each.username in named.persons or each.has_role(*_STOP)]
    terminals = Terminal.objects.filter(tenant_id=tenant, terminal__in=named.terminals).order_by("terminal")
    places = {named.department, *(each.department for each in people), *(each.department for each in terminals)}
    departments = Department.objects.filter(tenant_id=tenant, department__in=places).order_by("department")
    return {
        "people": [{"person": each.username, **{name: getattr(each, name) for name in _PERSON}} for each in people],
        "terminals": list(terminals.values("terminal", *_TERMINAL)),
        "departments": list(departments.values("department", "agency", "label_ja", "label_en")),
    }


def _read(body: bytes, tenant: str, digest: str) -> Mapping[str, Any]:
    """What a paper says.

    Raises:
        SekishoError: Its digest is another one, it is no such paper, or it is another municipality's.

    """
    if hashlib.sha256(body).hexdigest() != digest.strip().lower():
        ja = "引渡書の要約値が、聞いたものと違います。渡した側に確かめ、もう一度受け取ってください"
        message = f"{ja} / the digest of the paper is another one: ask who handed it over, and fetch it again"
        raise SekishoError(message)
    try:
        said: Mapping[str, Any] = json.loads(body)
        known = said["form"] == FORM and said.keys() >= _FIELDS
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    if not known:
        ja = "通行証の引渡書ではありません。sekisho permit hand-over で作ったファイルを選んでください"
        message = f"{ja} / this is no paper of a permit: choose a file made by sekisho permit hand-over"
        raise SekishoError(message)
    if said["tenant"] != tenant or not Tenant.objects.filter(code=tenant).exists():
        ja = f"団体 {said['tenant']} の引渡書です。--tenant と、その団体の領域が開かれているかを確かめてください"
        message = f"{ja} / the paper is of municipality {said['tenant']}: check --tenant, and that its area is open"
        raise SekishoError(message)
    return said


def _permit_in(said: Mapping[str, Any]) -> tuple[PermitOnFile, Mapping[str, bytes]]:
    """The permit that a paper holds, checked as if it were issued here, and the keys it was signed with.

    Raises:
        SekishoError: The permit does not say what was approved, or its signatures do not hold.
        Refused: It does not stand its validation.

    """
    try:
        signatures = tuple(Signature(**each) for each in said["signatures"])
        permit = permit_from_data(said["document"].encode(), str(PermitStatus.ACTIVE), signatures)
        approved = specification_from_data(said["specification"])
        keys = check_signatures(permit.permit, permit_document(permit), signatures)
    except (AttributeError, TypeError, ValueError) as fault:
        ja = "引渡書の中の通行証が読めません。もう一度引き渡してもらってください"
        message = f"{ja} / the permit in the paper cannot be read: have it handed over again"
        raise SekishoError(message) from fault
    same = (permit.tenant, permit.connection) == (said["tenant"], approved.connection)
    if not same or permit.specification_digest != digest_of(approved) or permit.caveats != compile_caveats(approved):
        message = f"通行証 {permit.permit} の内容が承認と一致しません / the permit does not say what was approved"
        raise SekishoError(message)
    return PermitOnFile(permit=permit, specification=approved, signatures_hold=True), keys


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
    """Put a permit in force in this house that was issued in another; the same paper again changes nothing.

    A paper that is newer than the stop of a permit here starts it again; one that is older does not.

    Raises:
        SekishoError: It is not the paper that was read out, not in order, or not for this person to accept.
        Refused: The permit does not stand its validation, or a newer word of its council's house stands against it.

    """
    check_may_accept(tenant, by)
    said = _read(body, tenant, digest)
    found, keys = _permit_in(said)
    if known := PermitRow.objects.filter(tenant_id=tenant, permit=found.permit.permit).first():
        return resume_by_paper(known, _written_at(said), digest, by, at)
    _check_newest(found.permit)
    _check_names(tenant, said)
    accept_issuers(tenant, keys)
    with writing():
        _enter_named(tenant, said)
        validated = validate_permit(found, known_ids(tenant))
        supersede_earlier(_enter_permit(said, found, at), found.permit.issued_at)
        entry = {"kind": str(EntryKind.PERMIT_ISSUED), "tenant": tenant, "at": at.isoformat(), "by": {"person": by}}
        word = {"word": "handed over", "at": _written_at(said) or found.permit.issued_at}
        checked = {"paper": digest, "signers": sorted(keys), "cases": validated.cases, "issuer": word}
        append_entry(tenant, {**entry, **_facts(found.permit), **checked})
        if said["standing"]:
            enter_standing(tenant, standing_from_data(said["standing"]), by, at)
    return found.permit


def _written_at(said: Mapping[str, Any]) -> str:
    """When the paper was written, by the clock of the house that wrote it; a paper of before does not say."""
    return str(said.get("written_at", ""))


def _check_newest(permit: Permit) -> None:
    """Has no newer permit of this connection been accepted? An older one would go round its stop.

    Raises:
        Refused: One has.

    """
    rows = PermitRow.objects.filter(tenant_id=permit.tenant, connection=permit.connection)
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


def _enter_permit(said: Mapping[str, Any], found: PermitOnFile, at: datetime) -> PermitRow:
    """The permit's row, byte for byte as it was signed."""
    return PermitRow.objects.create(
        tenant_id=found.permit.tenant,
        permit=found.permit.permit,
        connection=found.permit.connection,
        consultation=found.specification.consultation,
        specification=said["specification"],
        document=said["document"].encode(),
        signatures=said["signatures"],
        status=found.permit.status,
        issued_at=at,
    )
