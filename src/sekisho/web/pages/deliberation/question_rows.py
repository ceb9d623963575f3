"""Questions as the pages of one matter show them, with whatever this person can do about each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.kernel.council import Question
from sekisho.web.components.act_forms import ActForm
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question with its answer, and the forms for answering or for taking the answer."""

    question: str
    about: str
    text: str
    answer: str
    points_to: str
    forms: tuple[ActForm, ...]


def points_to(question: Question) -> str:
    """Where an answer points."""
    if question.amended_in:
        return str(Words(f"第{question.amended_in}版で改めました", f"Amended in version {question.amended_in}"))
    return question.cites


def question_rows(questions: Iterable[Question], forms: Mapping[str, tuple[ActForm, ...]]) -> tuple[QuestionRow, ...]:
    """Every question, with the forms that there are for it."""
    return tuple(
        QuestionRow(
            question=each.question,
            about=each.about,
            text=each.text,
            answer=each.answer,
            points_to=points_to(each),
            forms=forms.get(each.question, ()),
        )
        for each in questions
    )
