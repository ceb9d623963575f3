"""Gathered questions with what was answered before, and the course of a letter with what it still lacks, as data."""

from datetime import date, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from ninja import Schema

from sekisho.adapters.database.queries_letters import letter_on_file
from sekisho.adapters.database.queries_questions import GatheredQuestion, alike_answers
from sekisho.kernel import Refused
from sekisho.kernel.council import topic_of
from sekisho.web.api import bodies
from sekisho.web.api.lists import put_list
from sekisho.web.api.refusing import reason_as_answer
from sekisho.web.office import office_in
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.letters.course import course_of, issued_rows
from sekisho.web.pages.letters.views import SHOWN
from sekisho.web.pages.questions.reading import question_for, readable_questions
from sekisho.web.pages.questions.words import arrows_of

_OF_QUESTION: Final = ("question", "asked_by", "about", "text", "answer", "cites", "amended_in", "state", "follows")
_OF_ANSWERING: Final = ("answerer", "answer_by", "asked_at", "answered_at")


class GatheredShown(Schema):
    """A question with its consultation, who must answer it until when, and for how many days it has waited."""

    matter: str
    consultation: str
    department: str
    meeting: str
    topic: str
    arrows: list[str]
    question: str
    asked_by: str
    about: str
    text: str
    answer: str
    cites: str
    amended_in: int
    state: str
    follows: str
    answerer: str
    answer_by: date | None
    asked_at: datetime | None
    answered_at: datetime | None
    days_waiting: int | None
    late: bool


class AlikeShown(Schema):
    """An earlier question that was answered, and what it has in common with the one that was asked for."""

    shared: list[str]
    question: GatheredShown


class StepShown(Schema):
    """One step of the course of a letter."""

    step: str
    done: bool
    here: bool


class LetterShown(Schema):
    """How far a letter has come, what it lacks, and the document as it will be."""

    steps: list[StepShown]
    undecided: list[str]
    unsigned: list[str]
    faults: list[bodies.Why]
    document: dict[str, Any]


def _shown(row: GatheredQuestion) -> dict[str, object]:
    """A question as data."""
    plain = {name: getattr(row.question, name) for name in (*_OF_QUESTION, *_OF_ANSWERING)}
    return {
        **plain,
        "matter": row.matter.matter,
        "consultation": row.matter.consultation,
        "department": row.matter.department,
        "meeting": row.matter.meeting.meeting if row.matter.meeting else "",
        "topic": str(topic_of(row.question.about)),
        "arrows": sorted(arrows_of(row)),
        "days_waiting": row.waiting if row.owed else None,
        "late": row.late and row.owed,
    }


@put_list("/questions", "gathered_questions", list[GatheredShown])
def gathered(request: HttpRequest) -> list[dict[str, object]]:
    """Every question that this person may read, of every consultation."""
    return [_shown(row) for row in readable_questions(office_in(request))]


@put_list("/questions/{question}/alike", "alike_questions", list[AlikeShown])
def alike(request: HttpRequest, question: str) -> list[dict[str, object]]:
    """What was answered before to questions that have something in common with this one."""
    office = office_in(request)
    found = alike_answers(question_for(office, question), readable_questions(office))
    return [{"shared": sorted(each.shared), "question": _shown(each.key)} for each in found]


@put_list("/matters/{matter}/letter", "letter", LetterShown)
def letter(request: HttpRequest, matter: str) -> dict[str, object]:
    """The letter of a decision: its course, what it lacks, and its words."""
    office = office_in(request)
    file, found = file_for(office, matter), letter_on_file(office.tenant, matter)
    if found is None or file.row.state not in SHOWN:
        raise Http404
    try:
        document, faults = found.parts(named=False), found.faults
    except Refused as refused:
        document, faults = {}, (*found.faults, *refused.reasons)
    return {
        "steps": course_of(found, issued_rows(office.tenant, file, found)),
        "undecided": found.undecided,
        "unsigned": [role for role in ("secretariat", "chair") if role not in found.signed_by],
        "faults": [reason_as_answer(each) for each in faults],
        "document": document,
    }
