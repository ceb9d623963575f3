"""What leaves a screen as a file: the list of crossings, and the evidence of one crossing. Both are entries first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_gate import crossing_row, crossing_rows
from sekisho.adapters.database.queries_rows import ParcelRow
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE, workbook
from sekisho.web.access import EVERYBODY, Role, open_to
from sekisho.web.components.chips import crossing_chip
from sekisho.web.components.dates import short_moment
from sekisho.web.components.vocabulary import DIRECTIONS, words_of
from sekisho.web.office import office_in
from sekisho.web.pages.evidence.bundles import bundle_of
from sekisho.web.pages.gate.crossings_page import read_search
from sekisho.web.words import Words

_MOST = 20_000
_HEADER = (
    Words("日時", "When"),
    Words("通過番号", "Parcel"),
    Words("業務", "Business"),
    Words("通行証", "Permit"),
    Words("向き", "Direction"),
    Words("相手先", "Counterpart"),
    Words("件数", "Records"),
    Words("結果", "Result"),
)


def _cells(row: ParcelRow) -> tuple[str | int | None, ...]:
    """A crossing as a row of the workbook."""
    return (
        short_moment(row.at),
        row.parcel,
        str(Words(row.label_ja, row.label_en)),
        row.permit,
        str(words_of(DIRECTIONS, row.direction)),
        str(Words(row.counterpart_ja, row.counterpart_en)),
        row.records,
        str(crossing_chip(row.state).words),
    )


def attachment(body: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved, never shown by the browser itself."""
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@open_to(*EVERYBODY)
def crossings_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook."""
    office, search, now = office_in(request), read_search(request.GET.dict()), timezone.now()
    _, rows = crossing_rows(office.tenant, search.wanted, first=0, count=_MOST)
    record_export(office.tenant, office.standing, now, what="crossings")
    body = workbook(str(Words("通過の記録", "Crossings")), [str(words) for words in _HEADER], map(_cells, rows))
    return attachment(body, CONTENT_TYPE, f"crossings-{now:%Y%m%d-%H%M%S}.xlsx")


@require_POST
@open_to(Role.AUDITOR, Role.INFORMATION_SYSTEMS, Role.HEAD, Role.SECRETARIAT)
def crossing_bundle(request: HttpRequest, parcel: str) -> HttpResponse:
    """The evidence of one crossing, which anybody can check without us."""
    office = office_in(request)
    if crossing_row(office.tenant, parcel) is None:
        raise Http404
    record_export(office.tenant, office.standing, timezone.now(), what="evidence", parcel=parcel)
    return attachment(bundle_of(office.tenant, parcel), "application/zip", f"evidence-{parcel}.zip")
