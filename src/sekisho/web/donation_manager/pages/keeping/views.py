"""S-346 保存と消去: S1's own clock, what is due, lists that wait for two persons, and certificates."""

from types import SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.erasure_lists import DONE, DROPPED, SIGNED, STOPPED
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.donations.area_settings import settings_of
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.expiry import confirm, due_in, erase_due, lists_of
from sekisho.adapters.donations.reading import donation_of
from sekisho.kernel import Refused, SekishoError
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.chips import Chip
from sekisho.web.components.screen import screen
from sekisho.web.donation_manager.words import act_of
from sekisho.web.office import office_in
from sekisho.web.pages.gate.exports import attachment
from sekisho.web.words import Words

SCREEN = screen("S-346", Words("保存と消去", "Keeping and erasing"))
CONFIRMERS: Final = (Role.HEAD, Role.OPERATOR)
_STATES: Final = {
    DONE: Chip(words=Words("消去済み", "Erased"), icon="check", tone="good"),
    SIGNED: Chip(words=Words("実行中", "Under way"), icon="clock", tone="key"),
    STOPPED: Chip(words=Words("二人の確認待ち", "Waits for two persons"), icon="clock", tone="wait"),
    DROPPED: Chip(words=Words("取りやめ", "Dropped"), icon="cross", tone="stop"),
}


@require_GET
@open_to(*EVERYBODY)
def keeping(request: HttpRequest) -> HttpResponse:
    """How long things are kept, what is due, and every list."""
    office, today = office_in(request), office_day(timezone.now())
    with reading_in(office.tenant):
        said = settings_of(office.tenant)
    page = SimpleNamespace(
        keeping=said.keeping,
        due=due_in(office.tenant, today),
        lists=[(each, _STATES[each.state], each.state == STOPPED) for each in lists_of(office.tenant)],
        may=bool(set(CONFIRMERS) & set(office.roles)),
    )
    return render(request, "donation_manager/keeping.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*CONFIRMERS)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what is due now; a list that is too large waits for two persons."""
    office, now = office_in(request), timezone.now()
    try:
        proposed = erase_due(office.tenant, now, office.person)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("keeping")
    if proposed is not None and proposed.stopped is not None:
        messages.warning(request, str(Words(proposed.stopped.ja, proposed.stopped.en)))
    elif due_in(office.tenant, office_day(now)):
        words = Words(
            "確認待ちの名簿があるため、消去していません。", "A list waits for two persons; nothing was erased."
        )
        messages.warning(request, str(words))
    else:
        messages.success(request, str(Words("期限を過ぎた寄附を消去しました。", "What was due is erased.")))
    return redirect("keeping")


@require_POST
@open_to(*CONFIRMERS)
def erase_list(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Confirm or drop a list that waits."""
    if act not in {"confirm", "drop"}:
        raise Http404
    office = office_in(request)
    try:
        confirm(act_of(office, timezone.now()), number, agrees=act == "confirm")
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except SekishoError as fault:
        messages.error(request, str(fault))
        return redirect("keeping")
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("keeping")


@require_GET
@open_to(*EVERYBODY)
def donation_certificate(request: HttpRequest, number: int) -> HttpResponse:
    """The certificate that a donation's data is gone: ids and digests only."""
    found = donation_of(office_in(request).tenant, number)
    if found is None or not found.proof:
        raise Http404
    return attachment(found.proof.encode(), "text/plain; charset=utf-8", f"erasure-donation-{number}.txt")
