"""The all-items form: its structure against the published one, its ※, and how strictly it is read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sekisho.kernel import SekishoError
from sekisho.kernel.council import (
    Aspect,
    Depth,
    ItemKind,
    Stage,
    find_place,
    form_from_data,
    judge_threshold,
    key_at,
)
from tests.unit.kernel.assessment_story import FORM, form_data

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "assessment" / "form_4.json").read_text(encoding="utf-8"))


def below(part: str) -> list[str]:
    """What stands directly below a part, each once, in order."""
    found = [item.removeprefix(f"{part}.").split(".")[0] for item in FORM.items if item.startswith(f"{part}.")]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("part", GOLDEN["items"])
def test_the_items_of_each_part_are_those_of_the_published_form(part: str) -> None:
    numbers = GOLDEN["items"][part]
    assert [each for each in below(part) if each in numbers or each[0] in "①②③④⑤⑥⑦⑧⑨⑩" or "リスク" in each] == numbers


def test_the_parts_stand_in_the_order_of_the_form() -> None:
    assert list(dict.fromkeys(item.split(".")[0] for item in FORM.items)) == GOLDEN["parts"]


@pytest.mark.parametrize(("item", "steps"), GOLDEN["scales"].items())
def test_a_scale_has_as_many_steps_as_published(item: str, steps: int) -> None:
    assert len(FORM.items[item].choices) == steps


def test_what_is_marked_with_the_sign_of_material_change() -> None:
    assert [item for item in GOLDEN["material"] if not FORM.items[item].material] == []
    assert [item for item in GOLDEN["not_material"] if FORM.items[item].material] == []
    risks = [each for each in FORM.items if each.startswith("Ⅲ.") and each != "Ⅲ.1"]
    assert [each for each in risks if not FORM.items[each].material] == ["Ⅲ.7.リスク1.⑨"]


def test_every_risk_has_its_measure_and_whether_that_is_enough() -> None:
    risks = [head for head in FORM.headings if "リスク" in head.rsplit(".", maxsplit=1)[-1] and head.count(".") == 2]
    assert len(risks) == 21
    assert [each for each in risks if f"{each}.十分か" not in FORM.items] == []
    split = {"Ⅲ.3.リスク2", "Ⅲ.7.リスク1"}
    assert [each for each in risks if f"{each}.措置の内容" not in FORM.items] == sorted(split)


def test_the_three_depths_are_one_set_of_data() -> None:
    asked = {
        depth: {item for item, each in FORM.items.items() if each.asked_by(depth, Stage.PUBLISHED)} for depth in Depth
    }
    assert not asked[Depth.NONE]
    assert asked[Depth.BASIC] < asked[Depth.KEY] < asked[Depth.ALL_ITEMS]
    assert "Ⅰ.1.②" in asked[Depth.BASIC]
    assert "Ⅱ.3.①" in asked[Depth.KEY] - asked[Depth.BASIC]
    assert "Ⅱ.4.委託.②.本人の範囲" in asked[Depth.ALL_ITEMS] - asked[Depth.KEY]
    assert "表紙.承認日" not in asked[Depth.ALL_ITEMS]


def test_a_third_party_looks_at_both_aspects() -> None:
    assert {each.aspect for each in FORM.points} == set(Aspect)
    assert len({each.point for each in FORM.points}) == len(FORM.points) == 12


@pytest.mark.parametrize("row", GOLDEN["threshold"])
@pytest.mark.parametrize("upper", [False, True])
def test_the_threshold_is_the_published_table(row: list[Any], upper: bool) -> None:
    firsts = [each[0] for each in GOLDEN["threshold"]] + [10**9]
    subjects = firsts[firsts.index(row[0]) + 1] - 1 if upper else row[0]
    many = [
        judge_threshold(subjects, each, serious_incident=hit) for each in (500, 501, 10**6) for hit in (False, True)
    ]
    hit = [judge_threshold(subjects, handlers, serious_incident=True) for handlers in (0, 499)]
    none = [judge_threshold(subjects, handlers, serious_incident=False) for handlers in (0, 499)]
    assert [{each.depth.word for each in judged} for judged in (many, hit, none)] == [{each} for each in row[1:]]


@pytest.mark.parametrize(
    ("key", "item", "numbers"),
    [
        ("Ⅱ.4.委託[2].③", "Ⅱ.4.委託.③", {"Ⅱ": 1, "Ⅱ.4.委託": 2}),
        ("Ⅱ[3].4.委託[2].②.本人の範囲", "Ⅱ.4.委託.②.本人の範囲", {"Ⅱ": 3, "Ⅱ.4.委託": 2}),
        ("Ⅰ.2.システム[1].①", "Ⅰ.2.システム.①", {"Ⅰ.2.システム": 1}),
        ("Ⅲ[2].7.リスク1.⑩", "Ⅲ.7.リスク1.⑩", {"Ⅲ": 2}),
        ("別添2", "別添2", {"別添2": 1}),
        ("表紙.公表日", "表紙.公表日", {}),
    ],
)
def test_a_key_names_one_place_and_is_written_in_one_way(key: str, item: str, numbers: dict[str, int]) -> None:
    place = find_place(FORM, key)
    assert place is not None
    assert (place.item, dict(place.numbers)) == (item, numbers)
    assert key_at(FORM, item, numbers) == key


@pytest.mark.parametrize(
    "key",
    ["", "Ⅱ", "Ⅱ.4.委託.③", "Ⅱ[1].1", "Ⅱ[0].1", "Ⅱ.4.委託[01].③", "Ⅰ.1[1].①", "Ⅰ..1", "Ⅰ.1.①.", "Ⅸ.1", "Ⅱ.4.委託[x].③"],
)
def test_what_is_no_place_is_none(key: str) -> None:
    assert find_place(FORM, key) is None


def test_a_number_is_lent_to_the_parts_that_are_counted_together() -> None:
    assert key_at(FORM, "Ⅱ.4.有無", {"Ⅲ": 2}) == "Ⅱ[2].4.有無"
    assert key_at(FORM, "Ⅱ.4.有無", {}) == "Ⅱ.4.有無"


def _pop(name: str) -> Callable[[Any], object]:
    return lambda data: data.pop(name)


SPOILT: list[tuple[str, Callable[[Any], object]]] = [
    ("a part is missing", _pop("points")),
    ("a part is unknown", lambda data: data.update(colour="red")),
    ("an item stands twice", lambda data: data["items"].append(data["items"][0])),
    ("a heading stands twice", lambda data: data["headings"].append(data["headings"][0])),
    ("a word of an item is unknown", lambda data: data["items"][0].update(colour="red")),
    ("a depth is unknown", lambda data: data["items"][0].update(depth="deep")),
    ("a kind is unknown", lambda data: data["items"][0].update(kind="song")),
    ("a scale is unknown", lambda data: data["items"][0].update(scale="none", kind="choice")),
    ("a choice without a scale", lambda data: data["items"][0].update(kind="choice")),
    ("a text with a scale", lambda data: data["items"][0].update(scale="persons")),
    ("material is no yes or no", lambda data: data["items"][0].update(material="often")),
    ("asked when nothing says so", lambda data: data["items"][0].update(when={"item": "Ⅸ", "among": ["x"]})),
    ("asked when no choice says so", lambda data: data["items"][0].update(when={"item": "Ⅱ.4.有無", "among": ["x"]})),
    ("counted by nothing", lambda data: data["groups"][0].update(counted_by="Ⅸ")),
    ("the same as nothing", lambda data: data["groups"][0].update(same_as="Ⅸ")),
    ("a group of nothing", lambda data: data["groups"].append({"group": "Ⅸ"})),
    ("a group with an unknown word", lambda data: data["groups"][0].update(colour="red")),
    ("an aspect is unknown", lambda data: data["points"][0].update(aspect="beauty")),
    ("no date", lambda data: data.update(holds_from="soon")),
    ("items are no list", lambda data: data.update(items=7)),
]


@pytest.mark.parametrize("spoil", [each for _, each in SPOILT], ids=[each for each, _ in SPOILT])
def test_a_form_that_does_not_hold_together_is_not_read(spoil: Callable[[Any], object]) -> None:
    data = form_data()
    assert form_from_data(data) == FORM
    spoil(data)
    with pytest.raises(SekishoError):
        form_from_data(data)


def test_an_item_of_a_scale_is_a_choice() -> None:
    assert {each.kind for each in FORM.items.values() if each.choices} == {ItemKind.CHOICE, ItemKind.CHOICES}
