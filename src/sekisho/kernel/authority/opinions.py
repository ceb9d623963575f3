"""Two opinions (二つの判断) on every crossing: the caveats, and the guards that read the policy text of the permit.

They are built apart, so that one mistake does not open the gate: only what both allow crosses. Where they differ, or
one of them cannot answer, the answer is no, and somebody is told.
"""

from dataclasses import dataclass
from typing import Final

from sekisho.kernel.errors import Reason, ReasonCode, because

ALARM_CODES: Final = frozenset(
    {ReasonCode.OPINIONS_DIFFER, ReasonCode.DECISION_FAILED, ReasonCode.FOREIGN_CANARY},
)
# 諮問第56号: only what changed is sent, so that more than was declared means that something else is going on.
VOLUME_CODES: Final = frozenset({ReasonCode.TOO_MANY_RECORDS, ReasonCode.TOO_MANY_PARCELS})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardObjection:
    """One guard (番人) that objects: its id, and why in Japanese and English."""

    guard: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondAnswer:
    """What the second opinion says: who objects; or, if it could not be formed, what failed, in one word."""

    against: tuple[GuardObjection, ...] = ()
    fault: str = ""

    @property
    def allows(self) -> bool:
        """Nobody objects, and nothing failed."""
        return not self.against and not self.fault


def settle(permit: str, first: tuple[Reason, ...], second: SecondAnswer) -> tuple[Reason, ...]:
    """Why something does not cross, after both opinions were heard; nothing only if both allow it."""
    if second.fault:
        return (*first, because(ReasonCode.DECISION_FAILED, permit=permit, fault=second.fault))
    if second.allows == (not first):
        return first
    guards = ", ".join(each.guard for each in second.against) or "-"
    return (*first, because(ReasonCode.OPINIONS_DIFFER, permit=permit, guards=guards))
