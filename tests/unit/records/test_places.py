"""Municipalities, addresses and barcodes, with the tables that ship."""

from collections import Counter
from datetime import date, timedelta

import pytest

from sekisho.adapters.places import postal_book, shipped_municipalities
from sekisho.records import (
    NORTHERN_VILLAGES,
    Address,
    PlaceKind,
    RecordsError,
    complete_code,
    municipality_check_digit,
    parse_address,
    read_municipalities,
)

TABLE = shipped_municipalities()
TODAY = date(2026, 11, 24)
NEW_YEAR_OF_HAMAMATSU = date(2024, 1, 1)


def test_there_are_1741_municipalities_and_six_villages_without_mail() -> None:
    counted = Counter(each.kind for each in TABLE.valid_on(TODAY))
    assert counted[PlaceKind.PREFECTURE] == 47
    assert counted[PlaceKind.MUNICIPALITY] - len(NORTHERN_VILLAGES) == 1_741
    assert counted[PlaceKind.WARD] == 175 - 7 + 3
    assert {each.code for each in TABLE.valid_on(TODAY)} >= NORTHERN_VILLAGES


def test_the_1741_are_792_cities_743_towns_183_villages_and_the_23_special_wards() -> None:
    today = [each for each in TABLE.valid_on(TODAY) if each.kind is PlaceKind.MUNICIPALITY]
    counted = Counter(each.name[-1] for each in today if each.code not in NORTHERN_VILLAGES)
    assert counted == {"市": 792, "町": 743, "村": 183, "区": 23}
    assert {each.prefecture for each in today if each.name.endswith("区")} == {"東京都"}


def test_the_postal_data_and_the_table_know_the_same_places() -> None:
    posted = postal_book().municipality_codes()
    today = {each.code[:5]: each for each in TABLE.valid_on(TODAY) if each.kind is not PlaceKind.PREFECTURE}
    assert posted - set(today) == set()
    with_wards = {each.parent[:5] for each in today.values() if each.parent}
    assert set(today) - posted == with_wards | {code[:5] for code in NORTHERN_VILLAGES}
    assert len(with_wards) == 20, "the designated cities"


@pytest.mark.parametrize(
    ("code", "name", "last_day"),
    [
        ("42301", "香焼町", date(2005, 1, 3)),
        ("42309", "琴海町", date(2006, 1, 3)),
        ("11226", "鳩ヶ谷市", date(2011, 10, 10)),
        ("09367", "岩舟町", date(2014, 4, 4)),
        ("40305", "那珂川町", date(2018, 9, 30)),
        ("22137", "浜松市天竜区", date(2023, 12, 31)),
    ],
)
def test_a_code_that_has_ended_is_kept_for_old_files(code: str, name: str, last_day: date) -> None:
    assert (TABLE.find(code).name, TABLE.find(code, last_day).name) == (name, name)
    with pytest.raises(RecordsError, match="有効期間"):
        TABLE.find(code, last_day + timedelta(days=1))


def test_hamamatsu_has_seven_wards_until_the_end_of_2023_and_three_from_2024() -> None:
    def wards(on: date) -> set[str]:
        return {each.code[:5] for each in TABLE.valid_on(on) if each.parent == "221309"}

    assert wards(date(2023, 12, 31)) == {f"2213{digit}" for digit in range(1, 8)}
    assert wards(NEW_YEAR_OF_HAMAMATSU) == {"22138", "22139", "22140"}


def test_every_code_has_its_check_digit() -> None:
    assert len(TABLE.rows) > 1_969
    for code in TABLE.rows:
        assert int(code[5]) == municipality_check_digit(code[:5])
        assert complete_code(code[:5]) == code


def test_every_ward_belongs_to_a_city_whose_name_it_begins_with() -> None:
    for each in TABLE.rows.values():
        if each.kind is PlaceKind.WARD:
            assert each.name.startswith(TABLE.find(each.parent).name)


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("22131", date(2023, 12, 31), "浜松市中区"),
        ("22138", NEW_YEAR_OF_HAMAMATSU, "浜松市中央区"),
        ("221406", TODAY, "浜松市天竜区"),
        ("４２２０１", None, "長崎市"),
    ],
)
def test_a_code_is_found_on_its_day(code: str, on: date | None, name: str) -> None:
    assert TABLE.find(code, on).name == name


@pytest.mark.parametrize(
    ("code", "on", "why"),
    [
        ("22131", NEW_YEAR_OF_HAMAMATSU, "有効期間"),
        ("22138", date(2023, 12, 31), "有効期間"),
        ("422012", None, "検査用数字"),
        ("1100", None, "先頭の0"),
        ("99999", None, "ありません"),
        ("長崎市", None, "5桁または6桁"),
    ],
)
def test_why_a_code_is_none_is_said(code: str, on: date | None, why: str) -> None:
    with pytest.raises(RecordsError, match=why):
        TABLE.find(code, on)


def test_a_name_is_found_in_its_prefecture_and_today_s_before_an_earlier_one() -> None:
    names = [("静岡県", "浜松市天竜区", "221406"), ("北海道", "泊村", "014036"), ("", "長崎市", "422011")]
    for prefecture, name, code in names:
        found = TABLE.named(prefecture, name)
        assert found is not None
        assert found.code == code
    assert TABLE.named("東京都", "長崎市") is None


@pytest.mark.parametrize("lines", [["code,kind"], ["code,kind", "1,town"]])
def test_a_table_that_cannot_be_read_is_refused(lines: list[str]) -> None:
    with pytest.raises(RecordsError):
        read_municipalities([*lines, "x,y"])


def parsed(text: str) -> Address:
    """An address taken apart with the postal data."""
    return parse_address(text, TABLE, postal_book().towns_in)


@pytest.mark.parametrize(
    ("text", "code", "town", "number", "building"),
    [
        ("長崎県長崎市魚の町４－１（９階）", "422011", "魚の町", "4-1", "(9階)"),
        ("〒850-8685 長崎市魚の町4番1号", "422011", "魚の町", "4-1", ""),
        ("長崎市桜町二丁目2番22号 桜ビル３Ｆ", "422011", "桜町", "2-2-22", "桜ビル3F"),
        ("東京都千代田区霞ヶ関2-1-2", "131016", "霞が関", "2-1-2", ""),
        ("北海道札幌市中央区北一条西2丁目", "011011", "北一条西", "2", ""),
        ("静岡県浜松市中央区元城町103-2", "221384", "元城町", "103-2", ""),
        ("西彼杵郡長与町嬉里郷659番地1", "423076", "嬉里郷", "659-1", ""),
        ("東京都府中市宮西町2丁目24", "132063", "宮西町", "2-24", ""),
        ("埼玉県鳩ヶ谷市本町1-1", "112267", "本町", "1-1", ""),
        ("高知県高岡郡檮原町川西路2320-1", "394050", "川西路", "2320-1", ""),
        ("福岡県糟屋郡須惠町大字須惠771", "403440", "須惠", "771", ""),
    ],
)
def test_an_address_is_taken_apart(text: str, code: str, town: str, number: str, building: str) -> None:
    found = parsed(text)
    assert (found.code, found.town, found.number, found.building) == (code, town, number, building)
    assert found.text == text


@pytest.mark.parametrize("text", ["", "  ", "どこか", "桜町2-2", "あ" * 1_001])
def test_what_names_no_municipality_is_refused(text: str) -> None:
    with pytest.raises(RecordsError):
        parsed(text)


def test_a_city_of_two_prefectures_must_say_which() -> None:
    with pytest.raises(RecordsError, match="東京都"):
        parsed("府中市宮西町2-24")
