"""Layouts as data: strictly loaded, one version a date, and the vocabulary of data items."""

from dataclasses import replace
from datetime import date

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import (
    Confidence,
    DataClass,
    FaultCode,
    RecordsError,
    examine,
    find_unwritable,
    make_shelf,
    parse_layout,
    parse_vocabulary,
    write,
)
from sekisho.records.fault_words import MEND, WORDS

SHELF = shipped_layouts()
NOTICE, PRICE = SHELF.find("registry_notice"), SHELF.find("price_notice")
GOOD = """
layout: letters
version: "1"
ja: 手紙
en: Letters
confidence: local
source: made up for this test
effective_from: 2026-01-01
effective_until: null
encoding: cp932
newline: crlf
header: true
fields:
  - {name: sender, header: 差出人, item: name, type: text, max: 10, required: true, class: personal}
  - {name: pages, header: 枚数, item: pages, type: integer}
  - {name: kind, header: 種類, item: kind, type: code, codes: [普通, 速達], aliases: [区分]}
"""
PLANTS = {
    "colour": ("version:", "colour: red\nversion:"),
    "max_length": ("max: 10", "max_length: 10"),
    "version が2回あります": ('version: "1"', 'version: "1"\nversion: "2"'),
    "max が2回あります": ("max: 10", "max: 10, max: 20"),
    "sender が2回あります": ("name: pages", "name: sender"),
    "種類 が2回あります": ("header: 枚数", "header: 種類"),
    "枚数 が2回あります": ("[区分]", "[枚数]"),
    "rumour": ("confidence: local", "confidence: rumour"),
    "poem": ("type: integer", "type: poem"),
    "secret": ("class: personal", "class: secret"),
    "max is not of its kind": ("max: 10", 'max: "10"'),
    "required is not of its kind": ("required: true", "required: 1"),
    "effective_from is not of its kind": ("2026-01-01", '"2026"'),
    "effective_until is not of its kind": ("effective_until: null", "effective_until: never"),
    "min, max or codes": ("max: 10", "max: 10, min: 11"),
    "codes do not fit": (", codes: [普通, 速達]", ""),
    "codes: 文字列の並び": ("[普通, 速達]", "普通"),
    "aliases: 文字列の並び": ("[区分]", "[1]"),
    "ends before": ("effective_until: null", "effective_until: 2025-12-31"),
    "encoding, newline or fields": ("cp932", "latin-1"),
    "newline or fields are not": ("crlf", "both"),
    "has number 0 at place 1": ("header: true", "header: false"),
    "'item'": ("item: pages, ", ""),
    "'source'": ("source: made up for this test\n", ""),
    "not YAML": ("fields:", "fields: ]"),
    "a field: 名前と値の表": ("- {name: pages, header: 枚数, item: pages, type: integer}", "- pages"),
}


def test_a_layout_is_read() -> None:
    layout = parse_layout(GOOD)
    assert (layout.layout, layout.confidence, layout.line_end) == ("letters", Confidence.LOCAL, b"\r\n")
    assert layout.items() == {"name", "pages", "kind"}
    assert layout.fields[0].data_class is DataClass.PERSONAL


@pytest.mark.parametrize("told", sorted(PLANTS))
def test_a_layout_with_a_fault_is_refused_and_the_fault_is_named(told: str) -> None:
    old, new = PLANTS[told]
    assert old in GOOD
    with pytest.raises(RecordsError) as refused:
        parse_layout(GOOD.replace(old, new))
    assert told in str(refused.value)


def test_a_group_may_begin_with_its_second_and_no_is_a_word() -> None:
    group = "  - {repeat: 2, from: 2, fields: [{name: 'no{n}', header: 'no{n}', item: no, type: integer}]}\n"
    fields = parse_layout(GOOD + group).fields[-2:]
    assert [(each.name, each.header, each.item) for each in fields] == [("no2", "no2", "no"), ("no3", "no3", "no")]


@pytest.mark.parametrize("text", ["", "- a", "letters", "{a: [}", "fields: 3", "&a [*a]"])
def test_what_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(RecordsError):
        parse_layout(text)
    with pytest.raises(RecordsError):
        parse_vocabulary(text)


def test_the_version_that_holds_on_the_day_is_found() -> None:
    first = parse_layout(GOOD.replace("effective_until: null", "effective_until: 2026-12-31"))
    second = replace(first, version="2", effective_from=date(2027, 1, 1), effective_until=None)
    shelf = make_shelf([second, first])
    assert shelf.find("letters", date(2026, 12, 31)).version == "1"
    assert shelf.find("letters", date(2027, 1, 1)).version == "2"
    assert shelf.find("letters").version == "2"
    for unknown in (("letters", date(2025, 12, 31)), ("notes", None)):
        with pytest.raises(RecordsError, match="letters"):
            shelf.find(*unknown)


@pytest.mark.parametrize("until", [None, date(2027, 1, 1)])
def test_two_versions_on_one_date_are_refused(until: date | None) -> None:
    first = replace(parse_layout(GOOD), effective_until=until)
    with pytest.raises(RecordsError, match="one date"):
        make_shelf([first, replace(first, version="2", effective_from=date(2027, 1, 1), effective_until=None)])


@pytest.mark.parametrize(
    ("told", "old", "new"),
    [
        ("colour", "class: none", "class: none, colour: red"),
        ("stands twice", "item: b", "item: a"),
        ("stands twice", "[う]", "[あ]"),
        ("headers: 文字列の並び", "[う]", "う"),
        ("'headers'", ", headers: [う]", ""),
    ],
)
def test_a_vocabulary_with_a_fault_is_refused(told: str, old: str, new: str) -> None:
    good = """
- {item: a, ja: あ, en: A, class: none, headers: [あ, い]}
- {item: b, ja: う, en: B, class: personal, headers: [う]}
"""
    assert len(parse_vocabulary(good)) == 2
    with pytest.raises(RecordsError, match=told):
        parse_vocabulary(good.replace(old, new))


def test_what_was_reconstructed_says_so_and_what_is_official_names_the_notification() -> None:
    marks = {Confidence.RECONSTRUCTED: "復元", Confidence.OFFICIAL: "法令解釈通達", Confidence.LOCAL: "この製品の様式"}
    assert all(marks[layout.confidence] in layout.source for layout in SHELF.layouts)
    assert {layout.confidence for layout in SHELF.layouts} == set(Confidence)


def test_the_vocabulary_knows_every_item_that_a_shipped_layout_holds() -> None:
    known = {item.item for item in SHELF.vocabulary}
    for layout in SHELF.layouts:
        assert layout.items() <= known


def test_a_field_is_as_delicate_as_the_item_it_holds() -> None:
    classes = {item.item: item.data_class for item in SHELF.vocabulary}
    before = {NOTICE.layout, PRICE.layout}  # a day or a mark is less delicate there than the rest of its item
    told = [(each.layout, each.fields) for each in SHELF.layouts if each.layout not in before]
    for layout, fields in told:
        assert [(layout, field.name, classes[field.item]) for field in fields] == [
            (layout, field.name, field.data_class) for field in fields
        ]


def test_a_heading_that_the_vocabulary_knows_means_the_same_item_in_every_layout_with_a_heading() -> None:
    meant = {header: item.item for item in SHELF.vocabulary for header in item.headers}
    for layout in SHELF.layouts:
        for field in layout.fields if layout.header else ():
            assert {meant.get(heading, field.item) for heading in (field.header, *field.aliases)} == {field.item}


def test_a_name_in_a_price_notice_is_recognised_though_its_layout_has_none() -> None:
    heading = ",".join([*(field.header for field in PRICE.fields), "所有者氏名", "秘密の列"]) + "\r\n"
    seen = examine(PRICE, [heading.encode("cp932")], vocabulary=SHELF.vocabulary)
    assert seen.items - PRICE.items() == {"owner_name", f"unlisted:{len(PRICE.fields) + 2}"}
    assert "秘密の列" not in str(seen)


def test_a_price_must_be_a_whole_number_and_no_individual_number() -> None:
    row = {
        "city_code": "422011",
        "fiscal_year": "2026",
        "property_kind": "土地",
        "location": "長崎市",
        "base_year_kind": "基準",
    }
    seen = examine(PRICE, write(PRICE, [{**row, "price": "1000.5"}, {**row, "price": "123456789018"}]))
    assert [(fault.row, fault.code) for fault in seen.faults] == [(2, FaultCode.NOT_INTEGER)]
    assert [(place.column, place.first_row) for place in seen.numbers] == [("price", 3)]


def test_all_that_cannot_be_written_is_listed_before_anything_is_written() -> None:
    found = find_unwritable(NOTICE, [{"owner_name": "浦上"}, {"owner_name": "上𠮷", "remarks": "—"}])
    assert [(each.record, each.field, each.place, each.code_points) for each in found] == [
        (2, "owner_name", 1, ("U+20BB7",)),
        (2, "remarks", 0, ("U+2014",)),
    ]


def test_every_fault_is_explained_and_says_how_to_mend_it() -> None:
    for table in (WORDS, MEND):
        assert set(table) == set(FaultCode)
        assert all(ja and en and en.isprintable() for ja, en in table.values())
