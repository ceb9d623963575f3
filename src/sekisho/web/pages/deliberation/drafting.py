"""S-205 諮問の起案: begin from a precedent, then write; what is missing is named, and blocks only the submission."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.council_precedents import paper_like, precedents
from sekisho.bootstrap import council
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.draft_form import draft_sections
from sekisho.web.pages.deliberation.draft_reading import read_draft
from sekisho.web.pages.deliberation.matters import LIST, may_edit, screen_of
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.words import Words

TITLE = Words("諮問の起案", "Draft a consultation")


def _begin_form(office: Office) -> ActForm:
    """From which precedent?"""
    options = (
        ("", Words("（先例なし）", "(no precedent)")),
        *((each.key, Words(each.label_ja, each.label_en)) for each in precedents(office.tenant, office.department)),
    )
    hint = Words(
        "概要図・項目・条項を写して始めます。先例がなければ、概要図を描くところから始めます。",
        "Its map, items and terms are copied to begin with. Without one you begin by drawing the map.",
    )
    field = FormField(
        name="precedent",
        words=Words("先例", "Precedent"),
        kind=SELECT,
        choices=pick(*options),
        hint=hint,
        required=False,
    )
    return ActForm(
        key="begin", url=reverse("matter_new"), words=Words("起案を始める", "Begin"), fields=(field,), main=True
    )


@require_http_methods(["GET", "POST"])
@open_to(Role.DRAFTER)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft from a precedent."""
    office = office_in(request)
    if request.method == "GET":
        shown = screen("S-205", TITLE, TITLE, Crumb(title=LIST, url=reverse("consultations")))
        page = SimpleNamespace(form=_begin_form(office))
        return render(request, "deliberation/new.html", {"screen": shown, "page": page})
    try:
        paper = paper_like(office.tenant, office.department, request.POST.get("precedent", ""))
        matter = council.draft(council.act_as(office.tenant, office.person), paper)
    except Refused as refused:
        return refuse(request, *refused.reasons)
    return redirect("matter_edit" if paper.dossier.chart.networks else "matter_chart", matter=matter)


@require_http_methods(["GET", "POST"])
@open_to(Role.DRAFTER)
def edit(request: HttpRequest, matter: str) -> HttpResponse:
    """Write in the present version."""
    office = office_in(request)
    file = file_for(office, matter)
    if not may_edit(file, office):
        return refuse(request, because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=file.row.state), status=409)
    if request.method == "GET":
        chart_url = reverse("matter_chart", args=[matter])
        page = SimpleNamespace(
            sections=draft_sections(file.paper), url=reverse("matter", args=[matter]), chart_url=chart_url
        )
        return render(request, "deliberation/edit.html", {"screen": screen_of("S-205", file, TITLE), "page": page})
    try:
        typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        council.revise(council.act_as(office.tenant, office.person), matter, read_draft(file.paper, typed))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="draft", what="choice"), status=422)
    messages.success(request, str(Words("保存しました。", "Saved.")))
    return redirect("matter", matter=matter)
