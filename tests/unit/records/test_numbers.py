"""Numbers with check digits, and Individual Numbers that hide in free text."""

import json
from pathlib import Path

import pytest

from sekisho.records import (
    NumberKind,
    check_number,
    corporate_check_digit,
    has_individual_number,
    individual_check_digit,
    municipality_check_digit,
)

VALUES = json.loads((Path(__file__).resolve().parents[2] / "golden" / "records" / "values.json").read_text("utf-8"))
DIGITS = {
    "individual": individual_check_digit,
    "corporate": corporate_check_digit,
    "municipality": municipality_check_digit,
}


@pytest.mark.parametrize(("kind", "body", "digit", "full"), VALUES["check_digits"])
def test_check_digits_are_those_of_the_ordinances(kind: str, body: str, digit: int, full: str) -> None:
    assert DIGITS[kind](body) == digit
    assert check_number(NumberKind(kind), full).valid is bool(full.strip("0")), "zeros alone are refused by policy"


@pytest.mark.parametrize(("kind", "body", "digit", "full"), VALUES["check_digits"])
def test_a_wrong_digit_anywhere_is_found(kind: str, body: str, digit: int, full: str) -> None:
    place = full.index(body)
    other = next(each for each in "0123456789" if each != str(digit))
    wrong = full[:-1] + other if place == 0 else other + full[1:]
    verdict = check_number(NumberKind(kind), wrong)
    assert (verdict.valid, "検査用数字" in verdict.reason) == (False, True)


@pytest.mark.parametrize("value", ["1234-5678-9018", "１２３４５６７８９０１８", "1234　5678　9018", "1234−5678−9018"])
def test_a_number_is_read_in_the_spellings_of_people(value: str) -> None:
    verdict = check_number(NumberKind.INDIVIDUAL, value)
    assert (verdict.valid, verdict.normalised) == (True, "123456789018")


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (NumberKind.INDIVIDUAL, "12345678901", "12桁"),
        (NumberKind.INDIVIDUAL, "1234567890l8", "数字ではありません"),
        (NumberKind.INDIVIDUAL, "", "数字ではありません"),
        (NumberKind.CORPORATE, "7000012050003", "検査用数字"),
        (NumberKind.MUNICIPALITY, "422012", "検査用数字"),
        (NumberKind.REAL_PROPERTY, "420000000001", "13桁"),
        (NumberKind.MUNICIPALITY, "٤٢٢٠١١", "数字ではありません"),
    ],
)
def test_why_a_number_can_be_none_is_said(kind: NumberKind, value: str, reason: str) -> None:
    verdict = check_number(kind, value)
    assert not verdict.valid
    assert reason in verdict.reason


@pytest.mark.parametrize("kind", [kind for kind in NumberKind if kind is not NumberKind.INVOICE])
def test_zeros_alone_are_refused_although_twelve_would_pass_by_arithmetic(kind: NumberKind) -> None:
    length = next(n for n in range(1, 18) if "桁ではありません" not in check_number(kind, "0" * n).reason)
    verdict = check_number(kind, "０" * length)
    assert (verdict.valid, verdict.normalised) == (False, "0" * length)
    assert "0だけ" in verdict.reason
    assert individual_check_digit("0" * 11) == 0
    assert not has_individual_number("個人番号 000000000000")


def test_an_invoice_number_of_zeros_alone_is_refused() -> None:
    assert "0だけ" in check_number(NumberKind.INVOICE, "T0000000000000").reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("0123456789018", ""),
        ("０１２３４－５６７８－９０１８", ""),
        ("7000012050002", ""),
        ("0123456789012", "検査用数字"),
        ("7000012050003", "検査用数字"),
        ("123456789018", "13桁"),
        ("0000000000000", "0だけ"),
    ],
)
def test_a_field_of_thirteen_holds_a_person_after_a_zero_or_a_company(value: str, reason: str) -> None:
    verdict = check_number(NumberKind.PADDED_EITHER, value)
    assert verdict.valid is (not reason)
    assert reason in verdict.reason


def test_a_sole_trader_s_invoice_number_need_not_fit_the_corporate_check_digit() -> None:
    assert not check_number(NumberKind.CORPORATE, "1234567890123").valid
    assert check_number(NumberKind.INVOICE, "T1234567890123").valid


@pytest.mark.parametrize("spacer", [" ", "\u3000", "-", "\u2010", "\u2015", "\u2212", "\uff0d", "\uff70", "\u30fc"])
def test_every_spacer_between_groups_is_read_in_every_kind(spacer: str) -> None:
    for kind, groups in (
        (NumberKind.INDIVIDUAL, ("1234", "5678", "9018")),
        (NumberKind.CORPORATE, ("7", "0000", "1205", "0002")),
        (NumberKind.MUNICIPALITY, ("42201", "1")),
        (NumberKind.REAL_PROPERTY, ("4200", "0000", "00017")),
        (NumberKind.INVOICE, ("T", "7000", "0120", "50002")),
    ):
        verdict = check_number(kind, spacer.join(groups))
        assert (verdict.valid, verdict.normalised) == (True, "".join(groups))


def test_a_real_property_number_has_thirteen_digits_and_no_check_digit() -> None:
    assert check_number(NumberKind.REAL_PROPERTY, "4200000000017").valid


@pytest.mark.parametrize(
    "text",
    [
        "123456789018",
        "番号は123456789018です",
        "番号１２３４ ５６７８ ９０１８",
        "1234-5678-9018",
        "1 2 3 4 5 6 7 8 9 0 1 8",
        "電話095-000-0000 個人番号1234ー5678ー9018",
        "MN123456789018",
        "donor123456789018xyz@example.jp",
        "a123456789018b",
        "abcdefab 123456789018 abcdefab",
    ],
)
def test_an_individual_number_is_found_however_it_is_written(text: str) -> None:
    assert has_individual_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "1234567890189",
        "9123456789018",
        "123456789012",
        "4200000000017",
        "095-800-0000",
        "4201-20260501-000101",
        "2026-05-01 123",
        "",
        "c123456789018e42ab0d1f77@masked.example.jp",
        "sha256:00FF123456789018ABCDEF0011223344",
    ],
)
def test_other_digits_are_no_individual_number(text: str) -> None:
    assert not has_individual_number(text)
