"""The laws of linking: order says nothing, undoing restores, nobody is merged against a veto, keys are settled."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.business.hometown_donations.linkage import (
    MOST_MEMBERS,
    DonorKeys,
    Gathered,
    KeyTable,
    NameKeys,
    are_different_people,
    edge_by_officer,
    edges_of,
    gather,
    gather_table,
    judge_all,
    links_of,
    name_keys,
    tabulate,
)
from sekisho.business.hometown_donations.linkage.places import fold_place
from sekisho.records import fold_mail, fold_reading, fold_telephone

FEW = {
    "surname": ("山田", "佐藤", ""),
    "given": ("太郎", "花子", "太朗", ""),
    "kana": ("ヤマダタロウ", "ヤマダハナコ", "サトウタロウ", ""),
    "address": ("42201|桜町|1", "42201|浜町|2", ""),
    "room": ("101", "102", ""),
    "telephone": ("0951", "0952", ""),
    "mail": ("a@b.jp", "c@d.jp", ""),
    "birth": ("1980-01-01", "1990-02-02", ""),
}


@st.composite
def some_keys(draw: st.DrawFn) -> list[DonorKeys]:
    """Keys out of so few values that everything meets everything."""
    made = []
    for number in range(draw(st.integers(2, 14))):
        values = {name: draw(st.sampled_from(few)) for name, few in FEW.items()}
        made.append(
            DonorKeys(
                donation=f"d{number:02d}",
                name=values["surname"] + values["given"],
                given_kana=values["kana"][3:],
                prefecture="長崎県",
                sex="",
                **values,
            )
        )
    return made


def by_id(table: KeyTable, gathered: Gathered) -> set[frozenset[str]]:
    """The groups as sets of donations."""
    return {frozenset(table.donations[row] for row in rows) for rows in gathered.groups.values()}


@settings(max_examples=150, deadline=None)
@given(some_keys(), st.randoms(use_true_random=False))
def test_the_order_in_which_donations_come_says_nothing(keys: list[DonorKeys], chance: Random) -> None:
    mixed = list(keys)
    chance.shuffle(mixed)
    one, other = tabulate(keys), tabulate(mixed)
    assert links_of(one, judge_all(one)) == links_of(other, judge_all(other))
    assert by_id(one, gather_table(one, judge_all(one))) == by_id(other, gather_table(other, judge_all(other)))


@settings(max_examples=150, deadline=None)
@given(some_keys(), st.data())
def test_a_link_taken_away_again_restores_exactly_what_was(keys: list[DonorKeys], data: st.DataObject) -> None:
    table = tabulate(keys)
    edges = edges_of(judge_all(table))
    before = gather(edges, table.names)
    left = data.draw(st.integers(0, len(keys) - 2))
    right = data.draw(st.integers(left + 1, len(keys) - 1))
    gather((*edges, edge_by_officer(left, right)), table.names)
    apart = gather(edges, table.names, {left: frozenset({right}), right: frozenset({left})})
    assert not any(left in rows and right in rows for rows in apart.groups.values())
    assert gather(edges, table.names) == before


@settings(max_examples=150, deadline=None)
@given(some_keys())
def test_no_group_is_too_large_or_holds_two_who_are_clearly_two(keys: list[DonorKeys]) -> None:
    table = tabulate(keys)
    for rows in gather_table(table, judge_all(table)).groups.values():
        assert len(rows) <= MOST_MEMBERS
        names = [table.names(row) for row in rows]
        assert not any(are_different_people(one, other) for one in names for other in names)


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_veto_does_not_depend_on_who_is_named_first(left: str, right: str) -> None:
    one, other = name_keys(left, right), name_keys(right, left)
    assert are_different_people(one, other) == are_different_people(other, one)
    assert not are_different_people(one, one)


@given(st.text(max_size=30))
def test_a_key_of_a_key_is_itself(text: str) -> None:
    for fold in (fold_reading, fold_telephone, fold_mail):
        assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="長崎市桜町大字ヶケがノの之一二十丁目番地号-ー－ 　0123９８", max_size=20))
def test_a_folded_place_is_settled(text: str) -> None:
    assert fold_place(fold_place(text)) == fold_place(text)


def test_the_veto_needs_both_given_names() -> None:
    husband = NameKeys(name="山田太郎", surname="山田", given="太郎", kana="ヤマダタロウ", given_kana="タロウ")
    wife = NameKeys(name="山田花子", surname="", given="", kana="ヤマダハナコ", given_kana="")
    unknown = NameKeys(name="山田", surname="", given="", kana="", given_kana="")
    assert are_different_people(husband, wife)
    assert not are_different_people(husband, unknown)
