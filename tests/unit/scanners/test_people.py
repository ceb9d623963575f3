"""A list of people is found in whatever it hides, however the stream was cut; letters and land are none."""

from random import Random

import pytest

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.scanners.inspector import inspect_chunks, inspect_document
from sekisho.adapters.scanners.people import (
    FEWEST,
    count_people,
    is_person,
    look_for_people,
    merge_people,
    names_people,
    search_people,
)
from sekisho.adapters.scanners.tools import tools_in_use
from tests.fakes.one_stop import typed_form

LAND = "422011,2026,土地,4200000000001,長崎県長崎市桜町,2番22,,宅地,165.28,,,12345678,基準,,\r\n"


def donors(count: int) -> list[str]:
    """Rows as a portal or an office writes them."""
    chance = Random(10_014)
    people = [typed_form(chance) for _ in range(count)]
    return [
        f"{number},{each['name']},{each['kana']},{each['address']},{each['amount']}\r\n"
        for number, each in enumerate(people)
    ]


@pytest.mark.parametrize(
    "row",
    [
        "1,髙﨑　遥,タカサキ　ハルカ,長崎県佐世保市八幡町1番10号,30000",
        "髙﨑　遥\t095-822-8888",
        'タカサキ　ハルカ,"30,000円"',
        "長崎県佐世保市八幡町1番10号,donor@example.jp",
        "ﾀｶｻｷ ﾊﾙｶ,857-0052",
    ],
)
def test_a_name_with_a_place_a_way_or_an_amount_is_a_person(row: str) -> None:
    assert is_person(row)


@pytest.mark.parametrize(
    "row",
    [LAND, "担当: 資産税課 095-825-5151", "令和8年11月27日 第3回 審議会", "地目,地積,価格", "商品名　単価,1,200円"],
)
def test_land_notices_and_desks_are_no_people(row: str) -> None:
    assert not is_person(row)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_answer_is_the_same_however_the_stream_is_cut(encoding: str) -> None:
    data = ("番号,名前\r\n" + "".join(donors(12)) + LAND * 3).encode(encoding)
    (whole,) = search_people([data])
    assert (whole.count, whole.first_row) == (12, 2)
    for seed in range(40):
        chance = Random(seed)
        cuts = sorted(chance.sample(range(len(data)), 9))
        parts = [data[one:other] for one, other in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        assert search_people(parts) == (whole,)


def test_neighbours_can_be_joined_in_any_order() -> None:
    data = "".join(donors(9)).encode()
    parts = [look_for_people(data[at : at + 37]) for at in range(0, len(data), 37)]
    left = parts[0]
    for each in parts[1:]:
        left = merge_people(left, each)
    right = parts[-1]
    for each in reversed(parts[:-1]):
        right = merge_people(each, right)
    assert left == right


def test_a_few_rows_are_a_letter_and_five_are_a_list() -> None:
    assert search_people(["".join(donors(FEWEST - 1)).encode()]) == ()
    assert len(search_people(["".join(donors(FEWEST)).encode()])) == 1


def test_a_document_whose_rows_were_torn_apart_is_a_list_all_the_same() -> None:
    chance = Random(31)
    people = [typed_form(chance) for _ in range(20)]
    torn = "\n".join([*(each["name"] for each in people), *(each["address"] for each in people)])
    assert count_people(torn) >= FEWEST


def test_a_list_in_a_file_that_should_hold_land_is_found_with_its_first_row() -> None:
    file = next(each for each in layouts_in_use().files if each.layout.layout == "price_notice")
    heading = ",".join(field.header for field in file.layout.fields) + "\r\n"
    data = (heading + LAND + "".join(donors(8))).encode("cp932", "replace")
    found, _ = inspect_chunks(file, [data], "422011")
    assert [(each.count, each.first_row) for each in found.people] == [(8, 3)]
    assert "people_lists" in found.profile


def test_a_layout_that_names_people_is_judged_by_its_items() -> None:
    named = {each.layout.layout: names_people(each.layout) for each in layouts_in_use().files}
    assert (named["price_notice"], named["donation.record"], named["onestop.notice"]) == (False, True, True)


def test_a_text_for_the_public_with_donors_in_it_is_a_finding() -> None:
    found = inspect_document("".join(donors(30)).encode(), tools_in_use(), rebuild=False)
    assert [(each.count, each.first_row) for each in found.people] == [(30, 0)]
    plain = inspect_document("ふるさと納税の件数は7万2千件でした。\r\n".encode() * 50, tools_in_use(), rebuild=False)
    assert plain.people == ()
