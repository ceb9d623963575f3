"""The quick way through a block of records: is there nothing at all to say about it?

Whole columns are checked at once, each different value once. At the slightest doubt the answer is no, and the block is
read again record by record, which finds the exact place; so this way may be too careful, but never too kind.
"""

import re
from collections.abc import Collection
from typing import Final

from sekisho.records.blocks import split_fields, split_records, unquote
from sekisho.records.characters import decode_text, find_private
from sekisho.records.columns import Column, Columns
from sekisho.records.numbers import has_individual_number

FORMULA_MARKS: Final = ("=", "+", "@", "\t", "\r", "＝", "＋", "＠")
_SHORTEST_NUMBER: Final = 12
_QUOTE: Final = b'"'
_STARTS_LIKE_A_FORMULA: Final = re.compile(f"(?:^|\\n)[{''.join(FORMULA_MARKS)}]")


def hides_nothing(values: Collection[str]) -> bool:
    """No individual number, private character or formula in these texts?"""
    text = "\n".join(values)
    return not (
        find_private(text) >= 0
        or _STARTS_LIKE_A_FORMULA.search(text)
        or (len(text) >= _SHORTEST_NUMBER and has_individual_number(text))
    )


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
        fields = [unquote(field) for _, field in split_fields(record)]
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
    if not data or not columns.known:
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
    return len(rows)
