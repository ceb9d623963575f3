"""S-349 自動連携: each link with its last run, and whether what came is what the portal gave, to the yen."""

from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sekisho.adapters.donations.link_views import LinkView, link_views
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.chips import Chip
from sekisho.web.components.portals import portal_words
from sekisho.web.components.screen import screen
from sekisho.web.office import office_in
from sekisho.web.pages.connectors.connectors_page import OUTCOMES, why_of, yen
from sekisho.web.words import Words

SCREEN: Final = screen("S-349", Words("自動連携", "Automatic links"))
_SAME: Final = Chip(words=Words("一致", "Reconciled"), icon="check", tone="good")
_DIFFERS: Final = Chip(words=Words("一致しません", "Differs"), icon="warning", tone="stop")


def _line(view: LinkView) -> SimpleNamespace:
    """One link, ready to be shown."""
    return SimpleNamespace(
        portal=portal_words(view.portal),
        at=view.last.started_at if view.last else None,
        outcome=OUTCOMES[view.last.outcome] if view.last else None,
        why=why_of(view.last),
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
    page = SimpleNamespace(rows=[_line(view) for view in link_views(office_in(request).tenant)])
    return render(request, "donation_manager/links.html", {"screen": SCREEN, "page": page})
