"""S-310 届いた文書: open, print and export only for named recipients; each is an entry before a byte is shown."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.queries_authority import all_labels
from sekisho.adapters.database.queries_documents import document_row, document_rows
from sekisho.adapters.database.queries_rows import DocumentRow
from sekisho.kernel import Handling, ReasonCode, Refused, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.chips import Chip
from sekisho.web.components.layouts import name_layout
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import short_parcel
from sekisho.web.office import Office, office_in
from sekisho.web.pages.documents.contents import Sheet, read_sheet, take_document
from sekisho.web.pages.gate.custody import Names
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

LIST = screen("S-310", Words("届いた文書", "Landed documents"))
KEPT = Chip(words=Words("保管中", "Kept"), icon="lock", tone="key")
PAST = Chip(words=Words("期限切れ", "Past its date"), icon="clock", tone="stop")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in the list."""

    document: str
    at: datetime
    due: datetime
    title: Words
    reconstructed: bool
    url: str
    chip: Chip
    parcel: str
    short_parcel: str
    parcel_url: str
    recipients: str


def _line(row: DocumentRow, names: Names) -> DocumentLine:
    """A document with its words and links; a layout that was reconstructed, or is our own, is marked."""
    layout = name_layout(row.layout)
    people = [Words(*names.get(person, (person, person))) for person in row.recipients]
    return DocumentLine(
        document=row.document,
        at=row.at,
        due=row.due,
        title=Words(
            f"{layout.ja}（{row.records}件）{layout.mark.ja}", f"{layout.en} ({row.records} notices){layout.mark.en}"
        ),
        reconstructed=layout.reconstructed,
        url=reverse("document", args=[row.document]),
        chip=KEPT if row.due > timezone.now() else PAST,
        parcel=row.parcel,
        short_parcel=short_parcel(row.parcel),
        parcel_url=reverse("crossing", args=[row.parcel]),
        recipients=str(Words("、", ", ")).join(str(each) for each in people),
    )


@require_GET
@open_to(*EVERYBODY)
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that are addressed to this person."""
    office = office_in(request)
    names = all_labels(office.tenant)
    rows = tuple(_line(row, names) for row in document_rows(office.tenant, office.person))
    return render(request, "documents/documents.html", {"screen": LIST, "page": SimpleNamespace(rows=rows)})


def _found(office: Office, document: str) -> DocumentRow:
    """A document of this municipality that is addressed to this person."""
    row = document_row(office.tenant, document)
    if row is None:
        raise Http404
    if office.person not in row.recipients:
        raise Refused([because(ReasonCode.NOT_A_RECIPIENT, document=document)])
    return row


def _show(request: HttpRequest, row: DocumentRow, sheet: Sheet | None, handling: str = "") -> HttpResponse:
    """The page of a document, with or without its content."""
    line = _line(row, all_labels(office_in(request).tenant))
    shown = screen("S-315", line.title, line.title, Crumb(title=LIST.title, url=reverse("documents")))
    page = SimpleNamespace(line=line, sheet=sheet, handling=handling)
    return render(request, "documents/document.html", {"screen": shown, "page": page})


@require_GET
@open_to(*EVERYBODY)
def document(request: HttpRequest, document: str) -> HttpResponse:
    """What is known of a document, without its content."""
    try:
        return _show(request, _found(office_in(request), document), None)
    except Refused as refused:
        return refuse(request, *refused.reasons)


def _handled(request: HttpRequest, document: str, handling: Handling) -> HttpResponse:
    """Write the entry, then show the content."""
    office = office_in(request)
    try:
        row = _found(office, document)
        content = take_document(office, document, handling, timezone.now())
    except Refused as refused:
        return refuse(request, *refused.reasons)
    if handling is Handling.EXPORTED:
        return attachment(content, "application/octet-stream", f"{document}.csv")
    return _show(request, row, read_sheet(content), str(handling))


@require_POST
@open_to(*EVERYBODY)
def open_document(request: HttpRequest, document: str) -> HttpResponse:
    """Open a document on screen."""
    return _handled(request, document, Handling.OPENED)


@require_POST
@open_to(*EVERYBODY)
def print_document(request: HttpRequest, document: str) -> HttpResponse:
    """Show a document to be printed."""
    return _handled(request, document, Handling.PRINTED)


@require_POST
@open_to(*EVERYBODY)
def export_document(request: HttpRequest, document: str) -> HttpResponse:
    """Save a document as a file."""
    return _handled(request, document, Handling.EXPORTED)
