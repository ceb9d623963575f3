"""What the council decided on one item, and the letter (答申書) that says so, bound to exactly what was put to it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sekisho.kernel.council.consultation.dossier import Dossier, digest_of_dossier
from sekisho.kernel.council.deliberation.opinions import (
    ItemVerdict,
    Question,
    TradeOff,
    kept_items,
    masked_items,
    open_points,
)
from sekisho.kernel.council.deliberation.rules import REGIMES, Regime, holds_on
from sekisho.kernel.council.deliberation.votes import Tally
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.kernel.evidence import canonical_bytes

NOT_IN_USE = "none"
_PLAIN: Final = frozenset({"approved", "opinion_no_objection"})
_CONDITIONAL: Final = frozenset({"approved_with_conditions", "opinion_with_conditions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The council's decision on one version of one dossier; `masked` are the items that go along with values hidden."""

    consultation: str
    version: int
    dossier_digest: str
    regime: str
    result: str
    decided_on: str
    kept: Mapping[str, Sequence[str]]
    conditions: tuple[str, ...]
    trade_offs: tuple[TradeOff, ...]
    tally: Tally
    masked: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def makes_permits(self) -> bool:
        """Can permits follow: at once where the council decides, else once the agency has decided after its opinion?"""
        regime = REGIMES.get(self.regime)
        return regime is not None and self.result in regime.permits_follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberated:
    """What was said and done about an item before it is decided."""

    questions: tuple[Question, ...] = ()
    verdicts: tuple[ItemVerdict, ...] = ()
    trade_offs: tuple[TradeOff, ...] = ()
    conditions: tuple[str, ...] = ()


def impossible(dossier: Dossier, regime: Regime, result: str, day: str) -> tuple[Reason, ...]:
    """Why this result cannot come of this dossier, whatever is said of it: by its procedure, or as it is in use."""
    reasons: list[Reason] = []
    if result not in regime.results or not holds_on(regime, day):
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"decide {result} ({regime.regime}, {day})"))
    in_use = dossier.already_in_use_since != NOT_IN_USE
    if (result in {"approved", "approved_with_conditions"} and in_use) or (result == "ratified" and not in_use):
        since = dossier.already_in_use_since
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"decide {result} (already_in_use_since {since})"))
    return tuple(reasons)


def possible_results(dossier: Dossier, regime: Regime, day: str) -> tuple[str, ...]:
    """The results that can be put to the vote on a day, in order."""
    return tuple(sorted(each for each in regime.results if not impossible(dossier, regime, each, day)))


def _objections(dossier: Dossier, regime: Regime, result: str, day: str, said: Deliberated) -> list[Reason]:
    """Why this result cannot be decided."""
    reasons = list(impossible(dossier, regime, result, day))
    items = {each.connection: [item.item for item in each.items] for each in dossier.chart.under_review()}
    if result in regime.permits_follow:
        reasons += open_points(said.questions, items, said.verdicts)
    if result in _PLAIN | _CONDITIONAL and (result in _PLAIN) == bool(said.conditions):
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"decide {result} ({len(said.conditions)} conditions)"))
    return reasons


def _judged(dossier: Dossier, said: Deliberated) -> dict[str, Any]:
    """The items of each arrow that were kept, and those that were masked."""
    items = {each.connection: [item.item for item in each.items] for each in dossier.chart.under_review()}
    return {"kept": kept_items(items, said.verdicts), "masked": masked_items(items, said.verdicts)}


def make_decision(
    dossier: Dossier, regime: Regime, said: Deliberated, *, voted: tuple[str, Tally], decided_on: str
) -> Decision:
    """The decision on a dossier, from (result that was put to the vote, its tally).

    What was already in use is never plainly approved: it can only be ratified, and its gate stays closed until then.

    Raises:
        Refused: The motion was not carried, or something is still open; with every reason.

    """
    result, tally = voted
    reasons = _objections(dossier, regime, result, decided_on, said)
    if not tally.carried:
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"decide {result} ({tally.in_favour} in favour)"))
    if reasons:
        raise Refused(reasons)
    return Decision(
        consultation=dossier.consultation,
        version=dossier.version,
        dossier_digest=digest_of_dossier(dossier),
        regime=regime.regime,
        result=result,
        decided_on=decided_on,
        conditions=said.conditions,
        trade_offs=said.trade_offs,
        tally=tally,
        **_judged(dossier, said),
    )


def decision_to_data(decision: Decision) -> dict[str, Any]:
    """A decision as plain data; masked items stand there only if there are any, so that earlier letters stay theirs."""
    return {name: value for name, value in asdict(decision).items() if value or name != "masked"}


def letter_bytes(decision: Decision) -> bytes:
    """What chair and secretariat sign: the decision in canonical bytes, with the dossier's digest in it."""
    return canonical_bytes(decision_to_data(decision))


def digest_of_decision(decision: Decision) -> str:
    """SHA-256 of the signed bytes, in hexadecimal; every permit that follows names it."""
    return hashlib.sha256(letter_bytes(decision)).hexdigest()
