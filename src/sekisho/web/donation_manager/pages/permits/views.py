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
_WAITS: Final = Chip(words=Words("まだ使いません", "Waits"), icon="clock", tone="wait")
_WAITS_FOR_CITY: Final = Words(
    "前もって受け入れました。市が有効になったと知らせると、初日から使います。それまでは前の通行証のままです。",
    "Accepted beforehand: it is used from its first day, once the city says that it is in force. Until then the earlier"
    " permit stays.",
)
_WAITS_FOR_STOP: Final = Words(
    "同じ接続の通行証 {permit} が、ここで止められています。情報システム課か個人情報保護管理者の二人が再開する"
    "（sekisho permit start {permit}）まで、代わりには使いません。",
    "Permit {permit} of the same connection is stopped here: this one takes its place once two persons have started it"
    " (sekisho permit start {permit}).",
)
_WAITS_FOR_DAY: Final = Words("初日から使います。", "It is used from its first day on.")
_REPLACED: Final = Words(
    "市では新しい通行証に替わっています。ここで止めたので、二人が再開するまで、新しい通行証も使いません。",
    "In the city a newer permit has taken its place. It was stopped here: until two persons start it, the newer one is"
    " not used either.",
)
_ASK_HERE: Final = Words(
    "再開には、情報システム課か個人情報保護管理者の二人が要ります（sekisho permit start）。",
    "Two persons of this house start it again (sekisho permit start).",
)


def _why_it_waits(view: AcceptedView) -> Words | str:
    """What a permit that was handed over beforehand waits for."""
    stopped = [str(each.facts["permit"]) for each in view.waits_for if each.facts.get("permit", "") != view.permit]
    if stopped:
        return Words(*(each.format(permit=", ".join(stopped)) for each in (_WAITS_FOR_STOP.ja, _WAITS_FOR_STOP.en)))
    return _WAITS_FOR_CITY if view.waits_for else _WAITS_FOR_DAY


def _state(view: AcceptedView) -> tuple[Chip, Words | str]:
    """How a permit stands, and what to do."""
    if view.status == "active":
        return _IN_FORCE, ""
    if view.status == "issued":
        return _WAITS, _why_it_waits(view)
    if view.stopped_by_issuer:
        return _BY_CITY, _ASK_CITY
    return _STOPPED, _REPLACED if view.replaced_by_issuer else _ASK_HERE


def _line(view: AcceptedView) -> SimpleNamespace:
    """One permit, ready to be shown."""
    chip, following = _state(view)
    return SimpleNamespace(
        permit=view.permit,
        connection=view.connection,
        consultation=Words(view.consultation_ja, view.consultation_en),
        chip=chip,
        since=view.issuer_said_at or view.since,
        following=following,
        begins=view.begins or "—",
        ends=view.ends or "—",
    )


@require_GET
@open_to(*EVERYBODY)
def permits(request: HttpRequest) -> HttpResponse:
    """Every permit of this area."""
    page = SimpleNamespace(rows=[_line(view) for view in accepted_permits(office_in(request).tenant)])
    return render(request, "donation_manager/permits.html", {"screen": SCREEN, "page": page})
