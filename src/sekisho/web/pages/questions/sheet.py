"""質疑応答書: the questions and answers of a meeting on A4, consultation by consultation and topic by topic."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.adapters.documents import QuestionPart, QuestionSheet, question_sheet_pdf
from sekisho.kernel.council import QuestionTopic, topic_of
from sekisho.web.pages.questions.words import TOPICS, things_in
from sekisho.web.words import Words

_ORDER: Final = tuple(QuestionTopic)
_OPEN: Final = "（回答待ち）"


def _pointing(row: GatheredQuestion) -> str:
    """Where the answer points, in words."""
    if row.question.amended_in:
        return f"第{row.question.amended_in}版で改めた"
    return things_in(row.question.cites, row.dossier).ja if row.question.cites else ""


def _cells(row: GatheredQuestion) -> tuple[str, ...]:
    """One question with its answer; members are not named in the papers of a meeting."""
    asked = row.question
    follows = f"（{asked.follows} の再質問）" if asked.follows else ""
    about = things_in(asked.about, row.dossier).ja
    return asked.question, f"{follows}{asked.text}\n〔{about}〕", asked.answer or _OPEN, _pointing(row)


def _parts(rows: Iterable[GatheredQuestion]) -> Iterator[QuestionPart]:
    """The parts of the sheet: a consultation with one table a topic."""
    for _, questions in groupby(rows, key=lambda row: row.matter.matter):
        own = sorted(questions, key=lambda row: _ORDER.index(topic_of(row.question.about)))
        matter = own[0].matter
        tables = groupby(own, key=lambda row: topic_of(row.question.about))
        answered = sum(row.question.answered for row in own)
        yield QuestionPart(
            heading=f"諮問第{matter.consultation}号　{matter.label_ja}",
            under=f"{matter.department_ja}　質問 {len(own)} 件・回答済み {answered} 件",
            topics=tuple((TOPICS[topic].ja, tuple(_cells(row) for row in found)) for topic, found in tables),
        )


def _meetings(rows: Iterable[GatheredQuestion]) -> str:
    """For which meetings the sheet is."""
    labels = dict.fromkeys(row.matter.meeting.label_ja for row in rows if row.matter.meeting)
    return "、".join(labels)


def question_sheet(rows: tuple[GatheredQuestion, ...], city: Words, at: datetime) -> bytes:
    """The sheet as PDF. It is a paper of the council, so it is in Japanese whatever the reader's language."""
    sheet = QuestionSheet(
        council=f"{city.ja}個人情報保護審議会",
        meeting=_meetings(rows),
        day=office_day(at),
        parts=tuple(_parts(rows)),
    )
    return question_sheet_pdf(sheet)
