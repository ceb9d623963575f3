"""The golden values of numbers, dates, characters, addresses, areas and lots, one test for each of them."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.places import shipped_municipalities
from sekisho.kernel.council import judge_threshold
from sekisho.records import (
    NumberKind,
    check_number,
    corporate_check_digit,
    customer_barcode,
    decode_text,
    due_date,
    encode_barcode,
    fold_dashes,
    half_kana,
    has_right_check_digit,
    individual_check_digit,
    is_jis_x_0208,
    kind_of_thirteen,
    municipality_check_digit,
    parse_lot,
    read_date,
    registry_area,
    split_tax,
    write_amount,
    write_birth_fields,
    write_number,
)
from sekisho.records.minutes import parse_minutes

GOLDEN = Path(__file__).parents[2] / "golden"
VECTORS = json.loads((GOLDEN / "formats" / "vectors.json").read_text(encoding="utf-8"))["vectors"]
DEPTHS = {"none": "none", "kiso": "basic", "juten": "key", "zen": "all_items"}


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    """The vectors of some kinds, one test each."""
    found = [each for each in VECTORS if each["kind"] in kinds]
    assert found
    return pytest.mark.parametrize("vector", found, ids=[each["id"] for each in found])


Vector = dict[str, Any]


@of_kind("my_number")
def test_individual_numbers(vector: Vector) -> None:
    expected = vector["expected"]
    assert str(individual_check_digit(vector["input"])) == expected["check_digit"]
    assert has_right_check_digit(NumberKind.INDIVIDUAL, expected["full"]) is expected["valid"]
    verdict = check_number(NumberKind.INDIVIDUAL, expected["full"])
    by_policy = bool(expected["full"].strip("0"))  # formats 1.1: twelve zeros pass by arithmetic, refused by policy
    assert (verdict.valid, verdict.normalised) == (expected["valid"] and by_policy, expected["full"])


@of_kind("corporate_number")
def test_corporate_numbers(vector: Vector) -> None:
    expected = vector["expected"]
    assert str(corporate_check_digit(vector["input"])) == expected["check_digit"]
    assert check_number(NumberKind.CORPORATE, expected["full"]).valid is expected["valid"]


@of_kind("corporate_number_full", "lg_code_full")
def test_a_number_with_a_wrong_check_digit(vector: Vector) -> None:
    kind = NumberKind.CORPORATE if vector["kind"].startswith("corporate") else NumberKind.MUNICIPALITY
    assert check_number(kind, vector["input"]).valid is vector["expected"]["valid"]


@of_kind("number13_kind")
def test_whose_number_thirteen_digits_are(vector: Vector) -> None:
    assert kind_of_thirteen(vector["input"]) == vector["expected"]["kind"]
    assert vector["input"][1:] == vector["expected"]["individual"]


@of_kind("lg_code")
def test_municipality_codes(vector: Vector) -> None:
    expected = vector["expected"]
    assert str(municipality_check_digit(vector["input"])) == expected["check_digit"]
    found = shipped_municipalities().find(vector["input"])
    assert (found.code, found.name) == (expected["full"], expected["name"])


@of_kind("customer_barcode")
def test_customer_barcodes(vector: Vector) -> None:
    made = customer_barcode(vector["input"]["postcode"], vector["input"]["address_b"])
    expected = vector["expected"]
    assert (made.extracted, list(made.symbols)) == (expected["extracted"], expected["symbols"])
    assert (made.check_symbol, made.bars, len(made.bars)) == (expected["check_symbol"], expected["bars"], 67)


@of_kind("customer_barcode_symbols")
def test_the_symbols_of_a_large_office(vector: Vector) -> None:
    made = encode_barcode(vector["input"]["postcode"], vector["input"]["code"])
    expected = vector["expected"]
    assert (list(made.symbols), made.check_symbol, made.bars) == (
        expected["symbols"],
        expected["check_symbol"],
        expected["bars"],
    )


@of_kind("wareki")
def test_days_in_their_eras(vector: Vector) -> None:
    found, expected = read_date(vector["input"]), vector["expected"]
    assert (found.era_name, found.era_year, found.text) == (expected["era"], expected["year"], expected["text"])
    assert read_date(expected["text"]).iso == vector["input"]
    assert ",".join(write_birth_fields(date.fromisoformat(vector["input"]))) == expected["nta_fields"]


@of_kind("wareki_parse")
def test_a_day_after_the_end_of_its_era_is_read_only_with_a_warning(vector: Vector) -> None:
    found = read_date(vector["input"])
    assert vector["expected"]["valid"] is (not found.hint)
    assert found.iso in vector["expected"]["reason"], "accept only with warning and map to the day"
    assert "令和元年5月1日" in found.hint


@of_kind("deadline")
def test_what_falls_on_a_sunday_is_due_on_monday(vector: Vector) -> None:
    expected = vector["expected"]
    nominal = date.fromisoformat(expected["nominal"])
    assert nominal.strftime("%a") == expected["weekday"]
    assert due_date(nominal).isoformat() == expected["effective"]


@of_kind("encoding")
def test_characters_in_the_code_pages(vector: Vector) -> None:
    character, expected = vector["input"], vector["expected"]
    for codec in ("shift_jis", "cp932"):
        try:
            raw = character.encode(codec).hex().upper()
        except UnicodeEncodeError:
            raw = None
        assert raw == expected[codec]
    assert is_jis_x_0208(fold_dashes(character)) is expected["nta_allowed_after_dash_fold"]
    assert unicodedata.normalize("NFKC", character) == expected["nfkc"]


@of_kind("decode")
def test_one_pair_of_bytes_is_two_characters(vector: Vector) -> None:
    raw, expected = bytes.fromhex(vector["input"]["bytes"]), vector["expected"]
    assert f"U+{ord(decode_text(raw, vector['input']['codec'])):04X}" == expected["char"]
    assert f"U+{ord(raw.decode('shift_jis')):04X}" == expected["shift_jis_char"]


@of_kind("normalise")
def test_why_names_are_never_normalised(vector: Vector) -> None:
    character = chr(int(vector["input"]["char"].removeprefix("U+"), 16))
    for form in ("NFC", "NFKC"):
        changed = unicodedata.normalize(form, character)
        assert f"U+{ord(changed):04X}" == vector["expected"][form.lower()]


@of_kind("kana")
def test_kana_in_half_width(vector: Vector) -> None:
    half = half_kana(vector["input"]["full"])
    assert (half, len(half)) == (vector["expected"]["half"], vector["expected"]["half_len"])


def test_fields_of_statutory_records() -> None:
    fields = {each["id"]: each for each in VECTORS if each["kind"] == "nta_field"}
    amount, number, birth = (fields[name] for name in ("rec-amount", "rec-number", "rec-birth"))
    assert write_amount(amount["input"]) == amount["expected"]["field"]
    assert write_number("123456789018") == "0123456789018"
    assert number["expected"]["field"] == f"0{number['input']}"
    day = read_date(birth["input"]).whole
    assert day is not None
    assert ",".join(write_birth_fields(day)) == birth["expected"]["fields"]


@of_kind("tax_split")
def test_a_year_s_tax_in_periods(vector: Vector) -> None:
    values = vector["input"]
    assert list(split_tax(values["annual"], values["periods"], values["unit"])) == vector["expected"]["amounts"]


@of_kind("land_area")
def test_areas_as_they_are_registered(vector: Vector) -> None:
    area = registry_area(Decimal(vector["input"]["area"]), vector["input"]["chimoku"])
    assert str(area) == vector["expected"]["registered"]


@of_kind("lot_number")
def test_lot_numbers(vector: Vector) -> None:
    lot, expected = parse_lot(vector["input"]), vector["expected"]
    assert (lot.main, list(lot.branch)) == (expected["main"], expected["branch"])


@of_kind("pia_threshold")
def test_thresholds_of_an_assessment(vector: Vector) -> None:
    values = vector["input"]
    judged = judge_threshold(values["subjects"], values["handlers"], serious_incident=values["serious_incident_1y"])
    assert judged.depth.word == DEPTHS[vector["expected"]["result"]]


@of_kind("minutes_parse")
def test_the_turns_of_the_minutes(vector: Vector) -> None:
    text = (GOLDEN / "minutes" / "nagasaki_r1_3.txt").read_text(encoding="utf-8")
    page, expected = parse_minutes(text), vector["expected"]
    assert len(text) == expected["chars"]
    assert len({part.heading for part in page.discussions}) == expected["sections"]
    counted: dict[str, dict[str, dict[str, int]]] = {}
    for part in page.discussions:
        name = "+".join(str(no) for no in part.nos) or "opinion"
        roles = counted.setdefault(name, {}).setdefault(part.phase, {})
        for turn in part.turns:
            roles[turn.role] = roles.get(turn.role, 0) + 1
    assert counted == expected["turns"]
    said = [turn for part in page.discussions for turn in part.turns]
    totals = {role: sum(turn.role == role for turn in said) for role in expected["line_start_totals"]}
    assert totals == expected["line_start_totals"]
    assert sum("【実施機関】" in turn.text for turn in said) == expected["inline_role_tokens"]


def test_no_kind_of_golden_value_is_left_without_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    elsewhere = {"record_field_count"}  # with the layouts
    assert {each["kind"] for each in VECTORS if f'"{each["kind"]}"' not in source} <= elsewhere
