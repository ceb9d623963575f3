"""S-406 変更: the head of a department changes what one arrow was approved for; first it is weighed and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sekisho.adapters.database.council_changes import weigh_change_of
from sekisho.adapters.database.council_papers import Paper
from sekisho.adapters.database.queries_authority import permit_row
from sekisho.adapters.database.queries_council import MatterFile
from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.bootstrap import council
from sekisho.kernel import Chart, Connection, ReasonCode, Refused, Thing, because, put_on
from sekisho.kernel.council import ChangeClass, redraw
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.screen import Crumb, Screen, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.charting.forms import thing_form
from sekisho.web.pages.charting.reading import read_thing
from sekisho.web.pages.charting.values import MORE_ROWS, Values, rows_in, values_of
from sekisho.web.pages.charting.views import fault_links
from sekisho.web.pages.council.change_lines import change_lines
from sekisho.web.pages.council.change_part import CHANGEABLE, file_of, may_change
from sekisho.web.pages.council.change_words import MEANWHILE, next_step
from sekisho.web.pages.council.views import PERMITS
from sekisho.web.pages.deliberation.draft_form import Section, draft_sections
from sekisho.web.pages.deliberation.draft_reading import read_draft
from sekisho.web.pages.deliberation.matters import WEIGHTS
from sekisho.web.words import Words

TITLE: Final = Words("承認された内容を変える", "Change what was approved")
_PUT: Final = Words(
    "変更を諮問の手続に載せました。変わる矢印の通行証は、決まるまで待ちます。",
    "The change is before the council; the permits of the changed arrows wait.",
)
_WRITTEN: Final = Words(
    "変更を新しい版として記録しました。軽微な変更は、次の会議に報告されます。通行証はそのまま使えます。",
    "The change is recorded as a new version; a minor one is reported to the next meeting. The permit stays in use.",
)
_NOT_SENT: Final = frozenset({"csrfmiddlewaretoken", "confirm", "again", "more", "weigh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A permit in force on the desk of the head who may change it."""

    office: Office
    row: PermitRow
    file: MatterFile
    arrow: Connection

    @property
    def permit(self) -> str:
        """The number of the permit."""
        return self.row.permit.permit

    @property
    def chart(self) -> Chart:
        """The chart as it was approved."""
        return self.file.paper.dossier.chart

    def screen(self) -> Screen:
        """The screen, with the way back to the permit."""
        home = Crumb(title=PERMITS.title, url=reverse("permits"))
        return screen("S-406", TITLE, TITLE, home, Crumb(title=self.permit, url=reverse("permit", args=[self.permit])))

    def changed(self, thing: Thing, typed: Values) -> Paper:
        """The papers with the arrow and everything about it as it was typed.

        Raises:
            ValueError: A choice is none of those that the form offers.

        """
        before = self.file.paper
        dossier, terms = redraw(before.dossier, before.terms, put_on(self.chart, thing))
        return read_draft(Paper(dossier=dossier, terms=terms), typed)


def _sit_down(request: HttpRequest, permit: str) -> Desk:
    """Who changes which permit.

    Raises:
        Http404: There is no such permit here.
        Refused: It is another department's, it is not in force, or it was approved before the register was kept here.

    """
    office = office_in(request)
    row = permit_row(office.tenant, permit)
    if row is None:
        raise Http404
    if not may_change(row, office):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {row.specification.department}")])
    file = file_of(office.tenant, row)
    arrow = file.paper.dossier.chart.connection_named(row.permit.connection) if file else None
    if file is None or arrow is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"{row.consultation}/{row.permit.connection}")])
    if file.row.state != "in_force" or row.permit.status not in CHANGEABLE:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=file.row.matter, state=file.row.state)])
    return Desk(office=office, row=row, file=file, arrow=arrow)


@require_http_methods(["GET", "POST"])
@open_to(Role.HEAD)
def change(request: HttpRequest, permit: str) -> HttpResponse:
    """What one arrow was approved for, to be changed; then weighed, and confirmed."""
    try:
        desk = _sit_down(request, permit)
        if request.method == "GET":
            return _form(request, desk, values_of(desk.arrow))
        return _posted(request, desk)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="change", what="choice"), status=422)


def _posted(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was typed: shown again, weighed, or put to the council."""
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if "more" in typed:
        typed["rows"] = str(rows_in(typed) + MORE_ROWS)
    understood = read_thing("arrows", desk.chart, typed, desk.arrow.connection)
    if understood.thing is None or {"more", "again"} & typed.keys():
        asked = {} if {"more", "again"} & typed.keys() else understood.faults
        return _form(request, desk, typed, asked)
    paper = desk.changed(understood.thing, typed)
    if "confirm" not in typed:
        return _weighed(request, desk, paper, typed)
    messages.success(request, str(_confirm(desk, paper)))
    return redirect("permit", permit=desk.permit)


def _confirm(desk: Desk, paper: Paper) -> Words:
    """Put a material change to the council, write down a lighter one; answers what was done."""
    deed, matter = council.act_as(desk.office.tenant, desk.office.person), desk.file.row.matter
    if weigh_change_of(desk.office.tenant, matter, paper).arrows:
        council.change_materially(deed, matter, paper)
        return _PUT
    council.change_lightly(deed, matter, paper)
    return _WRITTEN


def _sections(desk: Desk, typed: Values) -> tuple[Section, ...]:
    """The parts of the dossier's form that are about this arrow, as typed; what is not typed stays as it was."""
    understood = read_thing("arrows", desk.chart, typed, desk.arrow.connection)
    paper = desk.changed(understood.thing or desk.arrow, typed)
    about = (f"sheet-{desk.arrow.connection}", f"terms-{desk.arrow.connection}")
    return tuple(each for each in draft_sections(paper) if each.key.startswith(about))


def _form(request: HttpRequest, desk: Desk, typed: Values, faults: Mapping[str, Words] | None = None) -> HttpResponse:
    """S-406 with what is typed."""
    wrong = faults or {}
    form = thing_form("arrows", desk.chart, desk.arrow.connection, typed, wrong)
    page = SimpleNamespace(
        form=form,
        faults=fault_links(form, wrong),
        rows=rows_in(typed),
        sections=_sections(desk, typed),
        url=reverse("permit_change", args=[desk.permit]),
        back=reverse("permit", args=[desk.permit]),
    )
    context = {"screen": desk.screen(), "page": page}
    return render(request, "council/permit_change.html", context, status=422 if wrong else 200)


def _weighed(request: HttpRequest, desk: Desk, paper: Paper, typed: Values) -> HttpResponse:
    """How heavy the change is, field by field, and what becomes of the permits, before it is confirmed."""
    weighed = weigh_change_of(desk.office.tenant, desk.file.row.matter, paper)
    page = SimpleNamespace(
        chip=WEIGHTS.get(weighed.weight),
        material=bool(weighed.arrows),
        nothing=weighed.weight is ChangeClass.NONE,
        minor=weighed.weight is ChangeClass.MINOR,
        rows=tuple(change_lines(weighed.changes, desk.chart, paper.dossier.chart)),
        permits=weighed.permits,
        meanwhile=MEANWHILE,
        next=next_step(desk.office.tenant, desk.file, "amendment_pending"),
        kept=[(name, value) for name, value in typed.items() if name not in _NOT_SENT],
        url=reverse("permit_change", args=[desk.permit]),
        back=reverse("permit", args=[desk.permit]),
    )
    return render(request, "council/permit_weighed.html", {"screen": desk.screen(), "page": page})
