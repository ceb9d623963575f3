"""What is done to a self-check comes through one door: an act by its name, carried out by the office."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sekisho.adapters.database.queries_self_checks import calendar_views, is_kept, round_file
from sekisho.bootstrap import council, self_checks
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import in_office_time
from sekisho.web.office import Office, office_in
from sekisho.web.pages.self_checks.reading import read_answers, read_rule
from sekisho.web.words import Words

Act = Callable[[council.Deed, str, QueryDict], object]
_DONE: Final = Words("処理しました。記録に残りました。", "Done, and recorded.")


def _answer(deed: council.Deed, number: str, said: QueryDict) -> None:
    """Write the answers of the form."""
    file = round_file(deed.tenant, number, deed.at)
    open_keys = frozenset(each.key for each in file.questions if each.key not in file.answers) if file else frozenset()
    self_checks.answer(deed, number, tuple(read_answers(said, open_keys)))


_ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "answer": _answer,
        "submit": lambda deed, number, _: self_checks.submit(deed, number),
        "send_back": lambda deed, number, said: self_checks.send_back(deed, number, said.get("reason", "")),
        "verify": lambda deed, number, _: self_checks.verify(deed, number),
        "close": lambda deed, number, said: self_checks.close(deed, number, said.get("followed", "")),
    }
)


def _carry_out(request: HttpRequest, what: str, do: Callable[[council.Deed], object]) -> HttpResponse | None:
    """Do it; answers the page that says why not, or nothing."""
    office = office_in(request)
    try:
        do(council.act_as(office.tenant, office.person))
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=what, what="choice"), status=422)
    messages.success(request, str(_DONE))
    return None


def check_here(office: Office, number: str) -> None:
    """Is there such a self-check in this municipality?

    Raises:
        Http404: There is none.

    """
    if not is_kept(office.tenant, number):
        raise Http404


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, self_check: str, act: str) -> HttpResponse:
    """Do it, or say why not; who may do what is decided by the office, not by the page."""
    if act not in _ACTS:
        raise Http404
    check_here(office_in(request), self_check)
    why_not = _carry_out(request, act, lambda deed: _ACTS[act](deed, self_check, request.POST))
    return why_not or redirect("self_check", self_check=self_check)


@require_POST
@open_to(*EVERYBODY)
def call(request: HttpRequest, consultation: str) -> HttpResponse:
    """The secretariat asks for a self-check before its day."""
    tenant, today = office_in(request).tenant, in_office_time(timezone.now()).date()
    if consultation not in {each.consultation for each in calendar_views(tenant, today)}:
        raise Http404
    why_not = _carry_out(request, "call", lambda deed: self_checks.call(deed, consultation))
    return why_not or redirect("self_checks")


@require_POST
@open_to(*EVERYBODY)
def rule(request: HttpRequest) -> HttpResponse:
    """The chair sets how often connections are checked, and what a late check means."""
    why_not = _carry_out(request, "rule", lambda deed: self_checks.set_rule(deed, read_rule(request.POST)))
    return why_not or redirect("self_checks")
