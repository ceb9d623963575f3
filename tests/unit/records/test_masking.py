"""An item that the council masks stands in its place, and nobody reads its value."""

from pathlib import Path

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Layout, RecordsError, examine, mask_items, parse_layout, strip_items, unmaskable_items
from sekisho.records.masking import field_masks

GOOD = (Path(__file__).resolve().parents[2] / "golden" / "records" / "good.csv").read_bytes()
SHELF = shipped_layouts()
NOTICE = SHELF.find("registry_notice")
FRAME = """
layout: letters
version: "1"
ja: 手紙
en: Letters
confidence: local
source: made up for this test
effective_from: 2026-01-01
effective_until: null
encoding: {encoding}
newline: lf
header: false
quoting: any
fields:
{fields}
"""


def layout(fields: str, *, encoding: str = "cp932", more: str = "") -> Layout:
    """A layout by position with these fields."""
    rows = "\n".join(f"  - {{{row}}}" for row in fields.strip().splitlines())
    return parse_layout(FRAME.format(encoding=encoding, fields=rows) + more)


def masked(kind: Layout, data: bytes, *items: str) -> bytes:
    """A file with these items masked."""
    return b"".join(mask_items(kind, [data], frozenset(items), SHELF.vocabulary))


def test_the_masked_column_keeps_its_heading_and_every_value_is_the_same_stars() -> None:
    after = masked(NOTICE, GOOD, "owner_address", "remarks").decode("cp932")
    assert after.splitlines()[0] == GOOD.decode("cp932").splitlines()[0]
    seen = [line.split(",") for line in after.splitlines()]
    place = seen[0].index("所有者住所")
    assert {row[place] for row in seen[1:]} == {"＊＊＊＊"}
    assert "相続人2名" not in after, "a value in quotation marks is hidden with all its commas"
    assert '"＊＊＊＊"' in after, "and stays in quotation marks"
    assert examine(NOTICE, [after.encode("cp932")], vocabulary=SHELF.vocabulary).fault_count == 0


def test_where_stars_cannot_stand_the_value_is_emptied_and_an_empty_value_stays_so() -> None:
    assert field_masks(NOTICE)["real_property_number"] == ""
    after = masked(NOTICE, GOOD, "real_property_number", "house_number")
    assert examine(NOTICE, [after], vocabulary=SHELF.vocabulary).fault_count == 0
    assert after.count(b",") == GOOD.count(b",")
    assert masked(NOTICE, after, "real_property_number", "house_number") == after


@pytest.mark.parametrize("item", sorted(unmaskable_items(NOTICE)))
def test_an_item_that_no_mask_fits_is_named_and_nothing_goes_on(item: str) -> None:
    with pytest.raises(RecordsError, match=f"{item} of layout registry_notice cannot be masked"):
        masked(NOTICE, GOOD, item)


def test_what_must_be_filled_and_takes_no_stars_cannot_be_masked() -> None:
    assert unmaskable_items(NOTICE) == {
        "city_code", "office", "property_kind", "purpose", "reception", "registration_date",
    }  # fmt: skip


def test_a_column_that_the_layout_does_not_know_is_masked_by_the_vocabulary() -> None:
    lines = GOOD.decode("cp932").splitlines()
    body = "\r\n".join([f"{lines[0]},性別", *(f"{line},女" for line in lines[1:]), ""]).encode("cp932")
    after = masked(NOTICE, body, "sex").decode("cp932")
    assert after.splitlines()[0].endswith(",性別")
    assert [line.rsplit(",", 1)[1] for line in after.splitlines()[1:]] == ["＊＊＊＊"] * 3


TOGETHER = "checks:\n  - {check: together, fields: [era, year]}\n"
UNIQUE = "checks:\n  - {check: unique, fields: [note]}\n"
REQUIRED_IF = "checks:\n  - {check: required_if, fields: [day], when: {field: note}}\n"


@pytest.mark.parametrize(
    ("fields", "more", "unmaskable"),
    [
        (("no: 1, name: era, header: 元号, item: day, type: digits, min: 1, max: 1\n"
         "no: 2, name: year, header: 年, item: day, type: digits, min: 1, max: 2"), TOGETHER, set()),
        (("no: 1, name: era, header: 元号, item: era, type: digits, min: 1, max: 1\n"
         "no: 2, name: year, header: 年, item: year, type: digits, min: 1, max: 2"), TOGETHER, {"era", "year"}),
        (("no: 1, name: era, header: 元号, item: era, type: text\n"
         "no: 2, name: year, header: 年, item: year, type: digits, min: 1, max: 2"), TOGETHER, {"year"}),
        (("no: 1, name: day, header: 日, item: day, type: date\n"
         "no: 2, name: note, header: 摘要, item: note, type: text"), REQUIRED_IF, {"day"}),
        (("no: 1, name: day, header: 日, item: day, type: date\n"
         "no: 2, name: note, header: 摘要, item: note, type: text, required: true"), UNIQUE, {"note"}),
    ],
    ids=["one item", "two items", "one that takes stars", "required if", "unique"],
)  # fmt: skip
def test_a_mask_never_breaks_a_rule_over_several_fields(fields: str, more: str, unmaskable: set[str]) -> None:
    assert unmaskable_items(layout(fields, more=more)) == unmaskable


def test_the_stars_fit_the_width_and_the_letters_of_the_field() -> None:
    rows = (
        "no: 1, name: wide, header: 全角, item: a, type: wide, max: 2, required: true\n"
        "no: 2, name: narrow, header: 半角, item: b, type: narrow, min: 6, max: 9, required: true\n"
        "no: 3, name: kana, header: カナ, item: c, type: wide_kana, required: true"
    )
    assert field_masks(layout(rows)) == {"wide": "＊＊", "narrow": "******", "kana": None}
    assert masked(layout(rows), "長崎,abcdef,ナ\n".encode("cp932"), "a", "b") == "＊＊,******,ナ\n".encode("cp932")


def test_a_record_or_heading_that_is_not_of_the_layout_stops_the_masking() -> None:
    with pytest.raises(RecordsError, match="first record is not that of the layout"):
        masked(NOTICE, "氏名,住所\r\n浦上,長崎\r\n".encode("cp932"), "owner_name")
    line = GOOD.split(b"\r\n")[1]
    with pytest.raises(RecordsError, match="row 5 does not fit"):
        masked(NOTICE, GOOD + line + b",more\r\n", "owner_name")


def test_an_empty_file_stays_empty() -> None:
    assert masked(NOTICE, b"", "owner_name") == b""


def test_what_is_in_no_column_can_neither_be_hidden_nor_taken_out() -> None:
    """Else a newer version of the layout, which calls the column otherwise, would let the value through."""
    for away in (mask_items, strip_items):
        with pytest.raises(RecordsError, match="no column of sex"):
            b"".join(away(NOTICE, [GOOD], frozenset({"sex"}), SHELF.vocabulary))
