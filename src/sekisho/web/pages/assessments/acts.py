"""Everything that somebody does to an assessment comes through one door: an act by its name, done by the office."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.bootstrap import assessments as office
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import Depth, FindingVerdict, LighterClaim, LighterGround, PointFinding
from sekisho.web.access import EVERYBODY, open_to, refuse
from sekisho.web.components.dates import read_day
from sekisho.web.office import office_in
from sekisho.web.pages.assessments.reading import file_for
from sekisho.web.words import Words

Said = QueryDict
Act = Callable[[office.Deed, str, Said], object]
NEW: Final = "new"


def _day(said: Said, name: str) -> date:
    """A day as it was typed.

    Raises:
        Refused: It is none.

    """
    day = read_day(said.get(name, ""))
    if day is None:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=name, what=said.get(name, ""))])
    return day


def _number(said: Said, name: str) -> int:
    """A whole number as it was typed.

    Raises:
        Refused: It is none.

    """
    text = said.get(name, "").replace(",", "")
    if not (text.isdecimal() and text.isascii()):
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=name, what=said.get(name, ""))])
    return int(text)


def _numbers(said: Said) -> office.Numbers:
    """The three numbers of the threshold."""
    return office.Numbers(
        subjects=_number(said, "subjects"),
        handlers=_number(said, "handlers"),
        serious_incident=bool(said.get("serious_incident", "")),
    )


def _period(said: Said) -> office.Period:
    """The days of a public comment."""
    return office.Period(
        opens_on=_day(said, "opens_on"),
        closes_on=_day(said, "closes_on"),
        shortened_because=said.get("shortened_because", ""),
    )


def _answer(said: Said) -> office.CommentAnswer:
    """An answer to a resident's comment."""
    return office.CommentAnswer(
        comment=said.get("comment", ""), text=said.get("text", ""), reflected=bool(said.get("reflected", ""))
    )


def _finding(said: Said) -> PointFinding:
    """A finding on one point."""
    verdict = FindingVerdict(said.get("verdict", ""))
    return PointFinding(point=said.get("point", ""), verdict=verdict, remark=said.get("remark", ""))


def _claim(said: Said) -> LighterClaim:
    """A claim that a change is not material; who claims it is who is signed in."""
    ground = LighterGround(said.get("ground", ""))
    return LighterClaim(place=said.get("place", ""), ground=ground, why=said.get("why", ""), claimed_by="")


ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        "judge_threshold": lambda deed, each, said: office.judge(deed, each, _numbers(said)),
        "find_none_needed": lambda deed, each, _: office.find_none_needed(deed, each),
        "begin_draft": lambda deed, each, said: office.begin_draft(deed, each, Depth[said.get("depth", "").upper()]),
        "write_answer": lambda deed, each, said: office.write_answers(
            deed, each, {said.get("place", ""): said.get("text", "")}
        ),
        "write_report": lambda deed, each, said: office.write_report_text(deed, each, said.get("report", "")),
        "write_entrustment": lambda deed, each, _: office.write_entrustment(deed, each),
        "cover": lambda deed, each, said: office.cover_connections(
            deed, each, said.get("connections", "").splitlines()
        ),
        "claim": lambda deed, each, said: office.claim_lighter_change(deed, each, _claim(said)),
        "review": lambda deed, each, _: office.review(deed, each),
        "open_comment": lambda deed, each, said: office.open_comment(deed, each, _period(said)),
        "receive_comment": lambda deed, each, said: office.receive_comment(deed, each, said.get("text", "")),
        "answer_comment": lambda deed, each, said: office.answer_comment(deed, each, _answer(said)),
        "close_comment": lambda deed, each, _: office.close_comment(deed, each),
        "check_by_third_party": lambda deed, each, said: office.check_by_third_party(deed, each, said.get("body", "")),
        "record_finding": lambda deed, each, said: office.record_finding(deed, each, _finding(said)),
        "give_opinion": lambda deed, each, said: office.give_assessment_opinion(deed, each, said.get("opinion", "")),
        "revise": lambda deed, each, _: office.revise(deed, each),
        "file": lambda deed, each, _: office.file_assessment(deed, each),
        "publish": lambda deed, each, _: office.publish_assessment(deed, each),
        "check_yearly": lambda deed, each, _: office.check_yearly(deed, each),
        "begin_next_version": lambda deed, each, _: office.begin_next_version(deed, each),
        "fix_minor": lambda deed, each, _: office.fix_minor(deed, each),
        "change_materially": lambda deed, each, _: office.change_materially(deed, each),
        "suffer_incident": lambda deed, each, said: office.suffer_incident(deed, each, said.get("what", "")),
        "end": lambda deed, each, _: office.end_assessment(deed, each),
    }
)


@require_POST
@open_to(*EVERYBODY)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan the assessment of an affair."""
    desk, said = office_in(request), request.POST
    wanted = office.Plan(
        label_ja=said.get("label_ja", ""), label_en=said.get("label_en", ""), name=said.get("name", "")
    )
    try:
        assessment = office.plan_assessment(office.act_as(desk.tenant, desk.person), wanted)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    return redirect("assessment", assessment=assessment)


@require_POST
@open_to(*EVERYBODY)
def act(request: HttpRequest, assessment: str, act: str) -> HttpResponse:
    """Do it, or say why not; who may do what is decided by the office, not by the page."""
    desk = office_in(request)
    if act not in ACTS:
        raise Http404
    file_for(desk, assessment)
    try:
        ACTS[act](office.act_as(desk.tenant, desk.person), assessment, request.POST)
    except Refused as refused:
        return refuse(request, *refused.reasons, status=409)
    except (ValueError, KeyError):
        return refuse(request, because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=act, what="choice"), status=422)
    messages.success(request, str(Words("処理しました。記録に残りました。", "Done, and recorded.")))
    return redirect("assessment", assessment=assessment)
