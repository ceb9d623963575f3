"""Every question of a municipality in one place, with what it is about: for gathering, and as the question bank.

No written opinion is read here, so none can leak before its time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_questions import OWED_IN, question_of
from sekisho.adapters.database.models import QuestionRow, RecusalRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_council import MatterRow, matter_rows
from sekisho.kernel.council import (
    Alike,
    Dossier,
    Question,
    QuestionSubject,
    days_waiting,
    is_answer_late,
    most_alike,
    subject_of_question,
)

MOST_ALIKE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredQuestion:
    """A question with its matter, the dossier that it was asked about, and where it stands today."""

    matter: MatterRow
    question: Question
    dossier: Dossier
    subject: QuestionSubject
    recused: frozenset[str]
    waiting: int | None
    late: bool

    @property
    def owed(self) -> bool:
        """Is an answer still owed, where the matter stands now?"""
        return not self.question.answered and self.matter.state in OWED_IN


def _recused(tenant: str) -> dict[str, frozenset[str]]:
    """Who takes no part in which matter."""
    found: dict[str, frozenset[str]] = {}
    for matter, person in RecusalRow.objects.filter(matter__tenant_id=tenant).values_list("matter__matter", "person"):
        found[matter] = found.get(matter, frozenset()) | {person}
    return found


def gathered_questions(tenant: str, at: datetime) -> tuple[GatheredQuestion, ...]:
    """Every question of a municipality: the newest matter first, its questions as they were asked."""
    today, recused = office_day(at), _recused(tenant)
    asked: dict[str, list[QuestionRow]] = {}
    for each in QuestionRow.objects.filter(matter__tenant_id=tenant).select_related("matter").order_by("id"):
        asked.setdefault(each.matter.matter, []).append(each)
    rows = [row for row in matter_rows(tenant, at) if row.matter in asked] if asked else []
    return tuple(
        _gathered(each, row, recused.get(row.matter, frozenset()), today) for row in rows for each in asked[row.matter]
    )


def _gathered(each: QuestionRow, row: MatterRow, recused: frozenset[str], today: date) -> GatheredQuestion:
    """One question as it stands today."""
    question, dossier = question_of(each), read_paper(each.matter, each.version).dossier
    asked_on = office_day(question.asked_at) if question.asked_at else None
    return GatheredQuestion(
        matter=row,
        question=question,
        dossier=dossier,
        subject=subject_of_question(question, dossier),
        recused=recused,
        waiting=days_waiting(question, today, asked_on),
        late=is_answer_late(question, today),
    )


def alike_answers(asked: GatheredQuestion, known: Iterable[GatheredQuestion]) -> tuple[Alike[GatheredQuestion], ...]:
    """The earlier questions that were answered and have most in common with this one."""
    answered = [
        (each, each.subject)
        for each in known
        if each.question.answered and each.question.question != asked.question.question
    ]
    return most_alike(asked.subject, answered, MOST_ALIKE)
