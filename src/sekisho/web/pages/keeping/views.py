"""S-130 保存と削除: what is late, what two persons decide, what is on hold, what contractors keep."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.holds import LIFTERS
from sekisho.adapters.database.queries_erasure import keeping_of
from sekisho.bootstrap import council, erasure
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.keeping.keeping_page import Reader, keeping_page
from sekisho.web.words import Words

SCREEN = screen("S-130", Words("保存と削除", "Keeping and erasing"))
_LARGEST: Final = 2 * 1024 * 1024


def _certify(deed: council.Deed, parcel: str, request: HttpRequest) -> None:
    """Take the contractor's certificate that somebody chose."""
    file = request.FILES.get("certificate")
    if file is None or (file.size or 0) > _LARGEST:
        what = Words("2 MiBまでのファイルを選んでください", "choose a file of at most 2 MiB")
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="certificate", what=str(what))])
    erasure.take_certificate(deed, [parcel], file.read())


Act = Callable[[council.Deed, str, HttpRequest], object]
_ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "confirm": lambda deed, what, _: erasure.confirm_list(deed, what),
        "drop": lambda deed, what, _: erasure.drop_list(deed, what),
        "hold": lambda deed, what, request: erasure.set_hold(deed, what, request.POST.get("why", "")),
        "lift": lambda deed, what, _: erasure.agree_to_lift(deed, what),
        "certify": _certify,
        "recall": lambda deed, what, _: erasure.recall_key(deed, what),
    }
)


def _reader(office: Office) -> Reader:
    """What this person may do here."""
    roles = set(office.roles)
    return Reader(
        person=office.person,
        confirms=bool(roles & set(erasure.CONFIRMERS)),
        lifts=bool(roles & set(LIFTERS)),
        keeps=bool(roles & set(erasure.KEEPERS)),
    )


@require_GET
@open_to(*EVERYBODY)
def keeping(request: HttpRequest) -> HttpResponse:
    """Everything that is kept for a time, and what is late."""
    office, at = office_in(request), timezone.now()
    page = keeping_page(keeping_of(office.tenant, at), _reader(office), at)
    return render(request, "keeping/keeping.html", {"screen": SCREEN, "page": page})


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, act: str, what: str) -> HttpResponse:
    """Do it, or say why not."""
    office = office_in(request)
    if act not in _ACTS:
        raise Http404
    try:
        _ACTS[act](council.act_as(office.tenant, office.person), what, request)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("keeping")
