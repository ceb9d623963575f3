"""Gathering questions (質疑の取りまとめ): what they are about, who is late with an answer, which were asked before.

A question points to a field of a dossier. From the fields come its topic, by which the papers of a meeting are ordered,
and what it has in common with earlier ones: the same kind of field, zone, contractor or data item. Those that were
answered are the question bank; nobody keeps it, it is only read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Generic, TypeVar

from sekisho.kernel.council.consultation.dossier import Dossier
from sekisho.kernel.council.deliberation.opinions import Question

Key = TypeVar("Key")
_NAMED: Final = re.compile(r"(\w+)\[([^\]]*)\]")
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")


class QuestionTopic(StrEnum):
    """What a question is about, in the order of the papers."""

    FRONT = "front"
    NETWORK = "network"
    COMPUTER = "computer"
    ARROW = "arrow"
    ITEM = "item"
    KEEPING = "keeping"
    SAFEGUARD = "safeguard"
    CONTRACTOR = "contractor"


class Likeness(StrEnum):
    """What two questions have in common."""

    FIELD = "field"
    ZONE = "zone"
    CONTRACTOR = "contractor"
    ITEM = "item"


_TOPICS: Final = (
    ("processors", QuestionTopic.CONTRACTOR),
    ("safeguards", QuestionTopic.SAFEGUARD),
    ("retention", QuestionTopic.KEEPING),
    ("items", QuestionTopic.ITEM),
    ("networks", QuestionTopic.NETWORK),
    ("computers", QuestionTopic.COMPUTER),
    ("connections", QuestionTopic.ARROW),
    ("sheets", QuestionTopic.ARROW),
)


def named_in(path: str) -> tuple[tuple[str, str], ...]:
    """The lists that a path goes through, each with the thing that it names there."""
    return tuple(_NAMED.findall(path))


def topic_of(path: str) -> QuestionTopic:
    """What a field is about; what names nothing stands on the front page."""
    lists = {name for name, _ in named_in(path)}
    return next((topic for name, topic in _TOPICS if name in lists), QuestionTopic.FRONT)


def arrow_of(path: str) -> str:
    """The arrow that a field belongs to, if it belongs to one."""
    return next((thing for name, thing in named_in(path) if name in {"connections", "sheets"}), "")


def kind_of_field(path: str) -> str:
    """A field without the names of things: the same for every network, every item."""
    return _BRACKETS.sub("[]", path)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSubject:
    """What the fields of a question and its answer are about, across dossiers."""

    fields: frozenset[str]
    zones: frozenset[str]
    contractors: frozenset[str]
    items: frozenset[str]


def subject_of_question(question: Question, dossier: Dossier) -> QuestionSubject:
    """What a question is about, by the field that it asks for and the one that its answer cites."""
    paths = [each for each in (question.about, question.cites) if each]
    named = [pair for path in paths for pair in named_in(path)]
    stands_in = {each.computer: each.network for each in dossier.chart.computers}
    zone_of = {each.network: str(each.zone) for each in dossier.chart.networks}
    networks = {thing for name, thing in named if name == "networks"}
    networks |= {stands_in.get(thing, "") for name, thing in named if name == "computers"}
    return QuestionSubject(
        fields=frozenset(kind_of_field(path) for path in paths),
        zones=frozenset(zone_of[each] for each in networks if each in zone_of),
        contractors=frozenset(thing for name, thing in named if name == "processors"),
        items=frozenset(thing for name, thing in named if name == "items"),
    )


def likenesses(one: QuestionSubject, other: QuestionSubject) -> frozenset[Likeness]:
    """What two questions have in common."""
    shared = (
        (Likeness.FIELD, one.fields & other.fields),
        (Likeness.ZONE, one.zones & other.zones),
        (Likeness.CONTRACTOR, one.contractors & other.contractors),
        (Likeness.ITEM, one.items & other.items),
    )
    return frozenset(likeness for likeness, common in shared if common)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike(Generic[Key]):
    """An earlier question, and what it has in common with this one."""

    key: Key
    shared: frozenset[Likeness]


def most_alike(
    subject: QuestionSubject, earlier: Iterable[tuple[Key, QuestionSubject]], most: int
) -> tuple[Alike[Key], ...]:
    """The earlier questions that have most in common with this one; of those that have as much, the order stays."""
    found: Sequence[Alike[Key]] = [Alike(key=key, shared=likenesses(subject, other)) for key, other in earlier]
    return tuple(sorted((each for each in found if each.shared), key=lambda each: -len(each.shared))[:most])


def days_waiting(question: Question, today: date, asked_on: date | None) -> int | None:
    """For how many days nobody has answered; nothing once it was answered, or where the day is not known."""
    return None if question.answered or asked_on is None else (today - asked_on).days


def is_answer_late(question: Question, today: date) -> bool:
    """Is it past the day until which it was to be answered?"""
    return not question.answered and question.answer_by is not None and today > question.answer_by
