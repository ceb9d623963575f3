"""S-344 証明書・お礼状: what can be printed, the runs so far, and printing itself."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.area_settings import settings_of
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.papers import MADE, MOST, RELEASED, STOPPED, print_papers, printable, runs_of, waiting
from sekisho.adapters.donations.reading import donation_of
from sekisho.business.hometown_donations.receipts import PaperKind
from sekisho.kernel import Refused, SekishoError
from sekisho.web.access import open_to, refuse
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import read_year
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.words import OFFICERS, PAPER_WORDS, act_of
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

SCREEN = screen("S-344", Words("証明書・お礼状", "Receipts and letters"))
_STATES = {
    MADE: Chip(words=Words("印刷中", "Being made"), icon="clock", tone="key"),
    RELEASED: Chip(words=Words("全件照合済み", "Every page checked"), icon="check", tone="good"),
    STOPPED: Chip(words=Words("止めました（出力なし）", "Stopped, nothing left"), icon="cross", tone="stop"),
}
_KINDS = frozenset(map(str, PaperKind))


@require_GET
@open_to(*OFFICERS)
def papers(request: HttpRequest) -> HttpResponse:
    """What can be printed for a year, and the latest runs."""
    office, today = office_in(request), office_day(timezone.now())
    year = read_year(request.GET.get("year", "")) or today.year
    lines = [(kind, words, waiting(office.tenant, PaperKind(kind), year, today)) for kind, words in PAPER_WORDS.items()]
    runs = [(run, PAPER_WORDS.get(run.kind, run.kind), _STATES[run.state]) for run in runs_of(office.tenant)]
    with reading_in(office.tenant):
        said = settings_of(office.tenant)
    years = sorted({year, today.year, today.year - 1}, reverse=True)
    page = SimpleNamespace(
        year=year, years=years, lines=lines, runs=runs, most=MOST,
        invitation_years=said.keeping.invitation_years, issuer=said.issuer,
    )  # fmt: skip
    return render(request, "donation_manager/papers.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*OFFICERS)
def papers_print(request: HttpRequest) -> HttpResponse:
    """Print everything of one kind and year that waits; nothing leaves unless every page is its donor's."""
    office, now, kind = office_in(request), timezone.now(), request.POST.get("kind", "")
    if kind not in _KINDS:
        raise Http404
    year = read_year(request.POST.get("year", "")) or 0
    with reading_in(office.tenant):
        numbers = printable(office.tenant, PaperKind(kind), year, office_day(now))
    try:
        run = print_papers(act_of(office, now), PaperKind(kind), numbers)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("papers")
    return attachment(run.pdf, "application/pdf", f"{kind}-{year}-{run.run}.pdf")


@require_POST
@open_to(*OFFICERS)
def donation_paper(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Print one paper for one donation; a receipt that was printed before is marked as a reissue."""
    office, now = office_in(request), timezone.now()
    if kind not in {PaperKind.RECEIPT, PaperKind.LETTER} or donation_of(office.tenant, number) is None:
        raise Http404
    try:
        run = print_papers(act_of(office, now), PaperKind(kind), [number])
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("donation", number=number)
    return attachment(run.pdf, "application/pdf", f"{kind}-donation-{number}-{run.run}.pdf")
