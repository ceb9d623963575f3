"""S-354 申告特例通知書: count-down to 31 January, batches with their answers, exceptions, and what came back."""

from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.carriers import AwayError
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.acts import record_export, record_view
from sekisho.adapters.donations.models import NoticeBatchRow, NoticeRow
from sekisho.adapters.donations.notice_books import Issue, answer_batch, freeze_year
from sekisho.adapters.donations.notice_plans import YearPlan, cases_waiting, plan_year
from sekisho.adapters.donations.notice_queries import batches_in, days_left, figures_of, returned_in
from sekisho.adapters.donations.one_stop_papers import notice_pdf
from sekisho.adapters.places import shipped_municipalities
from sekisho.bootstrap.donation_notices import collect_answers, collect_returns, send_notices
from sekisho.business.hometown_donations.notices import OBSTACLES, RETURNS, ReturnKind
from sekisho.kernel import Refused, SekishoError
from sekisho.records import RecordsError
from sekisho.web.access import open_to, refuse
from sekisho.web.components.chips import Chip
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.one_stop.fields import year_words
from sekisho.web.donation_manager.pages.one_stop.keying import LIST
from sekisho.web.donation_manager.pages.one_stop.stationery import sender_of
from sekisho.web.donation_manager.pages.one_stop.terminals import at_terminals
from sekisho.web.donation_manager.pages.one_stop.views import asked_year
from sekisho.web.donation_manager.words import OFFICERS, act_of
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

_STATES: Final[dict[str, Chip]] = {
    "made": Chip(words=Words("送付待ち", "To be sent"), icon="clock", tone="wait"),
    "leaving": Chip(words=Words("送付中", "On its way"), icon="clock", tone="key"),
    "given_up": Chip(words=Words("作り直しました", "Made anew"), icon="info", tone="quiet"),
    "acknowledged": Chip(words=Words("受領済み", "Acknowledged"), icon="check", tone="good"),
}
_ON_PAPER: Final = Chip(words=Words("紙で送付", "On paper"), icon="paper", tone="wait")
_DAY_ALARM: Final = 7


def place_words(code: str) -> str:
    """A destination by name."""
    try:
        found = shipped_municipalities().find(code)
    except RecordsError:
        return code
    return f"{found.prefecture}{found.name}"


def _return_line(row: NoticeRow) -> tuple[NoticeRow, str, Words, Words, str]:
    """One notice that came back: from where, why, what to do, and where the donor belongs if that was said."""
    belongs = place_words(row.belongs_to) if row.belongs_to else ""
    return (row, place_words(row.batch.destination), *_pair(RETURNS[ReturnKind(row.returned_kind)]), belongs)


def _batch_line(row: NoticeBatchRow) -> SimpleNamespace:
    """One batch in the list."""
    paper = row.road == "paper" and row.state == "made"
    return SimpleNamespace(
        row=row,
        total=f"{row.total:,}",
        place=place_words(row.destination),
        chip=_ON_PAPER if paper else _STATES[row.state],
        on_paper=paper,
    )


def _plan_facts(plan: YearPlan) -> SimpleNamespace:
    """What would be told now, and what cannot be."""
    return SimpleNamespace(
        due=len(plan.planned),
        yen=f"{sum(each.notice.total for each in plan.planned):,}",
        exceptions=[(each.applications, *_pair(OBSTACLES[each.obstacle])) for each in plan.exceptions],
    )


def _shown(request: HttpRequest, year: int, plan: YearPlan | None = None) -> HttpResponse:
    """The page of a year: counts, days and batches; what a plan says stands there only when it was asked for."""
    area, today = office_in(request).tenant, office_day(timezone.now())
    figures = figures_of(area, year)
    left = days_left(figures, today)
    page = SimpleNamespace(
        year=year,
        era=year_words(year),
        left=left,
        late=left < 0,
        near=0 <= left <= _DAY_ALARM,
        deadlines=figures.deadlines,
        open_for_forms=figures.deadlines.takes_forms(today),
        accepted=figures.states["accepted"],
        waiting=cases_waiting(area, year),
        plan=None if plan is None else _plan_facts(plan),
        notified=figures.states["notified"],
        notified_yen=f"{figures.notified_yen:,}",
        batches=[_batch_line(row) for row in batches_in(area, year)],
        returned=[_return_line(row) for row in returned_in(area, year)],
    )
    shown = screen("S-354", Words("申告特例通知書", "One-stop notices"), "", Crumb(title=LIST, url=reverse("one_stop")))
    return render(request, "donation_manager/notices.html", {"screen": shown, "page": page})


@require_GET
@open_to(*OFFICERS)
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of a year; looking at the page opens no form and no number, and writes nothing."""
    return _shown(request, asked_year(request, office_in(request).tenant))


@require_POST
@open_to(*OFFICERS)
def plan(request: HttpRequest) -> HttpResponse:
    """What is due, and what cannot be told: every form and number is opened against its seal, and that is an entry."""
    office = office_in(request)
    year = asked_year(request, office.tenant)
    record_view(act_of(office, timezone.now()), f"notices due of {year}")
    return _shown(request, year, plan_year(office.tenant, year))


def _pair(words: tuple[str, str, str, str]) -> tuple[Words, Words]:
    """What it is, and what to do next."""
    return Words(words[0], words[1]), Words(words[2], words[3])


def _back(year: int) -> HttpResponse:
    """To the page of the year."""
    return redirect(f"{reverse('one_stop_notices')}?year={year}")


@require_POST
@open_to(*OFFICERS)
def freeze(request: HttpRequest) -> HttpResponse:
    """Make the year's accepted applications final, once the deadline is past."""
    office, now = office_in(request), timezone.now()
    year = asked_year(request, office.tenant)
    try:
        count = freeze_year(office.tenant, year, office_day(now), now)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words(f"{count}件を確定しました。", f"{count} are final now.")))
    return _back(year)


@require_POST
@open_to(*OFFICERS)
def send(request: HttpRequest) -> HttpResponse:
    """Make every batch that is due, check it against every seal, and carry it in by the doors."""
    office, now = office_in(request), timezone.now()
    year = asked_year(request, office.tenant)
    issue = Issue(
        area=office.tenant,
        year=year,
        sender=sender_of(office),
        issued_on=office_day(now),
        person=office.person,
        at=now,
        terminal=office.terminal,
    )
    try:
        sent = send_notices(issue)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:  # what has landed is on its way; the next run sends the rest
        messages.error(request, str(fault))
        return _back(year)
    electronic, paper, untold = len(sent.leaving), len(sent.on_paper), len(sent.exceptions)
    said = Words(
        f"{electronic}団体へ電子で送り始めました。紙で送るのは{paper}団体、通知できない申請は{untold}件です。",
        f"{electronic} batches are on their way; {paper} go on paper; {untold} applications cannot be told.",
    )
    messages.success(request, str(said))
    return _back(year)


@require_POST
@open_to(*OFFICERS)
def collect(request: HttpRequest) -> HttpResponse:
    """Fetch what was acknowledged, and what came back."""
    office, now = office_in(request), timezone.now()
    year = asked_year(request, office.tenant)
    try:
        answered, count = collect_answers(office.tenant, year, now), collect_returns(office.tenant, now)
    except AwayError:
        away = Words(
            "相手先につながりません。しばらくしてからもう一度押してください。", "Out of reach; try again later."
        )
        messages.error(request, str(away))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
    else:
        said = Words(f"受領は{answered}団体、返戻は{count}件です。", f"{answered} acknowledged; {count} came back.")
        messages.success(request, str(said))
    return _back(year)


@require_POST
@open_to(*OFFICERS)
@at_terminals  # an Individual Number stands on every page
def paper(request: HttpRequest, batch: str) -> HttpResponse:
    """The notices of a batch as PDF, for a destination that takes paper; written down before it leaves."""
    office = office_in(request)
    try:
        pdf = notice_pdf(office.tenant, batch, sender_of(office))
    except Refused as refused:
        raise Http404 from refused
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop_notices")
    record_export(act_of(office, timezone.now()), f"notices on paper {batch}", 1)
    return attachment(pdf, "application/pdf", f"notices-{batch}.pdf")


@require_POST
@open_to(*OFFICERS)
def posted(request: HttpRequest, batch: str) -> HttpResponse:
    """The paper was posted: under which number of the post."""
    office, now = office_in(request), timezone.now()
    receipt = request.POST.get("receipt", "").strip()[:60]
    try:
        answer_batch(office.tenant, batch, receipt or "-", now, office.person)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words(f"{batch} を送付済みにしました。", f"{batch} is sent.")))
    return _back(int(batch[:4]))
