"""S-355 寄附の取込み口, S-356 見出しの割当て: ways in, their health, and what to do about a renamed column."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.connectors import begin_run, end_run
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, ConnectorRunRow, RunOutcome
from sekisho.adapters.database.queries_connectors import connector_views, copy_totals, copy_views, run_waiting
from sekisho.bootstrap import connectors as running
from sekisho.kernel import ReasonCode, SekishoError, because
from sekisho.records import RecordsError
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.connectors.connectors_page import connectors_page
from sekisho.web.pages.connectors.mismatch_page import mismatch_page, read_mapping
from sekisho.web.words import Words

_TITLE: Final = Words("寄附の取込み口", "Ways in for donations")
SCREEN: Final = screen("S-355", _TITLE)
_OFFICERS: Final = (Role.OPERATOR, Role.HEAD)
_HEAD: Final = 1 << 16


@require_GET
@open_to(*EVERYBODY)
def connectors(request: HttpRequest) -> HttpResponse:
    """Every connector with its health, and every copy on the internet-side server."""
    office, at = office_in(request), timezone.now()
    acts = bool(set(office.roles) & set(_OFFICERS))
    tenant = office.tenant
    page = connectors_page(connector_views(tenant), copy_views(tenant), copy_totals(tenant, at), at, acts=acts)
    return render(request, "connectors/connectors.html", {"screen": SCREEN, "page": page})


def _connector(office: Office, name: str, mode: ConnectorMode) -> ConnectorRow:
    """A connector of this municipality, of this mode."""
    row = ConnectorRow.objects.filter(tenant_id=office.tenant, connector=name, mode=mode).first()
    if row is None:
        raise Http404
    return row


@require_POST
@open_to(*_OFFICERS)
def run(request: HttpRequest, connector: str) -> HttpResponse:
    """Let a robot run now; the worker does it."""
    running.run_now(_connector(office_in(request), connector, ConnectorMode.ROBOT), timezone.now())
    messages.success(request, str(Words("まもなく実行します。", "It runs in a moment.")))
    return redirect("connectors")


@require_POST
@open_to(*_OFFICERS)
def check(request: HttpRequest, connector: str) -> HttpResponse:
    """Look at the headings of a file that an officer downloaded; nothing of the file is kept."""
    office, file = office_in(request), request.FILES.get("file")
    row = _connector(office, connector, ConnectorMode.CSV)
    if file is None:
        return refuse(request, because(ReasonCode.EMPTY_PARCEL), status=400)
    try:
        difference, guesses = running.look_at_headings(row, file.read(_HEAD))
    except RecordsError as fault:
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="heading", what=str(fault)), status=400)
    if not difference.stops:
        messages.success(request, str(Words("見出しは様式のとおりです。", "The headings are as the layout says.")))
        return redirect("connectors")
    met = begin_run(row, None, office.person, timezone.now())
    detail = running.difference_as_data(difference, guesses)
    end_run(met, RunOutcome.MISMATCH, timezone.now(), detail=detail)
    return redirect("connector_mismatch", run=met.pk)


def _waiting(request: HttpRequest, run: int) -> ConnectorRunRow:
    """A run of this municipality that waits for its columns."""
    row = run_waiting(office_in(request).tenant, run)
    if row is None:
        raise Http404
    return row


@require_GET
@open_to(*_OFFICERS)
def mismatch(request: HttpRequest, run: int) -> HttpResponse:
    """The difference, and a choice for each column."""
    page = mismatch_page(_waiting(request, run))
    back = Crumb(title=_TITLE, url="/connectors/")
    here = screen("S-356", Words("見出しの割当て", "Map the columns"), page.portal, back)
    return render(request, "connectors/mismatch.html", {"screen": here, "page": page})


@require_POST
@open_to(*_OFFICERS)
def map_columns(request: HttpRequest, run: int) -> HttpResponse:
    """File the new version of the layout, and let the import go on."""
    row = _waiting(request, run)
    mapping, unused = read_mapping(request.POST, row.detail)
    try:
        version = running.map_columns(row, mapping, unused, office_in(request).person)
    except (RecordsError, SekishoError) as fault:
        reason = because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="heading", what=str(fault))
        return refuse(request, reason, status=409)
    end_run(row, RunOutcome.REFUSED, timezone.now(), detail={**row.detail, "why": _settled(version)})
    if row.connector.mode == ConnectorMode.ROBOT:
        running.run_now(row.connector, timezone.now())
    said = Words(f"様式の新しい版 {version} を採用しました。", f"Version {version} of the layout was adopted.")
    done = Words("使わない列を登録しました。", "The unused columns were noted.")
    messages.success(request, str(said if version else done))
    return redirect("connectors")


def _settled(version: str) -> str:
    """What became of a run that met other headings."""
    return f"見出しを割り当てました(版 {version or '—'}) / the columns were mapped"
