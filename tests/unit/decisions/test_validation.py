"""A permit is checked before anybody signs it: every kind of fault is found, and said."""

import re
from dataclasses import replace
from typing import Any

import pytest

from sekisho.adapters.decisions import CedarOpinion, validate_permit, whole_text
from sekisho.adapters.decisions.rehearsal import make_questions, rehearse
from sekisho.adapters.decisions.validation import match_faults, policy_faults
from sekisho.kernel import GuardObjection, Passage, PermitOnFile, ReasonCode, Refused, SecondAnswer, Specification
from tests.unit.decisions.granted import DOWN, KNOWN, SPECIFICATIONS, grant

POLICY = grant(DOWN).permit.policy
ELSE = '\n@id("{}")\nforbid (principal, action, resource is Sekisho::Connection) {};\n'
TEXTS = {
    "a typo in an attribute": (POLICY.replace("resource.specification", "resource.specificatoin"), "specificatoin"),
    "an unknown action": (POLICY.replace('"enter"', '"entre"'), "entre"),
    "an unknown kind of person": (POLICY.replace("Sekisho::Person", "Sekisho::Persson"), "Persson"),
    "a text against a number": (POLICY + ELSE.format("X", "when { resource.records_at_most == resource.office }"), ""),
    "no Cedar at all": ("承認", ""),
    "the id of another policy": (POLICY.replace('@id("S-', '@id("P-'), "is the id of 2 policies"),
    "the id of a guard": (POLICY + ELSE.format("G05-person", "when { resource.signed }"), "G05-person is the id of 2"),
    "no id": (re.sub(r'@id\("S-[^"]*"\)', "", POLICY), "a policy has no id"),
    "a connection that does not exist": (POLICY.replace("422011/", "401307/"), "which does not exist"),
    "a person who does not exist": (
        POLICY + ELSE.format("X", 'when { principal == Sekisho::Person::"nobody" }'),
        "names Sekisho::Person::nobody",
    ),
    "a policy that can never match": (
        POLICY.replace("unless {", "when { false } unless {"),
        "S-R1-56-registry-notices-down can never match",
    ),
    "one that never asks": (POLICY.replace("unless {", "unless { true } unless {"), "can never match"),
    "one that asks for another kind": (
        POLICY.replace("unless {", "when { resource is Sekisho::Person } unless {"),
        "can never match",
    ),
    "one policy only": (POLICY[: POLICY.index('@id("S-')], "has one policy that grants and one that holds"),
    "one policy more": (POLICY + ELSE.format("X", "when { resource.signed }"), "has one policy that grants"),
    "a grant with a condition": (
        POLICY.replace(");\n\n", ") when { context.announced_size < 9 };\n\n", 1),
        "has one policy that grants",
    ),
}


def refusal_of(on_file: PermitOnFile, **second: Any) -> str:
    """Everything that is said against a permit."""
    with pytest.raises(Refused) as refusal:
        validate_permit(on_file, KNOWN, **second)
    assert {reason.code for reason in refusal.value.reasons} == {ReasonCode.POLICY_NOT_VALID}
    return "\n".join(reason.en for reason in refusal.value.reasons)


@pytest.mark.parametrize("approved", SPECIFICATIONS, ids=lambda each: each.connection)
def test_what_the_council_approved_stands_the_check(approved: Specification) -> None:
    validated = validate_permit(grant(approved), KNOWN)
    assert (validated.policies, validated.asked) == (28, 200)
    demanded = 4 * bool(approved.assessment) + 2 * bool(approved.factors)
    demanded += bool(approved.inspections) + bool(approved.rebuild)
    assert validated.cases == 39 - approved.strip_unapproved + demanded
    assert validated.allowed >= 40, "one in five at least"


@pytest.mark.parametrize("name", TEXTS)
def test_a_faulty_policy_text_is_not_issued(name: str) -> None:
    policy, said = TEXTS[name]
    assert policy != POLICY
    assert said in "\n".join(policy_faults(policy, DOWN))
    on_file = grant(DOWN)
    assert said in refusal_of(replace(on_file, permit=replace(on_file.permit, policy=policy)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"persons": ()}, "no persons are approved"),
        ({"terminals": ()}, "no terminals are approved"),
        ({"items": ()}, "no items are approved"),
        ({"layouts": ()}, "no layouts are approved"),
        ({"types": ()}, "no types are approved"),
        ({"bytes_at_most": 0}, "bytes_at_most lets nothing through"),
        ({"records_at_most": 0}, "records_at_most lets nothing through"),
        ({"parcels_a_day": 0}, "parcels_a_day lets nothing through"),
        ({"direction": "sideways"}, "direction 'sideways' does not exist"),
        ({"persons": ("urakami", "nobody")}, "persons: 'nobody' does not exist"),
        ({"terminals": ("x",)}, "terminals: 'x' does not exist"),
        ({"layouts": ("x",)}, "layouts: 'x' does not exist"),
        ({"agency": "water"}, "department water/asset_tax does not exist"),
        ({"not_after": DOWN.not_before}, "the approved period is empty"),
        ({"not_after": "soon"}, "the approved period cannot be read"),
        ({"not_after": "2035-04-01"}, "the approved period cannot be read"),
    ],
)
def test_an_approval_that_nothing_can_fulfil_is_not_issued(changes: dict[str, Any], said: str) -> None:
    assert said in refusal_of(grant(replace(DOWN, **changes)))


def test_every_fault_is_said_at_once() -> None:
    on_file = grant(replace(DOWN, persons=(), direction="sideways"))
    broken = replace(on_file, permit=replace(on_file.permit, policy=TEXTS["no id"][0]))
    told = refusal_of(broken)
    assert all(said in told for said in ("no persons", "sideways", "a policy has no id"))


class Planted:
    """A second opinion with a fault in it."""

    def __init__(self, wrong: SecondAnswer, every: int) -> None:
        self.wrong, self.every, self.asked = wrong, every, 0

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """The wrong answer, now and then."""
        self.asked += 1
        return self.wrong if self.asked % self.every == 0 else CedarOpinion().ask(on_file, passage)


@pytest.mark.parametrize(
    "wrong",
    [
        SecondAnswer(),
        SecondAnswer(fault="error"),
        SecondAnswer(against=(GuardObjection(guard="G05-person", ja="", en=""),)),
    ],
)
def test_a_permit_on_which_the_opinions_differ_is_not_issued(wrong: SecondAnswer) -> None:
    questions = list(make_questions(grant(DOWN), 1, 150))
    assert not rehearse(questions, CedarOpinion()).differing
    assert rehearse(questions, Planted(wrong, 7)).differing
    assert " / " in refusal_of(grant(DOWN), second=Planted(wrong, 7))


def test_a_guard_that_is_missing_is_found_by_its_case() -> None:
    guards = whole_text("").replace('@id("G12-erasure")', '@id("G12-erasure") @off')
    dropped = re.sub(r'@id\("G12-erasure"\).*?;\n', "", guards, count=1, flags=re.DOTALL)
    assert dropped != guards
    assert "case G12-erasure" in refusal_of(grant(DOWN), second=CedarOpinion(guards=dropped))


def test_the_lint_leaves_what_can_match_alone() -> None:
    condition = {"kind": "unless", "body": {"is": {"left": {"Var": "resource"}, "entity_type": "Sekisho::Person"}}}
    assert not list(match_faults([{"annotations": {"id": "X"}, "conditions": [condition]}], frozenset()))
