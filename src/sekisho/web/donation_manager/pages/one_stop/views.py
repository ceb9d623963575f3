"""S-350 ワンストップ特例: the year in figures, its applications by number, and the forms that go out."""

import re
from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.notice_queries import (
    PAGE,
    case_exists,
    cases_in,
    figures_of,
    next_to_verify,
    without_case,
    years_in,
)
from sekisho.adapters.donations.one_stop_papers import send_forms
from sekisho.business.hometown_donations.one_stop import ONE_STOP_TABLE
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import read_year
from sekisho.web.components.facts import choices
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.pages.one_stop.fields import state_chip, state_words, year_words
from sekisho.web.donation_manager.pages.one_stop.keying import LIST, full_number
from sekisho.web.donation_manager.pages.one_stop.stationery import stationery_of
from sekisho.web.donation_manager.pages.one_stop.terminals import deed_of
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import office_in
from sekisho.web.pages.gate.crossings_page import page_number, pages_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

FORMS_AT_ONCE: Final = 50
SCREEN: Final = screen("S-350", LIST)
_NUMBER: Final = re.compile(r"[0-9]{4}-[0-9]{6}")


def asked_year(request: HttpRequest, area: str) -> int:
    """The year that was asked for; the latest with cases, or that of today."""
    if (year := read_year(request.GET.get("year", "") or request.POST.get("year", ""))) is not None:
        return year
    return (*years_in(area), office_day(timezone.now()).year)[0]


def _no_such(wanted: str) -> Words:
    """That no case has the number that was typed, and how one is written."""
    return Words(
        f"整理番号「{wanted}」の申請はありません。例 2026-000123、または 123",
        f"No application has the number “{wanted}”; write 2026-000123, or 123",
    )


@require_GET
@open_to(*EVERYBODY)
def cases(request: HttpRequest) -> HttpResponse:
    """The year in figures and its cases by number: no name and no address."""
    office = office_in(request)
    wanted = request.GET.get("number", "").strip()[:40]
    case = full_number(wanted, office_day(timezone.now()))
    if _NUMBER.fullmatch(case) and case_exists(office.tenant, case):
        return redirect("one_stop_case", case=case)
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
        wanted=wanted,
        faults=(_no_such(wanted),) if wanted else (),
        forms=len(without_case(office.tenant, FORMS_AT_ONCE)),
    )
    return render(request, "donation_manager/one_stop.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*OFFICERS)
def forms(request: HttpRequest) -> HttpResponse:
    """Open cases for donors who wish the exception, and print their forms, filled in."""
    office, now = office_in(request), timezone.now()
    wanted = without_case(office.tenant, FORMS_AT_ONCE)
    if not wanted:
        return refuse(request, because(ReasonCode.NOT_FOUND, what="one-stop"), status=409)
    try:
        pdf = send_forms(deed_of(office, "", now), wanted, stationery_of(office))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("one_stop")
    return attachment(pdf, "application/pdf", f"one-stop-forms-{now:%Y%m%d-%H%M%S}.pdf")
