"""Handing a landed document to the system that it is addressed to: the permit and the person first, then the entry."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document, Parcel
from sekisho.adapters.database.registers import Register, Roster
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.ranges import open_range
from sekisho.kernel import (
    Credential,
    Handling,
    LandedDocument,
    ReasonCode,
    Refused,
    Standing,
    because,
    find_permit,
    handle,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A document that may be read now by this person at this terminal."""

    stored: Document
    standing: Standing

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return int(self.stored.size)

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it."""
        return str(self.stored.digest)


def open_handout(tenant: str, document: str, credential: Credential, at: datetime) -> Handout:
    """May this person read it at this terminal? Nothing is read yet.

    Raises:
        Refused: Nobody we know, no such document here, not a named recipient, the permit no longer stands, or another
            terminal than those that it names.

    """
    standing = Roster().standing(tenant, credential)
    if standing is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    stored = Document.objects.filter(tenant_id=tenant, document=document).first()
    if stored is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=document)])
    connection = Parcel.objects.values_list("connection", flat=True).get(tenant_id=tenant, parcel=stored.parcel)
    on_file = find_permit(tenant, connection, Register())
    if standing.terminal not in on_file.specification.terminals:
        raise Refused([because(ReasonCode.TERMINAL_NOT_APPROVED, terminal=standing.terminal)])
    landed = LandedDocument(
        document=document,
        tenant=tenant,
        parcel=stored.parcel,
        recipients=frozenset(stored.recipients),
        erase_by=stored.erase_by,
    )
    handle(landed, standing.person, Handling.EXPORTED, at)
    return Handout(stored=stored, standing=standing)


def read_handout(handout: Handout, part: range, at: datetime) -> Iterator[bytes]:
    """The entry, and only then the bytes of this part: who read, which bytes, and the digest of the whole."""
    stored = handout.stored
    entry = {
        "kind": str(Handling.EXPORTED),
        "tenant": stored.tenant_id,
        "parcel": stored.parcel,
        "at": at.isoformat(timespec="milliseconds"),
        "by": asdict(handout.standing),
        "document": stored.document,
        "digest": handout.digest,
        "first": part.start,
        "bytes": len(part),
    }
    with writing():
        append_entry(stored.tenant_id, entry)
    from sekisho.adapters.carriers.in_house import document_key, document_place  # noqa: PLC0415 - all carriers come along

    key = open_key_store().open(stored.tenant_id, document_key(stored.document))
    inline = bytes(stored.inline) if stored.inline is not None else None
    sealed_with = (document_place(stored.document), key)
    return open_range(find_home().parcels, (stored.place, inline), sealed_with, part)
