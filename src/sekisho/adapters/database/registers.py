"""Who stands here, and which permit covers the connection: the rows behind the first doors."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sekisho.adapters.database.models import Department, Parcel, PermitRow, Person, Terminal, Ticket
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import holds, open_key_store, signing_key
from sekisho.kernel import (
    Credential,
    PermitOnFile,
    PermitStatus,
    ReasonCode,
    Refused,
    SekishoError,
    Signature,
    Standing,
    because,
    permit_document,
    permit_from_data,
    specification_from_data,
)

OFFICE_TIME = ZoneInfo("Asia/Tokyo")
SIGNATURES_NEEDED = 2


def _standing(person: Person | None, terminal: Terminal | None) -> Standing | None:
    """Somebody of a department at a terminal, both known and of one municipality."""
    if person is None or terminal is None or person.tenant_id != terminal.tenant_id:
        return None
    return Standing(
        person=person.username,
        terminal=terminal.terminal,
        agency=agency_of(terminal.tenant_id, person.department),
        department=person.department,
    )


def is_terminal_of(tenant: str, fingerprint: str) -> bool:
    """Is this the certificate of a terminal of this municipality?"""
    return bool(fingerprint) and Terminal.objects.filter(tenant_id=tenant, fingerprint=fingerprint).exists()


def agency_of(tenant: str, department: str) -> str:
    """The implementing agency of a department."""
    found = Department.objects.filter(tenant_id=tenant, department=department).values_list("agency", flat=True)
    return next(iter(found), "")


@dataclass(frozen=True, slots=True)
class Roster:
    """Knows persons and terminals.

    A credential is one of: `certificate` (fingerprint/person: a terminal's certificate and the person signed in on
    it), `ticket` (the digest of a single-use ticket), `shell` (terminal/person: somebody at the machine itself).
    """

    def standing(self, tenant: str, credential: Credential) -> Standing | None:
        """Who this is, or nothing."""
        if credential.kind == "ticket":
            return self._by_ticket(tenant, credential.value)
        place, _, person = credential.value.partition("/")
        terminals = Terminal.objects.filter(tenant_id=tenant)
        if credential.kind == "certificate" and place:
            terminal = terminals.filter(fingerprint=place).first()
        elif credential.kind == "shell":
            terminal = terminals.filter(terminal=place).first()
        else:
            return None
        return _standing(self._person(tenant, person), terminal)

    @staticmethod
    def _person(tenant: str, person: str) -> Person | None:
        """An active person of this municipality."""
        return Person.objects.filter(tenant_id=tenant, username=person, is_active=True).first()

    def _by_ticket(self, tenant: str, digest: str) -> Standing | None:
        """The person and terminal a ticket was given to; it must have been consumed for this upload."""
        ticket = Ticket.objects.filter(tenant_id=tenant, digest=digest, used_at__isnull=False).first()
        if ticket is None:
            return None
        terminal = Terminal.objects.filter(tenant_id=tenant, terminal=ticket.terminal).first()
        return _standing(self._person(tenant, ticket.person), terminal)


def ticket_digest(secret: str) -> str:
    """What is kept of a ticket."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issuer_signs(tenant: str, document: bytes, signers: Sequence[str]) -> list[dict[str, str]]:
    """Signatures of the issuing body over a permit document."""
    store = open_key_store()
    keys = {signer: signing_key(store, tenant, f"issuer/{signer}") for signer in signers}
    return [
        {"signer": signer, "key": key.public.hex(), "value": key.sign(document).hex()} for signer, key in keys.items()
    ]


def signatures_hold(tenant: str, document: bytes, signatures: Sequence[Signature]) -> bool:
    """Have enough different members of the issuing body signed, with keys that the key store knows?"""
    store = open_key_store()
    good = {
        each.signer
        for each in signatures
        if store.has(tenant, f"signer/issuer/{each.signer}")
        and signing_key(store, tenant, f"issuer/{each.signer}").public.hex() == each.key
        and holds(bytes.fromhex(each.key), bytes.fromhex(each.value), document)
    }
    return len(good) >= SIGNATURES_NEEDED


def on_file(row: PermitRow) -> PermitOnFile:
    """The permit as its row stands today.

    Raises:
        Refused: The row no longer reads as the permit that was issued.

    """
    content = json.dumps([row.specification, row.signatures, row.status], sort_keys=True)
    try:
        found = _read(row.tenant_id, bytes(row.document), content)
    except (SekishoError, AttributeError, TypeError, ValueError) as fault:
        raise Refused([because(ReasonCode.PERMIT_ALTERED, permit=row.permit)]) from fault
    same = (found.permit.permit, found.permit.connection) == (row.permit, row.connection)
    return replace(found, signatures_hold=found.signatures_hold and same)


@lru_cache(maxsize=64)
def _read(tenant: str, document: bytes, content: str) -> PermitOnFile:
    """Read and check what a row holds, once for each content: another byte in the row is another reading."""
    stored, signed, status = json.loads(content)
    signatures = tuple(Signature(**each) for each in signed)
    permit = permit_from_data(document, status, signatures)
    return PermitOnFile(
        permit=permit,
        specification=specification_from_data(stored),
        signatures_hold=signatures_hold(tenant, permit_document(permit), signatures),
    )


@dataclass(frozen=True, slots=True)
class Register:
    """Knows the permits of a tenant, and what has crossed under them."""

    def permit_on_file(self, tenant: str, connection: str) -> PermitOnFile | None:
        """The permit of this connection as it stands in the register today; the newest that was not superseded."""
        rows = PermitRow.objects.filter(tenant_id=tenant, connection=connection)
        failpoint("present")
        row = rows.exclude(status=PermitStatus.SUPERSEDED).order_by("-issued_at", "-id").first()
        return None if row is None else on_file(row)

    @staticmethod
    def permit_numbered(tenant: str, permit: str) -> PermitOnFile | None:
        """The permit of this number, also one that was superseded."""
        row = PermitRow.objects.filter(tenant_id=tenant, permit=permit).first()
        return None if row is None else on_file(row)

    def parcels_on(self, tenant: str, permit: str, day: datetime) -> int:
        """How many parcels were received under the permit on that day, by the office's clock."""
        return Parcel.objects.filter(
            tenant_id=tenant, permit=permit, received_on=day.astimezone(OFFICE_TIME).date()
        ).count()

    def overdue_erasures(self, tenant: str, permit: str, at: datetime) -> int:
        """How many copies are past their erasure date."""
        return Parcel.objects.filter(tenant_id=tenant, permit=permit, erase_by__lt=at, proof__isnull=True).count()
