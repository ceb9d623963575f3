"""The decision letter, its terms, and what a frozen dossier reads back as."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest

from sekisho.kernel import Carriage, ReasonCode, Refused
from sekisho.kernel.council import (
    REGIMES,
    USUAL_RULE,
    Condition,
    ConditionKind,
    Decision,
    Dossier,
    ExemptionClaim,
    PermitTerms,
    ProofKind,
    Tally,
    digest_of_dossier,
    dossier_from_data,
    dossier_to_data,
    gated_arrows,
    missing_terms,
    rule_from_data,
    rule_to_data,
    specification_for,
    terms_to_data,
    write_letter,
)
from tests.unit.kernel.council_story import DOSSIER, DOWN, with_arrow

TERMS = PermitTerms(
    connection="down",
    counterpart="platform",
    terminals=("terminal-1",),
    layouts=("registry_notice",),
    types=("text/csv",),
    bytes_at_most=1000,
    records_at_most=10,
    parcels_a_day=2,
    erase_within_hours=24,
    not_before="2019-11-01T00:00:00+09:00",
    not_after="2035-04-01T00:00:00+09:00",
)
DECISION = Decision(
    consultation="56",
    version=1,
    dossier_digest=digest_of_dossier(DOSSIER),
    regime="ordinance",
    result="approved",
    decided_on="2019-11-19",
    kept={"down": ("lot_number",)},
    conditions=(),
    trade_offs=(),
    tally=Tally(item="56", in_favour=3, against=0, abstained=0, carried=True, casting=False, rule="usual"),
)
CONDITION = Condition(
    condition="56-c1",
    consultation="56",
    hangs_on="down",
    text="写真",
    kind=ConditionKind.BLOCKS_START,
    proof=ProofKind.PHOTO,
    owner="a",
    verifier="b",
    due=date(2019, 12, 1),
)


def test_a_frozen_dossier_reads_back_as_it_was() -> None:
    assert dossier_from_data(dossier_to_data(DOSSIER)) == DOSSIER


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": 1},
        {"version": "1"},
        {"version": True},
        {"unknown": "x"},
        {"sheets": [{}]},
        {"exemption": {"article": "x"}},
    ],
)
def test_a_dossier_with_a_field_of_another_kind_is_refused(change: dict[str, object]) -> None:
    kinds = {"purpose": "str", "version": "int", "unknown": "Dossier", "sheets": "ConnectionSheet"}
    with pytest.raises(Refused) as refusal:
        dossier_from_data({**dossier_to_data(DOSSIER), **change})
    assert [(each.code, dict(each.facts)) for each in refusal.value.reasons] == [
        (
            ReasonCode.INPUT_NOT_UNDERSTOOD,
            {"where": "dossier", "what": f"TypeError: not a {kinds.get(next(iter(change)), 'ExemptionClaim')}"},
        )
    ]


def test_a_claimed_exemption_reads_back_and_so_does_none() -> None:
    claim = ExemptionClaim(article="法第69条", quotation="法令に基づく場合", claimed_by="inasa")
    claimed = replace(DOSSIER, exemption=claim)
    assert dossier_from_data(dossier_to_data(claimed)) == claimed
    assert dossier_from_data(dossier_to_data(DOSSIER)).exemption is None


def test_only_what_crosses_by_the_gate_needs_terms() -> None:
    assert [each.connection for each in gated_arrows(DOSSIER)] == ["down"]
    paper = with_arrow(replace(DOWN, carriage=Carriage.PAPER))
    assert gated_arrows(paper) == ()
    assert missing_terms(paper, ()) == ()


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        ((TERMS,), []),
        ((), [("down", "terms")]),
        ((replace(TERMS, terminals=(), parcels_a_day=0),), [("down", "terminals"), ("down", "parcels_a_day")]),
        ((TERMS, replace(TERMS, connection="up")), [("up", "chart")]),
    ],
)
def test_each_missing_term_is_named(terms: tuple[PermitTerms, ...], named: list[tuple[str, str]]) -> None:
    assert [(each.facts["place"], each.facts["what"]) for each in missing_terms(DOSSIER, terms)] == named


def test_a_permit_says_what_was_kept_and_never_opens_before_the_decision() -> None:
    said = specification_for(DOSSIER, DECISION, TERMS)
    assert (said.items, said.persons, said.route) == (("lot_number",), ("urakami",), ("bureau", "city"))
    assert said.not_before == "2019-11-19T00:00:00+09:00"
    later = replace(TERMS, not_before="2020-01-01T00:00:00+09:00")
    assert specification_for(DOSSIER, DECISION, later).not_before == later.not_before


def test_every_field_of_a_permit_comes_from_its_dossier_its_decision_or_its_terms() -> None:
    terms = replace(TERMS, strip_unapproved=True, assessment="land-ledger", factors=("passkey",))
    said, arrow = specification_for(DOSSIER, DECISION, terms), DOSSIER.chart.connection_named("down")
    assert arrow is not None
    own = {"connection", "not_before", "number_columns"}
    for field in fields(PermitTerms):
        if field.name not in own:
            assert getattr(said, field.name) == getattr(terms, field.name), field.name
    for name in ("tenant", "consultation", "agency", "department"):
        assert getattr(said, name) == getattr(DOSSIER, name)
    assert (said.connection, said.direction, said.as_of) == ("down", str(arrow.direction), "2019-11-19")
    assert said.legal_basis == f"{REGIMES['ordinance'].legal_basis} / {arrow.legal_basis}"


def test_what_is_signed_is_named_and_every_condition_in_it_is_open() -> None:
    letter = json.loads(write_letter(DECISION, (TERMS,), (replace(CONDITION, state="verified"),)))
    assert set(letter) == {"decision", "terms", "conditions"}
    assert [each["connection"] for each in letter["terms"]] == ["down"]
    assert [(each["condition"], each["due"], each["state"]) for each in letter["conditions"]] == [
        ("56-c1", "2019-12-01", "open")
    ]


def test_the_later_of_two_moments_is_found_by_the_clock_and_not_by_its_writing() -> None:
    early = replace(TERMS, not_before="2019-11-18T16:00:00+00:00")  # an hour after the decision's midnight in Japan
    assert specification_for(DOSSIER, DECISION, early).not_before == early.not_before


def test_an_arrow_without_a_sheet_and_a_sheet_without_an_arrow_become_no_permit() -> None:
    bare = replace(DOSSIER, chart=replace(DOSSIER.chart, connections=()))
    for dossier in (replace(DOSSIER, sheets=()), bare):
        with pytest.raises(Refused) as refusal:
            specification_for(dossier, DECISION, TERMS)
        assert [(each.code, dict(each.facts)) for each in refusal.value.reasons] == [
            (ReasonCode.NO_PERMIT, {"connection": "down"})
        ]


@pytest.mark.parametrize(
    "change", [{"result": "rejected"}, {"result": "opinion_given"}, {"kept": {}}, {"kept": {"down": ()}}]
)
def test_what_was_not_approved_becomes_no_permit(change: dict[str, object]) -> None:
    with pytest.raises(Refused) as refusal:
        specification_for(DOSSIER, replace(DECISION, **change), TERMS)  # type: ignore[arg-type]  # a table of changes
    assert refusal.value.reasons[0].code is ReasonCode.NO_PERMIT


def numbered(dossier: Dossier = DOSSIER) -> Dossier:
    """The dossier with an Individual Number on the sheet of its arrow."""
    sheet = dossier.sheet_of("down")
    assert sheet is not None
    uses = tuple(replace(each, individual_number=each.item == "lot_number") for each in sheet.items)
    return replace(dossier, sheets=(replace(sheet, items=uses),))


def test_where_individual_numbers_travel_their_columns_are_a_term_that_must_be_there() -> None:
    named = [(each.facts["place"], each.facts["what"]) for each in missing_terms(numbered(), (TERMS,))]
    assert ("down", "number_columns") in named
    assert missing_terms(DOSSIER, (TERMS,)) == ()


def test_the_columns_are_approved_only_with_the_number_itself() -> None:
    terms = replace(TERMS, number_columns=("payee_number",))
    assert specification_for(numbered(), DECISION, terms).number_columns == ("payee_number",)
    others = replace(DECISION, kept={"down": ("owner_name",)})
    assert specification_for(numbered(), others, terms).number_columns == ()
    assert specification_for(DOSSIER, DECISION, terms).number_columns == ()


def test_terms_and_dossiers_of_before_are_written_as_they_were() -> None:
    assert "number_columns" not in terms_to_data(TERMS)
    assert "written_as" not in json.dumps(dossier_to_data(DOSSIER))
    arrow = DOSSIER.chart.connections[0]
    written = replace(arrow, items=(replace(arrow.items[0], written_as=("column",)), *arrow.items[1:]))
    again = replace(DOSSIER, chart=replace(DOSSIER.chart, connections=(written, *DOSSIER.chart.connections[1:])))
    assert dossier_from_data(dossier_to_data(again)) == again
    assert digest_of_dossier(again) != digest_of_dossier(DOSSIER)


def test_every_term_condition_and_word_of_the_decision_changes_the_letter() -> None:
    letter = write_letter(DECISION, (TERMS,), (CONDITION,))
    assert json.loads(letter)["decision"]["dossier_digest"] == digest_of_dossier(DOSSIER)
    others = {
        write_letter(replace(DECISION, kept={"down": ("lot_number", "owner_name")}), (TERMS,), (CONDITION,)),
        write_letter(DECISION, (replace(TERMS, terminals=("terminal-2",)),), (CONDITION,)),
        write_letter(DECISION, (TERMS,), (replace(CONDITION, due=date(2020, 1, 1)),)),
        write_letter(DECISION, (TERMS,), ()),
    }
    assert len(others | {letter}) == 5
    assert write_letter(DECISION, (TERMS,), (replace(CONDITION, state="verified"),)) == letter


def test_a_meeting_keeps_the_rule_by_which_it_sat() -> None:
    assert rule_from_data(json.loads(json.dumps(rule_to_data(USUAL_RULE)))) == USUAL_RULE
