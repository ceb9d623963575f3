"""A dossier is read strictly: what is missing, unknown, or from nowhere is refused with its place."""

import pytest

from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.kernel import Direction, ReasonCode, Refused

TEXT = shipped_dossier("59")


def told(text: str) -> str:
    """What the refusal of a dossier tells."""
    with pytest.raises(Refused) as refusal:
        read_dossier(text)
    return " | ".join(f"{reason.code}: {dict(reason.facts)}" for reason in refusal.value.reasons)


@pytest.mark.parametrize("consultation", SHIPPED)
def test_every_shipped_dossier_is_read_and_is_of_nagasaki(consultation: str) -> None:
    dossier = read_dossier(shipped_dossier(consultation))
    assert dossier.papers.dossier.tenant == "422011"
    assert dossier.consultation["consultation"] == dossier.papers.dossier.consultation == consultation
    assert dossier.papers.sources.said
    assert dossier.papers.dossier.assumed == dossier.papers.sources.assumed


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("issuers: [chair, mayor_seal]", "issuers: [chair, mayor_seal]\nsurprise: 1", "surprise"),
        ("fee_payer: 県下の自治体", 'fee_payer: ""', "annex.networks[security_cloud]"),
        ("    - {network: security_cloud, fee_payer", "    - {network: elsewhere, fee_payer", "security_cloud"),
        ("owner: シフトセブンコンサルティング(福岡)", 'owner: ""', "donation_manager"),
        ("purpose: 寄附データを一括して管理する", 'purpose: ""', "donations-to-s1"),
        ("feasibility: done}", "feasibility: perhaps}", "perhaps"),
        ("kind: recurring, proof", "kind: report_only, proof", "every_days"),
        ("verifier: glover", "verifier: hamaguchi", "duties_not_separate"),
        ("already_in_use_since: 不明(使用していたと報告)", "", "already_in_use_since"),
        (
            "  - connection: response-history-to-s1\n    purpose",
            "  - connection: portal-link-s1\n    purpose",
            "portal",
        ),
        ("  purpose: 質疑6", "  purpose: 質疑33", "質疑33"),
        ("  purpose: 質疑6", "  purpose: だれかの話", "だれかの話"),
        ('"annex.notes[in_use].text": 審議3', '"annex.notes[nobody].text": 審議3', "annex.notes[nobody].text"),
        ("  planned_changes: 質疑4", "  planned_changes: 質疑4\n  planned_changes: 質疑6", "stands twice"),
        ("shared_with: []", "shared_with: [別の事務]", "shared_with"),
        ("custodians: [kosuge]", "custodians: [tateyama]", "custodians"),
        ("task: ポータルサイト(寄附受付システム)の運用", "tasks: x", "tasks"),
        ("kind: no_path", "kind: hearsay", "hearsay"),
        ("on: staff_terminal/dedicated_terminal", "on: staff_terminal/internet_access_server", "not_joined"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, what: str) -> None:
    assert old in TEXT
    assert what in told(TEXT.replace(old, new, 1))


def test_every_missing_answer_is_told_at_once() -> None:
    told_of = told(TEXT.replace("fee_payer: 県下の自治体", 'fee_payer: ""').replace("carrier: 不明", 'carrier: ""'))
    assert told_of.count(str(ReasonCode.DOSSIER_INCOMPLETE)) == 4


def test_what_no_minute_says_is_assumed_and_what_one_says_is_not() -> None:
    sources = read_dossier(TEXT).papers.sources
    assert sources.said["annex.computers[donation_manager].maker"] == "質疑18"
    assert "annex.computers[donation_manager].maker" not in sources.assumed
    assert "annex.computers[donation_manager].lock" in sources.assumed
    assert "sheets[donations-down].operators[tateyama]" in sources.assumed
    assert not set(sources.said) & set(sources.assumed)


def test_an_arrow_says_for_itself_what_differs_from_the_rest() -> None:
    terms = {each.permit: each.specification for each in read_dossier(TEXT).approved}
    assert (terms["R1-59-01"].counterpart, terms["R1-59-02"].counterpart) == ("donation_portal", "donation_manager")
    assert (terms["R1-59-02"].records_at_most, terms["R1-59-03"].records_at_most) == (5000, 100)
    assert terms["R1-59-01"].direction == Direction.INWARD


def test_an_item_says_its_own_law_and_alternative_or_takes_the_usual() -> None:
    sheet = read_dossier(shipped_dossier("60")).papers.dossier.sheet_of("one-stop-to-s2")
    assert sheet is not None
    uses = {each.item: each for each in sheet.items}
    assert uses["individual_number"].individual_number
    assert uses["individual_number"].legal_basis.startswith("番号法")
    assert (uses["donor_name"].legal_basis, uses["donor_name"].individual_number) == ("地方税法附則第7条", False)
