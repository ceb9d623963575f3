"""S-210 諮問 (審議中), S-220 変更箇所: the dossier on its way, and what changed between two versions."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_council import MatterFile, paper_of
from sekisho.adapters.database.queries_meetings import meeting_rows
from sekisho.kernel.council import ChangeClass, Role, weigh_changes
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.chips import Chip
from sekisho.web.components.screen import Crumb, Screen, screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.council.whole_paper import whole_paper
from sekisho.web.pages.deliberation.matter_page import matter_page
from sekisho.web.pages.deliberation.offers import answer_forms, offers
from sekisho.web.pages.deliberation.precedent_choice import compare_form
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.words import Words

LIST = Words("諮問・答申", "Consultations")
WEIGHTS = {
    ChangeClass.EDITORIAL: Chip(words=Words("字句", "Editorial"), icon="info", tone="quiet"),
    ChangeClass.MINOR: Chip(words=Words("軽微", "Minor"), icon="clock", tone="wait"),
    ChangeClass.MATERIAL: Chip(words=Words("重要", "Material"), icon="warning", tone="stop"),
}


def screen_of(number: str, file: MatterFile, here: Words | str = "") -> Screen:
    """A screen about one matter, with the way back to the list."""
    title = number_of(file.row.consultation)
    crumbs = [Crumb(title=LIST, url=reverse("consultations"))]
    if here:
        crumbs.append(Crumb(title=title, url=reverse("matter", args=[file.row.matter])))
    return screen(number, here if isinstance(here, Words) else title, here or title, *crumbs)


def may_edit(file: MatterFile, office: Office) -> bool:
    """Can this person write in the present version?"""
    states = ("draft", "agenda", "amendment_pending") if file.row.version > 1 else ("draft",)
    frozen = any(each.version == file.row.version and each.frozen_at for each in file.versions)
    own = office.department == file.row.department and Role.DRAFTER in office.roles
    return own and file.row.state in states and not frozen


@require_GET
@open_to(*EVERYBODY)
def matter(request: HttpRequest, matter: str) -> HttpResponse:
    """A consultation on its way."""
    office = office_in(request)
    file = file_for(office, matter)
    forms = tuple(offers(file, office, meeting_rows(office.tenant, timezone.now())))
    whole = whole_paper(file.paper, office.tenant)
    page = matter_page(file, whole, forms, answer_forms(file, office), may_edit=may_edit(file, office))
    context = {"screen": screen_of("S-210", file), "page": page, "compare": compare_form(office, file)}
    return render(request, "deliberation/matter.html", context)


def _version(request: HttpRequest, name: str) -> int:
    """A version's number from the address."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() else 0


@require_GET
@open_to(*EVERYBODY)
def changes(request: HttpRequest, matter: str) -> HttpResponse:
    """What changed between two versions, field by field, and how much each change weighs."""
    office = office_in(request)
    file, before, after = file_for(office, matter), _version(request, "before"), _version(request, "after")
    old, new = paper_of(office.tenant, matter, before), paper_of(office.tenant, matter, after)
    if old is None or new is None:
        raise Http404
    rows = [
        SimpleNamespace(
            path=each.difference.path,
            before=each.difference.before,
            after=each.difference.after,
            chip=WEIGHTS[each.weight],
        )
        for each in weigh_changes(old.dossier, new.dossier)
    ]
    here = Words("変更箇所", "Changes")
    title = Words(f"第{before}版から第{after}版へ", f"From version {before} to version {after}")
    page = SimpleNamespace(rows=rows, number=number_of(file.row.consultation), title=title)
    return render(request, "deliberation/changes.html", {"screen": screen_of("S-220", file, here), "page": page})
