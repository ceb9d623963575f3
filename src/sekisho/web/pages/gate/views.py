"""S-100 通過の記録, S-110 通過の詳細, S-120 止めました."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_authority import all_labels, permit_row, permit_rows
from sekisho.adapters.database.queries_documents import document_of_parcel
from sekisho.adapters.database.queries_evidence import verdict_of_entries
from sekisho.adapters.database.queries_gate import crossing_row, crossing_rows, entries_of_parcel
from sekisho.adapters.database.queries_property import batch_of_parcel
from sekisho.adapters.database.queries_rows import EntryRow, ParcelRow
from sekisho.web.access import EVERYBODY, Role, open_to
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import item_words, short_parcel
from sekisho.web.office import Office, office_in
from sekisho.web.pages.evidence.proof_page import proof_panel
from sekisho.web.pages.gate.answering import ANSWERERS, SENDERS, is_held, items_to_leave_out, may_be_sent_again
from sekisho.web.pages.gate.crossing_keeping import keeping_of_crossing
from sekisho.web.pages.gate.crossing_page import STOPPED_STATES, Linked, Surroundings, crossing_page, stopped_page
from sekisho.web.pages.gate.crossings_page import PAGE, crossings_page, read_search
from sekisho.web.words import Words

LIST = screen("S-100", Words("通過の記録", "Crossings"))
EVIDENCE_ROLES = frozenset({Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT})


@require_GET
@open_to(*EVERYBODY)
def crossings(request: HttpRequest) -> HttpResponse:
    """The list of crossings with its filter."""
    office, search = office_in(request), read_search(request.GET.dict())
    total, rows = crossing_rows(office.tenant, search.wanted, first=(search.number - 1) * PAGE, count=PAGE)
    page = crossings_page(search, total, rows, permit_rows(office.tenant))
    return render(request, "gate/crossings.html", {"screen": LIST, "page": page})


def _surroundings(office: Office, row: ParcelRow, entries: list[EntryRow]) -> Surroundings:
    """The proof, the document and the proposals of a crossing, and what this reader may do."""
    document, batch = document_of_parcel(office.tenant, row.parcel), batch_of_parcel(office.tenant, row.parcel)
    permit = permit_row(office.tenant, row.permit) if row.permit else None
    open_document = (
        Linked(title=Words("文書", "Document"), url=reverse("document", args=[document.document])) if document else None
    )
    open_batch = (
        Linked(title=Words("登記通知の異動案", "Proposed changes"), url=reverse("notice_batch", args=[batch.batch]))
        if batch
        else None
    )
    sends = bool(set(SENDERS) & set(office.roles)) and may_be_sent_again(office, permit)
    leave_out = tuple(map(item_words, items_to_leave_out(entries, permit))) if sends else ()
    trusted = bool(EVIDENCE_ROLES & set(office.roles))
    return Surroundings(
        proof=proof_panel(verdict_of_entries(office.tenant, entries), entries),
        documents=(open_document,) if open_document else (),
        batches=(open_batch,) if open_batch else (),
        may_export=trusted,
        may_verify=trusted,
        approved_items=permit.specification.items if permit else (),
        masked_items=permit.specification.masked_items if permit else (),
        names=all_labels(office.tenant),
        leave_out=leave_out,
        may_answer=bool(set(ANSWERERS) & set(office.roles)) and is_held(entries),
        keeping=keeping_of_crossing(office, row.parcel),
    )


@require_GET
@open_to(*EVERYBODY)
def crossing(request: HttpRequest, parcel: str) -> HttpResponse:
    """One crossing: its custody and its proof, or why it was stopped."""
    office = office_in(request)
    row = crossing_row(office.tenant, parcel)
    if row is None:
        raise Http404
    entries = list(entries_of_parcel(office.tenant, parcel))
    around = _surroundings(office, row, entries)
    back = Crumb(title=LIST.title, url=reverse("crossings"))
    if row.state in STOPPED_STATES:
        shown = screen("S-120", Words("関所で止めました", "Stopped at the gate"), short_parcel(parcel), back)
        return render(request, "gate/stopped.html", {"screen": shown, "page": stopped_page(row, entries, around)})
    shown = screen("S-110", Words("通過の記録", "Crossing"), short_parcel(parcel), back)
    return render(request, "gate/crossing.html", {"screen": shown, "page": crossing_page(row, entries, around)})
