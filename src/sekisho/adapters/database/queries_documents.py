"""Landed documents of one municipality."""

from dataclasses import asdict
from datetime import datetime

from sekisho.adapters.carriers.in_house import document_key, document_place
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Document
from sekisho.adapters.database.queries_rows import DocumentRow
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import open_chunks
from sekisho.kernel import Handling, LandedDocument, ReasonCode, Refused, Standing, because, handle


def _row(stored: Document) -> DocumentRow:
    """A document as lists show it."""
    return DocumentRow(
        document=stored.document,
        parcel=stored.parcel,
        layout=stored.layout,
        records=stored.records,
        at=stored.landed_at,
        due=stored.erase_by,
        recipients=tuple(str(person) for person in stored.recipients),
    )


def document_rows(tenant: str, person: str) -> tuple[DocumentRow, ...]:
    """The documents that are addressed to a person, the latest first."""
    stored = Document.objects.filter(tenant_id=tenant).order_by("-landed_at")
    return tuple(row for row in map(_row, stored.defer("inline")) if person in row.recipients)


def document_row(tenant: str, document: str) -> DocumentRow | None:
    """One document of a municipality."""
    stored = Document.objects.filter(tenant_id=tenant, document=document).defer("inline").first()
    return _row(stored) if stored else None


def document_of_parcel(tenant: str, parcel: str) -> DocumentRow | None:
    """The document that a parcel became."""
    stored = Document.objects.filter(tenant_id=tenant, parcel=parcel).defer("inline").first()
    return _row(stored) if stored else None


def _landed(stored: Document) -> LandedDocument:
    """A stored document as custody asks about it."""
    return LandedDocument(
        document=stored.document,
        tenant=stored.tenant_id,
        parcel=stored.parcel,
        recipients=frozenset(stored.recipients),
        erase_by=stored.erase_by,
    )


def handle_document(tenant: str, document: str, standing: Standing, handling: Handling, at: datetime) -> bytes:
    """Let a named recipient open, print or export a document: first the entry, then the bytes.

    Raises:
        Refused: No such document here, not a named recipient, or past its keeping period.

    """
    stored = Document.objects.filter(tenant_id=tenant, document=document).first()
    if stored is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=document)])
    facts = handle(_landed(stored), standing.person, handling, at)
    entry = {
        "kind": str(handling),
        "tenant": tenant,
        "parcel": stored.parcel,
        "at": at.isoformat(timespec="milliseconds"),
        "by": asdict(standing),
        "document": facts["document"],
    }
    with writing():
        append_entry(tenant, entry)
    key = open_key_store().open(tenant, document_key(document))
    inline = bytes(stored.inline) if stored.inline is not None else None
    return b"".join(open_chunks(find_home().parcels, (stored.place, inline), document_place(document), key))
