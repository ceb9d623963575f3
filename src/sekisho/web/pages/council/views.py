"""S-200 諮問一覧, S-210 諮問, S-400 通行証一覧, S-405 通行証."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_authority import (
    consultation_row,
    consultation_rows,
    permit_row,
    permit_rows_with_waits,
)
from sekisho.adapters.database.queries_council import matter_of_consultation, matter_rows
from sekisho.web.access import EVERYBODY, Role, open_to
from sekisho.web.components.dates import in_office_time
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.council.change_part import change_part
from sekisho.web.pages.council.check_part import check_part
from sekisho.web.pages.council.consultation_page import consultation_line, consultation_page
from sekisho.web.pages.council.permit_acts import offered_acts
from sekisho.web.pages.council.permit_page import permit_line, permit_page
from sekisho.web.pages.deliberation.matter_lines import matter_line
from sekisho.web.pages.deliberation.reading import may_read
from sekisho.web.words import Words

CONSULTATIONS = screen("S-200", Words("諮問・答申", "Consultations"))
PERMITS = screen("S-400", Words("通行証", "Permits"))


@require_GET
@open_to(*EVERYBODY)
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation of the municipality."""
    office = office_in(request)
    page = SimpleNamespace(
        rows=tuple(consultation_line(row) for row in consultation_rows(office.tenant)),
        matters=tuple(matter_line(row) for row in matter_rows(office.tenant, timezone.now()) if may_read(row, office)),
        may_draft=Role.DRAFTER in office.roles,
    )
    return render(request, "council/consultations.html", {"screen": CONSULTATIONS, "page": page})


@require_GET
@open_to(*EVERYBODY)
def consultation(request: HttpRequest, number: str) -> HttpResponse:
    """One consultation with its map, read-only."""
    tenant = office_in(request).tenant
    row = consultation_row(tenant, number)
    if row is None and (matter := matter_of_consultation(tenant, number)):
        return redirect("matter", matter=matter)
    if row is None:
        raise Http404
    title = Words(row.number, f"Consultation {row.consultation}")
    shown = screen("S-210", title, title, Crumb(title=CONSULTATIONS.title, url=reverse("consultations")))
    permits = (permit for _, permit in row.permits)
    check = check_part(tenant, permits, in_office_time(timezone.now()).date())
    context = {"screen": shown, "page": consultation_page(row), "check": check}
    return render(request, "council/consultation.html", context)


@require_GET
@open_to(*EVERYBODY)
def permits(request: HttpRequest) -> HttpResponse:
    """Every permit of the municipality."""
    tenant = office_in(request).tenant
    rows = tuple(permit_line(row) for row in permit_rows_with_waits(tenant))
    page = SimpleNamespace(rows=rows, public=reverse("register", args=[tenant]))
    return render(request, "council/permits.html", {"screen": PERMITS, "page": page})


@require_GET
@open_to(*EVERYBODY)
def permit(request: HttpRequest, permit: str) -> HttpResponse:
    """One permit, sentence by sentence."""
    office = office_in(request)
    row = permit_row(office.tenant, permit)
    if row is None:
        raise Http404
    shown = screen("S-405", PERMITS.title, permit, Crumb(title=PERMITS.title, url=reverse("permits")))
    forms = tuple(offered_acts(permit, str(row.permit.status), office))
    context = {"screen": shown, "page": permit_page(row), "forms": forms, "change": change_part(row, office)}
    context["check"] = check_part(office.tenant, (permit,), in_office_time(timezone.now()).date())
    return render(request, "council/permit.html", context)
