"""S-001 今日の関所."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_authority import permit_rows
from sekisho.adapters.database.queries_documents import document_rows
from sekisho.adapters.database.queries_gate import crossings_of_day, overdue_copies
from sekisho.adapters.database.queries_property import waiting_proposals
from sekisho.web.access import EVERYBODY, Role, open_to
from sekisho.web.components.dates import in_office_time, long_moment
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.tasks import waiting_for
from sekisho.web.pages.gate.crossing_rows import crossing_line
from sekisho.web.pages.today.ledger_news import ledger_chores, ledger_news
from sekisho.web.pages.today.today_page import Day, today_page
from sekisho.web.words import Words

SCREEN = screen("S-001", Words("今日の関所", "The gate today"))


def _day(office: Office) -> Day:
    """What the day is made of, for this office."""
    now = timezone.now()
    return Day(
        parcels=crossings_of_day(office.tenant, in_office_time(now).date()),
        permits=permit_rows(office.tenant),
        overdue=overdue_copies(office.tenant, now),
        proposals=waiting_proposals(office.tenant) if Role.OPERATOR in office.roles else 0,
        documents=len(document_rows(office.tenant, office.person)),
        waiting=waiting_for(office),
        news=ledger_news(office.tenant),
        chores=ledger_chores(office, now),
    )


@require_GET
@open_to(*EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    """What crossed today, what was stopped, and what waits."""
    office = office_in(request)
    page = today_page(_day(office), long_moment(timezone.now()), may_send=Role.OPERATOR in office.roles)
    return render(request, "today/today.html", {"screen": SCREEN, "page": page})


@require_GET
@open_to(*EVERYBODY)
def rows(request: HttpRequest) -> HttpResponse:
    """Only the table of the latest crossings, which the page fetches anew every minute."""
    day = in_office_time(timezone.now()).date()
    latest = crossings_of_day(office_in(request).tenant, day)[:8]
    return render(
        request, "components/crossing_table.html", {"rows": [crossing_line(row) for row in latest], "brief": True}
    )
