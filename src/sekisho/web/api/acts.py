"""Every act of the council as an operation."""

import json
from typing import Final

from django.http import Http404, HttpRequest
from django.utils import timezone

from sekisho.adapters.database.council_papers import read_terms
from sekisho.adapters.database.council_precedents import paper_like
from sekisho.adapters.database.queries_meetings import meeting_rows
from sekisho.bootstrap import council
from sekisho.kernel.council import ExemptionClaim, ItemVerdict, TradeOff, dossier_from_data, make_proof_paper
from sekisho.kernel.council import Role as KernelRole
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.api import bodies
from sekisho.web.api.putting import Kind, begin, deed_of, done, put_plain, put_spoken
from sekisho.web.office import Office, office_in
from sekisho.web.pages.deliberation.conditions import READERS, readable_conditions
from sekisho.web.pages.deliberation.reading import file_for


def _meeting_here(office: Office, meeting: str) -> None:
    """Is it a meeting of this municipality?"""
    if meeting not in {row.meeting for row in meeting_rows(office.tenant, timezone.now())}:
        raise Http404


def _condition_here(office: Office, condition: str) -> None:
    """Is it a condition that this person may see?"""
    if condition not in {each.condition.condition for each in readable_conditions(office)}:
        raise Http404


def anything(_: Office, __: str) -> None:
    """The facade itself says whether there is such a thing."""


MATTER: Final = Kind(name="matter", place="/matters/{matter}", roles=EVERYBODY, check=file_for)
MEETING: Final = Kind(name="meeting", place="/meetings/{meeting}", roles=EVERYBODY, check=_meeting_here)
CONDITION: Final = Kind(name="condition", place="/conditions/{condition}", roles=READERS, check=_condition_here)
PERMIT: Final = Kind(name="permit", place="/permits/{permit}", roles=EVERYBODY, check=anything)
PERSON: Final = Kind(name="person", place="/people/{person}", roles=(Role.ADMINISTRATOR,), check=anything)

NUMBERING: Final = Kind(name="numbering", place="/numbering/{series}", roles=(Role.SECRETARIAT,), check=anything)


def as_paper(said: bodies.PaperBody) -> council.Paper:
    """Papers as they were sent.

    Raises:
        Refused: The dossier is not understood.

    """
    terms = read_terms(json.dumps([each.dict() for each in said.terms]))
    return council.Paper(dossier=dossier_from_data(said.dossier), terms=terms)


def _submit_proof(deed: council.Deed, condition: str, said: bodies.ProofBody) -> None:
    """A proof as it was sent.

    Raises:
        Refused: Not by this person, not in this state, or the digest is none.

    """
    council.submit_proof(deed, condition, said.proof, make_proof_paper(said.kind or "", said.sha256))


def _condition(said: bodies.ConditionBody) -> council.Proposed:
    """A condition as it was sent."""
    return council.Proposed(**said.dict(exclude={"raised_by"}))


put_plain(
    MATTER,
    council.submit,
    council.accept,
    council.withdraw,
    council.amend,
    council.take_back,
    council.open_session,
    council.close_questions,
    council.withdraw_motion,
    council.sign_letter,
    council.countersign,
    council.issue_permits,
    council.keep_as_approved,
    council.withdraw_change,
)
put_spoken(MATTER, "revise", bodies.PaperBody, lambda deed, on, said: council.revise(deed, on, as_paper(said)))
put_spoken(
    MATTER,
    "change_materially",
    bodies.PaperBody,
    lambda deed, on, said: council.change_materially(deed, on, as_paper(said)),
)
put_spoken(
    MATTER, "change_lightly", bodies.PaperBody, lambda deed, on, said: council.change_lightly(deed, on, as_paper(said))
)
put_spoken(MATTER, "send_back", bodies.ReasonBody, lambda deed, on, said: council.send_back(deed, on, said.reason))
put_spoken(
    MATTER, "put_on_agenda", bodies.MeetingBody, lambda deed, on, said: council.put_on_agenda(deed, on, said.meeting)
)
put_spoken(
    MATTER,
    "claim_exemption",
    bodies.ExemptionBody,
    lambda deed, on, said: council.claim_exemption(deed, on, ExemptionClaim(**said.dict(), claimed_by="")),
)
put_spoken(
    MATTER,
    "judge_exemption",
    bodies.JudgementBody,
    lambda deed, on, said: council.judge_exemption(deed, on, holds=said.holds),
)
put_spoken(MATTER, "circulate", bodies.UntilBody, lambda deed, on, said: council.circulate(deed, on, said.until))
put_spoken(MATTER, "ask", bodies.AskBody, lambda deed, on, said: council.ask(deed, on, council.Asked(**said.dict())))
put_spoken(
    MATTER,
    "answer",
    bodies.AnswerBody,
    lambda deed, on, said: council.answer(
        deed, on, said.question, council.Reply(text=said.text, cites=said.cites, amended_in=said.amended_in)
    ),
)
put_spoken(
    MATTER,
    "assign_answer",
    bodies.AssignBody,
    lambda deed, on, said: council.assign_answer(deed, on, said.question, said.answerer, said.answer_by),
)
put_spoken(
    MATTER,
    "accept_answer",
    bodies.QuestionBody,
    lambda deed, on, said: council.accept_answer(deed, on, said.question),
)
put_spoken(
    MATTER,
    "follow_up",
    bodies.FollowUpBody,
    lambda deed, on, said: council.follow_up(deed, on, said.question, said.text),
)
put_spoken(MATTER, "recuse", bodies.ReasonBody, lambda deed, on, said: council.recuse(deed, on, said.reason))
put_spoken(MATTER, "give_opinion", bodies.TextBody, lambda deed, on, said: council.give_opinion(deed, on, said.text))
put_spoken(
    MATTER,
    "record_verdict",
    bodies.VerdictBody,
    lambda deed, on, said: council.record_verdict(deed, on, ItemVerdict(**said.dict())),
)
put_spoken(
    MATTER,
    "record_trade_off",
    bodies.TradeOffBody,
    lambda deed, on, said: council.record_trade_off(
        deed, on, TradeOff(**{**said.dict(), "review_on": said.review_on.isoformat()})
    ),
)
put_spoken(
    MATTER,
    "propose_condition",
    bodies.ConditionBody,
    lambda deed, on, said: council.propose_condition(deed, on, _condition(said)),
)
put_spoken(
    MATTER,
    "enter_condition",
    bodies.RaisedBody,
    lambda deed, on, said: council.enter_condition(deed, on, said.raised_by, _condition(said)),
)
put_spoken(MATTER, "put_to_vote", bodies.ResultBody, lambda deed, on, said: council.put_to_vote(deed, on, said.result))
put_spoken(MATTER, "vote", bodies.VoteBody, lambda deed, on, said: council.vote(deed, on, said.choice))
put_spoken(MATTER, "decide", bodies.CastingBody, lambda deed, on, said: council.decide(deed, on, said.casting))

put_spoken(
    MATTER,
    "decide_internally",
    bodies.InternalBody,
    lambda deed, on, said: council.decide_internally(deed, on, said.outcome, said.reason),
)

put_plain(MEETING, council.open_meeting, council.close_meeting, council.cancel_meeting)
put_spoken(MEETING, "arrive", bodies.PersonBody, lambda deed, on, said: council.arrive(deed, on, said.person))
put_spoken(MEETING, "leave", bodies.PersonBody, lambda deed, on, said: council.leave(deed, on, said.person))

put_spoken(
    MEETING,
    "name_acting_chair_of_meeting",
    bodies.PersonBody,
    lambda deed, on, said: council.name_acting_chair_of_meeting(deed, on, said.person),
)
put_spoken(
    MATTER,
    "name_acting_chair",
    bodies.PersonBody,
    lambda deed, on, said: council.name_acting_chair(deed, on, said.person),
)

put_plain(
    CONDITION,
    council.adopt_condition,
    council.drop_condition,
    council.verify_proof,
    council.close_condition,
    council.waive_condition,
)
put_spoken(CONDITION, "submit_proof", bodies.ProofBody, _submit_proof)
put_spoken(
    CONDITION,
    "amend_condition",
    bodies.ConditionBody,
    lambda deed, on, said: council.amend_condition(deed, on, _condition(said)),
)
put_spoken(CONDITION, "ask_waiver", bodies.ReasonBody, lambda deed, on, said: council.ask_waiver(deed, on, said.reason))
put_spoken(
    CONDITION, "reject_proof", bodies.ReasonBody, lambda deed, on, said: council.reject_proof(deed, on, said.reason)
)

put_plain(PERMIT, council.agree_to_start)
put_spoken(PERMIT, "stop_permit", bodies.StopBody, lambda deed, on, said: council.stop_permit(deed, on, said.cause))
put_spoken(PERMIT, "revoke_permit", bodies.StopBody, lambda deed, on, said: council.revoke_permit(deed, on, said.cause))

put_spoken(
    PERSON,
    "assign_roles",
    bodies.RolesBody,
    lambda deed, on, said: council.assign_roles(deed, on, [KernelRole(each) for each in said.roles]),
)


@begin(MATTER, "draft", (Role.DRAFTER,), also=(404,))
def _draft(request: HttpRequest, body: bodies.DraftBody) -> dict[str, object]:
    """Begin a consultation."""
    deed = deed_of(request)
    own = office_in(request).department
    paper = as_paper(body.paper) if body.paper else paper_like(deed.tenant, own, body.precedent)
    return done("draft", deed, council.draft(deed, paper))


@begin(MEETING, "call_meeting", EVERYBODY)
def _call_meeting(request: HttpRequest, body: bodies.InvitationBody) -> dict[str, object]:
    """Call the members of the council."""
    deed = deed_of(request)
    return done("call_meeting", deed, council.call_meeting(deed, council.Invitation(**body.dict())))


@begin(NUMBERING, "continue_numbering", (Role.SECRETARIAT,))
def _continue_numbering(request: HttpRequest, body: bodies.NumberingBody) -> dict[str, object]:
    """Let the numbers of consultations go on from those given on paper."""
    deed = deed_of(request)
    return done("continue_numbering", deed, council.continue_numbering(deed, body.number))
