"""What a council may decide, on what conditions, and what an open condition does to the permit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    ACT_OF_2023,
    ASSESSMENT_CHECK,
    ORDINANCE,
    REGIMES,
    Condition,
    ConditionKind,
    Decider,
    Deliberated,
    Dossier,
    ProofKind,
    Question,
    Regime,
    TradeOff,
    decider_of,
    digest_of_decision,
    digest_of_dossier,
    holds_on,
    impossible,
    is_overdue,
    letter_bytes,
    make_condition,
    make_decision,
    next_due,
    possible_results,
    reasons_to_stop,
    to_report,
)
from tests.unit.kernel.council_sitting import CARRIED, DAY, KEPT, codes
from tests.unit.kernel.council_story import DOSSIER


@pytest.mark.parametrize(
    ("regime", "day", "holds"),
    [
        (ORDINANCE, "2023-03-31", True),
        (ORDINANCE, "2023-04-01", False),
        (ORDINANCE, "2004-03-31", False),
        (ACT_OF_2023, "2023-03-31", False),
        (ACT_OF_2023, "2023-04-01", True),
        (ASSESSMENT_CHECK, "2099-01-01", True),
    ],
)
def test_a_procedure_holds_between_its_dates(regime: Regime, day: str, holds: bool) -> None:
    assert holds_on(regime, day) is holds
    assert REGIMES[regime.regime] is regime


def test_a_decision_names_what_it_decides_and_its_letter_changes_with_every_word() -> None:
    trade = TradeOff(about="down", prevailed="安全", yielded="手間", why="紛失を減らす", review_on="2020-11-19")
    said = Deliberated(verdicts=KEPT, trade_offs=(trade,))
    decision = make_decision(DOSSIER, ORDINANCE, said, voted=("approved", CARRIED), decided_on=DAY)
    assert decision.dossier_digest == digest_of_dossier(DOSSIER)
    assert decision.kept == {"down": ("owner_name", "lot_number")}
    assert decision.makes_permits
    assert (decision.consultation, decision.version, decision.regime) == ("56", 1, "ordinance")
    assert (decision.decided_on, decision.conditions, decision.trade_offs) == (DAY, (), (trade,))
    assert decision.tally == CARRIED
    assert letter_bytes(decision).startswith(b'{"conditions":[],"consultation":"56","decided_on":"2019-11-19",')
    assert digest_of_decision(decision) != digest_of_decision(replace(decision, decided_on="2019-11-20"))


ASKED = Question(question="Q1", asked_by="akebono", version=1, about="x", text="x")
IN_USE = replace(DOSSIER, already_in_use_since="2015-04-01")


@pytest.mark.parametrize(
    ("dossier", "regime", "result", "said", "code"),
    [
        (DOSSIER, ORDINANCE, "approved", Deliberated(), ReasonCode.VERDICT_MISSING),
        (DOSSIER, ORDINANCE, "approved", Deliberated(verdicts=KEPT, questions=(ASKED,)), ReasonCode.QUESTION_OPEN),
        (DOSSIER, ORDINANCE, "approved", Deliberated(verdicts=KEPT, conditions=("C1",)), ReasonCode.NOT_ALLOWED),
        (DOSSIER, ORDINANCE, "approved_with_conditions", Deliberated(verdicts=KEPT), ReasonCode.NOT_ALLOWED),
        (DOSSIER, ORDINANCE, "ratified", Deliberated(verdicts=KEPT), ReasonCode.NOT_ALLOWED),
        (DOSSIER, ORDINANCE, "opinion_given", Deliberated(), ReasonCode.NOT_ALLOWED),
        (DOSSIER, ACT_OF_2023, "approved", Deliberated(verdicts=KEPT), ReasonCode.NOT_ALLOWED),
        (IN_USE, ORDINANCE, "approved", Deliberated(verdicts=KEPT), ReasonCode.NOT_ALLOWED),
        (
            IN_USE,
            ORDINANCE,
            "approved_with_conditions",
            Deliberated(verdicts=KEPT, conditions=("C",)),
            ReasonCode.NOT_ALLOWED,
        ),
    ],
)
def test_what_cannot_be_decided_is_refused(
    dossier: object, regime: Regime, result: str, said: Deliberated, code: ReasonCode
) -> None:
    with pytest.raises(Refused) as refusal:
        make_decision(dossier, regime, said, voted=(result, CARRIED), decided_on=DAY)  # type: ignore[arg-type]
    assert set(codes(refusal.value)) == {code}


def test_what_was_in_use_before_is_ratified_and_never_plainly_approved() -> None:
    said = Deliberated(verdicts=KEPT)
    decision = make_decision(IN_USE, ORDINANCE, said, voted=("ratified", CARRIED), decided_on=DAY)
    assert decision.makes_permits
    opinion = make_decision(IN_USE, ASSESSMENT_CHECK, said, voted=("opinion_given", CARRIED), decided_on=DAY)
    assert opinion.makes_permits, "its permits wait until the assessment is in force"
    later = "2023-05-01"
    advice = make_decision(IN_USE, ACT_OF_2023, said, voted=("opinion_no_objection", CARRIED), decided_on=later)
    assert advice.makes_permits
    assert decider_of(advice) is Decider.PROTECTION_MANAGER, "since 2023 the agency decides, the opinion opens nothing"
    assert not replace(advice, regime="elsewhere").makes_permits


def test_a_motion_that_was_not_carried_decides_nothing() -> None:
    lost = replace(CARRIED, carried=False, in_favour=1)
    with pytest.raises(Refused) as refusal:
        make_decision(DOSSIER, ORDINANCE, Deliberated(verdicts=KEPT), voted=("approved", lost), decided_on=DAY)
    assert codes(refusal.value) == [ReasonCode.NOT_ALLOWED]
    assert refusal.value.reasons[0].facts["action"] == "decide approved (1 in favour)"


@pytest.mark.parametrize(
    ("dossier", "result", "said", "action"),
    [
        (DOSSIER, "opinion_given", Deliberated(), "decide opinion_given (ordinance, 2019-11-19)"),
        (IN_USE, "approved", Deliberated(verdicts=KEPT), "decide approved (already_in_use_since 2015-04-01)"),
        (DOSSIER, "ratified", Deliberated(verdicts=KEPT), "decide ratified (already_in_use_since none)"),
        (DOSSIER, "approved", Deliberated(verdicts=KEPT, conditions=("C",)), "decide approved (1 conditions)"),
        (
            DOSSIER,
            "approved_with_conditions",
            Deliberated(verdicts=KEPT),
            "decide approved_with_conditions (0 conditions)",
        ),
    ],
)
def test_why_it_cannot_be_decided_is_said(dossier: Dossier, result: str, said: Deliberated, action: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_decision(dossier, ORDINANCE, said, voted=(result, CARRIED), decided_on=DAY)
    assert [reason.facts["action"] for reason in refusal.value.reasons] == [action]


def test_what_is_ratified_may_carry_conditions_and_what_is_continued_carries_nothing() -> None:
    said = Deliberated(verdicts=KEPT, conditions=("C1",))
    assert make_decision(IN_USE, ORDINANCE, said, voted=("ratified", CARRIED), decided_on=DAY).conditions == ("C1",)
    assert not make_decision(DOSSIER, ORDINANCE, Deliberated(), voted=("continued", CARRIED), decided_on=DAY).conditions


DUE = date(2020, 2, 19)
TIMEOUT = Condition(
    condition="61-C1",
    consultation="61",
    hangs_on="viewing",
    text="30分で切れること",
    kind=ConditionKind.BLOCKS_START,
    proof=ProofKind.SCREENSHOT,
    owner="hospital",
    verifier="kazagashira",
    due=DUE,
)
MARK = replace(TIMEOUT, condition="61-C2", kind=ConditionKind.RECURRING, every_days=182, proof=ProofKind.CERTIFICATE)


@pytest.mark.parametrize(
    ("kind", "on_the_day", "afterwards"),
    [
        (ConditionKind.BLOCKS_START, True, True),
        (ConditionKind.BLOCKS_AFTER_DATE, False, True),
        (ConditionKind.RECURRING, False, True),
        (ConditionKind.REPORT_ONLY, False, False),
    ],
)
def test_what_an_open_condition_does_to_the_permit(kind: ConditionKind, on_the_day: bool, afterwards: bool) -> None:
    condition = replace(TIMEOUT, kind=kind)
    assert bool(reasons_to_stop([condition], DUE)) is on_the_day
    assert bool(reasons_to_stop([condition], DUE + timedelta(days=1))) is afterwards
    for settled in ("verified", "closed", "waived", "dropped", "proposed"):
        assert not reasons_to_stop([replace(condition, state=settled)], DUE + timedelta(days=1))
    for waiting in ("proof_submitted", "overdue"):
        assert bool(reasons_to_stop([replace(condition, state=waiting)], DUE + timedelta(days=1))) is afterwards


def test_a_condition_that_stops_is_named() -> None:
    (reason,) = reasons_to_stop([TIMEOUT, MARK], DUE)
    assert (reason.code, reason.facts["condition"]) == (ReasonCode.CONDITION_OPEN, "61-C1")


def test_nobody_checks_their_own_proof_and_a_recurring_condition_says_how_often() -> None:
    assert make_condition(TIMEOUT) is TIMEOUT
    assert make_condition(MARK) is MARK
    bad = replace(TIMEOUT, owner="kazagashira", kind=ConditionKind.RECURRING)
    with pytest.raises(Refused) as refusal:
        make_condition(bad)
    assert codes(refusal.value) == [ReasonCode.DUTIES_NOT_SEPARATE, ReasonCode.DOSSIER_INCOMPLETE]
    with pytest.raises(Refused):
        make_condition(replace(TIMEOUT, every_days=3))


def test_a_recurring_condition_comes_again_after_its_period() -> None:
    assert next_due(MARK, date(2020, 1, 1)) == date(2020, 7, 1)


def test_the_next_meeting_hears_of_everything_that_is_not_settled_the_overdue_first() -> None:
    later = replace(TIMEOUT, condition="61-C3", due=DUE + timedelta(days=90))
    late = replace(TIMEOUT, condition="61-C4", due=DUE)
    done = replace(TIMEOUT, condition="61-C5", state="closed")
    today = DUE + timedelta(days=1)
    assert [each.condition for each in to_report([later, done, late], today)] == ["61-C4", "61-C3"]
    assert (is_overdue(late, today), is_overdue(late, DUE), is_overdue(done, today)) == (True, False, False)


@pytest.mark.parametrize(
    ("regime", "day", "in_use", "results"),
    [
        (ORDINANCE, "2019-11-19", "none", "approved approved_with_conditions continued rejected returned"),
        (ORDINANCE, "2019-11-19", "2015-04-01", "continued ratified rejected returned"),
        (ORDINANCE, "2023-04-01", "none", ""),
        (
            ACT_OF_2023,
            "2026-11-24",
            "none",
            "continued opinion_no_objection opinion_objection opinion_with_conditions returned",
        ),
    ],
)
def test_only_a_result_that_can_come_of_a_matter_is_possible(
    regime: Regime, day: str, in_use: str, results: str
) -> None:
    dossier = replace(DOSSIER, already_in_use_since=in_use)
    assert possible_results(dossier, regime, day) == tuple(results.split())
    for each in regime.results - set(results.split()):
        assert {reason.code for reason in impossible(dossier, regime, each, day)} == {ReasonCode.NOT_ALLOWED}
