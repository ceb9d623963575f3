"""The agency's own decision (決裁) where the act leaves it with the agency and the council was asked for its opinion.

個人情報の保護に関する法律第66条・第129条: the council says what it thinks; the protection manager decides, says why
where the decision departs from the opinion, and signs together with somebody else.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.deliberation.decision import Decision
from sekisho.kernel.council.deliberation.rules import REGIMES, Decider
from sekisho.kernel.council.procedure import Role
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.evidence import canonical_bytes

_OBJECTION: Final = "opinion_objection"
_PLACE: Final = "internal_decision"
SIGNATORIES_BY: Final[Mapping[Decider, tuple[Role, Role]]] = MappingProxyType(
    {
        Decider.COUNCIL: (Role.CHAIR, Role.SECRETARIAT),
        Decider.PROTECTION_MANAGER: (Role.PROTECTION_MANAGER, Role.INFORMATION_SYSTEMS),
    }
)
"""Which two sign what opens the gate, by who decides under the regime."""


class InternalOutcome(StrEnum):
    """What the agency decides."""

    OPENS = "opens"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalDecision:
    """The agency's decision on one consultation: the opinion's letter it rests on, and why if it departs from it."""

    consultation: str
    version: int
    letter: str
    opinion: str
    outcome: InternalOutcome
    departs: bool
    reason: str
    decided_on: str


def decider_of(decision: Decision) -> Decider:
    """Who decides, under the regime of a council's decision; the council where the regime is unknown."""
    regime = REGIMES.get(decision.regime)
    return regime.decider if regime is not None else Decider.COUNCIL


def departs_from(opinion: str, outcome: InternalOutcome) -> bool:
    """Does the agency do other than the council's opinion says: open in spite of an objection, or decline without?"""
    return (outcome is InternalOutcome.OPENS) == (opinion == _OBJECTION)


def make_internal_decision(
    decision: Decision, letter: str, outcome: InternalOutcome, *, reason: str, decided_on: str
) -> InternalDecision:
    """The agency's decision after the council's opinion, whose signed letter has this digest.

    Raises:
        Refused: The council decides itself, or it departs from the opinion and does not say why; with every reason.

    """
    reasons: list[Reason] = []
    departs = departs_from(decision.result, outcome)
    if decider_of(decision) is not Decider.PROTECTION_MANAGER or decided_on < decision.decided_on:
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"decide_internally ({decision.regime}, {decided_on})"))
    if departs and not reason.strip():
        reasons.append(because(ReasonCode.DOSSIER_INCOMPLETE, place=_PLACE, what="reason"))
    if reasons:
        raise Refused(reasons)
    return InternalDecision(
        consultation=decision.consultation,
        version=decision.version,
        letter=letter,
        opinion=decision.result,
        outcome=outcome,
        departs=departs,
        reason=reason.strip(),
        decided_on=decided_on,
    )


def internal_bytes(decision: InternalDecision) -> bytes:
    """What the two sign: the agency's decision in canonical bytes, with the digest of the opinion's letter in it."""
    return canonical_bytes(asdict(decision))


def digest_of_internal(decision: InternalDecision) -> str:
    """SHA-256 of the signed bytes, in hexadecimal."""
    return hashlib.sha256(internal_bytes(decision)).hexdigest()
