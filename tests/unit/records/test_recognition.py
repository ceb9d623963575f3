"""Which version of a layout a file is written in, and of which layout it is, by its first records."""

from dataclasses import replace

import pytest

from sekisho.records import Layout, choose_version, first_records, guess_layouts, is_of, likeness, parse_layout

HEAD = """
layout: {name}
version: "{version}"
ja: 様式
en: Layout
confidence: official
source: made up for tests
effective_from: {since}
effective_until: null
encoding: cp932
newline: crlf
header: false
quoting: never
fields:
"""


def positional(name: str, version: str, code: str, width: int) -> Layout:
    """A layout bound by position, whose first field always holds a code."""
    lines = [f"  - {{no: 1, name: kind, header: 種類, item: kind, type: code, codes: ['{code}'], required: true}}"]
    lines += [
        f"  - {{no: {no}, name: f{no}, header: 項目{no}, item: remarks, type: text, max: 9}}"
        for no in range(2, width + 1)
    ]
    text = HEAD.format(name=name, version=version, since="2020-01-01") + "\n".join(lines)
    return parse_layout(text)


OLD, NEW = positional("pay", "2020", "375", 5), positional("pay", "2025", "375", 6)
OTHER = positional("fee", "2020", "309", 6)


def file_of(code: str, width: int, records: int = 3) -> bytes:
    """Records of so many fields."""
    return b"".join(",".join([code, *["x"] * (width - 1)]).encode("cp932") + b"\r\n" for _ in range(records))


@pytest.mark.parametrize(("width", "version"), [(5, "2020"), (6, "2025"), (7, "2025")])
def test_the_version_whose_number_of_fields_fits_is_taken_and_else_the_one_that_holds(width: int, version: str) -> None:
    assert choose_version([NEW, OLD], first_records(file_of("375", width))).version == version


def test_a_layout_is_guessed_by_its_code_and_its_number_of_fields() -> None:
    found = guess_layouts([OLD, NEW, OTHER], first_records(file_of("309", 6)))
    assert [each.layout for each in found] == ["fee"]
    assert guess_layouts([OLD, NEW, OTHER], first_records(b"apples,100\r\n")) == ()


def test_a_missing_comma_does_not_make_another_layout_of_it() -> None:
    assert is_of(NEW, first_records(file_of("375", 4)))
    assert not is_of(NEW, first_records(file_of("309", 4)))
    assert is_of(NEW, first_records(file_of("375", 4, 1) + file_of("375", 6)))


def test_a_wrong_code_in_a_file_of_the_right_width_is_a_fault_and_another_layout_only_if_one_fits() -> None:
    first = first_records(file_of("３７５", 6))
    assert is_of(NEW, first)
    assert guess_layouts([OLD, NEW, OTHER], first) == ()
    assert [each.layout for each in guess_layouts([NEW, OTHER], first_records(file_of("309", 6)))] == ["fee"]


def test_a_record_that_is_cut_at_the_end_of_the_first_bytes_is_not_counted() -> None:
    cut = file_of("375", 6, 2) + b"375,x"
    assert likeness(NEW, first_records(cut)) == 1
    assert likeness(NEW, first_records(b"375,x")) == 0
    assert len(first_records(b"375,x").records) == 1


def test_nothing_is_like_nothing() -> None:
    assert likeness(NEW, first_records(b"")) == 0
    assert first_records(b"\r\n\x1a").records == ()


def test_headings_are_known_by_their_aliases_and_in_either_encoding() -> None:
    named = replace(NEW, header=True, fields=tuple(replace(each, aliases=(f"別名{each.no}",)) for each in NEW.fields))
    heading = ",".join(f"別名{no}" for no in range(1, 4))
    assert likeness(named, first_records(heading.encode("cp932"))) == 0.5
    marked = replace(named, encoding="utf-8-bom")
    assert is_of(marked, first_records(heading.encode("utf-8-sig")))
    assert not is_of(named, first_records(heading.encode("utf-8")))
