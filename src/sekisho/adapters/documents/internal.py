"""The agency's own decision (決裁書) as a document: on which opinion, what was decided, why it departs, who signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sekisho.adapters.documents.letter import RESULTS, WITHHELD, sheet, with_breaks
from sekisho.adapters.documents.typesetting import typeset
from sekisho.kernel import ReasonCode, Refused, Signature, because
from sekisho.kernel.council import InternalDecision, InternalOutcome, digest_of_internal
from sekisho.records import write_wareki

OUTCOMES: Final[Mapping[InternalOutcome, str]] = {
    InternalOutcome.OPENS: "実施する",
    InternalOutcome.DECLINES: "実施しない",
}
SIGNATURES_FOR: Final[Mapping[InternalOutcome, int]] = {InternalOutcome.OPENS: 2, InternalOutcome.DECLINES: 1}
"""Two persons sign what opens the gate; what keeps it closed takes one."""
_BASIS: Final = "個人情報の保護に関する法律第66条・第129条"


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalFacts:
    """What the document says besides the decision itself; people go by their names where these are told."""

    agency: str
    council: str
    title: str
    digest: str
    signatures: tuple[tuple[str, Signature], ...]
    names: Mapping[str, str] = field(default_factory=dict)
    for_public: bool = False

    def name_of(self, person: str) -> str:
        """What the document calls a person; to the public it names nobody."""
        return WITHHELD if self.for_public else self.names.get(person, person)


def _check(decision: InternalDecision, facts: InternalFacts, *, draft: bool) -> None:
    """Is this the decision that was signed, and did as many different persons sign as it needs (a draft: not yet)?

    Raises:
        Refused: With every reason.

    """
    reasons = []
    if digest_of_internal(decision) != facts.digest:
        reasons.append(because(ReasonCode.DIGEST_DIFFERS))
    signed, needed = len(facts.signatures), SIGNATURES_FOR[decision.outcome]
    different = len({each.signer for _, each in facts.signatures}) == len({each.key for _, each in facts.signatures})
    alone = len({each.signer for _, each in facts.signatures}) != signed
    if not different or alone or (signed < needed) is not draft:
        what = f"{signed} / {needed}"
        reasons.append(because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="signatures", what=what))
    if reasons:
        raise Refused(reasons)


def _parts(decision: InternalDecision, facts: InternalFacts) -> Iterator[dict[str, Any]]:
    """The numbered parts of the document."""
    yield {"title": "決裁", "lines": [OUTCOMES[decision.outcome]], "tables": []}
    yield {"title": "審議会の意見", "lines": [RESULTS[decision.opinion]], "tables": []}
    if decision.departs:
        yield {"title": "意見と異なる決裁とした理由", "lines": decision.reason.splitlines(), "tables": []}
    digests = [
        ["審議会の答申", f"第{decision.version}版", decision.letter],
        ["この決裁(署名する文面)", "", facts.digest],
    ]
    named = sheet("", [2, 2, 7], ["対象", "版", "指紋"], digests)
    yield {"title": "対象の特定(SHA-256)", "lines": [], "tables": [named]}
    signed = [[role, facts.name_of(each.signer), each.key, each.value] for role, each in facts.signatures]
    stamps = sheet("", [2, 2, 3, 6], ["役割", "署名者", "鍵", "署名"], signed)
    yield {"title": "署名", "lines": [], "tables": [stamps]}


def internal_pdf(decision: InternalDecision, facts: InternalFacts, *, draft: bool = False) -> bytes:
    """The agency's decision as PDF; one that still lacks a signature says so on its first line.

    Raises:
        Refused: It is not the decision that was signed, or not signed by as many as it needs; with every reason.

    """
    _check(decision, facts, draft=draft)
    day, number = date.fromisoformat(decision.decided_on), f"諮問第{decision.consultation}号"
    data = {
        "title": f"{number} 決裁書",
        "author": facts.agency,
        "footer": f"{number} 決裁書",
        "number": f"{number}（第{decision.version}版）",
        "day": write_wareki(day),
        "addressee": "",
        "council": facts.agency,
        "chair": "個人情報保護管理者",
        "heading": f"{facts.title}(決裁)",
        "sentence": f"{number}について、{facts.council}の意見を聴き、{_BASIS}に基づき、次のとおり決裁します。",
        "parts": with_breaks(_parts(decision, facts)),
        "draft": "案（署名がそろっていません）" if draft else "",
    }
    return typeset("letter", data, day)
