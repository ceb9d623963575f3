"""Lot and house numbers, land areas and shares."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sekisho.records import CATEGORIES, RecordsError, parse_lot, parse_lots, read_share, registry_area, write_share

VALUES = json.loads((Path(__file__).resolve().parents[2] / "golden" / "records" / "values.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "canonical"), VALUES["lots"])
def test_every_spelling_of_a_lot_has_one_canonical_form(text: str, canonical: str) -> None:
    lot = parse_lot(text)
    assert (lot.canonical(), lot.raw) == (canonical, text)
    assert parse_lot(lot.written()).canonical() == canonical
    assert parse_lot(canonical).canonical() == canonical


@pytest.mark.parametrize("hyphen", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff70\u30fc")
def test_every_hyphen_is_a_hyphen(hyphen: str) -> None:
    assert parse_lot(f"123{hyphen}4").branch == (4,)


def test_the_second_house_on_a_lot_is_not_the_house_on_another_lot() -> None:
    assert parse_lot("45番の2").canonical() != parse_lot("45番2").canonical()
    assert parse_lot("45番の2").written() == "45番の2"


def test_a_strip_before_a_lot_is_not_the_lot() -> None:
    assert parse_lot("123番1先").canonical() != parse_lot("123番1").canonical()


def test_a_building_can_stand_on_several_lots() -> None:
    assert [lot.canonical() for lot in parse_lots("123番1、124番・125番2")] == ["123-1", "124", "125-2"]


@pytest.mark.parametrize(
    "text", ["", "番", "桜町1番", "2026/4/1", "123番4の", "1-", "123456789018", "12345678", "号12", "-1", "123番4,"]
)
def test_what_is_no_lot_is_refused(text: str) -> None:
    with pytest.raises(RecordsError, match="123番4"):
        parse_lots(text)


@pytest.mark.parametrize(("category", "measured", "registered"), VALUES["areas"])
def test_areas_are_cut_off_as_the_registry_does(category: str, measured: str, registered: str) -> None:
    assert category in CATEGORIES
    assert str(registry_area(Decimal(measured), category)) == registered


def test_the_registry_knows_twenty_three_categories_of_land() -> None:
    assert len(CATEGORIES) == 23


def test_shares_are_exact() -> None:
    assert read_share("3分の1") * 3 == 1
    assert read_share("") == 1
    assert write_share(Fraction(2, 6)) == "3分の1"


@pytest.mark.parametrize("text", ["1/2", "0分の1", "2分の0", "2分の3", "半分", "２分の１"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(RecordsError, match="2分の1"):
        read_share(text)
