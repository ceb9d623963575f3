"""The course of one assessment as a file: two versions, the numbers of its threshold, and each step with its day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sekisho.adapters.assessments import shipped_form, shipped_report, shipped_text
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import (
    AssessmentCourse,
    FindingVerdict,
    PointFinding,
    PublicComment,
    ResidentComment,
    Role,
    ThirdPartyCheck,
    advance_assessment,
    change_table,
    changes_between,
    judge_threshold,
)
from sekisho.records.strict_yaml import load_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStep:
    """One step of the course: what was done, in which role, on which day."""

    act: str
    role: Role
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """A course with the numbers of its threshold, its steps in order, and which of its facts are assumed."""

    course: AssessmentCourse
    subjects: int
    handlers: int
    serious_incident: bool
    steps: tuple[DatedStep, ...]
    assumed: tuple[str, ...]


def _comment(data: Any) -> PublicComment:
    """The public comment."""
    return PublicComment(
        opens_on=data["opens_on"],
        closes_on=data["closes_on"],
        shortened_because=data.get("shortened_because", ""),
        comments=tuple(ResidentComment(**each) for each in data["comments"]),
    )


def _check(data: Any) -> ThirdPartyCheck:
    """The third-party check."""
    return ThirdPartyCheck(
        body=data["body"],
        held_on=data["held_on"],
        opinion=data["opinion"],
        findings=tuple(
            PointFinding(
                point=each["point"], verdict=FindingVerdict(each["verdict"]), remark=str(each.get("remark", ""))
            )
            for each in data["findings"]
        ),
    )


def _course_file(data: Any) -> CourseFile:
    """A course from plain data."""
    form, before, after = shipped_form(), shipped_report(data["before"]), shipped_report(data["after"])
    course = AssessmentCourse(
        form=form,
        report=after,
        judgement=judge_threshold(
            data["subjects"], data["handlers"], serious_incident=data["serious_incident"] is True
        ),
        changes=change_table(form, changes_between(form, before, after)),
        comment=_comment(data["comment"]),
        check=_check(data["check"]),
    )
    steps = tuple(DatedStep(act=each["act"], role=Role(each["role"]), on=each["on"]) for each in data["steps"])
    return CourseFile(
        course=course,
        subjects=data["subjects"],
        handlers=data["handlers"],
        serious_incident=data["serious_incident"] is True,
        steps=steps,
        assumed=tuple(data["assumed"]),
    )


def read_course(text: str, name: str) -> CourseFile:
    """A course from its text.

    Raises:
        RecordsError: It is not YAML.
        Refused: A part is missing or of another kind; with the place.

    """
    data = load_yaml(text, name)
    try:
        return _course_file(data)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        what = f"{type(fault).__name__}: {fault}"
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what=what)]) from fault


def shipped_course() -> CourseFile:
    """The assessment that the council was asked about on 19 November 2019."""
    return read_course(shipped_text("resident_tax_course"), "resident_tax_course.yaml")


def play_course(file: CourseFile, state: str = "in_force") -> tuple[tuple[DatedStep, str], ...]:
    """Each step with the state it led to.

    Raises:
        Refused: A step may not be taken; with every reason.

    """
    played, course = [], file.course
    for step in file.steps:
        state = advance_assessment(course, state, step.act, roles={step.role}, on=step.on)
        course = replace(course, filed_on=step.on) if step.act == "file" else course
        course = replace(course, published_on=step.on) if step.act == "publish" else course
        played.append((step, state))
    return tuple(played)
