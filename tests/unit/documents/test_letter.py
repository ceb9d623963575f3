"""The decision letter as PDF: what the council decided, and nothing that was not decided or signed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sekisho.adapters.documents import LetterFacts, letter_pdf, text_of
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import ReasonCode, Refused, Signature, digest_of
from sekisho.kernel.council import (
    ORDINANCE,
    USUAL_RULE,
    Condition,
    ConditionKind,
    Decision,
    Deliberated,
    Dossier,
    ItemVerdict,
    ProofKind,
    Tally,
    TradeOff,
    Verdict,
    digest_of_decision,
    digest_of_dossier,
    make_decision,
)
from tests.unit.kernel.council_story import DOSSIER

VERDICTS = (
    ItemVerdict(connection="down", item="owner_name", verdict=Verdict.KEEP),
    ItemVerdict(connection="down", item="lot_number", verdict=Verdict.MASK, reason="番地までは要らない"),
)
PROOF = Condition(
    condition="56-C1",
    consultation="56",
    hangs_on="down",
    text="業者の削除証明書を提出する",
    kind=ConditionKind.BLOCKS_START,
    proof=ProofKind.CERTIFICATE,
    owner="urakami",
    verifier="kazagashira",
    due=date(2020, 3, 31),
)
TRADE = TradeOff(about="down", prevailed="安全", yielded="手間", why="紛失を減らす", review_on="2020-11-19")
CARRIED = Tally(item="56", in_favour=3, against=1, abstained=0, carried=True, casting=False, rule=USUAL_RULE.rule)
DECISION: Decision = make_decision(
    DOSSIER,
    ORDINANCE,
    Deliberated(verdicts=VERDICTS, trade_offs=(TRADE,), conditions=("56-C1",)),
    voted=("approved_with_conditions", CARRIED),
    decided_on="2019-11-19",
)
CHAIR = ("会長", Signature(signer="akebono", key="key-chair", value="1f" * 64))
OFFICE = ("事務局", Signature(signer="kazagashira", key="key-office", value="2e" * 64))
SPECIFICATION = replace(
    read_dossier(shipped_dossier()).approved[0].specification, connection="down", items=("owner_name",)
)
FACTS = LetterFacts(
    number="長個審第12号",
    addressee="長崎市長",
    council="長崎市個人情報保護審議会",
    verdicts=VERDICTS,
    conditions=(PROOF,),
    specifications=(SPECIFICATION,),
    signatures=(CHAIR, OFFICE),
)


def said(decision: Decision = DECISION, dossier: Dossier = DOSSIER, facts: LetterFacts = FACTS) -> str:
    """What the letter says, without spaces and the places where a long figure may break."""
    return "".join("".join(text_of(letter_pdf(decision, dossier, facts))).replace("\u200b", "").split())


SAID = said()


@pytest.mark.parametrize(
    "text",
    [
        "長個審第12号",
        "令和元年11月19日",
        "長崎市長様",
        "長崎市個人情報保護審議会",
        "諮問第56号",
        "登記所との通知のオンライン化",
        "条件付き承認(賛成3、反対1、棄権0)",
        "端末",
        "→",
        "地方税法第382条",
        "氏名認める",
        "地番伏せる番地までは要らない",
        "「伏せる」とした項目は、欄を残したまま渡し、その値は関所が伏せます。値は外に出ません。",
        "業者の削除証明書を提出する",
        "令和2年3月31日",
        "「安全」を「手間」より重く見た",
        digest_of_dossier(DOSSIER),
        digest_of_decision(DECISION),
        digest_of(SPECIFICATION),
        "1f" * 64,
        "2e" * 64,
        "会長akebonokey-chair",
        "事務局kazagashirakey-office",
    ],
)
def test_the_letter_says_what_was_decided(text: str) -> None:
    assert text in SAID


def test_an_item_without_a_kept_verdict_is_never_said_to_be_approved() -> None:
    bare = replace(FACTS, verdicts=(), specifications=())
    assert "氏名認めない" in said(replace(DECISION, kept={"down": ()}), facts=bare)
    dropped = replace(VERDICTS[1], verdict=Verdict.DROP, reason="不要")
    facts = replace(FACTS, verdicts=(VERDICTS[0], dropped))
    told = said(replace(DECISION, masked={}), facts=facts)
    assert "地番除く不要" in told
    assert "値は関所が伏せます" not in told
    assert "地番伏せる不要" in said(facts=facts), "what was signed counts, not what a row says now"


def test_a_letter_without_conditions_has_no_such_part() -> None:
    plain = replace(DECISION, conditions=(), result="approved", trade_offs=())
    text = said(plain, facts=replace(FACTS, conditions=()))
    assert "承認(賛成3" in text
    assert "3条件" not in text
    assert "比較考量" not in text


def test_the_same_decision_gives_the_same_bytes() -> None:
    assert letter_pdf(DECISION, DOSSIER, FACTS) == letter_pdf(DECISION, DOSSIER, FACTS)
    assert letter_pdf(DECISION, DOSSIER, FACTS) != letter_pdf(
        DECISION, DOSSIER, replace(FACTS, specifications=(replace(SPECIFICATION, as_of="2019-11-20"),))
    )


def with_specification(**more: Any) -> LetterFacts:
    """The facts with another specification."""
    return replace(FACTS, specifications=(replace(SPECIFICATION, **more),))


SAME_PERSON = (CHAIR, ("事務局", replace(OFFICE[1], signer="akebono")))
SAME_KEY = (CHAIR, ("事務局", replace(OFFICE[1], key="key-chair")))


@pytest.mark.parametrize(
    ("dossier", "facts", "where"),
    [
        (replace(DOSSIER, title_ja="別の題"), FACTS, "dossier"),
        (DOSSIER, replace(FACTS, signatures=(CHAIR,)), "signatures"),
        (DOSSIER, replace(FACTS, signatures=(CHAIR, OFFICE, CHAIR)), "signatures"),
        (DOSSIER, replace(FACTS, signatures=SAME_PERSON), "signatures"),
        (DOSSIER, replace(FACTS, signatures=SAME_KEY), "signatures"),
        (DOSSIER, with_specification(items=("owner_name", "lot_number")), "specification"),
        (DOSSIER, with_specification(connection="up"), "specification"),
        (DOSSIER, with_specification(consultation="57"), "specification"),
        (DOSSIER, replace(FACTS, conditions=()), "conditions"),
        (DOSSIER, replace(FACTS, conditions=(replace(PROOF, condition="56-C2"),)), "conditions"),
    ],
)
def test_what_does_not_belong_together_is_no_letter(dossier: Dossier, facts: LetterFacts, where: str) -> None:
    with pytest.raises(Refused) as refusal:
        letter_pdf(DECISION, dossier, facts)
    [reason] = refusal.value.reasons
    assert (reason.code, reason.facts["where"]) == (ReasonCode.INPUT_NOT_UNDERSTOOD, where)


def test_a_decision_that_makes_no_permits_names_no_specification() -> None:
    rejected = replace(DECISION, result="rejected")
    with pytest.raises(Refused) as refusal:
        letter_pdf(rejected, DOSSIER, FACTS)
    assert [each.facts["where"] for each in refusal.value.reasons] == ["specification"]
    assert "不承認" in said(rejected, facts=replace(FACTS, specifications=()))


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        letter_pdf(DECISION, replace(DOSSIER, title_ja="x"), replace(FACTS, conditions=(), signatures=()))
    assert [each.facts["where"] for each in refusal.value.reasons] == ["dossier", "signatures", "conditions"]
