"""S-255 条件の追跡: what is owed, by whom, until when; what keeps the gate closed stands first."""

from collections.abc import Callable, Mapping
from types import MappingProxyType, SimpleNamespace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sekisho.adapters.database.queries_council import ConditionView, condition_views, names_of
from sekisho.bootstrap import council
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import is_overdue, make_proof_paper, stops_permit
from sekisho.web.access import EVERYBODY, Role, open_to, refuse
from sekisho.web.components.dates import in_office_time
from sekisho.web.components.screen import screen
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.acts import condition_said
from sekisho.web.pages.deliberation.condition_lines import condition_lines
from sekisho.web.words import Words

SCREEN = screen("S-255", Words("条件の追跡", "Conditions"))
READERS: Final = (*EVERYBODY, Role.CONTRACTOR)


def _submit_proof(deed: council.Deed, condition: str, said: QueryDict) -> None:
    """Hand in a proof with its kind and the digest of its paper or file.

    Raises:
        Refused: Not by this person, not in this state, or a field is not understood.

    """
    paper = make_proof_paper(said.get("proof_kind", ""), said.get("proof_paper", ""))
    council.submit_proof(deed, condition, said.get("proof", ""), paper)


_ACTS: Final[Mapping[str, Callable[[council.Deed, str, QueryDict], None]]] = MappingProxyType(
    {
        "adopt": lambda deed, condition, _: council.adopt_condition(deed, condition),
        "amend": lambda deed, condition, said: council.amend_condition(deed, condition, condition_said(said)),
        "drop": lambda deed, condition, _: council.drop_condition(deed, condition),
        "submit_proof": _submit_proof,
        "verify": lambda deed, condition, _: council.verify_proof(deed, condition),
        "reject_proof": lambda deed, condition, said: council.reject_proof(deed, condition, said.get("reason", "")),
        "close": lambda deed, condition, _: council.close_condition(deed, condition),
        "ask_waiver": lambda deed, condition, said: council.ask_waiver(deed, condition, said.get("reason", "")),
        "waive": lambda deed, condition, _: council.waive_condition(deed, condition),
    }
)


def readable_conditions(office: Office) -> list[ConditionView]:
    """The conditions that this person may see: a contractor its own; those that stop a permit come first."""
    today = in_office_time(timezone.now()).date()
    own_only = not set(office.roles) & set(EVERYBODY)
    found = [
        each
        for each in condition_views(office.tenant, timezone.now())
        if not own_only or each.condition.owner == office.person
    ]
    return sorted(
        found, key=lambda each: (not stops_permit(each.condition, today), not is_overdue(each.condition, today))
    )


@require_GET
@open_to(*READERS)
def conditions(request: HttpRequest) -> HttpResponse:
    """Every condition, with what can be done about it."""
    office = office_in(request)
    lines = condition_lines(readable_conditions(office), office, names_of(office.tenant))
    return render(request, "deliberation/conditions.html", {"screen": SCREEN, "page": SimpleNamespace(lines=lines)})


@require_POST
@open_to(*READERS)
def act(request: HttpRequest, condition: str, act: str) -> HttpResponse:
    """Do it, or say why not."""
    office = office_in(request)
    known = {each.condition.condition: each.matter for each in readable_conditions(office)}
    if act not in _ACTS or condition not in known:
        raise Http404
    try:
        _ACTS[act](council.act_as(office.tenant, office.person), condition, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=act, what="choice"), status=422)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    if request.POST.get("back") == "matter_letter" and known[condition]:
        return redirect("matter_letter", matter=known[condition])
    return redirect("conditions")
