"""S-355 寄附の取込み口, S-356 見出しの割当て: ways in, their health, and what to do about a renamed column."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.queries_connectors import (
    WaitingRun,
    connector_views,
    copy_totals,
    copy_views,
    has_connector,
    waiting_run,
)
from sekisho.bootstrap.column_mapping import note_mismatch, settle_mismatch
from sekisho.bootstrap.connectors import run_soon
from sekisho.kernel import ReasonCode, SekishoError, because
from sekisho.records import RecordsError
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.connectors.connectors_page import connectors_page
from sekisho.web.pages.connectors.mismatch_page import MismatchPage, Tried, mismatch_page, read_mapping
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
    page = connectors_page(connector_views(tenant), copy_views(tenant, at), copy_totals(tenant, at), acts=acts)
    return render(request, "connectors/connectors.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*_OFFICERS)
def run(request: HttpRequest, connector: str) -> HttpResponse:
    """Let a robot run now; the worker does it."""
    tenant = office_in(request).tenant
    if not has_connector(tenant, connector, "robot"):
        raise Http404
    run_soon(tenant, connector)
    messages.success(request, str(Words("まもなく実行します。", "It runs in a moment.")))
    return redirect("connectors")


@require_POST
@open_to(*_OFFICERS)
def check(request: HttpRequest, connector: str) -> HttpResponse:
    """Look at the headings of a file that an officer downloaded; nothing of the file is kept."""
    office, file = office_in(request), request.FILES.get("file")
    if not has_connector(office.tenant, connector, "csv"):
        raise Http404
    if file is None:
        return refuse(request, because(ReasonCode.EMPTY_PARCEL), status=400)
    try:
        met = note_mismatch(office.tenant, connector, office.person, file.read(_HEAD))
    except RecordsError as fault:
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="heading", what=str(fault)), status=400)
    if met:
        return redirect("connector_mismatch", run=met)
    messages.success(request, str(Words("見出しは様式のとおりです。", "The headings are as the layout says.")))
    return redirect("connectors")


def _waiting(request: HttpRequest, run: int) -> WaitingRun:
    """A run of this municipality that waits for its columns."""
    found = waiting_run(office_in(request).tenant, run)
    if found is None:
        raise Http404
    return found


@require_GET
@open_to(*_OFFICERS)
def mismatch(request: HttpRequest, run: int) -> HttpResponse:
    """The difference, and a choice for each column."""
    return _mapping(request, mismatch_page(_waiting(request, run)))


def _mapping(request: HttpRequest, page: MismatchPage, status: int = 200) -> HttpResponse:
    """S-356; what was chosen stays if something is wrong with it."""
    back = Crumb(title=_TITLE, url="/connectors/")
    here = screen("S-356", Words("見出しの割当て", "Map the columns"), page.portal, back)
    return render(request, "connectors/mismatch.html", {"screen": here, "page": page}, status=status)


@require_POST
@open_to(*_OFFICERS)
def map_columns(request: HttpRequest, run: int) -> HttpResponse:
    """File the new version of the layout, and let the import go on."""
    office, found = office_in(request), _waiting(request, run)
    mapping, unused = read_mapping(request.POST, found.detail)
    try:
        version = settle_mismatch(office.tenant, run, mapping, unused, office.person)
    except (RecordsError, SekishoError) as fault:
        return _mapping(request, mismatch_page(found, Tried(mapping, unused, str(fault))), 409)
    said = Words(f"様式の新しい版 {version} を採用しました。", f"Version {version} of the layout was adopted.")
    done = Words("使わない列を登録しました。", "The unused columns were noted.")
    messages.success(request, str(said if version else done))
    return redirect("connectors")
