"""The course of an assessment (評価の実施): what was done when, and whether the next step may be taken.

The state table says which step follows which and who takes it; the guards here say what must be true besides.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.assessment.changes import ReportChange, is_material
from sekisho.kernel.council.assessment.clocks import (
    COMMENT_DAYS,
    YEARS_TO_ASSESS_AGAIN,
    after_years,
    comment_days,
)
from sekisho.kernel.council.assessment.completeness import missing_answers
from sekisho.kernel.council.assessment.consistency import contradictions_in
from sekisho.kernel.council.assessment.form import ReportForm, Stage
from sekisho.kernel.council.assessment.report import AssessmentReport
from sekisho.kernel.council.assessment.states import ASSESSMENT_TABLE
from sekisho.kernel.council.assessment.threshold import Depth, Judgement
from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import advance_state
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentComment:
    """One comment of a resident with its answer, and whether the report was changed for it. No name is kept."""

    comment: str
    text: str
    answer: str = ""
    reflected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicComment:
    """A public comment: from when until when, why shorter if it is, and what came in."""

    opens_on: date
    closes_on: date
    shortened_because: str = ""
    comments: tuple[ResidentComment, ...] = ()


class FindingVerdict(StrEnum):
    """What a third party says of one point."""

    SUITABLE = "suitable"
    TO_MEND = "to_mend"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFinding:
    """The finding on one point of the check, with a remark unless it is simply suitable."""

    point: str
    verdict: FindingVerdict
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyCheck:
    """The check by the council or an outside expert: who, when, point by point, and the opinion."""

    body: str
    held_on: date
    findings: tuple[PointFinding, ...]
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCourse:
    """Everything that the next step of an assessment is judged by, dates handed in."""

    form: ReportForm
    report: AssessmentReport
    judgement: Judgement
    judged_before: Judgement | None = None
    changes: tuple[ReportChange, ...] = ()
    comment: PublicComment | None = None
    check: ThirdPartyCheck | None = None
    filed_on: date | None = None
    published_on: date | None = None


Guard = Callable[[AssessmentCourse, date], Iterator[Reason]]


def _none_needed(course: AssessmentCourse, _on: date) -> Iterator[Reason]:
    """Only when the threshold demands none."""
    if course.judgement.depth is not Depth.NONE:
        yield because(ReasonCode.DEPTH_TOO_SHALLOW, depth="none", demanded=course.judgement.depth.word)


def _deep_enough(course: AssessmentCourse, _on: date) -> Iterator[Reason]:
    """A report may be deeper than demanded, never less deep."""
    if course.report.depth < course.judgement.depth or course.report.depth is Depth.NONE:
        yield because(
            ReasonCode.DEPTH_TOO_SHALLOW, depth=course.report.depth.word, demanded=course.judgement.depth.word
        )


def _complete(stage: Stage) -> Guard:
    """Every answer that can be given by then is given, and none contradicts another."""

    def guard(course: AssessmentCourse, on: date) -> Iterator[Reason]:
        yield from _deep_enough(course, on)
        yield from missing_answers(course.form, course.report, stage=stage)
        yield from contradictions_in(course.form, course.report)

    return guard


def _comment_opens(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """There is a period, not yet begun when it is opened, of thirty days or with the reason why it is shorter."""
    comment = course.comment
    if comment is None or course.report.depth < Depth.KEY:
        yield because(ReasonCode.NOT_ALLOWED, action="assessment.open_comment")
        return
    if comment.opens_on < on:
        yield because(ReasonCode.ASSESSMENT_TOO_LATE, what="open_comment", until=comment.opens_on)
    days = comment_days(comment.opens_on, comment.closes_on)
    if days < 1 or (days < COMMENT_DAYS and not comment.shortened_because.strip()):
        yield because(ReasonCode.COMMENT_TOO_SHORT, days=days, demanded=COMMENT_DAYS)


def _comment_closes(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """The last day is over, and every comment has its answer."""
    comment = course.comment
    if comment is None:
        yield because(ReasonCode.NOT_ALLOWED, action="assessment.close_comment")
        return
    if on <= comment.closes_on:
        yield because(ReasonCode.ASSESSMENT_TOO_EARLY, what="close_comment", since=comment.closes_on)
    for each in comment.comments:
        if not each.answer.strip():
            yield because(ReasonCode.COMMENT_UNANSWERED, comment=each.comment)


def _goes_to_third_party(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """An all-items report goes there only after the public was heard."""
    comment = course.comment
    if course.report.depth < Depth.KEY or (course.report.depth is Depth.ALL_ITEMS and comment is None):
        yield because(ReasonCode.NOT_ALLOWED, action="assessment.check_by_third_party")
    if comment is not None:
        yield from _comment_closes(course, on)


def _opinion(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """Each point of 適合性 and 妥当性 has its finding, with a remark unless it is suitable; and there is an opinion."""
    check = course.check
    found = {} if check is None else {each.point: each for each in check.findings}
    for point in course.form.points:
        finding = found.get(point.point)
        if finding is None or (finding.verdict is not FindingVerdict.SUITABLE and not finding.remark.strip()):
            yield because(ReasonCode.CHECK_POINT_OPEN, point=point.point, aspect=str(point.aspect))
    if check is None or not check.opinion.strip():
        yield because(ReasonCode.CHECK_POINT_OPEN, point="意見", aspect="opinion")
    elif on < check.held_on:
        yield because(ReasonCode.ASSESSMENT_TOO_EARLY, what="give_opinion", since=check.held_on)


def _files(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """What is filed is complete up to the check; an all-items report has been through comment and check."""
    full = course.report.depth is Depth.ALL_ITEMS
    yield from _complete(Stage.CHECKED if full else Stage.DRAFTED)(course, on)
    if full and course.comment is None:
        yield because(ReasonCode.NOT_ALLOWED, action="assessment.file (public comment)")
    if full:
        yield from _opinion(course, on)


def _publishes(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """It was filed, and what is published says when."""
    if course.filed_on is None or on < course.filed_on:
        yield because(ReasonCode.ASSESSMENT_TOO_EARLY, what="publish", since=course.filed_on or "filed")
    yield from missing_answers(course.form, course.report, stage=Stage.PUBLISHED)


def _minor(course: AssessmentCourse, _on: date) -> Iterator[Reason]:
    """A fix holds something, and nothing material."""
    for each in course.changes:
        if each.material:
            yield because(ReasonCode.CHANGE_IS_MATERIAL, place=each.place)
    if not course.changes:
        yield because(ReasonCode.NO_CHANGE, what=course.report.report)


def _material(course: AssessmentCourse, _on: date) -> Iterator[Reason]:
    """Something marked ※ changes, or the threshold now asks for more."""
    rises = course.judged_before is not None and course.judged_before.depth < course.judgement.depth
    if not rises and not is_material(course.changes):
        yield because(ReasonCode.NO_CHANGE, what=course.report.report)


def _five_years(course: AssessmentCourse, on: date) -> Iterator[Reason]:
    """Five years from publication are over."""
    due = None if course.published_on is None else after_years(course.published_on, YEARS_TO_ASSESS_AGAIN)
    if due is None or on < due:
        yield because(ReasonCode.ASSESSMENT_TOO_EARLY, what="pass_five_years", since=due or "published")


GUARDS: Final[Mapping[str, Guard]] = MappingProxyType(
    {
        "find_none_needed": _none_needed,
        "begin_draft": _deep_enough,
        "review": _complete(Stage.DRAFTED),
        "open_comment": _comment_opens,
        "close_comment": _comment_closes,
        "check_by_third_party": _goes_to_third_party,
        "give_opinion": _opinion,
        "file": _files,
        "publish": _publishes,
        "fix_minor": _minor,
        "change_materially": _material,
        "pass_five_years": _five_years,
    }
)


def step_objections(course: AssessmentCourse, act: str, on: date) -> tuple[Reason, ...]:
    """Everything that speaks against taking this step on this day."""
    guard = GUARDS.get(act)
    return () if guard is None else tuple(guard(course, on))


def advance_assessment(
    course: AssessmentCourse, state: str, act: str, *, roles: Collection[Role] | None, on: date
) -> str:
    """The state after this step, if the table leads there, the person may take it, and nothing speaks against it.

    Raises:
        Refused: With every reason.

    """
    after = advance_state(ASSESSMENT_TABLE, course.report.report, state, act, roles)
    if reasons := step_objections(course, act, on):
        raise Refused(reasons)
    return after
