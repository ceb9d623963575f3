"""S-206 概要図を描く: the chart as it stands; S-207 one thing on it; S-208 taking one off. Each save is one change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from sekisho.adapters.database.queries_council import MatterFile
from sekisho.bootstrap import council
from sekisho.kernel import Chart, ReasonCode, Refused, Thing, because, id_of, put_on, take_off
from sekisho.kernel.council import digest_of_dossier, lost_by, redraw
from sekisho.web.access import Role, open_to, refuse
from sekisho.web.components.screen import Screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.charting.forms import ThingForm, thing_form
from sekisho.web.pages.charting.page import MAP_TITLE, arrow_rows, chart_page, draw_whole, removal_page
from sekisho.web.pages.charting.reading import read_thing
from sekisho.web.pages.charting.values import MORE_ROWS, NEW, Values, rows_in, values_of
from sekisho.web.pages.charting.words import SORTS, name_of, things_of
from sekisho.web.pages.deliberation.matters import may_edit, screen_of
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.words import Words

TITLE: Final = Words("概要図を描く", "Draw the chart")
_SAVED: Final = Words("概要図を保存しました。記録に残りました。", "The chart is saved, and recorded.")
_TAKEN_OFF: Final = Words("概要図から外しました。記録に残りました。", "Taken off the chart, and recorded.")
_MEANWHILE: Final = Words(
    "開いている間に、別の人がここを変更しました。下は入力した内容です。保存し直すと、この内容になります。",
    "Somebody changed this while you had it open. Below is what you typed; saving again makes it so.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A draft on the desk of somebody who may draw in it."""

    office: Office
    file: MatterFile

    @property
    def matter(self) -> str:
        """The id of the matter."""
        return self.file.row.matter

    @property
    def chart(self) -> Chart:
        """The chart as it stands."""
        return self.file.paper.dossier.chart

    def lost_by(self, chart: Chart) -> tuple[str, ...]:
        """The arrows about which something was written that this chart would lose."""
        return tuple(name_of(each) for each in lost_by(self.file.paper.dossier, self.file.paper.terms, chart))

    def keep(self, chart: Chart) -> None:
        """Save the draft with this chart: one change, with its entry.

        Raises:
            Refused: The draft cannot be written in now, not by this person, or somebody was faster.

        """
        dossier, terms = redraw(self.file.paper.dossier, self.file.paper.terms, chart)
        deed = council.act_as(self.office.tenant, self.office.person)
        seen = digest_of_dossier(self.file.paper.dossier)
        council.revise(deed, self.matter, council.Paper(dossier=dossier, terms=terms), seen=seen)


def _sit_down(request: HttpRequest, matter: str) -> Desk:
    """Who draws in what.

    Raises:
        Refused: The present version is not a draft of this person's department.

    """
    office = office_in(request)
    file = file_for(office, matter)
    if not may_edit(file, office):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=file.row.state)])
    return Desk(office=office, file=file)


def _screen(number: str, desk: Desk) -> Screen:
    """A screen about drawing in this matter."""
    return screen_of(number, desk.file, TITLE)


@require_GET
@open_to(Role.DRAFTER)
def chart(request: HttpRequest, matter: str) -> HttpResponse:
    """The chart as it stands, with what is missing."""
    try:
        desk = _sit_down(request, matter)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    page = chart_page(matter, desk.file.paper.dossier, desk.file.paper.terms)
    return render(request, "charting/chart.html", {"screen": _screen("S-206", desk), "page": page})


def _find(desk: Desk, sort: str, name: str) -> Thing | None:
    """The thing that is changed; nothing if it is a new one.

    Raises:
        Http404: There is no such thing, or no such sort of thing.

    """
    if sort not in SORTS:
        raise Http404
    if name == NEW:
        return None
    found = next((each for each in things_of(desk.chart, sort) if id_of(each) == name), None)
    if found is None:
        raise Http404
    return found


def _seen(thing: Thing | None) -> str:
    """What somebody saw when they opened the form, so that two do not write over each other unknowingly."""
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:16]


@require_http_methods(["GET", "POST"])
@open_to(Role.DRAFTER)
def thing(request: HttpRequest, matter: str, sort: str, name: str) -> HttpResponse:
    """One network, computer or arrow: added, looked at on the map, or changed."""
    try:
        desk = _sit_down(request, matter)
        found = _find(desk, sort, name)
        if request.method == "GET":
            return _form(request, desk, sort, Asked(known=found, values=values_of(found) if found else {}))
        return _posted(request, desk, sort, found)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form to be shown: of what, what is typed, what is wrong, what must be confirmed, and the chart beside it."""

    known: Thing | None
    values: Values
    faults: Mapping[str, Words] | None = None
    lost: tuple[str, ...] = ()
    drawn: Chart | None = None
    meanwhile: bool = False


def _posted(request: HttpRequest, desk: Desk, sort: str, found: Thing | None) -> HttpResponse:
    """What was typed: shown on the map, or saved, or shown again with what is wrong."""
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if "more" in typed:
        typed["rows"] = str(rows_in(typed) + MORE_ROWS)
    understood = read_thing(sort, desk.chart, typed, id_of(found) if found else "")
    after = put_on(desk.chart, understood.thing) if understood.thing else None
    if "look" in typed or "more" in typed:
        return _form(request, desk, sort, Asked(known=found, values=typed, drawn=after))
    meanwhile = found is not None and typed.get("seen") != _seen(found)
    lost = desk.lost_by(after) if after and "confirm" not in typed else ()
    if after is None or lost or meanwhile:
        asked = Asked(known=found, values=typed, faults=understood.faults, lost=lost, drawn=after, meanwhile=meanwhile)
        return _form(request, desk, sort, asked, status=409 if after else 422)
    return _save(request, desk, sort, Asked(known=found, values=typed, drawn=after, meanwhile=True))


def _save(request: HttpRequest, desk: Desk, sort: str, asked: Asked) -> HttpResponse:
    """Save the chart that was drawn; if somebody was faster, what was typed is shown again.

    Raises:
        Refused: The draft cannot be written in now, or not by this person.

    """
    try:
        desk.keep(asked.drawn or desk.chart)
    except Refused as refused:
        if council.REVISED_MEANWHILE not in {each.facts.get("state") for each in refused.reasons}:
            raise
        return _form(request, desk, sort, asked, status=409)
    messages.success(request, str(_SAVED))
    return redirect("matter_chart", matter=desk.matter)


def fault_links(form: ThingForm, faults: Mapping[str, Words]) -> list[SafeString]:
    """Every fault with the way to its field."""
    labels = {each.name: each.words for each in form.fields}
    labels |= {cell.name: cell.words for row in form.rows for cell in row}
    return [
        format_html('<a href="#chart-{}">{}：{}</a>', name, labels.get(name, name), fault)
        for name, fault in faults.items()
    ]


def _form(request: HttpRequest, desk: Desk, sort: str, asked: Asked, status: int = 200) -> HttpResponse:
    """S-207 with what is typed, the map beside it."""
    known = id_of(asked.known) if asked.known else NEW
    faults = asked.faults or {}
    form = thing_form(sort, desk.chart, known, asked.values, faults)
    drawn = asked.drawn or desk.chart
    page = SimpleNamespace(
        heading=name_of(asked.known) if asked.known else SORTS[sort].add,
        form=form,
        faults=[*fault_links(form, faults), *([_MEANWHILE] if asked.meanwhile else [])],
        lost=asked.lost,
        rows=rows_in(asked.values),
        seen=_seen(asked.known),
        map=draw_whole(drawn),
        map_title=MAP_TITLE,
        arrows=arrow_rows(drawn),
        back=reverse("matter_chart", args=[desk.matter]),
        url=reverse("chart_thing", args=[desk.matter, sort, known]),
        remove_url=reverse("chart_remove", args=[desk.matter, sort, known]) if asked.known else "",
    )
    context = {"screen": _screen("S-207", desk), "page": page}
    return render(request, "charting/thing.html", context, status=status)


@require_http_methods(["GET", "POST"])
@open_to(Role.DRAFTER)
def remove(request: HttpRequest, matter: str, sort: str, name: str) -> HttpResponse:
    """Take something off the chart: first what goes with it is said, then it is done."""
    try:
        desk = _sit_down(request, matter)
        found = _find(desk, sort, name)
        if found is None:
            raise Http404
        after = take_off(desk.chart, name)
        if request.method == "POST":
            desk.keep(after)
            messages.success(request, str(_TAKEN_OFF))
            return redirect("matter_chart", matter=matter)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    page = removal_page(matter, desk.file.paper.dossier, desk.file.paper.terms, found, after)
    return render(request, "charting/remove.html", {"screen": _screen("S-208", desk), "page": page})
