"""The second opinion stops whatever it cannot answer, and says what failed."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import cedarpy
import pytest

from sekisho.adapters.decisions import CedarOpinion, asking, first_opinion
from sekisho.adapters.decisions.faults import ALTERED
from sekisho.adapters.decisions.questions import Question
from sekisho.adapters.decisions.rehearsal import guards_for, guards_in
from sekisho.kernel import AssessmentStanding, Coverage, PermitStatus, Specification, permit_faults
from tests.unit.decisions.granted import DOWN, MANAGER, NOW, found_in, grant, passage_of


def result(decision: str, *, errors: tuple[str, ...] = (), reasons: tuple[str, ...] = ()) -> cedarpy.AuthzResult:
    """What Cedar might answer."""
    names = {each: each for each in reasons}
    diagnostics = {"errors": list(errors), "reason": list(reasons), "id_annotations_by_reason": names}
    return cedarpy.AuthzResult({"decision": decision, "diagnostics": diagnostics})


class Panic(BaseException):
    """What a library in another language may throw."""


OWN = f"P-R1-56-{DOWN.connection}"
PLANTED = {
    "an error beside a yes": (result("Allow", errors=("overflow",), reasons=(OWN,)), "error"),
    "an error beside a no": (result("Deny", errors=("overflow",), reasons=("G05-person",)), "error"),
    "no decision": (result("NoDecision"), "no_decision"),
    "a yes that nobody gave": (result("Allow"), "no_policy"),
    "a yes of another policy": (result("Allow", reasons=("P-R9-99",)), "no_policy"),
    "a no of nobody known": (result("Deny", reasons=("G99",)), "KeyError"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_only_a_clean_yes_of_the_permit_s_own_policy_is_one(name: str) -> None:
    planted, fault = PLANTED[name]
    answer = CedarOpinion(judge=lambda *_, **__: planted).ask(grant(DOWN), passage_of(DOWN))
    assert (answer.allows, answer.fault) == (False, fault)


def test_a_clean_yes_is_one_and_a_no_without_a_reason_is_still_a_no() -> None:
    assert (
        CedarOpinion(judge=lambda *_, **__: result("Allow", reasons=(OWN,))).ask(grant(DOWN), passage_of(DOWN)).allows
    )
    told = CedarOpinion(judge=lambda *_, **__: result("Deny")).ask(grant(DOWN), passage_of(DOWN))
    assert [each.guard for each in told.against] == ["N00-no-policy"]


@pytest.mark.parametrize("kind", [ValueError, RuntimeError, MemoryError, Panic])
def test_whatever_is_thrown_is_an_answer_that_stops(kind: type[BaseException]) -> None:
    def throw(*_: Any, **__: Any) -> cedarpy.AuthzResult:
        raise kind

    answer = CedarOpinion(judge=throw).ask(grant(DOWN), passage_of(DOWN))
    assert (answer.allows, answer.fault) == (False, kind.__name__)


def test_an_interruption_is_not_taken_for_an_answer() -> None:
    def interrupt(*_: Any, **__: Any) -> cedarpy.AuthzResult:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        CedarOpinion(judge=interrupt).ask(grant(DOWN), passage_of(DOWN))


@pytest.mark.parametrize(
    "policy",
    ["", "garbage (", "permit (principal, action, resource);", '@id("")\npermit (principal, action, resource);'],
)
def test_a_permit_without_a_readable_policy_text_opens_nothing(policy: str) -> None:
    on_file = grant(DOWN)
    broken = replace(on_file, permit=replace(on_file.permit, policy=policy))
    assert not CedarOpinion().ask(broken, passage_of(DOWN)).allows


def test_a_guard_that_errs_stops_though_cedar_itself_would_let_it_through() -> None:
    errs = '@id("G98") forbid (principal, action, resource is Sekisho::Connection) when { context.found_size > 9 };'
    answer = CedarOpinion(guards=errs).ask(grant(DOWN), passage_of(DOWN))
    assert (answer.allows, answer.fault) == (False, "error")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("not_before", "2019-11-19T00:00:00"),
        ("not_after", "soon"),
        ("records_at_most", -1),
        ("records_at_most", 2**63),
        ("records_at_most", True),
        ("bytes_at_most", "9"),
        ("persons", (7,)),
        ("route", None),
        ("strip_unapproved", "no"),
    ],
)
def test_a_row_that_cedar_cannot_compare_opens_nothing(field: str, value: Any) -> None:
    on_file = grant(DOWN, **{field: value})
    for passage in (passage_of(DOWN), passage_of(DOWN, found=found_in(DOWN))):
        assert CedarOpinion().ask(on_file, passage).fault


def test_an_assessment_is_in_force_from_its_first_microsecond_in_both_opinions() -> None:
    on_file, passage = grant(replace(DOWN, assessment="resident-tax")), passage_of(DOWN)
    for late, allowed in ((0, True), (1, False)):
        standing = AssessmentStanding(
            assessment="resident-tax", in_force_from=passage.at + timedelta(microseconds=late)
        )
        known = replace(on_file, assessment=standing)
        assert CedarOpinion().ask(known, passage).allows is allowed
        assert standing.is_in_force(passage.at) is allowed


@pytest.mark.parametrize(
    ("coverage", "allowed"),
    [
        (None, True),
        ((), False),
        ((Coverage(connection=DOWN.connection),), True),
        ((Coverage(connection="another"),), False),
        ((Coverage(connection="another"), Coverage(connection=DOWN.connection)), True),
    ],
)
def test_without_a_list_an_assessment_closes_nothing_and_with_one_it_closes_what_is_not_in_it(
    coverage: tuple[Coverage, ...] | None, allowed: bool
) -> None:
    on_file, passage = grant(replace(DOWN, assessment="resident-tax")), passage_of(DOWN)
    assert on_file.assessment is not None
    known = replace(on_file, assessment=replace(on_file.assessment, coverage=coverage))
    first, second = first_opinion(Question(on_file=known, passage=passage)), CedarOpinion().ask(known, passage)
    assert guards_for(first) == guards_in(second) == (frozenset() if allowed else {"G24-coverage"})


def edited(name: str) -> Any:
    """Another value of the same kind for a field of the specification."""
    value = getattr(DOWN, name)
    if name in {"not_before", "not_after"}:
        return str(value).replace("T00:00", "T01:00")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return (*value, "edited") if isinstance(value, tuple) else f"{value}-edited"


@pytest.mark.parametrize("name", [each.name for each in fields(Specification)])
def test_one_edited_field_kills_the_permit_in_both_opinions(name: str) -> None:
    on_file = grant(DOWN, **{name: edited(name)})
    for passage in (passage_of(DOWN), passage_of(DOWN, found=found_in(DOWN))):
        first = first_opinion(Question(on_file=on_file, passage=passage))
        second = CedarOpinion().ask(on_file, passage)
        assert ALTERED in guards_for(first)
        assert not second.allows
        if name not in {"tenant", "connection"}:  # then it is another connection, which Cedar does not know at all
            assert ALTERED in guards_in(second)


def test_the_status_is_read_with_each_decision() -> None:
    opinion = CedarOpinion()
    assert opinion.ask(grant(DOWN), passage_of(DOWN)).allows
    for status in PermitStatus:
        on_file = grant(DOWN, status)
        assert opinion.ask(on_file, passage_of(DOWN)).allows == (not permit_faults(on_file))
    assert opinion.ask(grant(DOWN), passage_of(DOWN, at=NOW)).allows


def test_a_demanded_fact_that_is_not_told_is_objected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = AssessmentStanding(assessment="donations", in_force_from=passage_of(MANAGER).at)
    on_file, passage = replace(grant(MANAGER), assessment=standing), passage_of(MANAGER, found=found_in(MANAGER))
    assert CedarOpinion().ask(on_file, passage).allows
    monkeypatch.setattr(asking, "_demanded", lambda *_: {})
    objecting = {each.guard for each in CedarOpinion().ask(on_file, passage).against}
    assert objecting == {"G23-factor", "G25-profile", "G26-rebuilt"}
    assert CedarOpinion().ask(grant(DOWN), passage_of(DOWN, found=found_in(DOWN))).allows, "nothing was demanded"
