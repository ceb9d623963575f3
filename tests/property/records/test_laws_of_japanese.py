"""Laws of Japanese texts, dates, addresses and pages: whatever is typed, only a declared error comes out."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.places import postal_book, shipped_municipalities
from sekisho.records import (
    VARIANTS,
    NumberKind,
    RecordsError,
    check_number,
    complete_code,
    customer_barcode,
    encode_barcode,
    extract_address_part,
    fold_variants,
    full_kana,
    half_kana,
    parse_address,
    read_date,
    shadow_of_address,
    shadow_of_name,
    split_tax,
    write_statutory_text,
    write_wareki,
)
from sekisho.records.minutes import parse_minutes, write_minutes

TABLE = shipped_municipalities()
SEED = (Path(__file__).parents[2] / "golden/minutes/nagasaki_r1_3.txt").read_text(encoding="utf-8")
BLOCKS = SEED.split("\n\n")
pieces = st.lists(
    st.sampled_from(
        [
            "令和",
            "平成",
            "元",
            "年",
            "月",
            "日",
            "度",
            "不詳",
            "8",
            "31",
            "長崎",
            "県",
            "市",
            "桜町",
            "番地",
            "の",
            "-",
            "－",
            "〒",
            "850-8685",
        ]
    )
).map("".join)
texts = st.one_of(st.text(max_size=60), pieces)
katakana = st.text(st.sampled_from("アイウエオカキクケコガギグゲゴパピプペポァィゥェォッャュョヴー ン"), max_size=20)


@given(text=texts)
def test_whatever_is_typed_as_a_date_only_a_declared_error_comes_out(text: str) -> None:
    with suppress(RecordsError):
        found = read_date(text)
        assert read_date(found.text).iso == found.iso


@given(day=st.dates(date(1873, 1, 1), date(2200, 12, 31)), weekday=st.booleans())
def test_a_day_written_in_its_era_is_read_back(day: date, weekday: bool) -> None:
    assert read_date(write_wareki(day, weekday=weekday)).whole == day


@given(text=texts)
def test_whatever_is_typed_as_an_address_only_a_declared_error_comes_out(text: str) -> None:
    for prefix in ("", "長崎市"):
        with suppress(RecordsError):
            found = parse_address(prefix + text, TABLE)
            assert found.text == prefix + text
            assert found.code in TABLE.rows


@given(text=texts, postcode=st.integers(0, 9_999_999).map("{:07d}".format))
def test_whatever_the_address_its_barcode_adds_up(text: str, postcode: str) -> None:
    made = encode_barcode(postcode, extract_address_part(text))
    order = [*"0123456789-", *(f"CC{number}" for number in range(1, 9))]
    assert sum(order.index(symbol) for symbol in (*made.symbols, made.check_symbol)) % 19 == 0
    assert (len(made.symbols), len(made.bars)) == (20, 67)


@given(postcode=st.one_of(st.text(max_size=9), st.from_regex(r"[0-9]{3}-?[0-9]{4}", fullmatch=True)), text=texts)
def test_whatever_is_typed_as_a_letter_s_address_only_a_declared_error_comes_out(postcode: str, text: str) -> None:
    for make in (customer_barcode, postal_book().customer_barcode):
        with suppress(RecordsError):
            assert len(make(postcode, text).bars) == 67


@given(text=st.one_of(texts, st.lists(st.sampled_from(BLOCKS), max_size=30).map("\n\n".join)))
def test_whatever_is_taken_for_a_page_only_a_declared_error_comes_out(text: str) -> None:
    with suppress(RecordsError):
        assert write_minutes(parse_minutes(text)).split() == text.split()


@given(text=st.text(max_size=60))
def test_what_goes_into_a_barcode_is_digits_capitals_and_single_hyphens_between(text: str) -> None:
    assert re.fullmatch(r"(?:[0-9A-Z]|(?<=[0-9])-(?=[0-9]))*", extract_address_part(text))


@given(text=st.text(max_size=40))
def test_a_search_key_of_a_search_key_is_itself(text: str) -> None:
    for shadow in (shadow_of_name, shadow_of_address, fold_variants):
        assert shadow(shadow(text)) == shadow(text)


COMMON = "長崎市桜町髙斉二三十百千〇番地号丁目のノヶケゃャウエ-ー－−０9aZ 　"
UNSEEN = "\ufe00"  # chooses a form of the letter before it; a text that holds one is folded step by step


@given(text=st.text(st.one_of(st.sampled_from(COMMON), st.characters()), max_size=12))
def test_a_text_of_common_letters_is_folded_at_once_as_it_is_step_by_step(text: str) -> None:
    for shadow in (shadow_of_name, shadow_of_address):
        assert shadow(text) == shadow(text + UNSEEN)


def test_every_common_letter_is_folded_at_once_as_it_is_step_by_step() -> None:
    for letter in map(
        chr, (*range(0x20, 0x7F), *range(0x2010, 0x2016), *range(0x3000, 0xA000), *range(0xFF00, 0xFFA0))
    ):
        for shadow in (shadow_of_name, shadow_of_address):
            assert shadow(letter) == shadow(letter + UNSEEN)


@given(name=st.text(st.sampled_from(sorted({*VARIANTS, *VARIANTS.values()})), max_size=6))
def test_two_forms_of_a_name_are_found_alike(name: str) -> None:
    assert shadow_of_name(name) == shadow_of_name(fold_variants(name))


@given(text=katakana)
def test_kana_go_to_half_width_and_back(text: str) -> None:
    assert full_kana(half_kana(text)) == full_kana(text)


@given(text=st.text(max_size=40))
def test_a_statutory_text_keeps_its_length_and_lists_every_change(text: str) -> None:
    made = write_statutory_text(text)
    changed = {each.position for each in made.substitutions}
    again = write_statutory_text(made.text)
    assert not again.substitutions or made.unwritable
    assert len(changed) == len(made.substitutions)
    assert "?" not in made.text


@given(value=st.text(max_size=20), kind=st.sampled_from(list(NumberKind)))
def test_whatever_is_typed_as_a_number_there_is_a_verdict(value: str, kind: NumberKind) -> None:
    verdict = check_number(kind, value)
    assert verdict.valid == (not verdict.reason)
    if verdict.valid:
        assert check_number(kind, verdict.normalised) == verdict


@given(code=st.sampled_from(sorted(TABLE.rows)), place=st.integers(0, 5), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_in_a_municipality_code_is_found(code: str, place: int, digit: str) -> None:
    other = code[:place] + digit + code[place + 1 :]
    if other != code:
        with suppress(RecordsError):
            assert complete_code(other) != code


@given(annual=st.integers(0, 10_000_000), periods=st.integers(1, 12), unit=st.sampled_from([1, 100, 1_000]))
def test_a_split_tax_adds_up_and_its_first_part_is_the_largest(annual: int, periods: int, unit: int) -> None:
    parts = split_tax(annual, periods, unit)
    assert sum(parts) == annual
    assert max(parts) == parts[0]
    assert all(part % unit == 0 for part in parts[1:])


@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, len(BLOCKS) - 1),
            st.sampled_from(["drop", "twice", "【委員】", "〔審議〕", "・諮問第99号について", "x"]),
        ),
        max_size=4,
    )
)
def test_a_page_with_blocks_lost_or_added_is_read_whole_or_refused(changes: list[tuple[int, str]]) -> None:
    blocks = list(BLOCKS)
    for place, change in changes:
        at = min(place, len(blocks) - 1)
        blocks[at : at + 1] = {"drop": [], "twice": [blocks[at]] * 2}.get(change, [blocks[at], change])
    text = "\n\n".join(blocks)
    with suppress(RecordsError):
        assert write_minutes(parse_minutes(text)).split() == text.split()
