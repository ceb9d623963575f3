"""S-358 通行証: each permit that this site's gate obeys, and what stops it."""

from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sekisho.adapters.database.queries_accepted import AcceptedView, accepted_permits
from sekisho.web.access import EVERYBODY, open_to
from sekisho.web.components.chips import Chip
from sekisho.web.components.screen import screen
from sekisho.web.office import office_in
from sekisho.web.words import Words

SCREEN: Final = screen("S-358", Words("通行証", "Permits"))
_BY_CITY: Final = Chip(
    words=Words("止められている（市の会議の判断）", "Stopped by the city's council"), icon="cross", tone="stop"
)
_IN_FORCE: Final = Chip(words=Words("有効", "In force"), icon="check", tone="good")
_STOPPED: Final = Chip(words=Words("止まっています", "Not in force"), icon="cross", tone="stop")
_ASK_CITY: Final = Words(
    "市で二人が再開し、その後に作られた引渡書を受け入れると、動き出します。ここでは再開できません。",
    "Two persons start it in the city, and a paper written after that is accepted here; nobody starts it here.",
)
_ASK_HERE: Final = Words(
    "再開には、情報システム課か個人情報保護管理者の二人が要ります（sekisho permit start）。",
    "Two persons of this house start it again (sekisho permit start).",
)


def _line(view: AcceptedView) -> SimpleNamespace:
    """One permit, ready to be shown."""
    active = view.status == "active"
    return SimpleNamespace(
        permit=view.permit,
        connection=view.connection,
        consultation=Words(view.consultation_ja, view.consultation_en),
        chip=_IN_FORCE if active else _BY_CITY if view.stopped_by_issuer else _STOPPED,
        since=view.issuer_said_at or view.since,
        following="" if active else _ASK_CITY if view.stopped_by_issuer else _ASK_HERE,
        ends=view.ends or "—",
    )


@require_GET
@open_to(*EVERYBODY)
def permits(request: HttpRequest) -> HttpResponse:
    """Every permit of this area."""
    page = SimpleNamespace(rows=[_line(view) for view in accepted_permits(office_in(request).tenant)])
    return render(request, "donation_manager/permits.html", {"screen": SCREEN, "page": page})
