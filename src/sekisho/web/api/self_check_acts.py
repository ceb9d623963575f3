"""Yearly self-checks as data and as operations: the calendar, each round, the year's report, every act."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from sekisho.adapters.database.queries_self_checks import (
    CalendarView,
    RoundView,
    calendar_views,
    exemptions_in,
    round_file,
    round_views,
    rounds_in,
)
from sekisho.adapters.database.self_check_standing import check_rule_of
from sekisho.bootstrap import self_checks
from sekisho.kernel.council import (
    MOST_NOTICE_DAYS,
    MOST_YEARS,
    CheckAnswer,
    CheckResult,
    CheckRule,
    CheckTopic,
    OverdueMeans,
    fiscal_year,
    make_check_rule,
)
from sekisho.web.access import EVERYBODY
from sekisho.web.api import bodies
from sekisho.web.api.doors import offer
from sekisho.web.api.lists import put_list
from sekisho.web.api.putting import REFUSALS, Kind, begin, deed_of, done, put_plain, put_spoken
from sekisho.web.components.dates import in_office_time
from sekisho.web.office import office_in
from sekisho.web.pages.self_checks.acts import check_here

CHECK: Final = Kind(name="check", place="/self-checks/{check}", roles=EVERYBODY, check=check_here, facade=self_checks)
_FIRST_YEAR, _LAST_YEAR = 2008, 2200


class CheckAnswerBody(bodies.Body):
    """One answer: what is different and since when, and by what it can be seen."""

    key: str
    result: CheckResult
    what: str = ""
    since: date | None = None
    evidence: str = ""
    evidence_digest: str = ""


class CheckAnswersBody(bodies.Body):
    """Some answers; those given before stay."""

    answers: list[CheckAnswerBody]


class FollowedBody(bodies.Body):
    """What came of that which is not as approved."""

    followed: str = ""


class CallBody(bodies.Body):
    """Of which consultation a self-check is asked for."""

    consultation: str


class CheckRuleBody(bodies.Body):
    """How often, how long before, and what a late self-check means."""

    years: int = Field(ge=1, le=MOST_YEARS)
    notice_days: int = Field(ge=0, le=MOST_NOTICE_DAYS)
    on_overdue: OverdueMeans


class CheckRuleShown(Schema):
    """The council's rule."""

    years: int
    notice_days: int
    on_overdue: OverdueMeans


class RoundShown(Schema):
    """One round: where it stands, by when, who did what in it, how many answers of each result."""

    number: str
    consultation: str
    label_ja: str
    label_en: str
    department: str
    since: date
    due: date
    state: str
    overdue: bool
    answered_by: list[str]
    submitted_by: list[str]
    submitted_on: date | None
    verified_by: str
    verified_on: date | None
    remark: str
    followed: str
    results: dict[str, int]


class CalendarShown(Schema):
    """One consultation in force: its permits, its next day, its last round."""

    consultation: str
    label_ja: str
    label_en: str
    permits: list[str]
    due: date
    days_left: int
    asked: bool
    last: RoundShown | None


class CheckQuestionShown(Schema):
    """One question with what was approved, what was answered, and what the answer lacks."""

    key: str
    topic: CheckTopic
    connection: str
    ja: str
    en: str
    approved: str
    planned: bool
    evidence: bool
    answer: CheckAnswerBody | None
    lacks: list[str]


class RoundWhole(RoundShown):
    """One round with its questions, its answers, and what the gate itself knows."""

    dossier_version: int
    questions: list[CheckQuestionShown]
    facts: dict[str, Any]


class ClaimShown(Schema):
    """A claim that a law makes a consultation needless."""

    matter: str
    article: str
    on: date
    state: str


class ReportShown(Schema):
    """A year that begins in April: its rounds, and the exemptions that were claimed in it."""

    year: int
    rounds: list[RoundShown]
    claims: list[ClaimShown]


def _today() -> date:
    """Which day it is at the office."""
    return in_office_time(timezone.now()).date()


def _calendar(each: CalendarView, today: date) -> dict[str, object]:
    """A consultation of the calendar."""
    plain = asdict(each)
    return {**plain, "days_left": (each.due - today).days}


@put_list("/self-checks", "self_checks", list[RoundShown], tag="check")
def rounds(request: HttpRequest) -> list[RoundView]:
    """Every round, the newest first."""
    return list(round_views(office_in(request).tenant, _today()))


@put_list("/self-checks/calendar", "self_check_calendar", list[CalendarShown], tag="check")
def calendar(request: HttpRequest) -> list[dict[str, object]]:
    """Every consultation in force with its next day, the nearest first."""
    today = _today()
    return [_calendar(each, today) for each in calendar_views(office_in(request).tenant, today)]


@put_list("/self-checks/rule", "self_check_rule", CheckRuleShown, tag="check")
def rule(request: HttpRequest) -> CheckRule:
    """The rule that holds."""
    return check_rule_of(office_in(request).tenant)


@offer(
    "GET",
    "/self-checks/report",
    EVERYBODY,
    operation_id="self_check_report",
    tags=["check"],
    response={200: ReportShown, **dict.fromkeys((401, 403, 404, 422), bodies.WhyNot)},
)
def report(request: HttpRequest, year: int | None = None) -> dict[str, object]:
    """The report of a year that begins in April; of this year, if none is named."""
    today = _today()
    wanted = fiscal_year(today) if year is None else year
    if not _FIRST_YEAR <= wanted <= _LAST_YEAR:
        raise Http404
    tenant = office_in(request).tenant
    rounds = list(rounds_in(tenant, wanted, today))
    return {"year": wanted, "rounds": rounds, "claims": list(exemptions_in(tenant, wanted))}


@put_list("/self-checks/{check}", "self_check", RoundWhole, tag="check")
def one(request: HttpRequest, check: str) -> dict[str, object]:
    """One round with everything around it."""
    file = round_file(office_in(request).tenant, check, timezone.now())
    if file is None:
        raise Http404
    lacks: dict[str, list[str]] = {}
    for key, what in file.lacking:
        lacks.setdefault(key, []).append(what)
    questions = [
        {
            **asdict(each),
            "answer": asdict(answer) if (answer := file.answers.get(each.key)) else None,
            "lacks": lacks.get(each.key, []),
        }
        for each in file.questions
    ]
    facts = asdict(file.facts)
    return {**asdict(file.view), "dossier_version": file.dossier.version, "questions": questions, "facts": facts}


def _answers(said: CheckAnswersBody) -> tuple[CheckAnswer, ...]:
    """Answers as they were sent."""
    return tuple(CheckAnswer(**each.dict()) for each in said.answers)


put_spoken(CHECK, "answer", CheckAnswersBody, lambda deed, on, said: self_checks.answer(deed, on, _answers(said)))
put_plain(CHECK, self_checks.submit, self_checks.verify)
put_spoken(CHECK, "send_back", bodies.ReasonBody, lambda deed, on, said: self_checks.send_back(deed, on, said.reason))
put_spoken(CHECK, "close", FollowedBody, lambda deed, on, said: self_checks.close(deed, on, said.followed))


@begin(CHECK, "call", EVERYBODY, also=(404,))
def _call(request: HttpRequest, body: CallBody) -> dict[str, object]:
    """Ask for a self-check before its day."""
    deed = deed_of(request)
    return done("call", deed, self_checks.call(deed, body.consultation))


@offer(
    "POST",
    "/self-checks/rule",
    EVERYBODY,
    act="check_set_rule",
    operation_id="check_set_rule",
    tags=["check"],
    summary=str(self_checks.set_rule.__doc__).partition("\n")[0],
    response={200: bodies.Done, **{code: why for code, why in REFUSALS.items() if code != 404}},  # noqa: PLR2004
)
def _set_rule(request: HttpRequest, body: CheckRuleBody) -> dict[str, object]:
    """Set the council's rule."""
    deed = deed_of(request)
    self_checks.set_rule(deed, make_check_rule(**body.dict()))
    return done("set_rule", deed, None)
