"""Variant characters: every row says where it comes from; keys fold all forms, writing replaces only what is certain."""

import unicodedata
from collections import Counter

import pytest

from sekisho.records import (
    VARIANT_TABLE,
    VARIANTS,
    VariantSource,
    VariantState,
    find_undecided,
    fold_forms,
    fold_variants,
    is_jis_x_0208,
    shadow_of_address,
    shadow_of_name,
    write_statutory_text,
)

IVS = "\U000e0101"
COMMON = {
    "髙": "高",
    "﨑": "崎",
    "德": "徳",
    "瀨": "瀬",
    "𠮷": "吉",
    "邊": "辺",
    "邉": "辺",
    "濵": "浜",
    "濱": "浜",
    "廣": "広",
    "澤": "沢",
    "櫻": "桜",
    "眞": "真",
    "惠": "恵",
    "\ufa19": "神",
}


@pytest.mark.parametrize(("character", "target"), sorted(COMMON.items()))
def test_the_common_variants_are_reviewed_and_have_one_target(character: str, target: str) -> None:
    row = VARIANT_TABLE[character]
    assert (row.targets, row.state, row.is_certain) == ((target,), VariantState.REVIEWED, True)
    assert fold_variants(character) == target


def test_every_row_says_its_source_and_state_and_every_target_can_be_written() -> None:
    for row in VARIANT_TABLE.values():
        assert isinstance(row.source, VariantSource)
        assert isinstance(row.state, VariantState)
        assert len(row.character) == 1
        assert row.character not in row.targets
        assert all(is_jis_x_0208(target) for target in row.targets)
        assert len(row.targets) == 1 or row.note, "several targets, or none: it says why"
    counted = Counter(row.source for row in VARIANT_TABLE.values())
    assert counted[VariantSource.JOYO] > 290
    assert counted[VariantSource.UNICODE] > 500


def test_unicode_itself_is_the_source_of_the_compatibility_ideographs() -> None:
    for row in VARIANT_TABLE.values():
        if row.source is VariantSource.UNICODE:
            assert row.targets == (unicodedata.normalize("NFC", row.character),)


@pytest.mark.parametrize("character", "齊齋")
def test_a_character_with_two_targets_is_never_guessed(character: str) -> None:
    assert set(VARIANT_TABLE[character].targets) == {"斉", "斎"}
    assert character not in VARIANTS
    assert {fold_variants(each) for each in "斉斎齊齋"} == {"斉"}, "who searches need not choose"


def test_a_character_without_a_target_falls_back_to_a_person_or_the_reading() -> None:
    name = "草彅 𡈽屋 髙𠀋"
    undecided = {each.character: each for each in find_undecided(name)}
    assert set(undecided) == {"彅", "𡈽", "𠀋"}
    assert undecided["彅"].choices == ()
    assert "読み" in undecided["彅"].note
    assert undecided["𡈽"].choices == ("土",), "only proposed: a person looks first"
    assert undecided["彅"].position == 1
    written = write_statutory_text(name)
    assert set(written.unwritable) == {"彅", "𡈽", "𠀋"}
    assert written.text.startswith("草彅")


def test_what_a_person_must_decide_is_exactly_what_cannot_be_written() -> None:
    for character in VARIANT_TABLE:
        undecided = {each.character for each in find_undecided(character)}
        assert undecided == set(write_statutory_text(character).unwritable)


def test_dragon_and_dragon_are_two_characters_of_names() -> None:
    assert shadow_of_name("龍一") != shadow_of_name("竜一")
    assert VARIANT_TABLE["龍"].targets == ()


def test_a_variation_selector_is_left_out_of_keys_only() -> None:
    assert shadow_of_name(f"葛{IVS}城") == shadow_of_name("葛城")
    assert shadow_of_address(f"葛{IVS}城市1番") == shadow_of_address("葛城市1番")
    assert fold_forms(f"葛{IVS}") == f"葛{IVS}"
    assert IVS in write_statutory_text(f"葛{IVS}城").unwritable


def test_a_key_is_the_key_of_itself() -> None:
    for character in VARIANT_TABLE:
        assert fold_variants(fold_variants(character)) == fold_variants(character)
        assert len(fold_forms(character)) == 1
    assert fold_variants("髙﨑 𠮷田 齋藤 櫻井 渡邉 渡邊 濵田 瀨戸") == "高崎 吉田 斉藤 桜井 渡辺 渡辺 浜田 瀬戸"
