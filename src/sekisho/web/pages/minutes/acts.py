"""Everything that somebody does to minutes comes through one door: an act by its name, done by the office."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_minutes import minutes_file
from sekisho.bootstrap import minutes as office
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.office import office_in
from sekisho.web.words import Words

_PAGE_ID: Final = re.compile(r"[0-9]{6}")


def _lines(said: QueryDict, name: str) -> list[str]:
    """What was typed, line by line."""
    return [line.strip() for line in said.get(name, "").splitlines() if line.strip()]


ACTS: Final[Mapping[str, Callable[[office.Deed, str, QueryDict], object]]] = MappingProxyType(
    {
        "edit": lambda deed, each, said: office.edit_minutes(deed, each, said.get("text", ""), _lines(said, "words")),
        "confirm": lambda deed, each, _: office.confirm_minutes(deed, each),
        "object": lambda deed, each, said: office.object_to_minutes(deed, each, said.get("remark", "")),
        "mark_redaction": lambda deed, each, _: office.mark_redaction(deed, each),
        "find_leak": lambda deed, each, said: office.find_leak(deed, each, said.get("word", "")),
        "check_redaction": lambda deed, each, _: office.check_redaction(deed, each),
        "publish": lambda deed, each, _: office.publish(deed, each),
        "begin_correction": lambda deed, each, said: office.begin_correction(deed, each, said.get("why", "")),
    }
)


@require_POST
@open_to(*EVERYBODY)
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the minutes of a closed meeting."""
    desk, said = office_in(request), request.POST
    if _PAGE_ID.fullmatch(said.get("page_id", "")) is None:
        where = because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="page_id", what=said.get("page_id", "")[:20])
        return refuse(request, where, status=422)
    frame = office.PublicFrame(page_id=said.get("page_id", ""), contact=tuple(_lines(said, "contact")))
    deed = office.act_as(desk.tenant, desk.person)
    try:
        minutes = office.draft_from_meeting(deed, said.get("meeting", ""), frame)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    return redirect("minutes", minutes=minutes)


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, minutes: str, act: str) -> HttpResponse:
    """Do it, or say why not; who may do what is decided by the office, not by the page."""
    desk = office_in(request)
    if act not in ACTS or minutes_file(desk.tenant, minutes) is None:
        raise Http404
    try:
        ACTS[act](office.act_as(desk.tenant, desk.person), minutes, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("minutes", minutes=minutes)
