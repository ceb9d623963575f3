"""A permit on its way to another house (引渡し): the city's council issues it, S1's own gate has to obey it.

The paper holds the signed permit, the approval, whoever and whatever it names, and where its assessment stands. Its
digest is read out over another way, as on the telephone; a paper with another digest is not accepted.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sekisho.adapters.database.issuers import check_signatures
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Consultation, Department, PermitRow, Person, Tenant, Terminal
from sekisho.adapters.database.permit_waits import NOT_AS_ISSUED
from sekisho.adapters.database.registers import on_file
from sekisho.adapters.database.standings import standing_as_data
from sekisho.adapters.database.turns import writing
from sekisho.adapters.database.word_papers import is_in_force
from sekisho.kernel import (
    EntryKind,
    PermitOnFile,
    PermitStatus,
    SekishoError,
    Signature,
    canonical_bytes,
    compile_caveats,
    digest_of,
    permit_document,
    permit_faults,
    permit_from_data,
    specification_from_data,
)

FORM: Final = "sekisho.permit-paper/1"
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
    """The paper of a permit that is in force, or issued and waits, with an entry that says who handed it over.

    Its digest is its seal. What waits is kept in the other house, and used once this house says that it is in force.

    Raises:
        SekishoError: There is no such permit, or it is neither.
        Refused: Its row no longer reads as the permit that was issued.

    """
    row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
    if row is None:
        message = f"通行証 {permit} はありません / there is no permit {permit}"
        raise SekishoError(message)
    found = on_file(row)
    if not (is_in_force(found) or _waits(found)):
        ja = f"通行証 {permit} は有効でも、初日を待つ発行済みでもありません。どちらかになってから引き渡してください"
        message = f"{ja} / permit {permit} is neither in force nor issued and waiting; hand it over once it is"
        raise SekishoError(message)
    head = {"form": FORM, "tenant": tenant, "written_at": at.isoformat(), "status": str(found.permit.status)}
    body = canonical_bytes({**head, **_what(row, found), **_whoever(row, found)})
    facts = {"permit": permit, "status": str(found.permit.status), "paper": hashlib.sha256(body).hexdigest()}
    entry = {"kind": str(EntryKind.PERMIT_HANDED_OVER), "tenant": tenant, "at": at.isoformat(), "by": {"person": by}}
    with writing():
        append_entry(tenant, {**entry, **facts})
    return body


def _waits(found: PermitOnFile) -> bool:
    """Is it issued and as it was signed? What else keeps it waiting keeps it waiting in the other house as well."""
    return found.permit.status is PermitStatus.ISSUED and not any(
        each.code in NOT_AS_ISSUED for each in permit_faults(found)
    )


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


def read_paper(body: bytes, tenant: str, digest: str) -> Mapping[str, Any]:
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


def permit_in(said: Mapping[str, Any]) -> tuple[PermitOnFile, Mapping[str, bytes]]:
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
