"""S-245 会議録: the list, and one of them with its draft, its marks, and every published version."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_council import names_of
from sekisho.adapters.database.queries_minutes import (
    DraftView,
    MinutesFile,
    PublishedView,
    draft_view,
    meetings_to_draft,
    minutes_file,
    minutes_lines,
)
from sekisho.bootstrap.council import act_as
from sekisho.kernel.council import MINUTES_TABLE, Role
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.facts import Check, passed, pending
from sekisho.web.components.screen import Crumb, screen
from sekisho.web.office import office_in
from sekisho.web.pages.minutes.offers import READERS, draft_form, offers
from sekisho.web.words import Words

TITLE = Words("会議録", "Minutes")
SCREEN = screen("S-245", TITLE)
_STAGES: Final = (
    (Words("案", "Draft"), ("drafted",)),
    (Words("出席者の確認", "Confirmed by those present"), ("edited",)),
    (Words("非公開部分の確認", "Redaction"), ("confirmed",)),
    (Words("公開", "Published"), ("redaction_checked", "published", "corrected")),
)


def state_chip(state: str) -> Chip:
    """Where minutes stand."""
    tone = "good" if state == "published" else "key"
    icon = "check" if state == "published" else "paper"
    return Chip(words=Words(*MINUTES_TABLE.states[state]), icon=icon, tone=tone)


def version_part(tenant: str, view: PublishedView) -> SimpleNamespace:
    """A published version as a reader sees it. Its HTML was written by us from structure, escaped, and read again."""
    return SimpleNamespace(
        version=view.version,
        title=view.title,
        text=view.text,
        html=mark_safe(view.web),  # noqa: S308 - written by write_web_minutes, which escapes every word
        digest=view.digest,
        why=view.why,
        corrects=view.corrects,
        changed=view.changed,
        source=view.source,
        at=long_moment(view.published_at),
        url=reverse("public_minutes", args=[tenant, view.minutes, view.version]),
        pdf=reverse("public_minutes_pdf", args=[tenant, view.minutes, view.version]),
    )


@require_GET
@open_to(*EVERYBODY)
def all_minutes(request: HttpRequest) -> HttpResponse:
    """All minutes, and the closed meetings that have none yet."""
    office = office_in(request)
    rows = [
        SimpleNamespace(
            url=reverse("minutes", args=[each.minutes]),
            title=each.title,
            chip=state_chip(each.state),
            version=each.version,
            published=each.published,
        )
        for each in minutes_lines(office.tenant)
    ]
    waiting = meetings_to_draft(office.tenant) if Role.SECRETARIAT in office.roles else ()
    page = SimpleNamespace(
        rows=rows,
        form=draft_form(waiting) if waiting else None,
        public=reverse("public_register", args=[office.tenant]),
    )
    return render(request, "minutes/all_minutes.html", {"screen": SCREEN, "page": page})


def _attendees(file: MinutesFile, draft: DraftView | None, names: Mapping[str, tuple[str, str]]) -> tuple[Check, ...]:
    """Who was present, and who has confirmed."""
    confirmed = draft.confirmed if draft is not None else frozenset[str]()
    said, waits = Words("確認しました", "Confirmed"), Words("まだ確認していません", "Not confirmed yet")
    return tuple(
        passed(Words(*names.get(each, (each, each))), said)
        if each in confirmed
        else pending(Words(*names.get(each, (each, each))), waits)
        for each in file.attendees
    )


def _stages(state: str) -> list[SimpleNamespace]:
    """How far the minutes have come."""
    at = next(number for number, (_, states) in enumerate(_STAGES) if state in states)
    return [SimpleNamespace(name=name, done=number < at, here=number == at) for number, (name, _) in enumerate(_STAGES)]


@require_GET
@open_to(*EVERYBODY)
def minutes(request: HttpRequest, minutes: str) -> HttpResponse:
    """One set of minutes; the draft only for those who work on it."""
    office = office_in(request)
    file = minutes_file(office.tenant, minutes)
    if file is None:
        raise Http404
    names = names_of(office.tenant)
    may_read = bool(READERS & set(office.roles))
    draft = draft_view(act_as(office.tenant, office.person), minutes) if may_read else None
    page = SimpleNamespace(
        title=file.line.title,
        version=file.line.version,
        chip=state_chip(file.line.state),
        stages=_stages(file.line.state),
        draft=draft if draft is not None and file.line.state != "published" else None,
        checked=[Words(*names.get(each, (each, each))) for each in sorted(draft.checked)] if draft else [],
        objections=[
            SimpleNamespace(who=Words(*names.get(each.person, ("", ""))), remark=each.remark)
            for each in (draft.objections if draft else ())
        ],
        attendees=_attendees(file, draft, names),
        silent_days=file.silent_days,
        why=file.why,
        forms=tuple(offers(file, draft, office)) if draft is not None else (),
        published=[version_part(office.tenant, each) for each in file.published],
    )
    shown = screen("S-245", TITLE, file.line.title, Crumb(title=TITLE, url=reverse("all_minutes")))
    return render(request, "minutes/minutes.html", {"screen": shown, "page": page})
