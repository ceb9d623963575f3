"""S-105 ファイルを通す: choose a permit, get a ticket that works once, post the file straight to the lane.

The bytes never pass through this process (a page would spool them to disk); the lane sends the browser back.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.queries_authority import permit_rows
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.adapters.database.tickets import issue_ticket
from sekisho.kernel import PermitStatus, ReasonCode, because
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.facts import Fact
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.components.vocabulary import item_words
from sekisho.web.middleware.second_factor import factors_of
from sekisho.web.office import Office, office_in
from sekisho.web.pages.council.permit_page import PermitLine, caveat_facts, limits_of, permit_line
from sekisho.web.words import Words

SCREEN = screen("S-105", Words("ファイルを通す", "Send a file through"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPage:
    """The first step: which permit."""

    permits: tuple[PermitLine, ...]
    faults: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPage:
    """The second step: which file."""

    permit: str
    lane_url: str
    limits: Words
    facts: tuple[Fact, ...]
    without: tuple[Words, ...] = ()


def _usable(office: Office) -> list[PermitRow]:
    """The active permits of this department."""
    return [
        row
        for row in permit_rows(office.tenant)
        if row.permit.status == PermitStatus.ACTIVE and row.specification.department == office.department
    ]


@require_http_methods(["GET", "POST"])
@open_to(Role.OPERATOR, Role.HEAD)
def send(request: HttpRequest) -> HttpResponse:
    """Choose the permit; with the choice made, hand out a ticket and show the form for the file."""
    office = office_in(request)
    if not office.terminal:
        return refuse(request, because(ReasonCode.NOT_IDENTIFIED))
    usable = _usable(office)
    chosen = next((row for row in usable if row.permit.permit == request.POST.get("permit")), None)
    if request.method == "POST" and chosen is not None:
        return render(request, "gate/upload.html", {"screen": _step_two(), "page": upload_page(request, chosen)})
    missing = Words("通行証を一つ選んでください。", "Choose one permit.")
    faults = (missing,) if request.method == "POST" else ()
    page = SendPage(permits=tuple(permit_line(row) for row in usable), faults=faults)
    return render(request, "gate/send.html", {"screen": SCREEN, "page": page}, status=422 if faults else 200)


def _step_two() -> object:
    """The same screen, one step on."""
    file = Words("ファイルを渡す", "Hand over the file")
    return screen("S-105", SCREEN.title, file, Crumb(title=SCREEN.title, url=reverse("send")))


def upload_page(request: HttpRequest, chosen: PermitRow, without: tuple[str, ...] = ()) -> UploadPage:
    """A fresh ticket for this person, terminal and connection, and the form that carries it to the lane."""
    office = office_in(request)
    standing = replace(office.standing, factors=factors_of(request), without=without)
    ticket = issue_ticket(office.tenant, standing, chosen.permit.connection, timezone.now())
    return UploadPage(
        permit=chosen.permit.permit,
        lane_url=f"{settings.SEKISHO_LANE_URL}/forms/{ticket}",
        limits=limits_of(chosen.specification),
        facts=caveat_facts(chosen),
        without=tuple(item_words(item) for item in without),
    )
