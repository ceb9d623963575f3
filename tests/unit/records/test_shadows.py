"""Search shadows: what people type alike is found alike, and different things stay different."""

import pytest

from sekisho.records import shadow_of_address, shadow_of_lot, shadow_of_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙島 遥", "高島　遥"),
        ("濵﨑", "浜崎"),
        ("𠮷田", "吉田"),
        ("ﾅｶﾞｻｷ ﾀﾛｳ", "ナガサキ　タロウ"),
        ("きょうこ", "キヨウコ"),
        ("ＡＢＣ商会", "abc商会"),
    ],
)
def test_names_that_people_type_alike_have_one_shadow(one: str, other: str) -> None:
    assert shadow_of_name(one) == shadow_of_name(other)


@pytest.mark.parametrize(("one", "other"), [("浦上 健", "浦上 建"), ("島", "嵩"), ("ハマ", "パマ"), ("一郎", "1郎")])
def test_different_names_have_different_shadows(one: str, other: str) -> None:
    assert shadow_of_name(one) != shadow_of_name(other)


@pytest.mark.parametrize("text", ["桜町2番22号", "桜町２－２２", "桜町二番二十二号", "桜町2-22", "桜町 2番 22号"])
def test_addresses_that_people_write_alike_have_one_shadow(text: str) -> None:
    assert shadow_of_address(text) == "桜町2-22"


def test_an_address_without_a_number_stays_what_it_is() -> None:
    assert shadow_of_address("南山手町無番地") == "南山手町無番地"


def test_two_houses_in_one_street_have_different_shadows() -> None:
    assert shadow_of_address("桜町2番22号") != shadow_of_address("桜町22番2号")


def test_a_lot_is_sought_by_its_canonical_form_and_anything_else_by_itself() -> None:
    assert shadow_of_lot("１２３番４") == shadow_of_lot("123-4") == "123-4"
    assert shadow_of_lot("桜町１") == "桜町1"
