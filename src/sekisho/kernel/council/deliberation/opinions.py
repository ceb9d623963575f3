"""Written opinions, blind until all are in; questions that cite or amend a field; a verdict for each data item."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOpinion:
    """What a member wrote about one version of a dossier before the session."""

    person: str
    version: int
    text: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindPhase:
    """Whose opinions are asked for, on which version, and until when."""

    members: frozenset[str]
    version: int
    deadline: datetime

    def is_over(self, opinions: Iterable[WrittenOpinion], at: datetime) -> bool:
        """All are in on this version, or the deadline has come."""
        given = {each.person for each in opinions if each.version == self.version}
        return at >= self.deadline or self.members <= given


def readable_opinions(
    phase: BlindPhase, opinions: Sequence[WrittenOpinion], reader: str, at: datetime
) -> tuple[WrittenOpinion, ...]:
    """What this reader may see now: their own at any time, those of others after the blind phase, of every version.

    What was written on an earlier version stays sealed with the rest: it would show what a member is going to write.

    Raises:
        Refused: The reader wrote none yet and the phase is not over.

    """
    if phase.is_over(opinions, at):
        return tuple(opinions)
    own = tuple(each for each in opinions if each.person == reader)
    if not own:
        raise Refused([because(ReasonCode.OPINIONS_SEALED, until=phase.deadline.isoformat(timespec="minutes"))])
    return own


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a member about one field of one version; an answer cites a field, or amends it in a new version.

    The secretariat may name who answers it and until when. The member who asked accepts the answer, or asks again: then
    `settled` says so, and the new question `follows` this one. When it was asked is not known of the oldest.
    """

    question: str
    asked_by: str
    version: int
    about: str
    text: str
    answer: str = ""
    cites: str = ""
    amended_in: int = 0
    blocking: bool = True
    settled: str = ""
    follows: str = ""
    answerer: str = ""
    answer_by: date | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def state(self) -> str:
        """Where it stands in its table."""
        return self.settled or ("answered" if self.answered else "asked")

    @property
    def answered(self) -> bool:
        """Is there an answer that points to a field, or changes one?"""
        return bool(self.answer) and bool(self.cites or self.amended_in)


class Verdict(StrEnum):
    """What the council says of one data item."""

    KEEP = "keep"
    MASK = "mask"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVerdict:
    """The verdict on one data item of one connection, with the reason if it is not simply kept."""

    connection: str
    item: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """Which interest prevailed over which, about what, why, and when that is to be looked at again."""

    about: str
    prevailed: str
    yielded: str
    why: str
    review_on: str


def kept_items(items: Mapping[str, Collection[str]], verdicts: Iterable[ItemVerdict]) -> dict[str, tuple[str, ...]]:
    """The items of each connection that were kept, in their order. An item without a verdict is not kept."""
    kept = {(each.connection, each.item) for each in verdicts if each.verdict is Verdict.KEEP}
    return {
        connection: tuple(item for item in names if (connection, item) in kept) for connection, names in items.items()
    }


def masked_items(items: Mapping[str, Collection[str]], verdicts: Iterable[ItemVerdict]) -> dict[str, tuple[str, ...]]:
    """The items of each connection that go along with their values hidden; a connection without any is left out."""
    masked = {(each.connection, each.item) for each in verdicts if each.verdict is Verdict.MASK}
    found = {
        connection: tuple(item for item in names if (connection, item) in masked) for connection, names in items.items()
    }
    return {connection: names for connection, names in found.items() if names}


def open_points(
    questions: Iterable[Question], items: Mapping[str, Collection[str]], verdicts: Iterable[ItemVerdict]
) -> tuple[Reason, ...]:
    """What keeps an item from being decided: blocking questions without an answer, data items without a verdict."""
    judged = {(each.connection, each.item) for each in verdicts}
    unanswered = [
        because(ReasonCode.QUESTION_OPEN, question=each.question)
        for each in questions
        if each.blocking and not each.answered
    ]
    missing = [
        because(ReasonCode.VERDICT_MISSING, item=f"{connection}/{item}")
        for connection, names in items.items()
        for item in names
        if (connection, item) not in judged
    ]
    return (*unanswered, *missing)
