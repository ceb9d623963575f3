"""The agency's decision as PDF: opinion, decision, reason where it departs, signatures; to the public without names."""

from dataclasses import replace

import pytest

from sekisho.adapters.documents import InternalFacts, internal_pdf, text_of
from sekisho.kernel import ReasonCode, Refused, Signature
from sekisho.kernel.council import InternalDecision, InternalOutcome, digest_of_internal

DECISION = InternalDecision(
    consultation="64",
    version=2,
    letter="ab" * 32,
    opinion="opinion_objection",
    outcome=InternalOutcome.OPENS,
    departs=True,
    reason="紙では間違えるため\n一年後に見直す",
    decided_on="2026-11-24",
)
MANAGER = ("個人情報保護管理者", Signature(signer="nabekanmuri", key="key-manager", value="1f" * 64))
SYSTEMS = ("情報システム課", Signature(signer="glover", key="key-systems", value="2e" * 64))
FACTS = InternalFacts(
    agency="長崎市長",
    council="長崎市個人情報保護審議会",
    title="登記所との通知のやりとり",
    digest=digest_of_internal(DECISION),
    signatures=(MANAGER, SYSTEMS),
    names={"nabekanmuri": "鍋冠 律", "glover": "南山手 翼"},
)


def said(decision: InternalDecision = DECISION, facts: InternalFacts = FACTS, *, draft: bool = False) -> str:
    """What the document says, without spaces and the places where a long figure may break."""
    pdf = internal_pdf(decision, facts, draft=draft)
    return "".join("".join(text_of(pdf)).replace("\u200b", "").split())


def test_it_says_opinion_decision_reason_digests_and_who_signed() -> None:
    text = said()
    for words in (
        "諮問第64号（第2版）",
        "令和8年11月24日",
        "長崎市長",
        "登記所との通知のやりとり(決裁)",
        "第66条・第129条",
        "異議あり",
        "実施する",
        "意見と異なる決裁とした理由",
        "紙では間違えるため",
        "一年後に見直す",
        "ab" * 32,
        FACTS.digest,
        "鍋冠律",
        "南山手翼",
        "2e" * 64,
    ):
        assert words in text, words
    assert "案（" not in text
    assert internal_pdf(DECISION, FACTS) == internal_pdf(DECISION, FACTS)


def test_where_it_does_as_the_council_said_there_is_no_reason() -> None:
    same = replace(DECISION, opinion="opinion_no_objection", departs=False, reason="")
    text = said(same, replace(FACTS, digest=digest_of_internal(same)))
    assert "異議なし" in text
    assert "理由" not in text


def test_a_draft_says_so_and_to_the_public_nobody_is_named() -> None:
    assert "案（署名がそろっていません）" in said(facts=replace(FACTS, signatures=(MANAGER,)), draft=True)
    public = said(facts=replace(FACTS, for_public=True))
    assert "公表しません" in public
    assert not any(name in public for name in ("鍋冠", "南山手", "nabekanmuri", "glover"))


def test_what_is_declined_takes_one_signature() -> None:
    no = replace(DECISION, outcome=InternalOutcome.DECLINES, opinion="opinion_no_objection")
    text = said(no, replace(FACTS, digest=digest_of_internal(no), signatures=(MANAGER,)))
    assert "実施しない" in text
    assert "案（" not in text


@pytest.mark.parametrize(
    ("facts", "draft", "code"),
    [
        (replace(FACTS, digest="0" * 64), False, ReasonCode.DIGEST_DIFFERS),
        (replace(FACTS, signatures=(MANAGER,)), False, ReasonCode.INPUT_NOT_UNDERSTOOD),
        (replace(FACTS, signatures=(MANAGER, MANAGER)), False, ReasonCode.INPUT_NOT_UNDERSTOOD),
        (FACTS, True, ReasonCode.INPUT_NOT_UNDERSTOOD),
    ],
)
def test_a_document_of_another_decision_or_with_too_few_signatures_is_not_made(
    facts: InternalFacts, draft: bool, code: ReasonCode
) -> None:
    with pytest.raises(Refused) as refusal:
        internal_pdf(DECISION, facts, draft=draft)
    assert {reason.code for reason in refusal.value.reasons} == {code}
