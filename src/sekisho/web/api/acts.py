"""Every act of the council as an operation: its address, the body it needs, and the one verb of the facade it calls.

Nothing is decided here. Roles, separation of duties, states and refusals are those of the facade, as at the screens.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Any, Final, TypeVar

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Schema

from sekisho.adapters.database.council_papers import read_terms
from sekisho.adapters.database.council_precedents import paper_like
from sekisho.adapters.database.queries_council import meeting_rows
from sekisho.bootstrap import council
from sekisho.kernel.council import ExemptionClaim, ItemVerdict, TradeOff, dossier_from_data
from sekisho.kernel.council import Role as KernelRole
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.api import bodies
from sekisho.web.api.doors import offer
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.conditions import READERS, readable_conditions
from sekisho.web.pages.deliberation.reading import file_for

Said = TypeVar("Said", bound=Schema)
Check = Callable[[Office, str], object]
REFUSALS: Final = {401: bodies.WhyNot, 403: bodies.WhyNot, 404: bodies.WhyNot, 409: bodies.WhyNot, 422: bodies.WhyNot}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What acts are done to: how its addresses begin, who may come in, and whether it is theirs to touch."""

    name: str
    place: str
    roles: tuple[Role, ...]
    check: Check


def _meeting_here(office: Office, meeting: str) -> None:
    """Is it a meeting of this municipality?"""
    if meeting not in {row.meeting for row in meeting_rows(office.tenant, timezone.now())}:
        raise Http404


def _condition_here(office: Office, condition: str) -> None:
    """Is it a condition that this person may see?"""
    if condition not in {each.condition.condition for each in readable_conditions(office)}:
        raise Http404


def _anything(_: Office, __: str) -> None:
    """The facade itself says whether there is such a thing."""


MATTER: Final = Kind(name="matter", place="/matters/{matter}", roles=EVERYBODY, check=file_for)
MEETING: Final = Kind(name="meeting", place="/meetings/{meeting}", roles=EVERYBODY, check=_meeting_here)
CONDITION: Final = Kind(name="condition", place="/conditions/{condition}", roles=READERS, check=_condition_here)
PERMIT: Final = Kind(name="permit", place="/permits/{permit}", roles=EVERYBODY, check=_anything)
PERSON: Final = Kind(name="person", place="/people/{person}", roles=(Role.ADMINISTRATOR,), check=_anything)


def _results(made: object) -> list[str]:
    """What came of an act, as ids and numbers."""
    if made is None or isinstance(made, bool):
        return []
    if isinstance(made, tuple):
        return [str(each) for each in made]
    return [str(getattr(made, "result", made))]


def _done(act: str, deed: council.Deed, made: object) -> dict[str, object]:
    """The answer to an act."""
    return {"act": act, "result": _results(made), "at": deed.at}


def _deed(request: HttpRequest) -> council.Deed:
    """Who acts: whoever is signed in, by the installation's clock."""
    office = office_in(request)
    return council.act_as(office.tenant, office.person)


def _put(kind: Kind, act: str, body: type[Schema] | None, do: Callable[[council.Deed, str, Any], object]) -> None:
    """Put an act at its address."""

    def view(request: HttpRequest, **said: Any) -> dict[str, object]:
        kind.check(office_in(request), said[kind.name])
        deed = _deed(request)
        return _done(act, deed, do(deed, said[kind.name], said.get("body")))

    named = [
        Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest),
        Parameter(kind.name, Parameter.POSITIONAL_OR_KEYWORD, annotation=str),
    ]
    if body is not None:
        named.append(Parameter("body", Parameter.POSITIONAL_OR_KEYWORD, annotation=body))
    view.__signature__ = Signature(named)  # type: ignore[attr-defined]  # read by ninja and by inspect
    verb = getattr(council, act)
    offer(
        "POST",
        f"{kind.place}/{act.replace('_', '-')}",
        kind.roles,
        act=act,
        operation_id=act,
        tags=[kind.name],
        summary=str(verb.__doc__).partition("\n")[0],
        response={200: bodies.Done, **REFUSALS},
    )(view)


def _plain(kind: Kind, *verbs: Callable[[council.Deed, str], object]) -> None:
    """Acts that need no more than the thing they are done to."""
    for verb in verbs:
        name = next(each for each in council.__all__ if getattr(council, each) is verb)
        _put(kind, name, None, lambda deed, on, _, verb=verb: verb(deed, on))  # type: ignore[misc]  # bound early


def _spoken(kind: Kind, act: str, body: type[Said], do: Callable[[council.Deed, str, Said], object]) -> None:
    """An act with something to say."""
    _put(kind, act, body, do)


def _paper(said: bodies.PaperBody) -> council.Paper:
    """Papers as they were sent.

    Raises:
        Refused: The dossier is not understood.

    """
    terms = read_terms(json.dumps([each.dict() for each in said.terms]))
    return council.Paper(dossier=dossier_from_data(said.dossier), terms=terms)


def _condition(said: bodies.ConditionBody) -> council.Proposed:
    """A condition as it was sent."""
    return council.Proposed(**said.dict())


_plain(
    MATTER,
    council.submit,
    council.accept,
    council.withdraw,
    council.amend,
    council.take_back,
    council.open_session,
    council.close_questions,
    council.sign_letter,
    council.issue_permits,
    council.keep_as_approved,
)
_spoken(MATTER, "revise", bodies.PaperBody, lambda deed, on, said: council.revise(deed, on, _paper(said)))
_spoken(
    MATTER,
    "change_materially",
    bodies.PaperBody,
    lambda deed, on, said: council.change_materially(deed, on, _paper(said)),
)
_spoken(MATTER, "send_back", bodies.ReasonBody, lambda deed, on, said: council.send_back(deed, on, said.reason))
_spoken(
    MATTER, "put_on_agenda", bodies.MeetingBody, lambda deed, on, said: council.put_on_agenda(deed, on, said.meeting)
)
_spoken(
    MATTER,
    "claim_exemption",
    bodies.ExemptionBody,
    lambda deed, on, said: council.claim_exemption(deed, on, ExemptionClaim(**said.dict(), claimed_by="")),
)
_spoken(
    MATTER,
    "judge_exemption",
    bodies.JudgementBody,
    lambda deed, on, said: council.judge_exemption(deed, on, holds=said.holds),
)
_spoken(MATTER, "circulate", bodies.UntilBody, lambda deed, on, said: council.circulate(deed, on, said.until))
_spoken(MATTER, "ask", bodies.AskBody, lambda deed, on, said: council.ask(deed, on, council.Asked(**said.dict())))
_spoken(
    MATTER,
    "answer",
    bodies.AnswerBody,
    lambda deed, on, said: council.answer(
        deed, on, said.question, council.Reply(text=said.text, cites=said.cites, amended_in=said.amended_in)
    ),
)
_spoken(MATTER, "recuse", bodies.ReasonBody, lambda deed, on, said: council.recuse(deed, on, said.reason))
_spoken(MATTER, "give_opinion", bodies.TextBody, lambda deed, on, said: council.give_opinion(deed, on, said.text))
_spoken(
    MATTER,
    "record_verdict",
    bodies.VerdictBody,
    lambda deed, on, said: council.record_verdict(deed, on, ItemVerdict(**said.dict())),
)
_spoken(
    MATTER,
    "record_trade_off",
    bodies.TradeOffBody,
    lambda deed, on, said: council.record_trade_off(
        deed, on, TradeOff(**{**said.dict(), "review_on": said.review_on.isoformat()})
    ),
)
_spoken(
    MATTER,
    "propose_condition",
    bodies.ConditionBody,
    lambda deed, on, said: council.propose_condition(deed, on, _condition(said)),
)
_spoken(MATTER, "put_to_vote", bodies.ResultBody, lambda deed, on, said: council.put_to_vote(deed, on, said.result))
_spoken(MATTER, "vote", bodies.VoteBody, lambda deed, on, said: council.vote(deed, on, said.choice))
_spoken(MATTER, "decide", bodies.CastingBody, lambda deed, on, said: council.decide(deed, on, said.casting))

_plain(MEETING, council.open_meeting, council.close_meeting, council.cancel_meeting)
_spoken(MEETING, "arrive", bodies.PersonBody, lambda deed, on, said: council.arrive(deed, on, said.person))
_spoken(MEETING, "leave", bodies.PersonBody, lambda deed, on, said: council.leave(deed, on, said.person))

_plain(
    CONDITION,
    council.adopt_condition,
    council.drop_condition,
    council.verify_proof,
    council.close_condition,
    council.waive_condition,
)
_spoken(CONDITION, "submit_proof", bodies.ProofBody, lambda deed, on, said: council.submit_proof(deed, on, said.proof))
_spoken(
    CONDITION, "reject_proof", bodies.ReasonBody, lambda deed, on, said: council.reject_proof(deed, on, said.reason)
)

_plain(PERMIT, council.agree_to_start)
_spoken(PERMIT, "stop_permit", bodies.StopBody, lambda deed, on, said: council.stop_permit(deed, on, said.cause))
_spoken(PERMIT, "revoke_permit", bodies.StopBody, lambda deed, on, said: council.revoke_permit(deed, on, said.cause))

_spoken(
    PERSON,
    "assign_roles",
    bodies.RolesBody,
    lambda deed, on, said: council.assign_roles(deed, on, [KernelRole(each) for each in said.roles]),
)


def _begin(act: str, place: str, roles: Iterable[Role], tag: str) -> Callable[[Callable[..., object]], object]:
    """An act that makes something new, so that there is nothing yet to do it to."""
    summary = str(getattr(council, act).__doc__).partition("\n")[0]
    answers = {200: bodies.Done, **dict.fromkeys((401, 403, 409, 422), bodies.WhyNot)}
    return offer("POST", place, roles, act=act, operation_id=act, tags=[tag], summary=summary, response=answers)


@_begin("draft", "/matters", (Role.DRAFTER,), "matter")
def _draft(request: HttpRequest, body: bodies.DraftBody) -> dict[str, object]:
    """Begin a consultation."""
    deed = _deed(request)
    paper = _paper(body.paper) if body.paper else paper_like(deed.tenant, body.precedent)
    return _done("draft", deed, council.draft(deed, paper))


@_begin("call_meeting", "/meetings", EVERYBODY, "meeting")
def _call_meeting(request: HttpRequest, body: bodies.InvitationBody) -> dict[str, object]:
    """Call the members of the council."""
    deed = _deed(request)
    return _done("call_meeting", deed, council.call_meeting(deed, council.Invitation(**body.dict())))
