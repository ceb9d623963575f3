"""Everything that somebody does in a matter comes through one door: an act by its name, carried out by the office."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.bootstrap import council
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import (
    Choice,
    ConditionKind,
    ExemptionClaim,
    InternalOutcome,
    ItemVerdict,
    ProofKind,
    TradeOff,
    Verdict,
)
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import OFFICE_TIME, read_day
from sekisho.web.office import office_in
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.words import Words

Said = QueryDict
Act = Callable[[council.Deed, str, Said], object]
_CLOSES: Final = time(17, 0)
_PLACES: Final = ("matter", "matter_decision", "portal_matter", "matter_questions", "matter_letter")


def until(said: Said, name: str) -> datetime:
    """The end of an office day.

    Raises:
        Refused: It is not a day.

    """
    day = read_day(said.get(name, ""))
    if day is None:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=name, what=said.get(name, ""))])
    return datetime.combine(day, _CLOSES, OFFICE_TIME)


def _number(said: Said, name: str) -> int:
    """A whole number, or nothing."""
    text = said.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() else 0


def condition_said(said: Said) -> council.Proposed:
    """A condition as it was typed.

    Raises:
        Refused: Its due date is none.
        ValueError: Its kind or its proof is none of the lists.

    """
    return council.Proposed(
        hangs_on=said.get("hangs_on", ""),
        text=said.get("text", ""),
        kind=ConditionKind(said.get("kind", "")),
        proof=ProofKind(said.get("proof", "")),
        owner=said.get("owner", ""),
        verifier=said.get("verifier", ""),
        due=until(said, "due").date(),
        every_days=_number(said, "every_days"),
    )


def _verdicts(deed: council.Deed, matter: str, said: Said) -> None:
    """The verdicts that were chosen, one an item; with "keep the rest", every item of the form that has none yet."""
    kept = dict.fromkeys((f"verdict:{each}" for each in said.getlist("open")), str(Verdict.KEEP))
    chosen = {name: value for name, value in said.items() if value}
    for name, value in ({**kept, **chosen} if said.get("every") else chosen).items():
        connection, _, item = name.removeprefix("verdict:").partition("/")
        if name.startswith("verdict:"):
            reason = str(said.get(f"reason:{connection}/{item}", ""))
            verdict = ItemVerdict(connection=connection, item=item, verdict=Verdict(str(value)), reason=reason)
            council.record_verdict(deed, matter, verdict)


def _exemption(said: Said) -> ExemptionClaim:
    """A claim as it was typed."""
    return ExemptionClaim(article=said.get("article", ""), quotation=said.get("quotation", ""), claimed_by="")


def _asked(said: Said) -> council.Asked:
    """A question as it was typed."""
    return council.Asked(about=said.get("about", ""), text=said.get("text", ""))


def _reply(said: Said) -> council.Reply:
    """An answer as it was typed."""
    cites, amended = said.get("cites", ""), _number(said, "amended_in")
    return council.Reply(text=said.get("text", ""), cites=cites, amended_in=amended)


def _trade_off(said: Said) -> TradeOff:
    """What was weighed against what, as it was typed."""
    return TradeOff(
        about=said.get("about", ""),
        prevailed=said.get("prevailed", ""),
        yielded=said.get("yielded", ""),
        why=said.get("why", ""),
        review_on=until(said, "review_on").date().isoformat(),
    )


def _casting(said: Said) -> Choice | None:
    """The chair's casting vote, if there is one."""
    return Choice(casting) if (casting := said.get("casting", "")) else None


PLAIN: Final[Mapping[str, Callable[[council.Deed, str], object]]] = MappingProxyType(
    {
        "submit": council.submit,
        "accept": council.accept,
        "withdraw": council.withdraw,
        "withdraw_change": council.withdraw_change,
        "confirm_exemption": partial(council.judge_exemption, holds=True),
        "reject_exemption": partial(council.judge_exemption, holds=False),
        "amend": council.amend,
        "take_back": council.take_back,
        "open_session": council.open_session,
        "close_questions": council.close_questions,
        "withdraw_motion": council.withdraw_motion,
        "sign_letter": council.sign_letter,
        "issue_permits": council.issue_permits,
        "countersign": council.countersign,
    }
)
SPOKEN: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "return": lambda deed, matter, said: council.send_back(deed, matter, said.get("reason", "")),
        "put_on_agenda": lambda deed, matter, said: council.put_on_agenda(deed, matter, said.get("meeting", "")),
        "claim_exemption": lambda deed, matter, said: council.claim_exemption(deed, matter, _exemption(said)),
        "circulate": lambda deed, matter, said: council.circulate(deed, matter, until(said, "until")),
        "ask": lambda deed, matter, said: council.ask(deed, matter, _asked(said)),
        "answer": lambda deed, matter, said: council.answer(deed, matter, said.get("question", ""), _reply(said)),
        "assign_answer": lambda deed, matter, said: council.assign_answer(
            deed, matter, said.get("question", ""), said.get("answerer", ""), until(said, "answer_by").date()
        ),
        "accept_answer": lambda deed, matter, said: council.accept_answer(deed, matter, said.get("question", "")),
        "follow_up": lambda deed, matter, said: council.follow_up(
            deed, matter, said.get("question", ""), said.get("text", "")
        ),
        "enter_condition": lambda deed, matter, said: council.enter_condition(
            deed, matter, said.get("raised_by", ""), condition_said(said)
        ),
        "recuse": lambda deed, matter, said: council.recuse(deed, matter, said.get("reason", "")),
        "give_opinion": lambda deed, matter, said: council.give_opinion(deed, matter, said.get("text", "")),
        "record_verdicts": _verdicts,
        "record_trade_off": lambda deed, matter, said: council.record_trade_off(deed, matter, _trade_off(said)),
        "propose_condition": lambda deed, matter, said: council.propose_condition(deed, matter, condition_said(said)),
        "put_to_vote": lambda deed, matter, said: council.put_to_vote(deed, matter, said.get("result", "")),
        "name_acting_chair": lambda deed, matter, said: council.name_acting_chair(deed, matter, said.get("person", "")),
        "vote": lambda deed, matter, said: council.vote(deed, matter, Choice(said.get("choice", ""))),
        "decide_internally": lambda deed, matter, said: council.decide_internally(
            deed, matter, InternalOutcome(said.get("outcome", "")), said.get("reason", "")
        ),
        "decide": lambda deed, matter, said: council.decide(deed, matter, _casting(said)),
    }
)


def carry_out(deed: council.Deed, matter: str, act: str, said: Said) -> None:
    """Do what was asked.

    Raises:
        Refused: It cannot be done now, or not by this person.

    """
    if act in PLAIN:
        PLAIN[act](deed, matter)
    else:
        SPOKEN[act](deed, matter, said)


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, matter: str, act: str) -> HttpResponse:
    """Do it, or say why not; who may do what is decided by the office, not by the page."""
    office, said = office_in(request), request.POST
    if act not in {*PLAIN, *SPOKEN}:
        raise Http404
    file_for(office, matter)
    try:
        carry_out(council.act_as(office.tenant, office.person), matter, act, said)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except ValueError:
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=act, what="choice"), status=422)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    back = said.get("back", "")
    return redirect(back if back in _PLACES else "matter", matter=matter)
