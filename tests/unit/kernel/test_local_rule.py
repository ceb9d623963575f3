"""A municipality's own threshold asks for more than the national one, at every boundary, or it is refused."""

from typing import Any

import pytest

from sekisho.kernel import Refused
from sekisho.kernel.council import Depth, judge_threshold, read_local_rule

BASIC, KEY, ALL = "basic", "key", "all_items"


def own(*lines: tuple[int, str, str], strict_handlers: Any = 500, **changes: Any) -> dict[str, Any]:
    """A table as its file has it: from so many persons on, so deep, so deep if strict."""
    rules = [{"subjects_from": since, "depth": usual, "strict_depth": strict} for since, usual, strict in lines]
    table = {"source": "要綱", "holds_from": "2026-04-01", "strict_handlers": strict_handlers, "rules": rules}
    return {**table, **changes}


NATIONAL = ((1_000, BASIC, BASIC), (10_000, BASIC, KEY), (100_000, KEY, ALL), (300_000, ALL, ALL))


def refused(table: dict[str, Any]) -> list[str]:
    """Everything that is said against it."""
    with pytest.raises(Refused) as refusal:
        read_local_rule(table)
    assert {each.facts["where"] for each in refusal.value.reasons} == {"assessment_threshold"}
    return [each.facts["what"] for each in refusal.value.reasons]


def test_the_national_rule_itself_may_be_written_down() -> None:
    table = read_local_rule(own(*NATIONAL))
    assert (table.table, table.source, table.holds_from) == ("local", "要綱", "2026-04-01")
    assert [each.subjects_from for each in table.rules] == [0, 1_000, 10_000, 100_000, 300_000]
    assert table.rules[0].depth is table.rules[0].strict_depth is Depth.NONE


@pytest.mark.parametrize(
    ("lines", "strict_handlers", "said"),
    [
        (((1_001, BASIC, BASIC), *NATIONAL[1:]), 500, "1,000 / 0 / -: none < basic"),
        ((NATIONAL[0], (10_001, BASIC, KEY), *NATIONAL[2:]), 500, "10,000 / 0 / +: basic < key"),
        ((*NATIONAL[:2], (100_001, KEY, ALL), NATIONAL[3]), 500, "100,000 / 0 / -: basic < key"),
        ((*NATIONAL[:3], (300_001, ALL, ALL)), 500, "300,000 / 0 / -: key < all_items"),
        ((*NATIONAL[:2], (100_000, KEY, KEY), NATIONAL[3]), 500, "100,000 / 500 / -: key < all_items"),
        (NATIONAL, 501, "10,000 / 500 / -: basic < key"),
    ],
)
def test_one_person_looser_is_refused(lines: Any, strict_handlers: int, said: str) -> None:
    assert said in refused(own(*lines, strict_handlers=strict_handlers))


@pytest.mark.parametrize(
    ("lines", "strict_handlers", "asked", "depth"),
    [
        (((999, BASIC, BASIC), *NATIONAL[1:]), 500, (999, 0), Depth.BASIC),
        (NATIONAL, 499, (10_000, 499), Depth.KEY),
        ((*NATIONAL[:3], (299_999, ALL, ALL)), 500, (299_999, 0), Depth.ALL_ITEMS),
        (((0, BASIC, BASIC), *NATIONAL[1:]), 500, (0, 0), Depth.BASIC),
    ],
)
def test_one_person_stricter_counts_and_says_so(
    lines: Any, strict_handlers: int, asked: tuple[int, int], depth: Depth
) -> None:
    local = read_local_rule(own(*lines, strict_handlers=strict_handlers))
    judged = judge_threshold(*asked, serious_incident=False, local=local)
    assert (judged.depth, judged.table, judged.source) == (depth, "local", "要綱")
    assert f"{judged.rule.subjects_from:,}人以上" in judged.rule.ja
    assert f"{judged.rule.subjects_from:,} persons" in judged.rule.en
    assert judged.rule.rule == f"local_from_{judged.rule.subjects_from}"
    assert judge_threshold(*asked, serious_incident=False).table == "national"


def test_the_sentence_of_a_line_names_both_depths_and_when_each_holds() -> None:
    rule = read_local_rule(own(*NATIONAL, strict_handlers=1_00)).rules[3]
    assert rule.ja == (
        "対象人数が100,000人以上: 取扱者100人以上または1年以内の重大事故があれば全項目評価、なければ重点項目評価"
    )
    assert rule.en == (
        "from 100,000 persons: all items if 100 or more handle it or a serious incident happened within a year,"
        " else key items"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": " "}, "holds_from, rules, source, strict_handlers"),
        ({"more": 1}, "holds_from, rules, source, strict_handlers"),
        ({"rules": "all"}, "holds_from, rules, source, strict_handlers"),
        ({"strict_handlers": True}, "strict_handlers: True"),
        ({"strict_handlers": -1}, "strict_handlers: -1"),
        ({"rules": [{"subjects_from": 0}]}, "rules: depth, strict_depth, subjects_from"),
        ({"rules": ["all"]}, "rules: depth, strict_depth, subjects_from"),
        ({"rules": own((0, "deep", ALL))["rules"]}, "depth: deep"),
        ({"rules": own((-1, ALL, ALL))["rules"]}, "subjects_from: -1"),
        ({"rules": own((0, ALL, ALL), (0, ALL, ALL))["rules"]}, "subjects_from"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(changes: dict[str, Any], said: str) -> None:
    assert refused(own(*NATIONAL, **changes)) == [said]
