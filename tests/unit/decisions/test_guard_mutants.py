"""Every guard is needed, whole: without it, or with a weaker or narrower one, a request gets another answer."""

import re
from dataclasses import replace
from functools import cache
from itertools import chain

import pytest

from sekisho.adapters.decisions import CedarOpinion, shipped_text
from sekisho.adapters.decisions.faults import ALTERED
from sekisho.adapters.decisions.questions import Question
from sekisho.adapters.decisions.rehearsal import guards_in, make_cases
from tests.unit.decisions.granted import DOWN, MANAGER, STRIPPING, grant

SEEDS = 25
PARTS = re.split(r'(?=^@id\("G)', shipped_text("guards.cedar"), flags=re.MULTILINE)
GUARDS = {re.findall(r'@id\("([^"]+)"\)', part)[0]: part for part in PARTS[1:]}
BOTH_HALLS = [name for name, text in GUARDS.items() if "(principal, action, resource" in text]
ENTER, CROSS = 'action == Sekisho::Action::"enter"', 'action == Sekisho::Action::"cross"'
WEAKER = [
    ("G01-status", '== "active"', '!= "suspended"'),
    ("G03-window", "< resource.not_after", "<= resource.not_after"),
    ("G03-window", "context.at >= resource.not_before && ", ""),
    ("G03-window", " && context.at < resource.not_after", ""),
    ("G04-agency", "context.office == resource.office", 'context.office != ""'),
    ("G04-agency", "context.office == resource.office", "context.office != resource.route"),
    ("G10-size", "announced_size <= resource.bytes_at_most", "announced_size <= resource.bytes_at_most + 1"),
    ("G10-size", "found_size <= resource.bytes_at_most", "found_size <= resource.bytes_at_most + 1"),
    ("G10-size", "context.announced_size <= resource.bytes_at_most &&", ""),
    ("G10-size", "(!(context has found_size) || context.found_size <= resource.bytes_at_most)", "true"),
    ("G11-frequency", "<", "<="),
    ("G12-erasure", "== 0", "<= 1"),
    ("G15-items", "containsAll", "containsAny"),
    ("G16-faults", "== 0", "<= 1"),
    ("G17-individual-number", "containsAll", "containsAny"),
    ("G18-records", "<= resource.records_at_most", "<= resource.records_at_most + 1"),
    ("G21-assessment", "resource.standing.assessment == resource.assessment &&", ""),
    ("G21-assessment", 'resource.standing.opinion != "unsuitable" &&', ""),
    ("G21-assessment", "context.at >= resource.standing.since &&", ""),
    ("G21-assessment", "< resource.standing.until", "<= resource.standing.until"),
    ("G23-factor", "containsAny", "containsAll"),
    ("G21-assessment", "resource has standing &&", "!(resource has standing) || "),
    ("G20-municipality", "== 0", "<= 1"),
    ("G24-coverage", "resource.standing has covers &&", "!(resource.standing has covers) ||"),
    ("G24-coverage", "resource.standing.covers.particulars.counterpart == resource.counterpart &&", ""),
    ("G24-coverage", "&&\n        resource.standing.covers.particulars.items.containsAll(resource.items)", ""),
    ("G24-coverage", "items.containsAll(resource", "items.containsAny(resource"),
    ("G25-profile", "containsAll", "containsAny"),
]
NARROWER = [
    ("G26-rebuilt", "!resource.rebuild || ", ""),
    ("G03-window", ">=", ">"),
    ("G10-size", "announced_size <= resource", "announced_size < resource"),
    ("G10-size", "found_size <= resource", "found_size < resource"),
    ("G11-frequency", "context.parcels_today <", "context.parcels_today + 1 <"),
    ("G15-items", "resource.strip_unapproved || ", ""),
    (
        "G15-items",
        "resource.items.containsAll(context.found_items.names)",
        "resource.items == context.found_items.names",
    ),
    (
        "G17-individual-number",
        "resource.number_columns.containsAll(context.found_columns_with_numbers)",
        "context.found_columns_with_numbers.isEmpty()",
    ),
    ("G18-records", "<= resource", "< resource"),
    ("G21-assessment", 'resource.assessment == "" || (', "("),
    ("G23-factor", "resource.factors.isEmpty() || ", ""),
    ("G24-coverage", "resource.standing.covers.particulars.counterpart == resource.counterpart", "false"),
]


@cache
def questions() -> tuple[tuple[Question, frozenset[str]], ...]:
    """Crossings that are as approved or that one guard alone has to stop."""
    permits = (grant(DOWN), grant(STRIPPING), grant(MANAGER))
    return tuple(chain.from_iterable(make_cases(each, seed) for each in permits for seed in range(SEEDS)))


def with_guard(name: str, text: str) -> str:
    """All guards, with another text for one of them."""
    return "".join([PARTS[0], *(text if each == name else whole for each, whole in GUARDS.items())])


def opened(name: str, guards: str) -> int:
    """How many crossings that this guard alone has to stop are allowed by these guards."""
    opinion = CedarOpinion(guards=guards)
    return sum(opinion.ask(asked.on_file, asked.passage).allows for asked, stops in questions() if stops == {name})


@pytest.mark.parametrize("name", GUARDS)
def test_without_a_guard_something_crosses_that_only_it_stops(name: str) -> None:
    assert opened(name, shipped_text("guards.cedar")) == 0
    assert opened(name, with_guard(name, "")) == sum(stops == {name} for _, stops in questions()) > 0


@pytest.mark.parametrize("name", BOTH_HALLS)
@pytest.mark.parametrize("only", [ENTER, CROSS])
def test_a_guard_of_both_halls_is_needed_in_each(name: str, only: str) -> None:
    assert opened(name, with_guard(name, GUARDS[name].replace("(principal, action,", f"(principal, {only},"))) > 0


@pytest.mark.parametrize(("name", "old", "new"), WEAKER)
def test_a_weaker_guard_lets_something_through(name: str, old: str, new: str) -> None:
    assert old in GUARDS[name]
    assert opened(name, with_guard(name, GUARDS[name].replace(old, new))) > 0


@pytest.mark.parametrize(("name", "old", "new"), NARROWER)
def test_a_narrower_guard_stops_what_was_approved(name: str, old: str, new: str) -> None:
    assert old in GUARDS[name]
    opinion = CedarOpinion(guards=with_guard(name, GUARDS[name].replace(old, new)))
    stopped = [opinion.ask(asked.on_file, asked.passage) for asked, stops in questions() if not stops]
    assert {name} in [guards_in(each) for each in stopped]


def test_without_its_digest_a_permit_covers_what_was_never_approved() -> None:
    altered = [asked for asked, stops in questions() if stops == {ALTERED}]
    opinion = CedarOpinion()
    for asked in altered:
        policy = asked.on_file.permit.policy
        grants_only = policy[: policy.index('@id("S-')]
        loose = replace(asked.on_file, permit=replace(asked.on_file.permit, policy=grants_only))
        assert not opinion.ask(asked.on_file, asked.passage).allows
        assert opinion.ask(loose, asked.passage).allows
    assert altered


def test_every_guard_speaks_two_languages_and_has_a_number_of_its_own() -> None:
    assert len(GUARDS) == 26
    assert len({name[:3] for name in GUARDS}) == 26
    for text in GUARDS.values():
        assert text.count("@reason_ja(") == text.count("@reason_en(") == 1
