"""Japanese dates: every spelling, era bounds to the day, what is unknown stays unknown."""

from datetime import date

import pytest

from sekisho.records import (
    RecordsError,
    era_of,
    fiscal_year,
    read_date,
    write_letter_wareki,
    write_short_wareki,
    write_wareki,
)

BOUNDS = {
    date(1912, 7, 29): "明治45年7月29日",
    date(1912, 7, 30): "大正元年7月30日",
    date(1926, 12, 24): "大正15年12月24日",
    date(1926, 12, 25): "昭和元年12月25日",
    date(1989, 1, 7): "昭和64年1月7日",
    date(1989, 1, 8): "平成元年1月8日",
    date(2019, 4, 30): "平成31年4月30日",
    date(2019, 5, 1): "令和元年5月1日",
    date(2027, 1, 31): "令和9年1月31日",
}
SPELLINGS = (
    "令和8年11月24日",
    "令和８年１１月２４日",
    "令和 8年 11月 24日",
    "㋿8年11月24日",
    "R8.11.24",
    "r8/11/24",
    "Ｒ８－１１－２４",
    "R081124",
    "令和八年十一月二十四日",
    "令8.11.24",
    "令和8年11月24日火曜日",
    "令和8年11月24日[火]",
    "西暦2026年11月24日",
    "令和8年11月24日(火)",
    "令和8年11月24日（火曜日）",
    "2026-11-24",
    "2026/11/24",
    "2026年11月24日",
    "二〇二六年十一月二十四日",
    "20261124",
)
REFUSED = {
    "令和元年4月30日": "平成31年4月30日",
    "令和元年4月": "平成31年4月",
    "昭和元年12月24日": "大正15年12月24日",
    "平成元年1月7日": "昭和64年1月7日",
    "大正元年7月29日": "明治45年7月29日",
    "令和8年11月24日(水)": "火曜日",
    "令和8年2月29日": "暦にない",
    "令和8年13月": "暦にない",
    "2026-13": "暦にない",
    "令和0年1月1日": "元年",
    "明治5年12月2日": "旧暦",
    "明治5年3月": "旧暦",
    "明治5年": "旧暦",
    "明治4年度": "旧暦",
    "1872-12-31": "旧暦",
    "1872年": "旧暦",
    "令和8年(火)": "読めません",
    "不詳": "読めません",
    "": "読めません",
    "慶応3年1月1日": "読めません",
    "令和8年11月24日" + " " * 100: "読めません",
}


@pytest.mark.parametrize("day", sorted(BOUNDS))
def test_each_era_begins_and_ends_on_its_day(day: date) -> None:
    assert write_wareki(day) == BOUNDS[day]
    assert read_date(BOUNDS[day]).whole == day


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_the_same_day(text: str) -> None:
    assert read_date(text).iso == "2026-11-24"


@pytest.mark.parametrize("text", sorted(REFUSED))
def test_what_is_no_date_is_refused_with_the_right_spelling_or_the_reason(text: str) -> None:
    with pytest.raises(RecordsError, match=REFUSED[text]):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("令和8年11月不詳", "2026-11"),
        ("令和8年11月日不詳", "2026-11"),
        ("令和8年月日不詳", "2026"),
        ("昭和20年不詳", "1945"),
        ("令和8年", "2026"),
        ("平成31年4月", "2019-04"),
    ],
)
def test_a_day_that_nobody_knows_stays_unknown(text: str, iso: str) -> None:
    found = read_date(text)
    assert (found.iso, found.whole) == (iso, None)
    assert "不詳" in found.hint


@pytest.mark.parametrize(
    ("text", "iso", "right"),
    [
        ("平成31年5月1日", "2019-05-01", "令和元年5月1日"),
        ("平成31年5月", "2019-05", "令和元年5月"),
        ("平成32年3月", "2020-03", "令和2年3月"),
        ("平成32年", "2020", "令和2年"),
        ("平成32年度", "2020", "令和2年度"),
        ("H32.3.31", "2020-03-31", "令和2年3月31日"),
        ("昭和64年1月8日", "1989-01-08", "平成元年1月8日"),
        ("昭和64年度", "1989", "平成元年度"),
        ("昭和100年1月1日", "2025-01-01", "令和7年1月1日"),
        ("S100.12.31", "2025-12-31", "令和7年12月31日"),
        ("大正16年1月1日", "1927-01-01", "昭和2年1月1日"),
        ("明治45年7月30日", "1912-07-30", "大正元年7月30日"),
    ],
)
def test_an_era_that_is_counted_on_after_its_end_is_read_with_a_warning(text: str, iso: str, right: str) -> None:
    found = read_date(text)
    assert (found.iso, found.text) == (iso, right)
    assert f"{right}と読みました" in found.hint
    assert not read_date("平成31年4月30日").hint


@pytest.mark.parametrize(
    ("text", "iso", "written"),
    [
        ("2026年11月", "2026-11", "令和8年11月"),
        ("2026-11", "2026-11", "令和8年11月"),
        ("2026年", "2026", "令和8年"),
        ("西暦2019年度", "2019", "令和元年度"),
        ("1988年度", "1988", "昭和63年度"),
    ],
)
def test_a_part_of_a_western_date_is_read_too(text: str, iso: str, written: str) -> None:
    assert (read_date(text).iso, read_date(text).text) == (iso, written)


@pytest.mark.parametrize(("text", "year"), [("令和元年度", 2019), ("平成31年度", 2019), ("R8年度", 2026)])
def test_a_fiscal_year_is_not_a_day(text: str, year: int) -> None:
    found = read_date(text)
    assert (found.year, found.fiscal, found.whole) == (year, True, None)


def test_the_fiscal_year_begins_in_april() -> None:
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026


def test_the_day_of_the_first_consultation_was_a_tuesday() -> None:
    assert write_wareki(date(2019, 11, 19), weekday=True) == "令和元年11月19日(火)"
    assert write_short_wareki(date(2026, 11, 24)) == "令和8.11.24"
    assert write_letter_wareki(date(2026, 11, 24)) == "R8.11.24"


def test_there_is_no_era_before_meiji() -> None:
    with pytest.raises(RecordsError):
        era_of(date(1868, 1, 24))
