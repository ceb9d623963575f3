"""Reading records as values, and re-emitting a file without some of its data items."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sekisho.records.blocks import cut_blocks, cut_fields, plain_values, split_records, unquote
from sekisho.records.characters import BYTE_ORDER_MARK, decode_text, encode_text
from sekisho.records.columns import Columns, read_columns
from sekisho.records.errors import RecordsError
from sekisho.records.layout import Item, Layout

PADDING: Final = " "
_QUOTE: Final = b'"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: its row, counted from 1 with the heading if there is one, and its values by field name."""

    row: int
    values: Mapping[str, str]


def raw_records(layout: Layout, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Every record with its line end, the heading first.

    Raises:
        RecordsError: The file ends inside a record.

    """
    for block in cut_blocks(chunks, quotes=layout.quotes):
        if block.torn:
            message = "the file ends inside a record; examine it to see where"
            raise RecordsError(message)
        for _, raw in split_records(block.data, quotes=layout.quotes):
            yield raw


def part_mark(layout: Layout, records: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The byte order mark, if the layout has one and the file too, and the records without it."""
    if layout.encoding != "utf-8-bom":
        return b"", records
    first = next(records, b"")
    rest = first.removeprefix(BYTE_ORDER_MARK)
    return first[: len(first) - len(rest)], chain([rest] if rest else [], records)


def closer_look(layout: Layout, record: bytes, row: int) -> list[str]:
    """The values of a record with quotation marks.

    Raises:
        RecordsError: They are misplaced or not allowed, or a value cannot be decoded.

    """
    if not layout.quotes and _QUOTE in record:
        message = f"row {row} has a quotation mark, which the layout never uses; examine the file to see where"
        raise RecordsError(message)
    fields = [unquote(field) for field in cut_fields(record)]
    if None in fields:
        message = f"row {row} has a misplaced quotation mark; examine the file to see where"
        raise RecordsError(message)
    try:
        return [decode_text(field or b"", layout.encoding) for field in fields]
    except UnicodeDecodeError as fault:
        message = f"row {row} cannot be decoded; examine the file to see where"
        raise RecordsError(message) from fault


def _values(layout: Layout, names: list[str], raw: bytes, row: int) -> Record:
    """The values of one record that was examined before.

    Raises:
        RecordsError: It cannot be read, or has another number of columns.

    """
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    texts = plain_values(record, layout.encoding)
    if texts is None:
        texts = closer_look(layout, record, row)
    if len(texts) != len(names):
        message = f"row {row} does not fit the heading or the layout; examine the file to see why"
        raise RecordsError(message)
    values = dict(zip(names, texts, strict=True))
    if layout.pad_last and texts[-1] == PADDING:
        values[names[-1]] = ""
    return Record(row=row, values=values)


def _names(layout: Layout, records: Iterator[bytes], vocabulary: Iterable[Item]) -> list[str]:
    """What each column is called: by the heading, which is read away, or by position.

    Raises:
        RecordsError: The heading is not that of the layout.

    """
    if not layout.header:
        return [field.name for field in layout.fields]
    columns, faults = read_columns(layout, next(records, b""), tuple(vocabulary))
    if faults:
        message = "the heading is not that of the layout; examine the file to see why"
        raise RecordsError(message)
    return [known.name for known in columns.known]


def read(layout: Layout, chunks: Iterable[bytes], vocabulary: Iterable[Item] = ()) -> Iterator[Record]:
    """The records of a file, one by one; a byte order mark and the padding of the last value are read away.

    Raises:
        RecordsError: A record cannot be read; `examine` says where and why.

    """
    _, records = part_mark(layout, raw_records(layout, chunks))
    names = _names(layout, records, vocabulary)
    for row, raw in enumerate(records, start=2 if layout.header else 1):
        yield _values(layout, names, raw, row)


def _cut_columns(raw: bytes, stay: list[int], *, quotes: bool) -> bytes:
    """One record with only the columns that stay."""
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    fields = cut_fields(record, quotes=quotes)
    return b",".join([fields[number] for number in stay if number < len(fields)]) + raw[len(record) :]


def _empty_columns(raw: bytes, layout: Layout, items: frozenset[str]) -> bytes:
    """One record with the values of these items emptied, every other in its place."""
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    pairs = zip(layout.fields, cut_fields(record, quotes=layout.quotes), strict=False)
    kept = [b"" if field.item in items else value for field, value in pairs]
    if layout.pad_last and len(kept) == len(layout.fields) and not kept[-1]:
        kept[-1] = encode_text(PADDING, layout.encoding)
    return b",".join(kept) + raw[len(record) :]


def all_there(columns: Columns, items: frozenset[str]) -> None:
    """Is every one of these data items a column of the file? What is not found can neither be taken out nor hidden.

    Raises:
        RecordsError: With those that are none.

    """
    if missing := items - columns.items():
        message = f"no column of {', '.join(sorted(missing))}; nothing can be taken out or hidden"
        raise RecordsError(message)


def strip_items(
    layout: Layout, chunks: Iterable[bytes], items: frozenset[str], vocabulary: Iterable[Item] = ()
) -> Iterator[bytes]:
    """The same file without these data items; what stays keeps its bytes.

    Columns with a heading are taken out. Columns that are known by their place alone stay and are emptied: if one were
    taken out, the recipient would read every value behind it as another.
    """
    mark, records = part_mark(layout, raw_records(layout, chunks))
    first = next(records, b"")
    columns, _ = read_columns(layout, first, tuple(vocabulary))
    if first:
        all_there(columns, items)
    yield mark
    if not layout.header:
        for raw in chain([first] if first else [], records):
            yield _empty_columns(raw, layout, items)
        return
    heading = first
    stay = [number for number, known in enumerate(columns.known) if known.item not in items]
    yield _cut_columns(heading, stay, quotes=layout.quotes)
    for raw in records:
        yield _cut_columns(raw, stay, quotes=layout.quotes)
