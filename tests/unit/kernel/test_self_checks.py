"""The yearly self-check: what is asked, when it is due, what is not finished, what keeps it from being closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    SELF_CHECK_TABLE,
    USUAL_CHECK_RULE,
    Act,
    CheckAnswer,
    CheckResult,
    CheckTopic,
    Duty,
    Feasibility,
    OverdueMeans,
    Role,
    SafeguardKind,
    asks_from,
    certificate_expired,
    check_duties,
    check_rule_from_data,
    check_rule_to_data,
    fiscal_year,
    is_check_open,
    is_check_overdue,
    make_check_answer,
    make_check_rule,
    next_check,
    questions_for,
    unanswered,
    why_not_closed,
    why_not_submitted,
)
from tests.unit.kernel.council_sitting import codes

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2025, 11, 27), date(2026, 11, 27)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 12, 31), date(2025, 12, 31)),
    ],
)
def test_a_year_later_it_is_due_also_after_a_leap_day(since: date, due: date) -> None:
    assert next_check(since, USUAL_CHECK_RULE) == due


@given(DAYS, st.integers(1, 5))
def test_every_check_falls_due_so_many_calendar_years_later(since: date, years: int) -> None:
    due = next_check(since, replace(USUAL_CHECK_RULE, years=years))
    assert due.year == since.year + years
    assert timedelta(0) <= date(due.year, since.month, min(since.day, 28)) - due + timedelta(days=3) <= timedelta(4)
    assert asks_from(due, USUAL_CHECK_RULE) == due - timedelta(days=60)


@given(DAYS, DAYS, st.sampled_from(sorted(SELF_CHECK_TABLE.states)))
def test_what_is_not_verified_is_late_from_the_day_after_on(due: date, today: date, state: str) -> None:
    settled = state in {"verified", "closed", "lapsed"}
    assert is_check_overdue(state, due, today) == (not settled and today > due)
    assert is_check_open(state) == (not settled)


def test_on_its_day_it_is_not_late_and_the_day_after_it_is() -> None:
    due = date(2026, 3, 31)
    assert not is_check_overdue("due", due, due)
    assert is_check_overdue("due", due, date(2026, 4, 1))
    assert is_check_overdue("submitted", due, date(2026, 4, 1))


def test_the_fiscal_year_begins_in_april() -> None:
    assert [fiscal_year(each) for each in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1))] == [2025, 2026, 2026]


@pytest.mark.parametrize(("years", "notice"), [(0, 60), (6, 60), (1, -1), (1, 181)])
def test_a_rule_that_nobody_could_keep_is_refused(years: int, notice: int) -> None:
    with pytest.raises(Refused) as refusal:
        make_check_rule(years=years, notice_days=notice, on_overdue=OverdueMeans.REPORT)
    assert codes(refusal.value) == [ReasonCode.FIELD_NOT_UNDERSTOOD]


@given(st.integers(1, 5), st.integers(0, 180), st.sampled_from(OverdueMeans))
def test_a_rule_is_read_as_it_was_written(years: int, notice: int, means: OverdueMeans) -> None:
    rule = make_check_rule(years=years, notice_days=notice, on_overdue=means)
    assert check_rule_from_data(check_rule_to_data(rule)) == rule


@pytest.mark.parametrize("number", SHIPPED)
def test_everything_that_was_approved_is_asked_once(number: str) -> None:
    dossier = read_dossier(shipped_dossier(number)).papers.dossier
    asked = questions_for(dossier)
    keys = [each.key for each in asked]
    assert len(set(keys)) == len(keys)
    arrows = dossier.chart.under_review()
    counts = {topic: sum(each.topic is topic for each in asked) for topic in CheckTopic}
    sheets = [sheet for each in arrows if (sheet := dossier.sheet_of(each.connection))]
    assert counts == {
        CheckTopic.NEEDED: 1,
        CheckTopic.ARROW: len(sheets),
        CheckTopic.ITEM: sum(len(each.items) for each in arrows if dossier.sheet_of(each.connection)),
        CheckTopic.SAFEGUARD: sum(len(each.safeguards) for each in sheets),
        CheckTopic.RETENTION: sum(len(each.retention) for each in sheets),
        CheckTopic.OPERATORS: len(sheets),
        CheckTopic.CONTRACTOR: len(dossier.processors),
    }


def test_what_was_only_planned_is_marked_and_a_locked_place_has_to_be_shown() -> None:
    dossier = read_dossier(shipped_dossier("61")).papers.dossier
    asked = {each.key: each for each in questions_for(dossier)}
    for sheet in dossier.sheets:
        for each in sheet.safeguards:
            question = asked[f"safeguard/{sheet.connection}/{each.safeguard}"]
            assert question.planned == (each.feasibility is not Feasibility.DONE)
            assert question.evidence == (each.kind is SafeguardKind.PHYSICAL)
    assert any(each.planned for each in asked.values())
    assert all(each.evidence for each in asked.values() if each.topic in {CheckTopic.RETENTION, CheckTopic.CONTRACTOR})


def answer(key: str, **said: object) -> CheckAnswer:
    """An answer as approved, unless it says something else."""
    plain = CheckAnswer(key=key, result=CheckResult.AS_APPROVED, evidence="写真 IMG_001")
    return replace(plain, **said)  # type: ignore[arg-type]  # a test changes what it names


def test_an_answer_that_is_missing_or_half_said_keeps_it_from_being_submitted() -> None:
    asked = questions_for(read_dossier(shipped_dossier()).papers.dossier)
    answers = {each.key: answer(each.key) for each in asked}
    assert unanswered(asked, answers) == ()
    kept = next(each for each in asked if each.topic is CheckTopic.RETENTION)
    for key, said, lacks in (
        (kept.key, {"evidence": " "}, ["evidence"]),
        ("needed", {"result": CheckResult.DIFFERENT}, ["what", "since"]),
        ("needed", {"result": CheckResult.ENDED, "what": "廃止", "since": date(2026, 4, 1)}, []),
        (kept.key, {"result": CheckResult.ENDED, "what": "廃止", "since": date(2026, 4, 1), "evidence": ""}, []),
    ):
        found = unanswered(asked, {**answers, key: answer(key, **said)})
        assert found == tuple((key, each) for each in lacks)
    del answers["needed"]
    (reason,) = why_not_submitted(asked, answers)
    assert (reason.code, reason.facts["place"], reason.facts["what"]) == (
        ReasonCode.DOSSIER_INCOMPLETE,
        "needed",
        "result",
    )


def test_what_is_not_as_approved_is_followed_up_and_what_ended_has_no_permit() -> None:
    same, ended = answer("needed"), answer("needed", result=CheckResult.ENDED)
    other = answer("item/x/y", result=CheckResult.DIFFERENT)
    assert why_not_closed([same], "", ["R1-56-01"]) == ()
    assert [each.code for each in why_not_closed([same, other], " ", [])] == [ReasonCode.DOSSIER_INCOMPLETE]
    assert why_not_closed([same, other], "軽微な変更として届出", ["R1-56-01"]) == ()
    assert [each.code for each in why_not_closed([ended], "停止", ["R1-56-01"])] == [ReasonCode.NOT_IN_THIS_STATE]
    assert why_not_closed([ended], "停止", []) == ()


@pytest.mark.parametrize(
    ("until", "expired"), [("2026-11-26", True), ("2026-11-27", False), ("不明", None), ("取得したら確認", None)]
)
def test_a_certificate_has_run_out_the_day_after_its_last(until: str, *, expired: bool | None) -> None:
    assert certificate_expired(until, date(2026, 11, 27)) is expired


def test_a_digest_that_is_none_is_refused() -> None:
    kept = answer("needed", evidence_digest="a" * 64)
    assert make_check_answer(kept) == kept
    with pytest.raises(Refused) as refusal:
        make_check_answer(answer("needed", evidence_digest="A" * 64))
    assert codes(refusal.value) == [ReasonCode.FIELD_NOT_UNDERSTOOD]


def test_nobody_submits_or_verifies_what_they_answered_nor_verifies_what_they_submitted() -> None:
    everything = {Role.DRAFTER, Role.HEAD, Role.SECRETARIAT}
    for done, act in (
        (Act.ANSWER_SELF_CHECK, Act.SUBMIT_SELF_CHECK),
        (Act.ANSWER_SELF_CHECK, Act.VERIFY_SELF_CHECK),
        (Act.SUBMIT_SELF_CHECK, Act.VERIFY_SELF_CHECK),
    ):
        with pytest.raises(Refused) as refusal:
            check_duties("doza", everything, act, [Duty(person="doza", act=done)])
        assert codes(refusal.value) == [ReasonCode.DUTIES_NOT_SEPARATE]
        check_duties("doza", everything, act, [Duty(person="inasa", act=done)])
