"""What an officer can do to a permit on S-405: stop it, agree to start it, revoke it, keep it as approved."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_authority import permit_row
from sekisho.adapters.database.queries_council import matter_of_consultation
from sekisho.bootstrap import council, now
from sekisho.bootstrap.permits import StopCause, agree_to_start, revoke_permit, stop_permit
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import PERMIT_TABLE
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.act_forms import SELECT, ActForm, FormField, pick
from sekisho.web.office import Office, office_in
from sekisho.web.words import Words

CAUSE_WORDS: Final[dict[str, Words]] = {
    StopCause.INCIDENT: Words("事故", "Incident"),
    StopCause.ALARM: Words("判断の警報", "Alarm"),
    StopCause.CONDITION: Words("条件の不履行", "Condition not met"),
    StopCause.ERASURE: Words("削除の遅れ", "Erasure overdue"),
    StopCause.COUNTERPART: Words("相手先の事情", "Counterpart"),
    StopCause.OTHER: Words("その他", "Other"),
}
_CAUSE: Final = FormField(
    name="cause", words=Words("理由", "Why"), kind=SELECT, choices=pick(*CAUSE_WORDS.items(), chosen=StopCause.OTHER)
)
_OFFERED: Final[Mapping[str, tuple[Words, tuple[FormField, ...]]]] = MappingProxyType(
    {
        "suspend": (
            Words("この通行証を止める（一人で足ります）", "Stop this permit (one person is enough)"),
            (_CAUSE,),
        ),
        "resume": (
            Words("再開に同意する（二人目の同意で再開）", "Agree to start it (the second person starts it)"),
            (),
        ),
        "revoke": (Words("この通行証を取り消す（元に戻せません）", "Revoke this permit (for good)"), (_CAUSE,)),
    }
)
Act = Callable[[Office, str, QueryDict], object]


def _cause(said: QueryDict) -> StopCause:
    """Why, as it was chosen.

    Raises:
        ValueError: It is none of the reasons.

    """
    return StopCause(str(said.get("cause", "")))


def _change_of(office: Office, permit: str) -> tuple[council.Deed, str]:
    """Who acts, and in which matter the change of this permit is.

    Raises:
        Refused: It was approved before the register was kept here.

    """
    row = permit_row(office.tenant, permit)
    matter = matter_of_consultation(office.tenant, row.consultation) if row else None
    if matter is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=permit)])
    return council.act_as(office.tenant, office.person), matter


_ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "suspend": lambda office, permit, said: stop_permit(office.tenant, permit, office.person, _cause(said), now()),
        "resume": lambda office, permit, _: agree_to_start(office.tenant, permit, office.person, now()),
        "revoke": lambda office, permit, said: revoke_permit(office.tenant, permit, office.person, _cause(said), now()),
        "withdraw_change": lambda office, permit, _: council.withdraw_change(*_change_of(office, permit)),
        "keep_as_approved": lambda office, permit, _: council.keep_as_approved(*_change_of(office, permit)),
    }
)


def offered_acts(permit: str, status: str, office: Office) -> Iterator[ActForm]:
    """The forms of what this person can do in this state: the table of the permit's life says so."""
    for step in PERMIT_TABLE.steps_from(status):
        if step.act in _OFFERED and not step.roles.isdisjoint(office.roles):
            words, fields = _OFFERED[step.act]
            url = reverse("permit_act", args=[permit, step.act])
            yield ActForm(key=step.act, url=url, words=words, fields=fields)


@require_POST
@open_to(*EVERYBODY)
def permit_act(request: HttpRequest, permit: str, act: str) -> HttpResponse:
    """Do it, or say why not; who may do what is decided by the office, not by the page."""
    office = office_in(request)
    if act not in _ACTS or permit_row(office.tenant, permit) is None:
        raise Http404
    try:
        _ACTS[act](office, permit, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=act, what="cause"), status=422)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("permit", permit=permit)
