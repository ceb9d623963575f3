"""Thousands of crossings with none, one or more faults: both opinions are one, in the answer and in the reasons."""

import ast
from itertools import chain
from pathlib import Path

import pytest

from sekisho.adapters import decisions
from sekisho.adapters.decisions import CedarOpinion, shipped_text
from sekisho.adapters.decisions.faults import ALTERED, FAULTS
from sekisho.adapters.decisions.rehearsal import make_questions, rehearse
from sekisho.kernel import SecondOpinion, Specification, compile_caveats
from tests.unit.decisions.granted import MANAGER, SPECIFICATIONS, grant

EACH = 1_000
DECISIONS = Path(str(decisions.__file__)).parent


def test_both_opinions_are_one_on_thousands_of_crossings() -> None:
    second: SecondOpinion = CedarOpinion()
    asked = chain.from_iterable(make_questions(grant(each), 11, EACH) for each in SPECIFICATIONS)
    found = rehearse(asked, second)
    assert found.differing == ()
    assert found.asked == EACH * len(SPECIFICATIONS)
    assert found.allowed >= found.asked / 5
    assert set(found.alone) == {fault.guard for fault in FAULTS}
    assert min(found.alone.values()) >= 5


@pytest.mark.parametrize("approved", SPECIFICATIONS, ids=lambda each: each.connection)
def test_the_questions_are_the_same_each_time_and_others_with_another_seed(approved: Specification) -> None:
    on_file = grant(approved)
    assert list(make_questions(on_file, 3, 30)) == list(make_questions(on_file, 3, 30))
    assert list(make_questions(on_file, 3, 30)) != list(make_questions(on_file, 4, 30))


def test_every_guard_has_its_fault_and_every_caveat_of_a_permit_its_guard() -> None:
    guards = {fault.guard for fault in FAULTS} - {ALTERED}
    assert all(f'@id("{guard}")' in shipped_text("guards.cedar") for guard in guards)
    # Status, signatures, what stops a permit and what its assessment covers are no caveats: so it stands today.
    # Masked items have a caveat and no guard: the gate hides them before it asks either opinion.
    assert shipped_text("guards.cedar").count("@id(") == len(guards) == len(compile_caveats(MANAGER)) + 4


def imported(name: str) -> set[str]:
    """Everything that a module of the second opinion imports by name."""
    tree = ast.parse((DECISIONS / f"{name}.py").read_text(encoding="utf-8"))
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def speaks_of_caveats(names: set[str]) -> bool:
    """Does it reach for the first opinion?"""
    return any("caveat" in name.lower() or name in {"objections", "permit_faults", "first_opinion"} for name in names)


def test_the_second_opinion_is_not_built_from_the_first() -> None:
    assert not any(speaks_of_caveats(imported(name)) for name in ("compiling", "asking", "opinion"))
    assert speaks_of_caveats(imported("rehearsal")), "which compares both, and must know both"


def test_the_first_opinion_is_not_built_from_the_second() -> None:
    authority = DECISIONS.parents[1] / "kernel" / "authority"
    for name in ("caveats", "caveats_at_entrance", "caveats_on_content", "passage"):
        assert "policy" not in (authority / f"{name}.py").read_text(encoding="utf-8")
