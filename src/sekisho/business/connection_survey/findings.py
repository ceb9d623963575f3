"""What is done about a finding: how it is triaged, what its department answers, and which end fits which triage."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel import ReasonCode, Refused, because


class Triage(StrEnum):
    """What the secretariat takes a finding for. Stored values are never renamed and never reused."""

    NO_PERSONAL_DATA = "no_personal_data"
    EXEMPT = "exempt"
    MUST_CONSULT = "must_consult"
    MUST_STOP = "must_stop"


TRIAGE_WORDS: Final[Mapping[Triage, tuple[str, str]]] = MappingProxyType(
    {
        Triage.NO_PERSONAL_DATA: ("個人情報を扱わない", "No personal data"),
        Triage.EXEMPT: ("法令の定めがあり諮問不要", "Exempt, a law provides for it"),
        Triage.MUST_CONSULT: ("諮問が必要", "Must be consulted"),
        Triage.MUST_STOP: ("止める", "Must stop"),
    }
)
END_OF: Final[Mapping[Triage, str]] = MappingProxyType(
    {
        Triage.NO_PERSONAL_DATA: "confirm",
        Triage.EXEMPT: "confirm",
        Triage.MUST_CONSULT: "file_consultation",
        Triage.MUST_STOP: "prove_stopped",
    }
)
"""By which act a finding that was answered comes to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAnswer:
    """What a department says of a finding: what data, since when in use, the law on which it relies and its words."""

    data: str
    since: str
    basis: str = ""
    quotation: str = ""


def make_answer(finding: str, triage: Triage, answer: FindingAnswer) -> FindingAnswer:
    """Check that an answer says what it must: an exemption is claimed by the article and its words.

    Raises:
        Refused: With everything that is missing.

    """
    needed = ("data", "since", "basis", "quotation") if triage is Triage.EXEMPT else ("data", "since")
    said = asdict(answer)
    missing = [each for each in needed if not said[each].strip()]
    if missing:
        raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place=finding, what=each) for each in missing])
    return answer


def check_end(finding: str, triage: Triage | None, act: str) -> None:
    """Does this end fit what the secretariat took the finding for?

    Raises:
        Refused: It does not.

    """
    if triage is None or END_OF[triage] != act:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=finding, state=str(triage or "unmatched"))])


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPeriod:
    """One log that was read: its digest, and from when until when it saw anything."""

    digest: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StopProof:
    """What proves that a connection has stopped, and up to which moment: whatever goes through later disproves it."""

    text: str
    until: datetime


def proof_that_it_stopped(
    passed: datetime | None, turned_away_at: datetime | None, logs: tuple[LogPeriod, ...]
) -> StopProof | None:
    """What proves that a connection has stopped: a refusal after the last traffic, or a later log that saw none.

    Nothing if neither is there: that it is said to have stopped proves nothing.
    """
    if turned_away_at is not None and (passed is None or turned_away_at > passed):
        return StopProof(text=f"turned_away {turned_away_at.isoformat()}", until=turned_away_at)
    later = [each for each in logs if passed is not None and each.first > passed]
    if not later:
        return None
    last = later[-1]
    return StopProof(text=f"log {last.digest} {last.first.isoformat()}/{last.last.isoformat()}", until=last.last)


def is_seen_again(state: str, triage: Triage | None, passed: datetime | None, proved: datetime | None) -> bool:
    """Has something gone through after it was proved to have stopped, or after all was done about it?"""
    ended = state == "stopped_with_proof" or (state == "reported" and triage is Triage.MUST_STOP)
    ended = ended or (state == "closed" and triage in {Triage.MUST_STOP, Triage.MUST_CONSULT})
    return ended and passed is not None and (proved is None or passed > proved)
