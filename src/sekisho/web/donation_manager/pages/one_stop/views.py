"""S-350 ワンストップ特例: the year's applications, one of them, and every step that an officer takes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations import one_stop_desk as desk
from sekisho.adapters.donations.areas import writing_in
from sekisho.adapters.donations.notice_queries import (
    PAGE,
    case_view,
    cases_in,
    figures_of,
    next_to_verify,
    without_case,
    years_in,
)
from sekisho.adapters.donations.one_stop_cases import CaseDeed, note_deed
from sekisho.adapters.donations.one_stop_numbers import show_image, show_number
from sekisho.adapters.donations.one_stop_papers import form_pdf, letter_pdf
from sekisho.business.hometown_donations.one_stop import CHANGEABLE, FORM_FIELDS, ONE_STOP_TABLE
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.components.facts import choices
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.donation_manager.pages.one_stop.case_page import case_page
from sekisho.web.donation_manager.pages.one_stop.fields import IDENTITY_CODES, state_chip, state_words, year_words
from sekisho.web.donation_manager.pages.one_stop.keying import LIST, full_number
from sekisho.web.donation_manager.pages.one_stop.stationery import stationery_of
from sekisho.web.donation_manager.pages.one_stop.terminals import deed_of
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import Office, office_in
from sekisho.web.pages.gate.crossings_page import page_number, pages_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

FORMS_AT_ONCE: Final = 50
SCREEN: Final = screen("S-350", LIST)


def asked_year(request: HttpRequest, area: str) -> int:
    """The year that was asked for; the latest with cases, or that of today."""
    text = request.GET.get("year", "") or request.POST.get("year", "")
    if text.isascii() and text.isdecimal() and len(text) == len("2026"):
        return int(text)
    return (*years_in(area), office_day(timezone.now()).year)[0]


@require_GET
@open_to(*EVERYBODY)
def cases(request: HttpRequest) -> HttpResponse:
    """The year in figures and its cases by number: no name and no address."""
    office = office_in(request)
    if wanted := request.GET.get("number", ""):
        return redirect("one_stop_case", case=full_number(wanted, office_day(timezone.now()))[:20] or "0")
    year, state = asked_year(request, office.tenant), request.GET.get("state", "")
    state = state if state in ONE_STOP_TABLE.states else ""
    number = page_number(request.GET.get("page", ""))
    total, rows = cases_in(office.tenant, year, state, first=(number - 1) * PAGE)
    figures = figures_of(office.tenant, year)
    page = SimpleNamespace(
        year=year,
        era=year_words(year),
        figures=[(state_words(each), count) for each, count in figures.states.items() if count],
        deadlines=figures.deadlines,
        states=choices({each: state_words(each) for each in ONE_STOP_TABLE.states}, state),
        rows=[(row, f"{row.amount:,}", state_chip(row.state), len(row.deficiencies)) for row in rows],
        pages=pages_of(number, total, {"year": str(year), "state": state}, PAGE),
        verify=bool(next_to_verify(office.tenant, office.person)),
        forms=len(without_case(office.tenant, FORMS_AT_ONCE)),
    )
    return render(request, "donation_manager/one_stop.html", {"screen": SCREEN, "page": page})


def _shown(request: HttpRequest, case: str, number: str = "", faults: tuple[Words, ...] = ()) -> HttpResponse:
    """One case; that somebody looked at it is written down before it is shown."""
    office, now = office_in(request), timezone.now()
    try:
        view = case_view(office.tenant, case)
    except Refused as refused:
        raise Http404 from refused
    with writing_in(office.tenant):
        note_deed(deed_of(office, case, now), EntryKind.VIEWED, what="application")
    shown = screen("S-353", Words("申請", "Application"), case, Crumb(title=LIST, url=reverse("one_stop")))
    context = {"screen": shown, "page": case_page(view, office, number, faults)}
    return render(request, "donation_manager/one_stop_case.html", context, status=422 if faults else 200)


@require_GET
@open_to(*OFFICERS)
def case(request: HttpRequest, case: str) -> HttpResponse:
    """One application."""
    return _shown(request, case)


def _complete(deed: CaseDeed, typed: Mapping[str, str]) -> None:
    """Fill in what was missing; an empty field stays as it is, since an officer may not see the number."""
    values = {name: typed[name] for name in FORM_FIELDS if typed.get(name)}
    desk.complete(deed, values, IDENTITY_CODES.get(typed.get("identity", "").strip(), ()))


def _change(deed: CaseDeed, typed: Mapping[str, str]) -> None:
    """A change notice.

    Raises:
        Refused: The day it came cannot be read, or the change cannot be made.

    """
    received = read_day(typed.get("received_on", ""))
    if received is None:
        where, what = Words("届いた日", "Received on"), Words("読めない日付です", "not a date")
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=str(where), what=str(what))])
    desk.change(deed, received, received, {name: typed[name] for name in CHANGEABLE if typed.get(name)})


def _amend(deed: CaseDeed, act: str, typed: Mapping[str, str]) -> None:
    """Put right what was notified, or what came back."""
    desk.amend(deed, act, {name: typed[name] for name in CHANGEABLE if typed.get(name)})


_ACTS: Final[Mapping[str, Callable[[CaseDeed, Mapping[str, str]], None]]] = MappingProxyType(
    {
        "accept": lambda deed, _: desk.accept(deed),
        "complete": _complete,
        "change": _change,
        "readdress": lambda deed, typed: _amend(deed, "readdress", typed),
        "correct": lambda deed, typed: _amend(deed, "correct", typed),
        **{
            name: lambda deed, _, name=name: desk.take_step(deed, name)  # type: ignore[misc]  # its own name
            for name in ("refuse_late", "withdraw", "void", "cancel")
        },
    }
)


def _letter(office: Office, case: str) -> HttpResponse:
    """The letter that asks the donor."""
    now = timezone.now()
    found = desk.ask_donor(deed_of(office, case, now))
    pdf = letter_pdf(office.tenant, case, found, stationery_of(office), office_day(now))
    return attachment(pdf, "application/pdf", f"letter-{case}.pdf")


@require_POST
@open_to(*OFFICERS)
def act(request: HttpRequest, case: str, act: str) -> HttpResponse:
    """Take a step; what was refused is said on the case's own page."""
    office = office_in(request)
    try:
        if act == "ask_donor":
            return _letter(office, case)
        if act not in _ACTS:
            raise Http404
        _ACTS[act](deed_of(office, case, timezone.now()), request.POST.dict())
    except Refused as refused:
        return _shown(request, case, faults=tuple(Words(each.ja, each.en) for each in refused.reasons))
    done = Words(
        f"{case}: {ONE_STOP_TABLE.acts[act][0]} を記録しました。", f"{case}: {ONE_STOP_TABLE.acts[act][1]}, recorded."
    )
    messages.success(request, str(done))
    return redirect("one_stop_case", case=case)


@require_POST
@open_to(*OFFICERS)
def number(request: HttpRequest, case: str) -> HttpResponse:
    """Show the Individual Number, once, on this answer alone."""
    office = office_in(request)
    try:
        shown = show_number(deed_of(office, case, timezone.now()), request.POST.get("reason", ""))
    except Refused as refused:
        return refuse(request, *refused.reasons)
    return _shown(request, case, number=shown)


@require_GET
@open_to(*OFFICERS)
def image(request: HttpRequest, case: str, image: str) -> HttpResponse:
    """A picture, after its entry."""
    office = office_in(request)
    try:
        media, picture = show_image(deed_of(office, case, timezone.now()), image)
    except Refused as refused:
        raise Http404 from refused
    return HttpResponse(picture, content_type=media)


@require_POST
@open_to(*OFFICERS)
def forms(request: HttpRequest) -> HttpResponse:
    """Open cases for donors who wish the exception, and print their forms, filled in."""
    office, now = office_in(request), timezone.now()
    deed = deed_of(office, "", now)
    sent = [desk.send_form(deed, donation) for donation in without_case(office.tenant, FORMS_AT_ONCE)]
    if not sent:
        return refuse(request, because(ReasonCode.NOT_FOUND, what="one-stop"), status=409)
    pdf = form_pdf(office.tenant, sent, stationery_of(office), office_day(now))
    return attachment(pdf, "application/pdf", f"one-stop-forms-{now:%Y%m%d-%H%M%S}.pdf")
