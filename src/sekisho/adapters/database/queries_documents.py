"""Landed documents of one municipality."""

from sekisho.adapters.database.models import Document
from sekisho.adapters.database.queries_rows import DocumentRow


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
