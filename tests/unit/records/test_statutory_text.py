"""Texts as statutory records want them: what is changed or cannot be written is listed, nothing is lost."""

from datetime import date

import pytest

from sekisho.records import (
    NumberKind,
    RecordsError,
    check_number,
    due_date,
    full_kana,
    half_kana,
    is_jis_x_0208,
    large_kana,
    split_tax,
    write_amount,
    write_number,
    write_statutory_text,
)


def test_what_is_changed_on_the_way_is_listed() -> None:
    made = write_statutory_text("髙﨑 健-1")
    assert made.text == "高崎　健－１"
    assert [(each.position, each.original, each.written) for each in made.substitutions] == [
        (0, "髙", "高"),
        (1, "﨑", "崎"),
    ]
    assert not made.unwritable


def test_what_cannot_be_written_is_listed_and_never_a_question_mark() -> None:
    made = write_statutory_text("彅𠮟①㈱あ")
    assert "?" not in made.text
    assert "？" not in made.text
    assert set(made.unwritable) == {"彅", "𠮟", "①", "㈱"}
    assert made.text.endswith("あ")


@pytest.mark.parametrize("character", ["①", "㈱", "Ⅰ", "髙", "﨑", "ｱ", "A", "鷗", "𠮷", "\ue000"])
def test_what_is_not_of_the_standard_is_known(character: str) -> None:
    assert not is_jis_x_0208(character)


@pytest.mark.parametrize("character", ["亜", "凜", "熙", "あ", "Ａ", "　", "～", "－"])
def test_what_is_of_the_standard_is_known(character: str) -> None:
    assert is_jis_x_0208(character)


def test_the_standard_has_6879_characters() -> None:
    assert sum(is_jis_x_0208(chr(code)) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF) == 6_879


@pytest.mark.parametrize(("text", "amount"), [("1,200,000円", "1200000"), ("１２，０００", "12000"), ("0", "0")])
def test_an_amount_is_digits_alone(text: str, amount: str) -> None:
    assert write_amount(text) == amount


@pytest.mark.parametrize("text", ["", "-1", "1.5", "百円"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(RecordsError):
        write_amount(text)


def test_a_person_s_number_gets_a_zero_and_a_company_s_none() -> None:
    assert write_number("1234-5678-9018") == "0123456789018"
    assert write_number("7000012050002") == "7000012050002"
    with pytest.raises(RecordsError):
        write_number("123456789012")


@pytest.mark.parametrize(
    ("kind", "value", "normalised"),
    [
        (NumberKind.INVOICE, "T7000012050002", "T7000012050002"),
        (NumberKind.INVOICE, "ｔ１２３４５６７８９０１２３", "T1234567890123"),
        (NumberKind.REAL_PROPERTY_ID, "0123456789012-0000", "01234567890120000"),
    ],
)
def test_more_numbers_are_read_as_people_write_them(kind: NumberKind, value: str, normalised: str) -> None:
    assert (check_number(kind, value).valid, check_number(kind, value).normalised) == (True, normalised)


@pytest.mark.parametrize("value", ["7000012050002", "T123", "TT000012050002", ""])
def test_an_invoice_number_is_t_and_thirteen_digits(value: str) -> None:
    assert not check_number(NumberKind.INVOICE, value).valid


@pytest.mark.parametrize(
    ("text", "half", "large"),
    [
        ("キョウト", "ｷｮｳﾄ", "ｷﾖｳﾄ"),
        ("ヴェネツィア", "ｳﾞｪﾈﾂｨｱ", "ｳﾞｴﾈﾂｲｱ"),
        ("ヰヱヵヶ", "ｲｴｶｹ", "ｲｴｶｹ"),
        ("ながさき", "ﾅｶﾞｻｷ", "ﾅｶﾞｻｷ"),
    ],
)
def test_kana_in_half_width_and_as_banks_want_them(text: str, half: str, large: str) -> None:
    assert (half_kana(text), half_kana(text, large=True)) == (half, large)


def test_kana_in_full_width() -> None:
    assert full_kana("ﾅｶﾞｻｷ ﾀﾛｳ") == "ナガサキ タロウ"
    assert large_kana("ｷｮｳﾄ") == "キヨウト"


@pytest.mark.parametrize(
    ("nominal", "holidays", "due"),
    [
        (date(2026, 1, 31), [], date(2026, 2, 2)),
        (date(2027, 1, 31), [date(2027, 2, 1)], date(2027, 2, 2)),
        (date(2025, 1, 31), [], date(2025, 1, 31)),
    ],
)
def test_what_is_due_on_a_closed_day_is_due_on_the_next_open_one(
    nominal: date, holidays: list[date], due: date
) -> None:
    assert due_date(nominal, holidays) == due


def test_a_split_tax_adds_up() -> None:
    assert split_tax(123_400, 4, 1_000) == (33_400, 30_000, 30_000, 30_000)
    for annual in range(0, 5_000, 77):
        assert sum(split_tax(annual, 12, 100)) == annual
    for bad in ((-1, 12, 100), (1, 0, 100), (1, 12, 0)):
        with pytest.raises(RecordsError):
            split_tax(*bad)
