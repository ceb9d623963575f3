"""The filter of S-235: which meeting or consultation, where a question stands, who answers, about what, how long."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.kernel.council import QUESTION_TABLE, topic_of
from sekisho.web.components.facts import Choice, Said, choices
from sekisho.web.pages.deliberation.words import number_of
from sekisho.web.pages.questions.words import TOPICS, arrow_words, arrows_of
from sekisho.web.words import Words

UNASSIGNED: Final = "unassigned"
FIELDS: Final = ("meeting", "matter", "state", "answerer", "about", "waiting")
_WAITING: Final[Mapping[str, tuple[Words, Callable[[GatheredQuestion], bool]]]] = MappingProxyType(
    {
        "late": (Words("回答期限を過ぎている", "Answer overdue"), lambda row: row.late and row.owed),
        "3": (Words("3日以上待っている", "3 days or more"), lambda row: row.owed and (row.waiting or 0) >= 3),  # noqa: PLR2004 - the choice itself
        "7": (Words("7日以上待っている", "7 days or more"), lambda row: row.owed and (row.waiting or 0) >= 7),  # noqa: PLR2004 - the choice itself
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One field of the filter, with the values that it offers here."""

    name: str
    words: Words
    choices: tuple[Choice, ...]


def read_typed(typed: Mapping[str, str]) -> dict[str, str]:
    """The filter as it was typed; fields that the list does not know are not looked at."""
    return {name: typed.get(name, "").strip()[:64] for name in FIELDS}


def answers_to(row: GatheredQuestion) -> str:
    """Who must answer: the person who was named, or else the department."""
    return row.question.answerer or f"{row.matter.department}/"


def _about(row: GatheredQuestion) -> frozenset[str]:
    """By what a question is found: its topics, and the arrows that it points to."""
    paths = filter(None, (row.question.about, row.question.cites))
    return frozenset(str(topic_of(path)) for path in paths) | {f"arrow:{each}" for each in arrows_of(row)}


def _wanted(row: GatheredQuestion, typed: Mapping[str, str]) -> bool:
    """Does a question answer to every field of the filter?"""
    meeting = row.matter.meeting.meeting if row.matter.meeting else ""
    waiting = _WAITING.get(typed["waiting"])
    unassigned = not row.question.answerer and row.owed
    return (
        typed["meeting"] in {"", meeting}
        and typed["matter"] in {"", row.matter.matter}
        and typed["state"] in {"", row.question.state}
        and (typed["answerer"] in {"", answers_to(row)} or (typed["answerer"] == UNASSIGNED and unassigned))
        and (not typed["about"] or typed["about"] in _about(row))
        and (waiting is None or waiting[1](row))
    )


def found_by(rows: Iterable[GatheredQuestion], typed: Mapping[str, str]) -> tuple[GatheredQuestion, ...]:
    """The questions that the filter asks for."""
    return tuple(row for row in rows if _wanted(row, typed))


def query_of(typed: Mapping[str, str], **more: str) -> str:
    """The filter as it stands in an address."""
    return urlencode({name: value for name, value in {**typed, **more}.items() if value})


def filters_of(
    rows: Iterable[GatheredQuestion], typed: Mapping[str, str], names: Mapping[str, tuple[str, str]]
) -> tuple[Filter, ...]:
    """The fields of the filter, each with the values that some question has."""
    meetings: dict[str, Said] = {}
    matters: dict[str, Said] = {}
    answerers: dict[str, Said] = {UNASSIGNED: Words("（回答者が未定）", "(nobody named)")}
    abouts: dict[str, Said] = dict(TOPICS)
    for row in rows:
        matters[row.matter.matter] = number_of(row.matter.consultation)
        department = Words(row.matter.department_ja, row.matter.department_en)
        answerer = answers_to(row)
        answerers[answerer] = Words(*names[answerer]) if answerer in names else department
        abouts |= {f"arrow:{each}": arrow_words(each, row.dossier) for each in arrows_of(row)}
        if row.matter.meeting:
            meetings[row.matter.meeting.meeting] = Words(row.matter.meeting.label_ja, row.matter.meeting.label_en)
    states: dict[str, Said] = {state: Words(*words) for state, words in QUESTION_TABLE.states.items()}
    waiting: dict[str, Said] = {name: words for name, (words, _) in _WAITING.items()}
    offered = (
        ("meeting", Words("会議", "Meeting"), meetings),
        ("matter", Words("諮問", "Consultation"), matters),
        ("state", Words("状態", "State"), states),
        ("answerer", Words("答える人", "Who must answer"), answerers),
        ("about", Words("どの記載・矢印について", "About which field or arrow"), abouts),
        ("waiting", Words("待っている日数", "Waiting for"), waiting),
    )
    return tuple(Filter(name=name, words=words, choices=choices(table, typed[name])) for name, words, table in offered)
