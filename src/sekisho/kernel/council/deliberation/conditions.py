"""Conditions (条件): what somebody still has to do or prove, by when, and what happens to the permit if they do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sekisho.kernel.authority import PermitStatus
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because


class ConditionKind(StrEnum):
    """What an open condition does to its permit."""

    BLOCKS_START = "blocks_start"
    BLOCKS_AFTER_DATE = "blocks_after_date"
    REPORT_ONLY = "report_only"
    RECURRING = "recurring"


class ProofKind(StrEnum):
    """What proves that a condition is met."""

    PHOTO = "photo"
    SCREENSHOT = "screenshot"
    MEASUREMENT = "measurement"
    CERTIFICATE = "certificate"
    TEST_RUN = "test_run"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a decision: its words, what it hangs on, who owes it, who checks it, until when."""

    condition: str
    consultation: str
    hangs_on: str
    text: str
    kind: ConditionKind
    proof: ProofKind
    owner: str
    verifier: str
    due: date
    every_days: int = 0
    state: str = "open"


_SETTLED = frozenset({"verified", "closed", "waived", "dropped", "proposed"})


def make_condition(condition: Condition) -> Condition:
    """Check what a condition must have.

    Raises:
        Refused: Owner and verifier are one person, or a recurring condition does not say how often.

    """
    reasons: list[Reason] = []
    if condition.owner == condition.verifier:
        reasons.append(
            because(ReasonCode.DUTIES_NOT_SEPARATE, person=condition.owner, one="owner", other="verifier"),
        )
    if (condition.kind is ConditionKind.RECURRING) != (condition.every_days > 0):
        reasons.append(because(ReasonCode.DOSSIER_INCOMPLETE, place=condition.condition, what="every_days"))
    if reasons:
        raise Refused(reasons)
    return condition


def is_overdue(condition: Condition, today: date) -> bool:
    """Is it past its due date, and not settled?"""
    return condition.state not in _SETTLED and today > condition.due


def stops_permit(condition: Condition, today: date) -> bool:
    """Does it keep the permit from being active today?

    A blocking condition stops it while it is open, the others once they are overdue; one that is only reported never.
    """
    if condition.state in _SETTLED or condition.kind is ConditionKind.REPORT_ONLY:
        return False
    return condition.kind is ConditionKind.BLOCKS_START or is_overdue(condition, today)


def reasons_to_stop(conditions: Iterable[Condition], today: date) -> tuple[Reason, ...]:
    """One reason for each condition that stops the permit."""
    return tuple(
        because(ReasonCode.CONDITION_OPEN, condition=each.condition) for each in conditions if stops_permit(each, today)
    )


def status_under(conditions: Iterable[Condition], today: date) -> PermitStatus:
    """Where a permit that has not begun stands under its conditions: issued and waiting, or active."""
    return PermitStatus.ISSUED if reasons_to_stop(conditions, today) else PermitStatus.ACTIVE


def next_due(condition: Condition, verified_on: date) -> date:
    """When a recurring condition is due again."""
    return verified_on + timedelta(days=condition.every_days)


def to_report(conditions: Iterable[Condition], today: date) -> tuple[Condition, ...]:
    """What the next meeting hears of: everything that is not settled, the overdue first, then by due date."""
    waiting = [each for each in conditions if each.state not in _SETTLED]
    return tuple(sorted(waiting, key=lambda each: (not is_overdue(each, today), each.due, each.condition)))
