"""What changed between two versions, and whether it is a 重要な変更."""

from dataclasses import replace

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    FilingTime,
    ItemKind,
    LighterClaim,
    LighterGround,
    ReportChange,
    change_table,
    changes_between,
    find_place,
    is_material,
)
from tests.unit.kernel.assessment_story import AFTER, BEFORE, FORM, NEXT_YEAR, another, next_version, without

SCOPE = "Ⅱ.4.委託[1].②.本人の範囲"
MEASURE = "Ⅲ.2.リスク1.措置の内容"


def only_change(key: str, value: object = None) -> ReportChange:
    """The one change when this answer becomes another."""
    place = find_place(FORM, key)
    assert place is not None
    new = another(FORM.items[place.item], AFTER.values[key]) if value is None else value
    [change] = changes_between(FORM, AFTER, next_version(AFTER, {key: new}))  # type: ignore[dict-item]
    return change


def test_the_councils_case_is_material_because_the_persons_covered_grow() -> None:
    rows = change_table(FORM, changes_between(FORM, BEFORE, AFTER))
    assert [each.place for each in rows if each.material] == [SCOPE]
    [row] = [each for each in rows if each.place == SCOPE]
    assert (row.before, row.after) == ("普通徴収の対象者", "普通徴収の対象者及び特別徴収の対象者")
    assert (row.changed_on, row.filed) == ("2019-12-20", FilingTime.BEFORE)
    assert "対象となる本人の範囲" in row.label
    assert "変更前に評価を再実施" in row.explanation
    [count] = [each for each in rows if each.place == "Ⅱ.4.委託[1].②.本人の数"]
    assert (count.before, count.after) == ("1万人以上10万人未満", "10万人以上100万人未満")


def test_what_the_procedure_wrote_is_no_row_of_the_table() -> None:
    changes = changes_between(FORM, BEFORE, AFTER)
    left_out = {each.place for each in changes} - {each.place for each in change_table(FORM, changes)}
    assert left_out == {"表紙.公表日", "Ⅵ.2.②.開始", "Ⅵ.2.②.終了", "Ⅵ.2.④", "Ⅵ.2.⑤", "Ⅵ.3.①", "Ⅵ.3.③"}


@pytest.mark.parametrize("key", sorted(AFTER.values))
def test_a_change_is_material_exactly_where_the_form_marks_it(key: str) -> None:
    place = find_place(FORM, key)
    assert place is not None
    change = only_change(key)
    assert (change.place, change.material) == (key, FORM.items[place.item].material)
    assert change.filed is (FilingTime.BEFORE if change.material else FilingTime.AFTER)
    assert change.changed_on == NEXT_YEAR.isoformat()


@pytest.mark.parametrize(
    ("value", "material"),
    [
        ("普通徴収の対象者 及び 特別徴収の対象者", False),
        ("普通徴収の対象者及び特別徴収の対象者。", False),
        ("普通徴収の対象者、及び\n特別徴収の対象者", False),
        ("普通徴収の対象者及び特別徴収の対象者等", True),
        ("普通徴収の対象者又は特別徴収の対象者", True),
        ("", True),
    ],
)
def test_width_spaces_and_punctuation_are_mere_wording(value: str, material: bool) -> None:
    if not value:
        [change] = changes_between(FORM, AFTER, next_version(without(AFTER, SCOPE), {}))
    else:
        change = only_change(SCOPE, value)
    assert change.material is material


def test_to_take_out_a_mere_sign_is_still_to_take_something_out() -> None:
    signed = next_version(AFTER, {SCOPE: "―。"})
    [gone] = changes_between(FORM, signed, next_version(without(signed, SCOPE), {}))
    assert gone.material
    [put_in] = changes_between(FORM, without(AFTER, SCOPE), signed)
    assert put_in.material


def test_another_choice_is_never_mere_wording() -> None:
    assert only_change("Ⅱ.4.委託[1].⑦", "再委託する").material
    assert only_change("Ⅱ.3.①", ("本人又は本人の代理人",)).material


def test_what_is_new_and_what_is_gone() -> None:
    second = next_version(AFTER, {"Ⅱ.4.委託[2].②.本人の範囲": "全員"})
    [new] = changes_between(FORM, AFTER, second)
    assert (new.before, new.after, new.material) == (None, "全員", True)
    [gone] = changes_between(FORM, second, next_version(without(second, "Ⅱ.4.委託[2].②.本人の範囲"), {}))
    assert (gone.before, gone.after, gone.material) == ("全員", None, True)


def test_rows_stand_in_the_order_of_the_form() -> None:
    keys = ["Ⅴ.1.①", "Ⅰ.1.①", "Ⅲ.2.リスク1.十分か", SCOPE, "表紙.宣言"]
    items = {key: find_place(FORM, key) for key in keys}
    new = {key: another(FORM.items[place.item], AFTER.values[key]) for key, place in items.items() if place is not None}
    rows = changes_between(FORM, AFTER, next_version(AFTER, new))
    assert [each.place for each in rows] == ["表紙.宣言", "Ⅰ.1.①", SCOPE, "Ⅲ.2.リスク1.十分か", "Ⅴ.1.①"]


CLAIM = LighterClaim(place=MEASURE, ground=LighterGround.LOWERS_RISK, why="確認を二重にする", claimed_by="urakami")


def test_a_claim_with_its_reason_makes_a_change_lighter_and_stands_in_the_table() -> None:
    second = next_version(AFTER, {MEASURE: "様式を定め、二人で確かめる", SCOPE: "全員"})
    rows = {each.place: each for each in changes_between(FORM, AFTER, second, [CLAIM])}
    assert (rows[MEASURE].material, rows[MEASURE].filed) == (False, FilingTime.AFTER)
    assert "リスクを明らかに軽減させる変更: 確認を二重にする" in rows[MEASURE].explanation
    assert rows[SCOPE].material
    assert is_material(rows.values())
    assert not is_material([rows[MEASURE]])


@pytest.mark.parametrize(
    "claims",
    [
        [replace(CLAIM, place=SCOPE)],
        [replace(CLAIM, place="Ⅸ")],
        [replace(CLAIM, why=" ")],
        [replace(CLAIM, claimed_by="")],
        [CLAIM, CLAIM],
        [replace(CLAIM, place="Ⅲ.2.リスク1.十分か", ground=LighterGround.WORDING)],
    ],
    ids=["not changed", "no place", "no reason", "nobody", "twice", "a choice has no wording"],
)
def test_a_claim_that_does_not_hold_is_refused(claims: list[LighterClaim]) -> None:
    second = next_version(AFTER, {MEASURE: "二人で確かめる", "Ⅲ.2.リスク1.十分か": "特に力を入れている"})
    with pytest.raises(Refused) as refusal:
        changes_between(FORM, AFTER, second, claims)
    assert [each.code for each in refusal.value.reasons] == [ReasonCode.FIELD_NOT_UNDERSTOOD]


def test_only_an_older_and_a_newer_version_of_one_report_are_compared() -> None:
    for old, new in ((AFTER, BEFORE), (AFTER, AFTER), (replace(BEFORE, report="x"), AFTER)):
        with pytest.raises(Refused) as refusal:
            changes_between(FORM, old, new)
        assert refusal.value.reasons[0].facts["where"] == "versions"


def test_every_kind_of_answer_occurs_in_the_worked_example() -> None:
    places = [find_place(FORM, key) for key in AFTER.values]
    assert {FORM.items[place.item].kind for place in places if place is not None} == set(ItemKind)
