"""Who may do what, in which order; whatever is not in a table is refused."""

from dataclasses import replace
from itertools import combinations, product
from typing import Final

import pytest

from sekisho.kernel import ReasonCode, Refused, SekishoError
from sekisho.kernel.council import (
    ASSESSMENT_TABLE,
    CAMPAIGN_TABLE,
    CONDITION_TABLE,
    CONSULTATION_TABLE,
    DISJOINT,
    FINDING_TABLE,
    MAY,
    MEETING_TABLE,
    MINUTES_TABLE,
    PERMIT_TABLE,
    QUESTION_TABLE,
    RETURN_TABLE,
    SELF_CHECK_TABLE,
    Act,
    Duty,
    Role,
    StateTable,
    advance_state,
    check_assignment,
    check_duties,
    diagram_of,
    make_step,
)
from tests.unit.kernel.council_sitting import codes

SURVEY = (FINDING_TABLE, CAMPAIGN_TABLE, RETURN_TABLE)
TABLES = (
    CONSULTATION_TABLE,
    MEETING_TABLE,
    PERMIT_TABLE,
    CONDITION_TABLE,
    QUESTION_TABLE,
    ASSESSMENT_TABLE,
    MINUTES_TABLE,
    SELF_CHECK_TABLE,
    *SURVEY,
)
by_name = pytest.mark.parametrize("table", TABLES, ids=[each.table for each in TABLES])


@by_name
def test_what_is_in_the_table_is_done_by_those_who_may_and_by_nobody_else(table: StateTable) -> None:
    for step in table.steps:
        for role in Role:
            if role in step.roles:
                assert advance_state(table, "x", step.before, step.act, {role}) == step.after
                continue
            with pytest.raises(Refused) as refusal:
                advance_state(table, "x", step.before, step.act, {role})
            assert codes(refusal.value) == [ReasonCode.NOT_ALLOWED]


@by_name
def test_the_clock_takes_its_own_steps_and_no_person_s(table: StateTable) -> None:
    for step in table.steps:
        if not step.roles:
            assert advance_state(table, "x", step.before, step.act, None) == step.after
            continue
        with pytest.raises(Refused) as refusal:
            advance_state(table, "x", step.before, step.act, None)
        assert codes(refusal.value) == [ReasonCode.NOT_ALLOWED]


@by_name
def test_what_is_not_in_the_table_is_refused(table: StateTable) -> None:
    known = {(step.before, step.act) for step in table.steps}
    for state, act in product(table.states, table.acts):
        if (state, act) in known:
            continue
        with pytest.raises(Refused) as refusal:
            advance_state(table, "the subject", state, act, set(Role))
        (reason,) = refusal.value.reasons
        assert (reason.code, reason.facts["what"], reason.facts["state"]) == (
            ReasonCode.NOT_IN_THIS_STATE,
            "the subject",
            state,
        )


@by_name
def test_every_state_is_reached_from_the_first(table: StateTable) -> None:
    reached, before = {table.first}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {step.after for step in table.steps if step.before in before}
    assert reached == set(table.states)


@by_name
def test_the_diagram_shows_every_step_once(table: StateTable) -> None:
    lines = diagram_of(table).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert f"    [*] --> {table.first}" in lines
    arrows = [line for line in lines if "-->" in line and "[*]" not in line]
    assert arrows == [f"    {step.before} --> {step.after} : {table.acts[step.act][0]}" for step in table.steps]
    assert {line.split()[0] for line in lines if line.endswith("[*]")} == table.ends()


def test_where_a_consultation_and_a_permit_end() -> None:
    assert CONSULTATION_TABLE.ends() == {
        "exempt",
        "rejected",
        "agency_declined",
        "expired",
        "revoked",
        "superseded",
        "withdrawn",
    }
    assert PERMIT_TABLE.ends() == {"revoked", "superseded"}


@pytest.mark.parametrize(
    "broken",
    [
        {"steps": (make_step("a", "go", "b", frozenset()), make_step("a", "go", "a", frozenset()))},
        {"states": {"a": ("ア", "A")}},
        {"states": {"a": ("ア", "A"), "b": ("イ", "B"), "c": ("ウ", "C")}},
        {"acts": {}},
        {"acts": {"go": ("行く", "Go"), "stay": ("残る", "Stay")}},
    ],
)
def test_a_table_that_does_not_hold_together_is_not_made(broken: dict[str, object]) -> None:
    sound = StateTable(
        table="t",
        ja="表",
        en="Table",
        first="a",
        steps=(make_step("a", "go", "b", frozenset()),),
        states={"a": ("ア", "A"), "b": ("イ", "B")},
        acts={"go": ("行く", "Go")},
    )
    with pytest.raises(SekishoError, match=r"^the state table t does not hold together$"):
        replace(sound, **broken)  # type: ignore[arg-type]


def test_every_act_can_be_done_by_somebody_and_every_role_may_do_something() -> None:
    assert set(MAY) == set(Role)
    assert set().union(*MAY.values()) == set(Act)


@pytest.mark.parametrize(("one", "other"), list(combinations(Role, 2)))
def test_two_roles_that_exclude_each_other_are_never_given_to_one_person(one: Role, other: Role) -> None:
    if frozenset({one, other}) not in DISJOINT:
        check_assignment("urakami", [one, other])
        return
    with pytest.raises(Refused) as refusal:
        check_assignment("urakami", [one, other])
    (reason,) = refusal.value.reasons
    assert reason.code is ReasonCode.DUTIES_NOT_SEPARATE
    assert (reason.facts["person"], {reason.facts["one"], reason.facts["other"]}) == ("urakami", {one, other})


APART: Final = (
    *(("administrator", role) for role in Role if role is not Role.ADMINISTRATOR),
    *(("auditor", role) for role in Role if role is not Role.AUDITOR),
    *(("contractor", role) for role in Role if role is not Role.CONTRACTOR),
    *(("secretariat", role) for role in ("council_member", "chair", "drafter", "head", "operator")),
    *(("information_systems", role) for role in ("secretariat", "chair", "operator", "drafter", "head")),
    *(("drafter", role) for role in ("head", "chair", "council_member")),
    *(("head", role) for role in ("chair", "council_member")),
    ("chair", "operator"),
)


def test_exactly_the_pairs_that_the_separation_of_duties_asks_for_are_apart() -> None:
    assert {frozenset({Role(one), Role(other)}) for one, other in APART} == DISJOINT


def test_every_forbidden_pair_is_named_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        check_assignment("urakami", [Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR])
    assert len(refusal.value.reasons) == 3


@pytest.mark.parametrize(
    ("act", "role", "before"),
    [
        (Act.SUBMIT, Role.HEAD, Act.DRAFT),
        (Act.VERIFY_PROOF, Role.SECRETARIAT, Act.SUBMIT_PROOF),
        (Act.VERIFY_PROOF, Role.INFORMATION_SYSTEMS, Act.DRAFT),
        (Act.VOTE, Role.COUNCIL_MEMBER, Act.ANSWER),
        (Act.ISSUE, Role.SECRETARIAT, Act.ISSUE),
        (Act.ISSUE, Role.CHAIR, Act.SUBMIT),
        (Act.SIGN_LETTER, Role.CHAIR, Act.SIGN_LETTER),
        (Act.RESUME, Role.INFORMATION_SYSTEMS, Act.RESUME),
    ],
)
def test_who_did_the_one_does_not_do_the_other_in_the_same_matter(act: Act, role: Role, before: Act) -> None:
    check_duties("inasa", [role], act, [Duty(person="urakami", act=before)])
    with pytest.raises(Refused) as refusal:
        check_duties("urakami", [role], act, [Duty(person="urakami", act=before)])
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.facts["one"], reason.facts["other"]) == (ReasonCode.DUTIES_NOT_SEPARATE, before, act)


def test_stopping_needs_one_person_and_no_earlier_act_forbids_it() -> None:
    for role in (Role.SECRETARIAT, Role.INFORMATION_SYSTEMS, Role.PROTECTION_MANAGER):
        check_duties("urakami", [role], Act.STOP, [Duty(person="urakami", act=act) for act in Act])


def test_a_role_that_may_not_is_refused_with_everything_else_that_objects() -> None:
    with pytest.raises(Refused) as refusal:
        check_duties("urakami", [Role.OPERATOR], Act.SUBMIT, [Duty(person="urakami", act=Act.DRAFT)])
    assert codes(refusal.value) == [ReasonCode.NOT_ALLOWED, ReasonCode.DUTIES_NOT_SEPARATE]
