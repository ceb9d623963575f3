"""The quick way through a few records: is there nothing at all to say about them?

Whole columns are checked at once, each different value once. At the slightest doubt the answer is no, and the records
are read one by one, which finds the exact place; so this way may be too careful, but never too kind. Many records are
screened instead, which costs more to begin and less for each of them.
"""

from collections.abc import Collection
from typing import Final

from sekisho.records.blocks import cut_fields, split_records, unquote
from sekisho.records.characters import decode_text
from sekisho.records.closely import hides_nothing
from sekisho.records.columns import Column, Columns

_QUOTE: Final = b'"'


def _plain_rows(data: bytes, columns: Columns) -> list[list[str]] | None:
    """The values of a block without quotation marks; nothing if a line end or a byte is not as it should be."""
    line_end = columns.layout.line_end
    ends = data.count(line_end)
    if data.count(b"\n") != ends or data.count(b"\r") != (ends if line_end == b"\r\n" else 0):
        return None
    lines = decode_text(data.removesuffix(line_end), columns.layout.encoding).split(line_end.decode("ascii"))
    return [line.split(",") for line in lines]


def _quoted_rows(data: bytes, columns: Columns) -> list[list[str]] | None:
    """The values of a block with quotation marks; nothing if one is misplaced or a line end is wrong."""
    line_end, encoding = columns.layout.line_end, columns.layout.encoding
    rows = []
    for _, raw in split_records(data):
        record = raw.removesuffix(line_end)
        fields = [unquote(field) for field in cut_fields(record)]
        if None in fields or record[-1:] in {b"\n", b"\r"}:
            return None
        rows.append([decode_text(field or b"", encoding) for field in fields])
    return rows


def _is_clean(column: Column, values: Collection[str], municipality: str) -> bool:
    """Nothing to say about the different values of one column?"""
    if any(column.check(value) for value in values):
        return False
    if column.municipality and municipality and any(value not in {"", municipality} for value in values):
        return False
    return not column.free_text or hides_nothing(values)


def count_clean(columns: Columns, data: bytes, municipality: str) -> int | None:
    """The number of records in a block about which there is nothing to say; nothing, if there is a doubt."""
    if not data or not columns.known or columns.layout.file_checks or (not columns.quotes and _QUOTE in data):
        return None
    try:
        rows = _quoted_rows(data, columns) if _QUOTE in data else _plain_rows(data, columns)
    except UnicodeDecodeError:
        return None
    if rows is None or {len(row) for row in rows} != {len(columns.known)}:
        return None
    for column, values in zip(columns.known, zip(*rows, strict=True), strict=True):
        if not _is_clean(column, set(values), municipality):
            return None
    broken = any(rule.fault(values) is not None for rule in columns.rules for values in rows)
    return None if broken else len(rows)
