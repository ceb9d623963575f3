"""The threshold of a protection assessment at every boundary."""

import pytest

from sekisho.kernel import Refused
from sekisho.kernel.council import NATIONAL_TABLE, Depth, ThresholdRule, ThresholdTable, judge_threshold

NONE, BASIC, KEY, ALL = Depth.NONE, Depth.BASIC, Depth.KEY, Depth.ALL_ITEMS
BOUNDARIES = [
    (0, NONE, NONE, "under_1000"),
    (999, NONE, NONE, "under_1000"),
    (1_000, BASIC, BASIC, "from_1000"),
    (9_999, BASIC, BASIC, "from_1000"),
    (10_000, BASIC, KEY, "from_10000"),
    (99_999, BASIC, KEY, "from_10000"),
    (100_000, KEY, ALL, "from_100000"),
    (299_999, KEY, ALL, "from_100000"),
    (300_000, ALL, ALL, "from_300000"),
    (430_000, ALL, ALL, "from_300000"),
]
LOCAL = ThresholdTable(
    table="local",
    holds_from="2020-04-01",
    strict_handlers=500,
    rules=(
        ThresholdRule(rule="none", subjects_from=0, depth=NONE, strict_depth=NONE, ja="なし", en="none"),
        ThresholdRule(rule="key_is_all", subjects_from=10_000, depth=BASIC, strict_depth=ALL, ja="全項目", en="all"),
    ),
    source="要綱",
)


@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize("handlers", [0, 499, 500, 501])
@pytest.mark.parametrize("incident", [False, True])
def test_every_boundary(boundary: tuple[int, Depth, Depth, str], handlers: int, incident: bool) -> None:
    subjects, usual, strict, rule = boundary
    judged = judge_threshold(subjects, handlers, serious_incident=incident)
    is_strict = incident or handlers >= 500
    assert (judged.depth, judged.rule.rule, judged.strict) == (strict if is_strict else usual, rule, is_strict)
    assert judged.table == "national"


@pytest.mark.parametrize(
    ("subjects", "handlers", "depth", "table"),
    [
        (20_000, 500, ALL, "local"),
        (20_000, 1, BASIC, "national"),
        (5_000, 1, BASIC, "national"),
        (300_000, 1, ALL, "national"),
    ],
)
def test_a_local_rule_counts_only_where_it_asks_for_more(
    subjects: int, handlers: int, depth: Depth, table: str
) -> None:
    judged = judge_threshold(subjects, handlers, serious_incident=False, local=LOCAL)
    assert (judged.depth, judged.table) == (depth, table)


@pytest.mark.parametrize(("subjects", "handlers"), [(-1, 0), (0, -1)])
def test_fewer_than_nobody_is_refused(subjects: int, handlers: int) -> None:
    with pytest.raises(Refused):
        judge_threshold(subjects, handlers, serious_incident=False)


def test_the_words_of_the_depths_are_those_of_the_command() -> None:
    assert [depth.word for depth in Depth] == ["none", "basic", "key", "all_items"]


def test_every_line_says_its_rule_in_both_languages() -> None:
    assert all(rule.ja and rule.en for rule in NATIONAL_TABLE.rules)
