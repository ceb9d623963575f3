"""The agency's own decision after an opinion: when it departs, and what it needs then."""

from dataclasses import replace

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    ACT_OF_2023,
    ORDINANCE,
    REGIMES,
    SIGNATORIES_BY,
    Decider,
    Decision,
    InternalOutcome,
    decider_of,
    departs_from,
    digest_of_internal,
    make_internal_decision,
)
from tests.unit.kernel.council_sitting import CARRIED

OPENS, DECLINES = InternalOutcome.OPENS, InternalOutcome.DECLINES
OPINION = Decision(
    consultation="62",
    version=2,
    dossier_digest="0" * 64,
    regime="act_2023",
    result="opinion_no_objection",
    decided_on="2026-11-24",
    kept={},
    conditions=(),
    trade_offs=(),
    tally=CARRIED,
)


@pytest.mark.parametrize(
    ("opinion", "outcome", "departs"),
    [
        ("opinion_no_objection", OPENS, False),
        ("opinion_no_objection", DECLINES, True),
        ("opinion_with_conditions", OPENS, False),
        ("opinion_with_conditions", DECLINES, True),
        ("opinion_objection", OPENS, True),
        ("opinion_objection", DECLINES, False),
    ],
)
def test_a_decision_that_departs_needs_a_reason_and_one_that_follows_needs_none(
    opinion: str, outcome: InternalOutcome, *, departs: bool
) -> None:
    said = replace(OPINION, result=opinion)
    assert departs_from(opinion, outcome) is departs
    made = make_internal_decision(said, "f" * 64, outcome, reason="急ぐため", decided_on="2026-11-24")
    assert (made.departs, made.opinion, made.letter) == (departs, opinion, "f" * 64)
    if not departs:
        assert make_internal_decision(said, "f" * 64, outcome, reason="", decided_on="2026-11-24").reason == ""
        return
    with pytest.raises(Refused) as refusal:
        make_internal_decision(said, "f" * 64, outcome, reason=" ", decided_on="2026-11-24")
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.DOSSIER_INCOMPLETE]


@pytest.mark.parametrize(
    ("regime", "day"), [("ordinance", "2026-11-24"), ("elsewhere", "2026-11-24"), ("act_2023", "2026-11-23")]
)
def test_the_agency_decides_only_where_the_decision_is_its_own_and_never_before_the_opinion(
    regime: str, day: str
) -> None:
    with pytest.raises(Refused) as refusal:
        make_internal_decision(replace(OPINION, regime=regime), "f" * 64, OPENS, reason="", decided_on=day)
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.NOT_ALLOWED]


def test_who_decides_and_which_two_sign_is_said_for_every_regime() -> None:
    assert {decider_of(replace(OPINION, regime=each)) for each in REGIMES} <= set(SIGNATORIES_BY)
    assert set(SIGNATORIES_BY) == set(Decider)
    assert all(len(set(pair)) == 2 for pair in SIGNATORIES_BY.values())
    assert ORDINANCE.results.isdisjoint(ACT_OF_2023.results - {"continued", "returned"})


def test_what_is_signed_changes_with_every_field() -> None:
    made = make_internal_decision(OPINION, "f" * 64, OPENS, reason="", decided_on="2026-11-24")
    others = [
        replace(made, outcome=DECLINES),
        replace(made, letter="e" * 64),
        replace(made, reason="別の理由"),
        replace(made, decided_on="2026-11-25"),
    ]
    assert len({digest_of_internal(each) for each in (made, *others)}) == 5
