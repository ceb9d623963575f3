"""A council's own rules of sitting: read from the municipality's file, counted at their boundaries, in force or not."""

from typing import Any

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    USUAL_RULE,
    Ballot,
    Choice,
    count_votes,
    quorum_for,
    read_council_rules,
    rule_for,
    rule_from_data,
    rule_to_data,
    rules_from,
)

USUAL: dict[str, Any] = {
    "rule": "majority_present",
    "ja": "過半数",
    "en": "More than half",
    "legal_basis": "審議会規則第6条",
    "holds_from": "2023-04-01",
    "holds_until": "2026-03-31",
    "quorum": "1/2",
    "quorum_strict": True,
    "majority": "1/2",
    "majority_strict": True,
    "chair_votes": False,
    "chair_breaks_tie": True,
}
THIRDS: dict[str, Any] = {
    **USUAL,
    "rule": "two_thirds",
    "legal_basis": "審議会規則第7条",
    "holds_from": "2024-04-01",
    "holds_until": "",
    "quorum": "2/3",
    "quorum_strict": False,
    "majority": "2/3",
    "majority_strict": False,
    "chair_votes": True,
    "chair_breaks_tie": False,
}


@pytest.mark.parametrize(("members", "needed"), [(3, 2), (4, 3), (6, 4), (7, 5), (9, 6)])
def test_two_thirds_of_the_members_are_a_quorum_and_one_less_is_none(members: int, needed: int) -> None:
    rule = read_council_rules([THIRDS])[0]
    names = [f"m{number}" for number in range(members)]
    assert quorum_for(rule, names, names[:needed], ()).met
    assert not quorum_for(rule, names, names[: needed - 1], ()).met


@pytest.mark.parametrize(
    ("in_favour", "present", "thirds", "usual"),
    [(4, 6, True, True), (3, 6, False, False), (5, 7, True, True), (4, 7, False, True), (6, 9, True, True)],
)
def test_two_thirds_carry_and_one_less_does_not(in_favour: int, present: int, *, thirds: bool, usual: bool) -> None:
    for rule, carried in ((read_council_rules([THIRDS])[0], thirds), (USUAL_RULE, usual)):
        names = [f"m{number}" for number in range(present)]
        ballots = [Ballot(person=each, item="56", choice=Choice.FOR) for each in names[:in_favour]]
        tally = count_votes(rule, quorum_for(rule, names, names, ()), ballots, item="56", chair=("none", None))
        assert (tally.carried, tally.rule) == (carried, rule.rule)


def test_the_first_rule_in_force_is_the_usual_one_and_the_days_at_both_ends_count() -> None:
    rules = read_council_rules([USUAL, THIRDS])
    for named, day, found in (
        ("", "2023-04-01", "majority_present"),
        ("", "2026-03-31", "majority_present"),
        ("", "2026-04-01", "two_thirds"),
        ("two_thirds", "2024-04-01", "two_thirds"),
    ):
        assert rule_for(rules, named, day).rule == found
    assert rule_for((), "", "2019-11-19") == USUAL_RULE


@pytest.mark.parametrize(
    ("named", "day"),
    [
        ("majority_present", "2026-04-01"),
        ("two_thirds", "2024-03-31"),
        ("", "2023-03-31"),
        ("nobody_knows", "2025-01-01"),
        (USUAL_RULE.rule, "2025-01-01"),
    ],
)
def test_an_unknown_rule_or_one_not_in_force_is_refused(named: str, day: str) -> None:
    with pytest.raises(Refused) as refusal:
        rule_for(read_council_rules([USUAL, THIRDS]), named, day)
    reason = refusal.value.reasons[0]
    assert (reason.code, reason.facts) == (ReasonCode.RULE_NOT_IN_FORCE, {"rule": named, "day": day})


def test_a_meeting_can_be_called_by_what_holds_or_will_hold_but_not_by_what_has_ended() -> None:
    rules = read_council_rules([{**THIRDS, "holds_from": "2026-04-01"}, USUAL])
    assert [each.rule for each in rules_from(rules, "2026-03-31")] == ["majority_present", "two_thirds"]
    assert [each.rule for each in rules_from(rules, "2026-04-01")] == ["two_thirds"]
    assert rules_from((), "2026-04-01") == (USUAL_RULE,)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"quorum": "3/2"}, "quorum: 3/2"),
        ({"quorum": "0/2"}, "quorum: 0/2"),
        ({"quorum": "half"}, "quorum: half"),
        ({"majority": "1/0"}, "majority: 1/0"),
        ({"majority": 0.5}, "majority: 0.5"),
        ({"majority": "1/3"}, "majority_present/majority: 1/3"),
        ({"majority_strict": False}, "majority_present/majority: 1/2"),
        ({"majority": "2/3"}, "majority_present/chair_breaks_tie"),
        ({"quorum": "1/1"}, "majority_present/strict"),
        ({"chair_votes": "yes"}, "chair_votes: yes"),
        ({"legal_basis": " "}, "legal_basis"),
        ({"holds_from": "2023-4-1"}, "holds_from, holds_until: 2023-4-1, 2026-03-31"),
        ({"holds_until": "2022-01-01"}, "holds_from, holds_until: 2023-04-01, 2022-01-01"),
        ({"other": 1}, ""),
    ],
)
def test_a_rule_that_says_too_little_or_carries_both_ways_is_not_entered(change: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_council_rules([{**USUAL, **change}])
    assert told in {each.facts["what"] for each in refusal.value.reasons} or not told
    assert {each.facts["where"] for each in refusal.value.reasons} == {"council_rules"}


@pytest.mark.parametrize("data", [[], "rules", None, [USUAL, USUAL], ["rule"]])
def test_no_rule_two_of_one_name_or_no_list_is_refused(data: object) -> None:
    with pytest.raises(Refused):
        read_council_rules(data)


def test_a_rule_kept_before_rules_had_an_article_is_still_read() -> None:
    kept = rule_to_data(USUAL_RULE)
    old = {name: kept[name] for name in kept if name not in {"legal_basis", "holds_from", "holds_until"}}
    assert rule_from_data({name: old[name] for name in old if name != "majority_strict"}) == USUAL_RULE
