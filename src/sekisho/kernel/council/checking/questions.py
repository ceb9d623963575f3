"""What a self-check asks: drawn from what the council approved, arrow by arrow, item by item, place by place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sekisho.kernel.council.consultation import ConnectionSheet, Dossier, Feasibility, Safeguard, SafeguardKind
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.network import Chart, Connection

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class CheckTopic(StrEnum):
    """What a question of a self-check is about. Stored values are never renamed."""

    NEEDED = "needed"
    ARROW = "arrow"
    ITEM = "item"
    SAFEGUARD = "safeguard"
    RETENTION = "retention"
    OPERATORS = "operators"
    CONTRACTOR = "contractor"


class CheckResult(StrEnum):
    """What the department answers: as approved, different, or ended. Stored values are never renamed."""

    AS_APPROVED = "as_approved"
    DIFFERENT = "different"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckQuestion:
    """One question: what it is about, what was approved, whether it was only planned, whether it wants evidence."""

    key: str
    topic: CheckTopic
    connection: str
    ja: str
    en: str
    approved: str
    planned: bool = False
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """One answer: what is different and since when, and by what it can be seen; of a file its name and digest."""

    key: str
    result: CheckResult
    what: str = ""
    since: date | None = None
    evidence: str = ""
    evidence_digest: str = ""


def make_check_answer(answer: CheckAnswer) -> CheckAnswer:
    """An answer whose digest, if it has one, is a digest.

    Raises:
        Refused: It is none.

    """
    if answer.evidence_digest and not _DIGEST.fullmatch(answer.evidence_digest):
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=answer.key, what="SHA-256")])
    return answer


def _arrow(arrow: Connection, sheet: ConnectionSheet, chart: Chart) -> CheckQuestion:
    """The arrow itself: from where to where, by what, when."""
    names = {each.computer: each.label_ja for each in chart.computers}
    names |= {each.network: each.label_ja for each in chart.networks}
    road = " → ".join(names.get(each, each) for each in (arrow.source, *arrow.via, arrow.target))
    return CheckQuestion(
        key=f"arrow/{arrow.connection}",
        topic=CheckTopic.ARROW,
        connection=arrow.connection,
        ja=arrow.label_ja,
        en=arrow.label_en,
        approved=f"{road}({sheet.function}、{sheet.trigger})",
    )


def _items(arrow: Connection) -> Iterator[CheckQuestion]:
    """Each data item, with the use that justified it."""
    for each in arrow.items:
        yield CheckQuestion(
            key=f"item/{arrow.connection}/{each.item}",
            topic=CheckTopic.ITEM,
            connection=arrow.connection,
            ja=each.ja,
            en=each.en,
            approved=each.use,
        )


def _safeguard(connection: str, each: Safeguard) -> CheckQuestion:
    """A safeguard; of one that was only planned it is asked whether it is done, of a place that it can be seen."""
    return CheckQuestion(
        key=f"safeguard/{connection}/{each.safeguard}",
        topic=CheckTopic.SAFEGUARD,
        connection=connection,
        ja=each.safeguard,
        en=each.safeguard,
        approved=each.text,
        planned=each.feasibility is not Feasibility.DONE,
        evidence=each.kind is SafeguardKind.PHYSICAL,
    )


def _of_sheet(sheet: ConnectionSheet, chart: Chart) -> Iterator[CheckQuestion]:
    """Everything that is asked about one arrow."""
    arrow = chart.connection_named(sheet.connection)
    if arrow is None:
        return
    yield _arrow(arrow, sheet, chart)
    yield from _items(arrow)
    yield from (_safeguard(sheet.connection, each) for each in sheet.safeguards)
    names = {each.computer: (each.label_ja, each.label_en) for each in chart.computers}
    for kept in sheet.retention:
        ja, en = names.get(kept.place, (kept.place, kept.place))
        yield CheckQuestion(
            key=f"retention/{sheet.connection}/{kept.place}",
            topic=CheckTopic.RETENTION,
            connection=sheet.connection,
            ja=ja,
            en=en,
            approved=f"{kept.hours}時間({kept.reason})、{kept.method}",
            evidence=True,
        )
    yield CheckQuestion(
        key=f"operators/{sheet.connection}",
        topic=CheckTopic.OPERATORS,
        connection=sheet.connection,
        ja="操作者",
        en="Operators",
        approved="、".join(sheet.operators),
    )


def _of_contractors(dossier: Dossier) -> Iterator[CheckQuestion]:
    """Each contractor: does it still do this, and is its certificate still valid?"""
    for each in dossier.processors:
        yield CheckQuestion(
            key=f"contractor/{each.contractor}",
            topic=CheckTopic.CONTRACTOR,
            connection="",
            ja=each.contractor,
            en=each.contractor,
            approved=f"{each.task}({each.place_of_data})。認証: {each.certificate}({each.certificate_until})",
            evidence=True,
        )


def questions_for(dossier: Dossier) -> tuple[CheckQuestion, ...]:
    """Every question that follows from what was approved; only arrows that were under review are asked about."""
    reviewed = {each.connection for each in dossier.chart.under_review()}
    needed = CheckQuestion(
        key="needed",
        topic=CheckTopic.NEEDED,
        connection="",
        ja="この接続",
        en="The connection",
        approved=dossier.purpose,
    )
    sheets = (each for each in dossier.sheets if each.connection in reviewed)
    arrows = (question for each in sheets for question in _of_sheet(each, dossier.chart))
    return (needed, *arrows, *_of_contractors(dossier))


def certificate_expired(until: str, today: date) -> bool | None:
    """Has the certificate of a contractor run out? Nothing if its date is not known."""
    try:
        return date.fromisoformat(until) < today
    except ValueError:
        return None


def _missing_of(question: CheckQuestion, answer: CheckAnswer | None) -> Iterator[str]:
    """What an answer does not say yet."""
    if answer is None:
        yield "result"
        return
    if answer.result is not CheckResult.AS_APPROVED:
        yield from (name for name in ("what", "since") if not getattr(answer, name))
    elif question.evidence and not answer.evidence.strip():
        yield "evidence"


def unanswered(questions: Iterable[CheckQuestion], answers: Mapping[str, CheckAnswer]) -> tuple[tuple[str, str], ...]:
    """What keeps a self-check from being submitted: each question with what its answer does not say."""
    return tuple((each.key, what) for each in questions for what in _missing_of(each, answers.get(each.key)))


def why_not_submitted(questions: Iterable[CheckQuestion], answers: Mapping[str, CheckAnswer]) -> tuple[Reason, ...]:
    """The same as reasons."""
    return tuple(
        because(ReasonCode.DOSSIER_INCOMPLETE, place=key, what=what) for key, what in unanswered(questions, answers)
    )


def why_not_closed(answers: Iterable[CheckAnswer], followed: str, in_force: Iterable[str]) -> tuple[Reason, ...]:
    """What keeps a verified self-check from being closed.

    Where something is not as approved it must be written what came of it; a connection that is no longer needed must
    have no permit in force.
    """
    told = {each.key: each.result for each in answers}
    reasons = []
    if set(told.values()) - {CheckResult.AS_APPROVED} and not followed.strip():
        reasons.append(because(ReasonCode.DOSSIER_INCOMPLETE, place="self_check", what="followed"))
    if told.get("needed") is CheckResult.ENDED:
        states = (because(ReasonCode.NOT_IN_THIS_STATE, what=permit, state="in force") for permit in in_force)
        reasons.extend(states)
    return tuple(reasons)
