"""Which column of a file is which field: by its heading, or by position; and what a column holds that is no field."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sekisho.records.blocks import split_fields, unquote
from sekisho.records.characters import decode_text
from sekisho.records.checks import Check, allowed, compile_check
from sekisho.records.faults import Fault, FaultCode
from sekisho.records.layout import DataClass, Field, FieldType, Item, Layout
from sekisho.records.rules import Rule, bind_rules

_TWELVE: Final = 12
_OPEN_TO_ALL: Final = frozenset({FieldType.TEXT, FieldType.INTEGER, FieldType.WIDE, FieldType.NARROW})


def _nothing(_: str) -> FaultCode | None:
    """A column that no layout expects is not checked: it is named."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file as it came; `field` is what the layout says of it, if it expects it."""

    name: str
    item: str
    ja: str
    en: str
    check: Check
    allowed: str
    free_text: bool
    municipality: bool
    field: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """All columns of a file, in their order, and the rules over several of them.

    Told apart by identity, so that what was put together for a file once is found again quickly.
    """

    layout: Layout
    known: tuple[Column, ...]
    recognised: bool
    rules: tuple[Rule, ...] = ()

    @property
    def quotes(self) -> bool:
        """May values stand between quotation marks?"""
        return self.layout.quotes

    def at(self, column: int) -> Column | None:
        """The column of this number, counted from 1."""
        return self.known[column - 1] if 1 <= column <= len(self.known) else None

    def items(self) -> frozenset[str]:
        """The data items present."""
        return frozenset(each.item for each in self.known)

    def labels(self) -> dict[str, tuple[str, str]]:
        """What each item present is called, in Japanese and English."""
        return {each.item: (each.ja, each.en) for each in self.known}


def _of_field(field: Field) -> Column:
    """A column that the layout expects."""
    twelve = field.type is FieldType.DIGITS and field.min <= _TWELVE <= field.max
    open_to_all = field.type in _OPEN_TO_ALL or twelve
    return Column(
        name=field.name,
        item=field.item,
        ja=field.header,
        en=field.name,
        check=compile_check(field),
        allowed=allowed(field),
        free_text=open_to_all and field.data_class is not DataClass.INDIVIDUAL_NUMBER and field.number is None,
        municipality=field.name == "city_code",
        field=field,
    )


def _of_stranger(header: str, number: int, vocabulary: tuple[Item, ...]) -> Column:
    """A column that the layout does not expect: known by the vocabulary, or only by its number."""
    item = next((each for each in vocabulary if header in each.headers), None)
    return Column(
        name=item.item if item else f"column{number}",
        item=item.item if item else f"unlisted:{number}",
        ja=item.ja if item else f"{number}列目",
        en=item.en if item else f"column {number}",
        check=_nothing,
        allowed="",
        free_text=True,
        municipality=False,
    )


def _headers(layout: Layout, fields: list[tuple[int, bytes]]) -> list[str] | None:
    """The headings as text, or nothing if they cannot be read."""
    values = [unquote(raw) for _, raw in fields]
    if None in values:
        return None
    try:
        return [decode_text(value or b"", layout.encoding).strip() for value in values]
    except UnicodeDecodeError:
        return None


def _unknown(layout: Layout, known: tuple[Column, ...] = ()) -> tuple[Columns, tuple[Fault, ...]]:
    """A heading that is not that of the layout."""
    fault = Fault(row=1, column=1, byte=0, code=FaultCode.HEADER_UNKNOWN)
    return Columns(layout=layout, known=known, recognised=False), (fault,)


def _heading_faults(columns: Columns, heading: bytes, fields: list[tuple[int, bytes]]) -> tuple[Fault, ...]:
    """Missing columns, columns that stand twice, a wrong line end, each at its byte."""
    names = [each.name for each in columns.known]
    record = heading.removesuffix(b"\n").removesuffix(b"\r")
    end, last = len(record), len(names)
    faults = [
        Fault(row=1, column=last, byte=end, code=FaultCode.COLUMN_MISSING, field=field.name, label=field.header)
        for field in columns.layout.fields
        if field.required and field.name not in names
    ]
    first = dict(reversed([(name, column) for column, name in enumerate(names, start=1)]))
    faults += [
        Fault(
            row=1,
            column=column,
            byte=fields[column - 1][0],
            code=FaultCode.COLUMN_TWICE,
            field=name,
            label=columns.known[column - 1].ja,
        )
        for column, name in enumerate(names, start=1)
        if first[name] != column
    ]
    if heading[end:] not in {b"", columns.layout.line_end}:
        faults.append(Fault(row=1, column=last, byte=end, code=FaultCode.LINE_END))
    return tuple(faults)


@lru_cache(maxsize=64)
def _bind_by_heading(layout: Layout, heading: bytes, vocabulary: tuple[Item, ...]) -> tuple[Columns, tuple[Fault, ...]]:
    """Which column is which, by the names in the first record."""
    fields = split_fields(heading.removesuffix(b"\n").removesuffix(b"\r"))
    headers = _headers(layout, fields)
    if headers is None:
        return _unknown(layout)
    names = {name: field for field in layout.fields for name in (field.header, *field.aliases)}
    known = tuple(
        _of_field(names[header]) if header in names else _of_stranger(header, number, vocabulary)
        for number, header in enumerate(headers, start=1)
    )
    if sum(header in names for header in headers) * 2 < len(layout.fields):
        return _unknown(layout, known)
    rules = bind_rules(layout, [each.name for each in known])
    columns = Columns(layout=layout, known=known, recognised=True, rules=rules)
    return columns, _heading_faults(columns, heading, fields)


@lru_cache(maxsize=64)
def _by_position(layout: Layout, *, recognised: bool) -> Columns:
    """Every field at its place."""
    known = tuple(_of_field(field) for field in layout.fields)
    rules = bind_rules(layout, [field.name for field in layout.fields])
    return Columns(layout=layout, known=known, recognised=recognised, rules=rules)


def _bind_by_position(layout: Layout, first: bytes) -> tuple[Columns, tuple[Fault, ...]]:
    """Every field at its place. A first record that is neither as wide nor of this kind is of another layout."""
    record = first.removesuffix(b"\n").removesuffix(b"\r")
    fields = split_fields(record, quotes=layout.quotes)
    kind = fields[0][1].strip(b'"')
    code = layout.fields[0].type is FieldType.CODE and kind in {each.encode() for each in layout.fields[0].codes}
    if len(fields) == len(layout.fields) or code:
        return _by_position(layout, recognised=True), ()
    fault = Fault(row=1, column=1, byte=0, code=FaultCode.OTHER_LAYOUT)
    return _by_position(layout, recognised=False), (fault,)


def read_columns(layout: Layout, first: bytes, vocabulary: tuple[Item, ...]) -> tuple[Columns, tuple[Fault, ...]]:
    """Which column is which, from the first record of a file; with the faults of its heading, if it has one."""
    return _bind_by_heading(layout, first, vocabulary) if layout.header else _bind_by_position(layout, first)
