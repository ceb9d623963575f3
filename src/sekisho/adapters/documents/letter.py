"""The decision letter (答申書) as a document: what the council decided on which arrow and item, and who signed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sekisho.adapters.documents.typesetting import typeset
from sekisho.kernel import Connection, Reason, ReasonCode, Refused, Signature, Specification, because, digest_of
from sekisho.kernel.council import (
    Condition,
    Decision,
    Dossier,
    ItemVerdict,
    Verdict,
    digest_of_decision,
    digest_of_dossier,
)
from sekisho.records import write_wareki

SIGNATURES_NEEDED: Final = 2
WITHHELD: Final = "公表しません"
"""What stands where a person would be named, in the letter that the public reads."""
RESULTS: Final[Mapping[str, str]] = {
    "approved": "承認",
    "approved_with_conditions": "条件付き承認",
    "continued": "継続審議",
    "returned": "差戻し",
    "rejected": "不承認",
    "opinion_given": "意見",
    "ratified": "事後承認",
    "opinion_no_objection": "異議なし",
    "opinion_with_conditions": "条件付きの意見",
    "opinion_objection": "異議あり",
}
_VERDICTS: Final[Mapping[Verdict, str]] = {Verdict.KEEP: "認める", Verdict.MASK: "伏せる", Verdict.DROP: "除く"}


_MASKED: Final = "「伏せる」とした項目は、欄を残したまま渡し、その値は関所が伏せます。値は外に出ません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter says besides the decision itself; people go by their names where these are told."""

    number: str
    addressee: str
    council: str
    verdicts: tuple[ItemVerdict, ...]
    conditions: tuple[Condition, ...]
    specifications: tuple[Specification, ...]
    signatures: tuple[tuple[str, Signature], ...]
    names: Mapping[str, str] = field(default_factory=dict)
    signed_digest: str = ""
    for_public: bool = False

    def name_of(self, person: str) -> str:
        """What the letter calls a person; to the public it names nobody."""
        return WITHHELD if self.for_public else self.names.get(person, person)


def _beyond(decision: Decision, facts: LetterFacts) -> list[Reason]:
    """Specifications of another consultation, or with more than the council kept."""
    return [
        because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="specification", what=each.connection)
        for each in facts.specifications
        if each.consultation != decision.consultation
        or not set(each.items) <= set(decision.kept.get(each.connection, ()))
        or (each.masked_items and not decision.masked.get(each.connection))
        or not decision.makes_permits
    ]


def _check(decision: Decision, dossier: Dossier, facts: LetterFacts, *, draft: bool) -> None:
    """Do dossier, decision and letter speak of the same thing, and did two different persons sign (a draft: not yet)?

    Raises:
        Refused: With every reason.

    """
    reasons = []
    if digest_of_dossier(dossier) != decision.dossier_digest:
        reasons.append(because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="dossier", what=decision.dossier_digest))
    signers = {(each.signer, each.key) for _, each in facts.signatures}
    different = len({signer for signer, _ in signers}) == len({key for _, key in signers}) == len(facts.signatures)
    enough = len(facts.signatures) < SIGNATURES_NEEDED if draft else len(facts.signatures) == SIGNATURES_NEEDED
    if not enough or not different:
        what = f"{len(facts.signatures)} / {SIGNATURES_NEEDED}"
        reasons.append(because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="signatures", what=what))
    if {each.condition for each in facts.conditions} != set(decision.conditions):
        reasons.append(
            because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="conditions", what=", ".join(decision.conditions))
        )
    reasons += _beyond(decision, facts)
    if reasons:
        raise Refused(reasons)


def sheet(caption: str, columns: list[int], header: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """One table of a letter."""
    return {"caption": caption, "columns": columns, "header": header, "rows": rows}


def _items(decision: Decision, dossier: Dossier, arrow: Connection, verdicts: Iterable[ItemVerdict]) -> dict[str, Any]:
    """One arrow: each data item with its verdict; whatever is not among the kept items is not approved."""
    said = {each.item: each for each in verdicts if each.connection == arrow.connection}
    decided = {
        **dict.fromkeys(decision.masked.get(arrow.connection, ()), _VERDICTS[Verdict.MASK]),
        **dict.fromkeys(decision.kept.get(arrow.connection, ()), _VERDICTS[Verdict.KEEP]),
    }
    rows = []
    for item in arrow.items:
        verdict = said.get(item.item)
        word = decided.get(item.item) or (_VERDICTS[verdict.verdict] if verdict else "認めない")
        rows.append([item.ja, word, verdict.reason if verdict else ""])
    names = {each.computer: each.label_ja for each in dossier.chart.computers}
    ends = f"{names[arrow.source]} → {names[arrow.target]}"
    caption = f"{arrow.badge}  {arrow.label_ja}: {ends}({arrow.legal_basis})"
    return sheet(caption, [4, 1, 4], ["項目", "判断", "理由"], rows)


def _hangs_on(condition: Condition, dossier: Dossier) -> str:
    """What a condition hangs on: the whole, an arrow by its badge and name, or an item of one."""
    connection, _, named = condition.hangs_on.partition("/")
    arrow = dossier.chart.connection_named(connection)
    if arrow is None:
        return condition.hangs_on or "諮問全体"
    item = next((f"「{each.ja}」" for each in arrow.items if each.item == named), "")
    return f"{arrow.badge}  {arrow.label_ja}{item}"


def _conditions(facts: LetterFacts, dossier: Dossier) -> dict[str, Any]:
    """Who owes what until when, what it hangs on, what proves it, and who checks it."""
    rows = [
        [
            each.condition,
            each.text,
            _hangs_on(each, dossier),
            facts.name_of(each.owner),
            write_wareki(each.due),
            facts.name_of(each.verifier),
        ]
        for each in facts.conditions
    ]
    return sheet("", [2, 6, 3, 2, 3, 2], ["番号", "条件", "対象", "担当", "期限", "確認者"], rows)


def _told(facts: LetterFacts) -> tuple[ItemVerdict, ...]:
    """The verdicts; what members gave as their reason is not for the public."""
    return tuple(replace(each, reason="") for each in facts.verdicts) if facts.for_public else facts.verdicts


def _parts(decision: Decision, dossier: Dossier, facts: LetterFacts) -> Iterator[dict[str, Any]]:
    """The numbered parts of the letter."""
    tally = decision.tally
    counts = f"賛成 {tally.in_favour}、反対 {tally.against}、棄権 {tally.abstained}"
    yield {"title": "結果", "lines": [f"{RESULTS[decision.result]}({counts})"], "tables": []}
    sheets = [_items(decision, dossier, arrow, _told(facts)) for arrow in dossier.chart.under_review()]
    yield {"title": "結合と項目ごとの判断", "lines": [_MASKED] if decision.masked else [], "tables": sheets}
    if facts.conditions:
        yield {"title": "条件", "lines": [], "tables": [_conditions(facts, dossier)]}
    for trade in () if facts.for_public else decision.trade_offs:
        line = f"{trade.about}: 「{trade.prevailed}」を「{trade.yielded}」より重く見た。{trade.why}"
        yield {"title": "比較考量", "lines": [line], "tables": []}
    digests = [["諮問書", f"第{decision.version}版", decision.dossier_digest]]
    digests += [
        ["承認された内容", f"{each.connection}({each.not_before[:10]}から)", digest_of(each)]
        for each in facts.specifications
    ]
    digests += [["この答申", "", digest_of_decision(decision)]]
    digests += [["署名する文面", "", facts.signed_digest]] if facts.signed_digest else []
    yield {
        "title": "対象の特定(SHA-256)",
        "lines": [],
        "tables": [sheet("", [2, 2, 7], ["対象", "版", "指紋"], digests)],
    }
    signed = [[role, facts.name_of(each.signer), each.key, each.value] for role, each in facts.signatures]
    header = ["役割", "署名者", "鍵", "署名"]
    yield {"title": "署名", "lines": [], "tables": [sheet("", [2, 2, 3, 6], header, signed)]}


def _breakable(text: str) -> str:
    """A long line of hexadecimal figures may break after each eight of them."""
    whole = len(text) > 2 * 16 and all(letter in "0123456789abcdef" for letter in text)
    return "\u200b".join(text[start : start + 8] for start in range(0, len(text), 8)) if whole else text


def with_breaks(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts with figures that can break."""
    return [
        {
            **part,
            "tables": [
                {**each, "rows": [[_breakable(cell) for cell in row] for row in each["rows"]]}
                for each in part["tables"]
            ],
        }
        for part in parts
    ]


def letter_data(decision: Decision, dossier: Dossier, facts: LetterFacts, *, draft: bool = False) -> dict[str, Any]:
    """What the letter says, as the screen shows it and as the PDF prints it; a draft bears fewer than two signatures.

    Raises:
        Refused: Dossier, decision, conditions and signatures do not belong together; with every reason.

    """
    _check(decision, dossier, facts, draft=draft)
    day = date.fromisoformat(decision.decided_on)
    numbered = decision.consultation.isdecimal()
    number = f"諮問第{decision.consultation}号" if numbered else "意見の求め"
    return {
        "title": f"{number} 答申書",
        "author": facts.council,
        "footer": f"{number} {facts.number}",
        "number": facts.number,
        "day": write_wareki(day),
        "addressee": f"{facts.addressee} 様",
        "council": facts.council,
        "chair": "会長",
        "heading": f"{dossier.title_ja}(答申)",
        "sentence": f"{number}について、当審議会は{write_wareki(day)}に審議し、次のとおり答申します。",
        "parts": with_breaks(_parts(decision, dossier, facts)),
        "draft": "案（署名がそろっていません）" if draft else "",
    }


def letter_pdf(decision: Decision, dossier: Dossier, facts: LetterFacts, *, draft: bool = False) -> bytes:
    """The decision letter as PDF.

    Raises:
        Refused: Dossier, decision, conditions and signatures do not belong together; with every reason.

    """
    data = letter_data(decision, dossier, facts, draft=draft)
    return typeset("letter", data, date.fromisoformat(decision.decided_on))
