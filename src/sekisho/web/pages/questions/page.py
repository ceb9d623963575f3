"""S-235 質疑の取りまとめ, as facts ready to be shown."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.urls import reverse

from sekisho.adapters.database.queries_questions import GatheredQuestion, alike_answers
from sekisho.web.components.act_forms import ActForm
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_day, short_moment
from sekisho.web.components.facts import Fact, Said
from sekisho.web.pages.deliberation.question_rows import points_to
from sekisho.web.pages.deliberation.words import matter_chip, number_of
from sekisho.web.pages.questions.search import UNASSIGNED, Filter, query_of
from sekisho.web.pages.questions.words import LATE, LIKENESSES, question_chip, things_in
from sekisho.web.pages.today.today_page import Figure
from sekisho.web.words import Words

NOBODY: Final = Words("（回答者が未定）", "(nobody named)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeLine:
    """An earlier answer that may serve again, with its consultation and the way to take it over."""

    number: Words
    url: str
    question: str
    text: str
    answer: str
    points_to: str
    shared: str
    take: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question in the list."""

    question: str
    chips: tuple[Chip, ...]
    about: Words
    path: str
    text: str
    answer: str
    points_to: str
    facts: tuple[Fact, ...]
    follows: str
    url: str
    opened: bool = False
    may_take: bool = False
    forms: tuple[ActForm, ...] = ()
    alike: tuple[AlikeLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterGroup:
    """The questions of one consultation."""

    number: Words
    title: Words
    url: str
    chip: Chip
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The question that is open: what can be done with it, and what was answered before."""

    question: str = ""
    forms: tuple[ActForm, ...] = ()
    alike: tuple[AlikeLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    """Everything on S-235."""

    counts: tuple[Figure, ...]
    filters: tuple[Filter, ...]
    groups: tuple[MatterGroup, ...]
    shown: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What is counted: its words and look, which questions, and the filter that finds them."""

    name: Words
    more: Words
    icon: str
    tone: str
    counts: Callable[[GatheredQuestion], bool]
    query: str


_COUNTED: Final = (
    _Counted(
        name=Words("回答待ち", "Waiting"),
        more=Words("答えがまだない質問", "without an answer"),
        icon="clock",
        tone="wait",
        counts=lambda row: row.owed,
        query="state=asked",
    ),
    _Counted(
        name=Words("期限超過", "Overdue"),
        more=Words("回答の期限を過ぎた質問", "past their date"),
        icon="warning",
        tone="stop",
        counts=lambda row: row.owed and row.late,
        query="waiting=late",
    ),
    _Counted(
        name=Words("回答者が未定", "Nobody named"),
        more=Words("回答者を決めていない質問", "to be given to somebody"),
        icon="person",
        tone="key",
        counts=lambda row: row.owed and not row.question.answerer,
        query=f"answerer={UNASSIGNED}",
    ),
    _Counted(
        name=Words("了承待ち", "To be accepted"),
        more=Words("委員の了承を待つ回答", "answered, not accepted yet"),
        icon="check",
        tone="good",
        counts=lambda row: row.question.state == "answered",
        query="state=answered",
    ),
)


def counts_of(rows: Sequence[GatheredQuestion]) -> tuple[Figure, ...]:
    """How many wait, are overdue, have nobody named, and were answered but not yet accepted."""
    return tuple(
        Figure(
            name=each.name,
            icon=each.icon,
            tone=each.tone,
            count=sum(map(each.counts, rows)),
            more=each.more,
            url=f"{reverse('questions')}?{each.query}",
        )
        for each in _COUNTED
    )


def alike_lines(
    row: GatheredQuestion, known: Iterable[GatheredQuestion], typed: Mapping[str, str]
) -> Iterator[AlikeLine]:
    """What was answered before to questions that have something in common with this one."""
    for each in alike_answers(row, known):
        other = each.key
        shared = [LIKENESSES[name] for name in sorted(each.shared)]
        taken = query_of(typed, open=row.question.question, like=other.question.question)
        yield AlikeLine(
            number=number_of(other.matter.consultation),
            url=reverse("matter", args=[other.matter.matter]),
            question=other.question.question,
            text=other.question.text,
            answer=other.question.answer,
            points_to=points_to(other.question),
            shared=str(Words("・".join(each.ja for each in shared), ", ".join(each.en for each in shared))),
            take=f"?{taken}#{row.question.question}",
        )


def _who(row: GatheredQuestion, names: Mapping[str, tuple[str, str]]) -> Said:
    """Who answers: whoever was named, or that nobody was; of what was answered without that, nothing."""
    if row.question.answerer in names:
        return Words(*names[row.question.answerer])
    return NOBODY if row.owed else ""


def _waited(row: GatheredQuestion) -> Said:
    """For how long an answer has been owed."""
    if not row.owed or row.waiting is None:
        return ""
    return Words(f"{row.waiting}日", f"{row.waiting} days")


def _facts(row: GatheredQuestion, names: Mapping[str, tuple[str, str]]) -> tuple[Fact, ...]:
    """Who asked, who answers, until when, for how long it waits."""
    asked, said = row.question, row.question.asked_by
    department = Words(row.matter.department_ja, row.matter.department_en)
    facts = (
        Fact(
            name=Words("質問した委員", "Asked by"),
            value=Words(*names[said]) if said in names else said,
            more=short_moment(asked.asked_at) if asked.asked_at else "",
        ),
        Fact(name=Words("答える人", "Who must answer"), value=_who(row, names), more=department),
        Fact(name=Words("回答の期限", "To be answered by"), value=long_day(asked.answer_by) if asked.answer_by else ""),
        Fact(name=Words("待っている日数", "Waiting for"), value=_waited(row)),
        Fact(
            name=Words("回答した日時", "Answered"), value=short_moment(asked.answered_at) if asked.answered_at else ""
        ),
    )
    return tuple(each for each in facts if each.value)


def _line(
    row: GatheredQuestion, names: Mapping[str, tuple[str, str]], typed: Mapping[str, str], opened: Opened
) -> QuestionLine:
    """One question; the open one with its forms."""
    asked = row.question
    here = asked.question == opened.question
    late = (LATE,) if row.late and row.owed else ()
    return QuestionLine(
        question=asked.question,
        chips=(question_chip(row), *late),
        about=things_in(asked.about, row.dossier),
        path=asked.about,
        text=asked.text,
        answer=asked.answer,
        points_to=points_to(asked),
        facts=_facts(row, names),
        follows=asked.follows,
        url=f"?{query_of(typed, open=asked.question)}#{asked.question}",
        opened=here,
        may_take=here and any(each.key.startswith("answer-") for each in opened.forms),
        forms=opened.forms if here else (),
        alike=opened.alike if here else (),
    )


def groups_of(
    rows: Iterable[GatheredQuestion], names: Mapping[str, tuple[str, str]], typed: Mapping[str, str], opened: Opened
) -> Iterator[MatterGroup]:
    """The questions consultation by consultation."""
    for _, questions in groupby(rows, key=lambda row: row.matter.matter):
        own = tuple(questions)
        matter = own[0].matter
        yield MatterGroup(
            number=number_of(matter.consultation),
            title=Words(matter.label_ja, matter.label_en),
            url=reverse("matter", args=[matter.matter]),
            chip=matter_chip(matter.state),
            lines=tuple(_line(row, names, typed, opened) for row in own),
        )
