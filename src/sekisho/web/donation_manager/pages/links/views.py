"""S-349 自動連携: each link with its last run, and whether what came is what the portal gave, to the yen."""

from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.donations.link_views import LinkView, link_views
from sekisho.bootstrap.connectors import run_soon
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_moment
from sekisho.web.components.portals import portal_words
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.words import OFFICERS
from sekisho.web.office import office_in
from sekisho.web.pages.connectors.connectors_page import OUTCOMES, why_of, yen
from sekisho.web.words import Words

SCREEN: Final = screen("S-349", Words("自動連携", "Automatic links"))
_SAME: Final = Chip(words=Words("一致", "Reconciled"), icon="check", tone="good")
_DIFFERS: Final = Chip(words=Words("一致しません", "Differs"), icon="warning", tone="stop")


_BY_HAND: Final = Words("命令で動かしたときだけ", "Only when a command is given")
_STOPPED: Final = Words(
    "止まっています。理由を直し、取りに行かせてください", "Stopped: mend the cause, then let it pull"
)


def _following(view: LinkView) -> str:
    """When it pulls next: by its hours, only by hand, or not before somebody has decided."""
    if view.next_run is not None:
        return long_moment(view.next_run)
    return str(_STOPPED if view.every_hours else _BY_HAND)


def _line(view: LinkView, *, acts: bool) -> SimpleNamespace:
    """One link, ready to be shown; only one that S1 pulls by itself can be told to pull now."""
    return SimpleNamespace(
        portal=portal_words(view.portal),
        at=view.last.started_at if view.last else None,
        outcome=OUTCOMES[view.last.outcome] if view.last else None,
        why=why_of(view.last),
        following=_following(view),
        every=str(Words(f"{view.every_hours}時間ごと", f"every {view.every_hours} h")) if view.every_hours else "",
        run_url=reverse("link_run", args=[view.connector]) if acts and view.every_hours else "",
        given=f"{view.donations:,}",
        given_amount=yen(view.amount),
        taken=f"{view.taken:,}",
        taken_amount=yen(view.taken_amount),
        chip=_SAME if view.reconciled else _DIFFERS,
    )


@require_GET
@open_to(*EVERYBODY)
def links(request: HttpRequest) -> HttpResponse:
    """Every automatic link of this area."""
    office = office_in(request)
    acts = bool(set(office.roles) & set(OFFICERS))
    page = SimpleNamespace(acts=acts, rows=[_line(view, acts=acts) for view in link_views(office.tenant)])
    return render(request, "donation_manager/links.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*OFFICERS)
def run(request: HttpRequest, connector: str) -> HttpResponse:
    """Let a link pull at S1's next look."""
    area = office_in(request).tenant
    if not any(view.connector == connector and view.every_hours for view in link_views(area)):
        raise Http404
    run_soon(area, connector)
    messages.success(request, str(Words("まもなく取りに行きます。", "It pulls in a moment.")))
    return redirect("links")
