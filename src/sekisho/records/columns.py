"""Reading the heading of a file: which column is which field, and which data item a stranger among them holds."""

from dataclasses import dataclass

from sekisho.records.blocks import split_fields, unquote
from sekisho.records.checks import Check, allowed, compile_check
from sekisho.records.faults import Fault, FaultCode
from sekisho.records.layout import DataClass, Field, FieldType, Item, Layout


def _nothing(_: str) -> FaultCode | None:
    """A column that no layout expects is not checked: it is named."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file as it came."""

    name: str
    item: str
    ja: str
    en: str
    check: Check
    allowed: str
    free_text: bool
    municipality: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns of a file, in their order."""

    layout: Layout
    known: tuple[Column, ...]
    recognised: bool

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
    text = field.type is FieldType.TEXT and field.data_class is not DataClass.INDIVIDUAL_NUMBER
    return Column(
        name=field.name,
        item=field.item,
        ja=field.header,
        en=field.name,
        check=compile_check(field),
        allowed=allowed(field),
        free_text=text,
        municipality=field.name == "city_code",
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


def _headers(layout: Layout, heading: bytes) -> list[str] | None:
    """The headings as text, or nothing if they cannot be read."""
    record = heading.removesuffix(b"\n").removesuffix(b"\r")
    values = [unquote(raw) for _, raw in split_fields(record)]
    try:
        return [(value or b"").decode(layout.encoding).strip() for value in values]
    except UnicodeDecodeError:
        return None


def _fault(column: int, code: FaultCode, field: str = "") -> Fault:
    """A fault of the heading."""
    return Fault(row=1, column=column, byte=0, code=code, field=field)


def read_columns(layout: Layout, heading: bytes, vocabulary: tuple[Item, ...]) -> tuple[Columns, tuple[Fault, ...]]:
    """Which column is which; with the faults of the heading."""
    headers = _headers(layout, heading)
    if headers is None:
        return Columns(layout=layout, known=(), recognised=False), (_fault(1, FaultCode.HEADER_UNKNOWN),)
    names = {name: field for field in layout.fields for name in (field.header, *field.aliases)}
    known = tuple(
        _of_field(names[header]) if header in names else _of_stranger(header, number, vocabulary)
        for number, header in enumerate(headers, start=1)
    )
    present = [each.name for each in known]
    missing = [field.name for field in layout.fields if field.required and field.name not in present]
    recognised = sum(header in names for header in headers) * 2 >= len(names)
    if not recognised:
        return Columns(layout=layout, known=known, recognised=False), (_fault(1, FaultCode.HEADER_UNKNOWN),)
    faults = [_fault(len(headers), FaultCode.COLUMN_MISSING, name) for name in missing]
    faults += [
        _fault(number, FaultCode.COLUMN_TWICE, name)
        for number, name in enumerate(present, start=1)
        if name in present[: number - 1]
    ]
    return Columns(layout=layout, known=known, recognised=True), tuple(faults)
