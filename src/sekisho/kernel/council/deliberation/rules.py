"""The rules by which a council sits, and the procedure that approves: data with a legal basis and dates, never code.

Until March 2023 ordinances let the council approve each connection; since then the act leaves the decision with the
agency, and a council may be asked for its opinion (個人情報保護法第129条) or checks an assessment (番号法第28条).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final


class Decider(StrEnum):
    """Who decides under a regime."""

    COUNCIL = "council"
    PROTECTION_MANAGER = "protection_manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A procedure that approves: by which law, from when until when, who decides, and what the council gives.

    `permits_follow` are the results after which connections may be opened, once whoever decides has decided so.
    """

    regime: str
    ja: str
    en: str
    legal_basis: str
    holds_from: str
    holds_until: str
    decider: Decider
    results: frozenset[str]
    permits_follow: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilRule:
    """How a council sits: which share must be present, which share in favour, who breaks a tie; by which article.

    A strict share is more than it (過半数), another one at least it (3分の2以上).
    """

    rule: str
    ja: str
    en: str
    quorum: Fraction
    quorum_strict: bool
    majority: Fraction
    chair_votes: bool
    chair_breaks_tie: bool
    majority_strict: bool = True
    legal_basis: str = ""
    holds_from: str = ""
    holds_until: str = ""

    def holds_on(self, day: str) -> bool:
        """Does this rule hold on a day (written 2019-11-19)?"""
        return self.holds_from <= day and (not self.holds_until or day <= self.holds_until)


_DECISIONS: Final = frozenset(
    {"approved", "approved_with_conditions", "continued", "returned", "rejected", "ratified"},
)
_OPINIONS: Final = frozenset({"opinion_no_objection", "opinion_with_conditions", "opinion_objection"})
_APPROVALS: Final = frozenset({"approved", "approved_with_conditions", "ratified"})
ORDINANCE: Final = Regime(
    regime="ordinance",
    ja="条例に基づく審議会の承認",
    en="Approval by the council under the ordinance",
    legal_basis="個人情報保護条例(電子計算機の結合の制限)",
    holds_from="2004-04-01",
    holds_until="2023-03-31",
    decider=Decider.COUNCIL,
    results=_DECISIONS,
    permits_follow=_APPROVALS,
)
ACT_OF_2023: Final = Regime(
    regime="act_2023",
    ja="法に基づく内部決裁と審議会の意見",
    en="Decision of the agency under the act, with the council's opinion",
    legal_basis="個人情報の保護に関する法律第66条・第129条",
    holds_from="2023-04-01",
    holds_until="",
    decider=Decider.PROTECTION_MANAGER,
    results=frozenset({*_OPINIONS, "continued", "returned"}),
    # Permits follow from the agency's own decision, which may depart from an objection with its reason. The approvals
    # are those of letters that were made before the council gave opinions here; none can be decided any more.
    permits_follow=_OPINIONS | _APPROVALS,
)
ASSESSMENT_CHECK: Final = Regime(
    regime="assessment_check",
    ja="特定個人情報保護評価の第三者点検",
    en="Third-party check of a protection assessment",
    legal_basis="番号法第28条・特定個人情報保護評価に関する規則第7条",
    holds_from="2014-04-18",
    holds_until="",
    decider=Decider.COUNCIL,
    results=frozenset({"opinion_given", "continued", "returned"}),
    # The council does not approve here. What opens the gate is the assessment, once it is in force; the permit waits.
    permits_follow=frozenset({"opinion_given"}),
)
OPINION: Final = "iken"  # 意見の求め: what a request for an opinion is called where a consultation has its number
REGIMES: Final = {each.regime: each for each in (ORDINANCE, ACT_OF_2023, ASSESSMENT_CHECK)}

USUAL_RULE: Final = CouncilRule(
    rule="majority_present_chair_breaks_tie",
    ja="委員の過半数の出席で開き、出席委員の過半数で決し、可否同数のときは会長が決する",
    en="More than half of the members sit; more than half of those present decide; the chair breaks a tie",
    quorum=Fraction(1, 2),
    quorum_strict=True,
    majority=Fraction(1, 2),
    chair_votes=False,
    chair_breaks_tie=True,
)


def holds_on(regime: Regime, day: str) -> bool:
    """Does this procedure hold on a day (written 2019-11-19)?"""
    return regime.holds_from <= day and (not regime.holds_until or day <= regime.holds_until)


def rule_to_data(rule: CouncilRule) -> dict[str, Any]:
    """The rule as plain data, so that a meeting keeps the one by which it sat."""
    return {**asdict(rule), "quorum": str(rule.quorum), "majority": str(rule.majority)}


def rule_from_data(data: Mapping[str, Any]) -> CouncilRule:
    """Read a rule that a meeting kept."""
    return CouncilRule(**{**data, "quorum": Fraction(data["quorum"]), "majority": Fraction(data["majority"])})
