"""The assessment that the council was asked about on 19 November 2019, worked through from version 1 to version 2.

Special collection (特別徴収) was added to the printing contract: the persons concerned grow, so the affair is assessed
anew. The course is data; here each of its steps is taken by whoever takes it, on its day.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from sekisho.adapters.assessments import shipped_form, shipped_report
from sekisho.adapters.assessments.courses import CourseFile, DatedStep, shipped_course
from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.bootstrap import assessments as office
from sekisho.kernel.council import AssessmentReport, Depth, Role, Stage, ThirdPartyCheck, find_place

NAME: Final = "resident-tax"  # what the permits of the opinion call it
COVERED_BEFORE: Final = ("ordinary-collection-print",)
COVERED_AFTER: Final = ("ordinary-collection-print", "special-collection-print")
_PUBLISHED_BEFORE: Final = date(2015, 6, 30)
_LABELS: Final = ("個人住民税課税事務", "Taxing residents")
_NOON: Final = time(12, 0)


class _Story:
    """One playing of the course, with the people who play it."""

    def __init__(self, tenant: str, people: Mapping[Role, str], file: CourseFile) -> None:
        self._tenant, self._people, self._file = tenant, people, file

    def by(self, role: Role, on: date) -> office.Deed:
        """Somebody of this role acts on this day."""
        return office.act_as(self._tenant, self._people[role], datetime.combine(on, _NOON, OFFICE_TIME))

    def enter_first(self, department: str) -> str:
        """Version 1, as it was in force before there was a gate."""
        before = shipped_report("resident_tax_1")
        judged = self._file
        known = office.AlreadyPublished(
            plan=office.Plan(label_ja=_LABELS[0], label_en=_LABELS[1], connections=COVERED_BEFORE, name=NAME),
            department=department,
            report=before,
            subjects=judged.subjects,
            handlers=judged.handlers,
            serious_incident=judged.serious_incident,
            published_on=_PUBLISHED_BEFORE,
        )
        return office.enter_published(self.by(Role.SECRETARIAT, _PUBLISHED_BEFORE), known)

    def draft_second(self, assessment: str) -> None:
        """Version 2 as its drafter hands it in: what the procedure has yet to bring is not in it."""
        day = self._file.steps[0].on - timedelta(days=1)
        deed = self.by(Role.DRAFTER, day)
        office.begin_next_version(deed, assessment)
        office.write_report(deed, assessment, _until(self._file.course.report, Stage.DRAFTED))
        office.cover_connections(deed, assessment, COVERED_AFTER)

    def take(self, assessment: str, step: DatedStep) -> None:
        """Take one step, with what belongs before it."""
        self._before(assessment, step)
        deed = self.by(step.role, step.on)
        _verbs(self._file)[step.act](deed, assessment)

    def _before(self, assessment: str, step: DatedStep) -> None:
        """What has to be there before a step: comments with their answers, findings, what followed from the opinion."""
        course = self._file.course
        if step.act == "close_comment" and course.comment is not None:
            last = course.comment.closes_on
            for each in course.comment.comments:
                number = office.receive_comment(self.by(Role.SECRETARIAT, last), assessment, each.text)
                said = office.CommentAnswer(comment=number, text=each.answer, reflected=each.reflected)
                office.answer_comment(self.by(Role.DRAFTER, last), assessment, said)
        if step.act == "give_opinion" and course.check is not None:
            for finding in course.check.findings:
                office.record_finding(self.by(Role.COUNCIL_MEMBER, step.on), assessment, finding)
        if step.act == "revise":
            office.write_report(self.by(Role.DRAFTER, step.on), assessment, course.report)


def _until(report: AssessmentReport, stage: Stage) -> AssessmentReport:
    """The report without the answers that only a later stage brings."""
    form = shipped_form()
    places = {key: find_place(form, key) for key in report.values}
    kept = {key for key, place in places.items() if place is not None and form.items[place.item].stage <= stage}
    values = MappingProxyType({key: value for key, value in report.values.items() if key in kept})
    return replace(report, values=values, assumed=report.assumed & kept)


def _verbs(file: CourseFile) -> Mapping[str, Callable[[office.Deed, str], object]]:
    """Each step of the course as the office does it."""
    course = file.course
    numbers = office.Numbers(subjects=file.subjects, handlers=file.handlers, serious_incident=file.serious_incident)
    check = course.check or ThirdPartyCheck(body="", held_on=date.min, findings=())
    return {
        "change_materially": office.change_materially,
        "judge_threshold": lambda deed, each: office.judge(deed, each, numbers),
        "begin_draft": lambda deed, each: office.begin_draft(deed, each, Depth.ALL_ITEMS),
        "review": office.review,
        "open_comment": lambda deed, each: office.open_comment(deed, each, _period(file)),
        "close_comment": office.close_comment,
        "check_by_third_party": lambda deed, each: office.check_by_third_party(deed, each, check.body),
        "give_opinion": lambda deed, each: office.give_assessment_opinion(deed, each, check.opinion),
        "revise": office.revise,
        "file": office.file_assessment,
        "publish": office.publish_assessment,
    }


def _period(file: CourseFile) -> office.Period:
    """The days of the public comment."""
    comment = file.course.comment
    opens, closes = (date.min, date.min) if comment is None else (comment.opens_on, comment.closes_on)
    return office.Period(opens_on=opens, closes_on=closes)


def work_example(tenant: str, department: str, people: Mapping[Role, str]) -> str:
    """Work the example through, step by step; answers the id of the assessment.

    Raises:
        Refused: A step may not be taken, or somebody holds two duties that are kept apart; with every reason.

    """
    file = shipped_course()
    story = _Story(tenant, people, file)
    assessment = story.enter_first(department)
    story.draft_second(assessment)
    for step in file.steps:
        story.take(assessment, step)
    return assessment
