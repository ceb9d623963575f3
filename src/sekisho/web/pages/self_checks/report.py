"""S-227 年次点検の報告: the self-checks of a year that begins in April, and the exemptions that were claimed in it."""

from datetime import date
from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.queries_desk import record_export
from sekisho.adapters.database.queries_self_checks import (
    RoundView,
    calendar_views,
    exemptions_in,
    rounds_in,
)
from sekisho.adapters.documents.spreadsheet import CONTENT_TYPE
from sekisho.kernel.council import CONSULTATION_TABLE, CheckResult, fiscal_year
from sekisho.records import write_wareki_year
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.act_forms import words_pair
from sekisho.web.components.dates import in_office_time, long_day, read_year
from sekisho.web.components.listing import Column, list_workbook
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.pages.self_checks.views import LIST
from sekisho.web.pages.self_checks.words import RESULTS, check_chip
from sekisho.web.words import Words

TITLE: Final = Words("年次点検の報告", "Report of the year's self-checks")
_SHOWN_YEARS: Final = 5
COLUMNS: Final[tuple[Column[RoundView], ...]] = (
    Column(words=Words("点検番号", "Self-check"), value=lambda row: row.number),
    Column(words=Words("諮問", "Consultation"), value=lambda row: number_of(row.consultation)),
    Column(words=Words("件名", "Subject"), value=lambda row: Words(row.label_ja, row.label_en)),
    Column(words=Words("所属", "Department"), value=lambda row: Words(row.department_ja, row.department_en)),
    Column(words=Words("期限", "Due"), value=lambda row: row.due, days=True),
    Column(words=Words("状態", "State"), value=lambda row: check_chip(row.state, overdue=row.overdue).words),
    *(
        Column(words=RESULTS[each], value=lambda row, each=each: row.results[each])  # type: ignore[misc]  # bound early
        for each in CheckResult
    ),
    Column(words=Words("提出", "Submitted"), value=lambda row: row.submitted_on, days=True),
    Column(words=Words("確認", "Verified"), value=lambda row: row.verified_on, days=True),
    Column(words=Words("その後", "What came of it"), value=lambda row: row.followed),
)


def year_words(year: int) -> Words:
    """令和8年度, in English by both its years."""
    return Words(f"{write_wareki_year(year)}度", f"April {year} to March {year + 1}")


def _round(row: RoundView) -> SimpleNamespace:
    """A round of the report."""
    return SimpleNamespace(
        number=row.number,
        url=reverse("self_check", args=[row.number]),
        consultation=number_of(row.consultation),
        title=Words(row.label_ja, row.label_en),
        department=Words(row.department_ja, row.department_en),
        due=row.due,
        chip=check_chip(row.state, overdue=row.overdue),
        results=[row.results[each] for each in CheckResult],
        verified=row.verified_on,
        followed=row.followed,
    )


def _coming(tenant: str, year: int, today: date) -> list[SimpleNamespace]:
    """What is due in this year, and nobody has been asked for yet."""
    return [
        SimpleNamespace(number=number_of(each.consultation), title=Words(each.label_ja, each.label_en), due=each.due)
        for each in calendar_views(tenant, today)
        if not each.asked and fiscal_year(each.due) == year
    ]


def _claims(tenant: str, year: int) -> list[SimpleNamespace]:
    """The exemptions that were claimed, with what became of them."""
    return [
        SimpleNamespace(
            on=each.on,
            title=Words(each.label_ja, each.label_en),
            article=each.article,
            state=words_pair(CONSULTATION_TABLE.states[each.state]) if each.state else "",
            url=reverse("matter", args=[each.matter]),
        )
        for each in exemptions_in(tenant, year)
    ]


@require_http_methods(["GET", "POST"])
@open_to(*EVERYBODY)
def report(request: HttpRequest) -> HttpResponse:
    """The report of a year as a page; sent as a form, as a workbook, which is written down first."""
    office, now = office_in(request), timezone.now()
    today = in_office_time(now).date()
    told = request.POST if request.method == "POST" else request.GET
    year = read_year(told.get("year", "")) or fiscal_year(today)
    rows = rounds_in(office.tenant, year, today)
    if request.method == "POST":
        body = list_workbook(TITLE, COLUMNS, rows)
        record_export(office.tenant, office.standing, now, what=f"self-checks {year}")
        return attachment(body, CONTENT_TYPE, f"self-checks-{year}.xlsx")
    around = range(fiscal_year(today) - _SHOWN_YEARS + 1, fiscal_year(today) + 2)
    years = sorted({*around, year}, reverse=True)
    page = SimpleNamespace(
        year=year,
        words=year_words(year),
        years=[SimpleNamespace(value=each, words=year_words(each), here=each == year) for each in years],
        results=list(RESULTS.values()),
        rows=[_round(each) for each in rows],
        coming=_coming(office.tenant, year, today),
        claims=_claims(office.tenant, year),
        made=long_day(today),
    )
    shown = screen("S-227", TITLE, TITLE, Crumb(title=LIST.title, url=reverse("self_checks")))
    return render(request, "self_checks/report.html", {"screen": shown, "page": page})
