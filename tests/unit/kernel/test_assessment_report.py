"""A report is read strictly, and whatever its depth asks for at its stage is missed by name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    Answer,
    Depth,
    Need,
    Stage,
    contradictions_in,
    depth_demanded,
    find_place,
    missing_answers,
    report_from_data,
)
from tests.unit.kernel.assessment_story import AFTER, BEFORE, FORM, answering, report_data, without


def missed(*args: Any, **more: Any) -> list[str]:
    """The places that are missed."""
    return [each.facts["place"] for each in missing_answers(FORM, *args, **more) if "place" in each.facts]


@pytest.mark.parametrize("report", [BEFORE, AFTER], ids=["before", "after"])
@pytest.mark.parametrize("depth", [Depth.BASIC, Depth.KEY, Depth.ALL_ITEMS])
def test_the_worked_example_is_complete_at_every_depth(report: Any, depth: Depth) -> None:
    assert missing_answers(FORM, report, depth) == ()
    assert contradictions_in(FORM, report) == ()


@pytest.mark.parametrize("key", sorted(AFTER.values))
def test_an_answer_that_is_taken_out_is_missed_exactly_at_the_depths_that_ask_for_it(key: str) -> None:
    place = find_place(FORM, key)
    assert place is not None
    item = FORM.items[place.item]
    for depth in (Depth.BASIC, Depth.KEY, Depth.ALL_ITEMS):
        expected = item.need is Need.ALWAYS and item.depth <= depth
        assert (key in missed(without(AFTER, key), depth)) is expected


@pytest.mark.parametrize(
    ("key", "stage"),
    [("表紙.公表日", Stage.PUBLISHED), ("Ⅵ.2.④", Stage.COMMENTED), ("Ⅵ.3.③", Stage.CHECKED), ("Ⅰ.1.①", Stage.DRAFTED)],
)
def test_what_the_procedure_brings_is_asked_only_afterwards(key: str, stage: Stage) -> None:
    lacking = without(AFTER, key)
    assert [far for far in Stage if missed(lacking, stage=far) == [key]] == [far for far in Stage if far >= stage]


def test_every_contract_and_every_file_is_asked_for_on_its_own() -> None:
    second = answering(AFTER, {"Ⅱ.4.件数": 2, "Ⅱ.4.委託[2].名称": "データ入力"})
    assert set(missed(second)) == {
        f"Ⅱ.4.委託[2].{each}" for each in ("①", "②.本人の数", "②.本人の範囲", "②.妥当性", "③", "④", "⑤", "⑥", "⑦")
    }
    again = answering(AFTER, {"Ⅱ[2].1": "第二のファイル"})
    asked = missed(again)
    assert {"Ⅱ[2].2.①", "Ⅲ[2].1", "Ⅲ[2].7.リスク1.⑩", "別添2[2]"} <= set(asked)
    assert not [each for each in asked if "[2]" not in each]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"Ⅱ.4.件数": 2}, "Ⅱ.4.件数"),
        ({"Ⅱ.4.件数": 0}, "Ⅱ.4.件数"),
        ({"Ⅱ.5.提供件数": 3}, "Ⅱ.5.提供件数"),
    ],
)
def test_a_number_of_contracts_that_is_not_theirs_is_found(changed: dict[str, Answer], place: str) -> None:
    reasons = missing_answers(FORM, answering(AFTER, changed))
    assert [(each.code, each.facts["where"]) for each in reasons] == [(ReasonCode.FIELD_NOT_UNDERSTOOD, place)]


def test_contracts_are_numbered_without_a_gap() -> None:
    renamed = {key.replace("委託[1]", "委託[2]"): value for key, value in AFTER.values.items()}
    reasons = missing_answers(FORM, replace(AFTER, values=renamed))
    assert [each.facts["where"] for each in reasons] == ["Ⅱ.4.件数"]


def test_a_second_system_or_file_without_a_first_is_found() -> None:
    first = [key for key in AFTER.values if key.startswith("Ⅰ.2.システム[1]")]
    assert missed(without(AFTER, *first)) == ["Ⅰ.2.システム[1]"]
    last = [key for key in AFTER.values if key.startswith("Ⅰ.2.システム[2]")]
    assert missed(without(AFTER, *last)) == []
    fifth = answering(AFTER, {"Ⅰ.2.システム[5].①": "別のシステム"})
    gap = ["Ⅰ.2.システム[3]", "Ⅰ.2.システム[4]"]
    assert missed(fifth) == ["Ⅰ.2.システム[5].②", "Ⅰ.2.システム[5].③", *gap]
    third_file = answering(AFTER, {"Ⅱ[3].1": "第三のファイル"})
    assert {"Ⅱ[2]", "Ⅲ[2]", "別添2[2]"} <= set(missed(third_file))


def test_what_does_not_happen_is_not_asked_for() -> None:
    contract = [key for key in AFTER.values if key.startswith(("Ⅱ.4.委託", "Ⅲ.4")) or key == "Ⅱ.4.件数"]
    assert missing_answers(FORM, answering(without(AFTER, *contract), {"Ⅱ.4.有無": "委託しない"})) == ()
    assert missed(answering(AFTER, {"Ⅱ.4.委託[1].⑦": "再委託する"})) == ["Ⅱ.4.委託[1].⑧", "Ⅱ.4.委託[1].⑨"]
    network = [key for key in AFTER.values if key.startswith("Ⅲ.6.")]
    assert len(network) == 14
    assert missing_answers(FORM, answering(without(AFTER, *network), {"Ⅰ.6.①": "実施しない"})) == ()
    assert missed(without(AFTER, *network)) == network


def test_a_report_without_any_file_or_system_is_incomplete() -> None:
    none = without(AFTER, *[key for key in AFTER.values if key.startswith(("Ⅱ", "Ⅲ", "別添2", "Ⅰ.2"))])
    assert {"Ⅰ.2.システム", "Ⅱ", "Ⅲ", "別添2"} <= set(missed(none))


WRONG: list[tuple[str, Callable[[Any], object], str]] = [
    ("no such item", lambda data: data["values"].update({"Ⅸ.1": "x"}), "Ⅸ.1"),
    ("no such contract", lambda data: data["values"].update({"Ⅱ.4.委託.③": "10人未満"}), "Ⅱ.4.委託.③"),
    ("not of the scale", lambda data: data["assumed"].update({"Ⅰ.1.③": "たくさん"}), "Ⅰ.1.③"),
    ("a choice as a list", lambda data: data["assumed"].update({"Ⅰ.1.③": ["30万人以上"]}), "Ⅰ.1.③"),
    ("a list with a stranger", lambda data: data["assumed"].update({"Ⅱ.3.①": ["月"]}), "Ⅱ.3.①"),
    ("a list with one twice", lambda data: data["values"].update({"Ⅱ.5.提供[1].⑥": ["紙", "紙"]}), "Ⅱ.5.提供[1].⑥"),
    ("an empty list", lambda data: data["values"].update({"Ⅱ.5.提供[1].⑥": []}), "Ⅱ.5.提供[1].⑥"),
    ("a count in words", lambda data: data["assumed"].update({"Ⅱ.4.件数": "一件"}), "Ⅱ.4.件数"),
    ("a count below nothing", lambda data: data["assumed"].update({"Ⅱ.4.件数": -1}), "Ⅱ.4.件数"),
    ("a count that is a yes", lambda data: data["assumed"].update({"Ⅱ.4.件数": True}), "Ⅱ.4.件数"),
    ("no day", lambda data: data["assumed"].update({"表紙.公表日": "2019-02-30"}), "表紙.公表日"),
    ("an empty text", lambda data: data["assumed"].update({"Ⅰ.3": "  "}), "Ⅰ.3"),
    ("a number for a text", lambda data: data["assumed"].update({"Ⅰ.3": 3}), "Ⅰ.3"),
    ("a text without end", lambda data: data["assumed"].update({"Ⅰ.3": "あ" * 20_001}), "Ⅰ.3"),
    ("said and assumed", lambda data: data["assumed"].update({"Ⅰ.1.①": "x"}), "Ⅰ.1.①"),
    ("another form", lambda data: data.update(form="form_3 2018-05"), "form"),
    ("a depth that is none", lambda data: data.update(depth="deep"), "depth"),
    ("a stage that is none", lambda data: data.update(stage="soon"), "stage"),
    ("a version before the first", lambda data: data.update(version=0), "version, changed_on"),
    ("no day of change", lambda data: data.update(changed_on="soon"), "version, changed_on"),
    ("no tables", lambda data: data.update(values=[]), "values, assumed"),
    ("a stranger in front", lambda data: data.update(colour="red"), "report"),
    ("something missing in front", lambda data: data.pop("stage"), "report"),
]


@pytest.mark.parametrize(("spoil", "where"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_is_no_answer_is_refused_by_its_place(spoil: Callable[[Any], object], where: str) -> None:
    data = report_data()
    assert report_from_data(FORM, data) == AFTER
    spoil(data)
    with pytest.raises(Refused) as refusal:
        report_from_data(FORM, data)
    assert [each.facts["where"] for each in refusal.value.reasons] == [where]


def test_every_wrong_place_is_told_at_once() -> None:
    data = report_data()
    data["values"].update({"Ⅸ.1": "x", "Ⅸ.2": "y"})
    with pytest.raises(Refused) as refusal:
        report_from_data(FORM, data)
    assert [each.facts["where"] for each in refusal.value.reasons] == ["Ⅸ.1", "Ⅸ.2"]


def test_what_the_minutes_do_not_say_is_marked() -> None:
    assert "Ⅱ.4.委託[1].②.本人の範囲" not in AFTER.assumed
    assert "Ⅰ.1.③" in AFTER.assumed
    assert AFTER.assumed < set(AFTER.values)


RESULTS = {"none": 0, "basic": 1, "key": 2, "all_items": 3}


@pytest.mark.parametrize("subjects", range(5))
@pytest.mark.parametrize("handlers", range(2))
@pytest.mark.parametrize("incident", range(2))
def test_the_stated_threshold_follows_from_the_stated_numbers(subjects: int, handlers: int, incident: int) -> None:
    strict = handlers == 0 or incident == 0
    demanded = ("none", "basic", "key" if strict else "basic", "all_items" if strict else "key", "all_items")[subjects]
    said: dict[str, Answer] = {
        "Ⅰ.1.③": FORM.items["Ⅰ.1.③"].choices[subjects],
        "しきい値.取扱者数": FORM.items["しきい値.取扱者数"].choices[handlers],
        "しきい値.重大事故": FORM.items["しきい値.重大事故"].choices[incident],
    }
    for number, result in enumerate(FORM.items["Ⅵ.1.②"].choices):
        report = answering(AFTER, {**said, "Ⅵ.1.②": result})
        assert depth_demanded(FORM, report) == Depth[demanded.upper()]
        assert bool(contradictions_in(FORM, report)) is (number != RESULTS[demanded])


def test_a_report_less_deep_than_its_numbers_demand_contradicts_itself() -> None:
    codes = [each.code for each in contradictions_in(FORM, replace(AFTER, depth=Depth.KEY))]
    assert codes == [ReasonCode.DEPTH_TOO_SHALLOW]
    assert contradictions_in(FORM, without(replace(AFTER, depth=Depth.KEY), "Ⅰ.1.③")) == ()


@pytest.mark.parametrize(
    ("closed", "why", "codes"),
    [
        ("2019-10-24", "", []),
        ("2019-10-23", "", [ReasonCode.COMMENT_TOO_SHORT]),
        ("2019-10-23", "緊急の法改正", []),
    ],
)
def test_a_shorter_comment_needs_its_reason_in_the_report(closed: str, why: str, codes: list[ReasonCode]) -> None:
    said: dict[str, Answer] = {"Ⅵ.2.②.終了": closed, **({"Ⅵ.2.③": why} if why else {})}
    assert [each.code for each in contradictions_in(FORM, answering(AFTER, said))] == codes
