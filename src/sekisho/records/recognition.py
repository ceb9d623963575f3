"""Recognising a file by its first records: which version of a layout fits, and which other layout it could be.

A file that binds by position says what it is by the number of its fields and by the code that its first field always
holds; a file with a heading says it by its headings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sekisho.records.blocks import cut_fields, split_records, unquote
from sekisho.records.layout import FieldType, Layout

FIRST_RECORDS: Final = 20
_HALF: Final = 0.5
_CODECS: Final = {"utf-8": "utf-8-sig", "utf-8-bom": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class FirstRecords:
    """The fields of the first records of a file, as bytes."""

    records: tuple[tuple[bytes, ...], ...]


def first_records(head: bytes) -> FirstRecords:
    """The first records in the first bytes of a file; the last one only if it is whole or alone."""
    found = [raw for _, raw in split_records(head)]
    whole = found if len(found) == 1 or head.endswith(b"\n") else found[:-1]
    fields = (
        tuple(unquote(field) or field for field in cut_fields(raw.rstrip(b"\r\n")))
        for raw in whole[:FIRST_RECORDS]
        if raw.rstrip(b"\r\n\x1a")
    )
    return FirstRecords(tuple(fields))


def _text(value: bytes, layout: Layout) -> str:
    """A value as text; what cannot be read is like no word of any layout."""
    return value.decode(_CODECS.get(layout.encoding, "cp932"), "replace").strip()


def _tells_itself(layout: Layout, record: tuple[bytes, ...]) -> bool:
    """Does the first field hold the code that it always holds in this layout?"""
    return layout.fields[0].type is FieldType.CODE and _text(record[0], layout) in layout.fields[0].codes


def _has_codes(layout: Layout, record: tuple[bytes, ...]) -> bool:
    """Has this record the layout's number of fields, its code in the first, and its words in most that want one?"""
    if layout.fields[0].type is FieldType.CODE and not _tells_itself(layout, record):
        return False
    pairs = zip(layout.fields, record, strict=False)
    wanted = ((field, _text(value, layout)) for field, value in pairs if field.type is FieldType.CODE)
    fit = [text in field.codes or (not text and not field.required) for field, text in wanted]
    return len(record) == len(layout.fields) and sum(fit) * 2 >= len(fit)


def likeness(layout: Layout, first: FirstRecords) -> float:
    """From 0 (nothing fits) to 1: the share of headings, or of first records with the right number of fields."""
    if not first.records:
        return 0.0
    if layout.header:
        there = {_text(value, layout) for value in first.records[0]}
        return sum(bool(there & {each.header, *each.aliases}) for each in layout.fields) / len(layout.fields)
    return sum(_has_codes(layout, each) for each in first.records) / len(first.records)


def is_of(layout: Layout, first: FirstRecords) -> bool:
    """Is this a file of the layout, whatever faults it may have?"""
    if layout.header:
        return likeness(layout, first) >= _HALF
    return any(len(each) == len(layout.fields) or _tells_itself(layout, each) for each in first.records)


def choose_version(accepted: Iterable[Layout], first: FirstRecords) -> Layout:
    """Among the versions that are accepted on a day, the one that the file is written in; the first, if none is."""
    return max(accepted, key=lambda each: likeness(each, first))


def guess_layouts(layouts: Iterable[Layout], first: FirstRecords) -> tuple[Layout, ...]:
    """The layouts that a file could be of, the likeliest first."""
    scored = [(likeness(each, first), each) for each in layouts]
    likely = sorted((pair for pair in scored if pair[0] >= _HALF), key=lambda pair: -pair[0])
    return tuple(each for _, each in likely)
