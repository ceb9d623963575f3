"""Laws of dates, lots and shadows: what is written can be read, and only a declared fault leaves a parser."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.records import (
    ERAS,
    Era,
    LotNumber,
    NumberKind,
    RecordsError,
    check_number,
    era_of,
    has_individual_number,
    individual_check_digit,
    parse_lot,
    parse_lots,
    read_date,
    read_share,
    shadow_of_address,
    shadow_of_lot,
    shadow_of_name,
    write_letter_wareki,
    write_share,
    write_short_wareki,
    write_wareki,
)

DAYS = st.dates(date(1873, 1, 1), date(2999, 12, 31))
NUMBERS = st.integers(1, 999_999)
LOTS = st.builds(
    LotNumber,
    main=NUMBERS,
    branch=st.lists(NUMBERS, max_size=3).map(tuple),
    prefix=st.sampled_from(["", "甲", "イ"]),
    suffix=st.sampled_from(["", "先", "地先", "の内"]),
) | st.builds(LotNumber, main=NUMBERS, block=NUMBERS, branch=st.lists(NUMBERS, max_size=2).map(tuple))
DIGITS = st.text("0123456789", min_size=11, max_size=11).filter(lambda digits: digits.strip("0"))
LETTERS = "令和平成昭大正明治元年度月日不詳RHS㋿0123１２番地の号甲イ-ー・、()火一二十百千〇先内街区B./\x00 \ud800"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ODD = st.text(LETTERS, max_size=16)


@given(day=DAYS)
def test_a_day_is_read_back_from_every_way_we_write_it(day: date) -> None:
    writers = (write_wareki, write_short_wareki, write_letter_wareki, date.isoformat)
    for text in (*(write(day) for write in writers), write_wareki(day, weekday=True)):
        for spelt in (text, text.translate(FULL_WIDTH)):
            found = read_date(spelt)
            assert (found.whole, found.text, found.hint) == (day, write_wareki(day), "")


@given(day=DAYS, era=st.sampled_from(ERAS))
def test_a_day_is_read_in_its_own_era_with_a_warning_in_one_that_had_ended_and_in_none_that_had_not_begun(
    day: date, era: Era
) -> None:
    number = day.year - era.first.year + 1
    if era == era_of(day) or not 1 <= number <= 999:
        return
    text = f"{era.name}{number}年{day.month}月{day.day}日"
    if day < era.first:
        with pytest.raises(RecordsError, match=write_wareki(day)):
            read_date(text)
    else:
        found = read_date(text)
        assert (found.whole, write_wareki(day) in found.hint) == (day, True)


@given(day=DAYS, fiscal=st.booleans())
def test_a_month_and_a_fiscal_year_are_read_back_as_far_as_they_are_known(day: date, fiscal: bool) -> None:
    text = f"{day.year}年度" if fiscal else f"{day.year}-{day.month:02d}"
    found = read_date(text)
    again = read_date(found.text)
    assert (again.iso, again.fiscal, again.whole) == (found.iso, fiscal, None)


@given(lot=LOTS)
def test_a_lot_is_read_back_from_both_its_forms(lot: LotNumber) -> None:
    for text in (lot.canonical(), lot.written()):
        again = parse_lot(text)
        assert (again.canonical(), again.main, again.branch) == (lot.canonical(), lot.main, lot.branch)


@given(one=LOTS, other=LOTS)
def test_different_lots_have_different_canonical_forms(one: LotNumber, other: LotNumber) -> None:
    assert (one == other) == (one.canonical() == other.canonical())


@given(whole=st.integers(1, 10_000), some=st.integers(1, 10_000))
def test_a_share_is_read_back(whole: int, some: int) -> None:
    share = read_share(f"{max(whole, some)}分の{min(whole, some)}")
    assert read_share(write_share(share)) == share


@given(first=DIGITS, place=st.integers(0, 11), step=st.integers(1, 9))
def test_an_individual_number_with_one_wrong_digit_is_mostly_none_and_never_when_the_last_is_wrong(
    first: str, place: int, step: int
) -> None:
    number = first + str(individual_check_digit(first))
    assert check_number(NumberKind.INDIVIDUAL, number).valid
    assert has_individual_number(f"番号{number}です")
    wrong = number[:11] + str((int(number[11]) + step) % 10)
    assert not check_number(NumberKind.INDIVIDUAL, wrong).valid
    assert not has_individual_number(number[:place] + "0" + number[place:]), "thirteen digits are another number"


@pytest.mark.parametrize("parse", [read_date, parse_lot, parse_lots, read_share])
@given(text=ODD)
def test_nothing_but_a_declared_fault_leaves_a_parser(parse: Callable[[str], object], text: str) -> None:
    try:
        parse(text)
    except RecordsError as fault:
        assert str(fault)  # noqa: PT017 - both ways are lawful


@given(text=ODD)
def test_a_shadow_has_no_other_shadow(text: str) -> None:
    for shadow in (shadow_of_name, shadow_of_lot):
        assert shadow(shadow(text)) == shadow(text)
    assert isinstance(shadow_of_address(text), str)


@given(digest=st.binary(min_size=10, max_size=32).map(bytes.hex), first=DIGITS, place=st.integers(0, 64))
def test_a_masked_address_holds_no_individual_number_and_hides_none_beside_it(
    digest: str, first: str, place: int
) -> None:
    number = first + str(individual_check_digit(first))
    place %= len(digest)
    assert not has_individual_number(f"{digest[:place]}a{number}f{digest[place:]}@masked.example.jp")
    assert has_individual_number(f"{digest}@masked.example.jp 個人番号{number}")
