"""Re-emitting a file from its values: what a spreadsheet would compute is made plain text, everything else stays."""

from collections.abc import Iterable, Iterator
from typing import Final

from sekisho.records.blocks import cut_fields
from sekisho.records.characters import encode_text
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.columns import read_columns
from sekisho.records.layout import Item, Layout
from sekisho.records.reading import closer_look, part_mark, raw_records

_PLAIN_TEXT: Final = "'"
_NEEDS_QUOTES: Final = frozenset('",\r\n')


def _field(value: str, layout: Layout, *, free_text: bool) -> bytes:
    """One value as the layout writes it; in free text, what begins like a formula is marked as plain text."""
    if free_text and value.startswith(FORMULA_MARKS):
        value = f"{_PLAIN_TEXT}{value}"
    if layout.quotes and _NEEDS_QUOTES & set(value):
        value = '"' + value.replace('"', '""') + '"'
    return encode_text(value, layout.encoding)


def rewrite(layout: Layout, chunks: Iterable[bytes], vocabulary: Iterable[Item] = ()) -> Iterator[bytes]:
    """The same records, each value read and written anew.

    Raises:
        RecordsError: A record cannot be read; `examine` says where and why.

    """
    mark, records = part_mark(layout, raw_records(layout, chunks))
    yield mark
    columns = None
    for row, raw in enumerate(records, start=1):
        record = raw.removesuffix(b"\n").removesuffix(b"\r")
        end = raw[len(record) :]
        if columns is None:
            columns, _ = read_columns(layout, raw, tuple(vocabulary))
            if layout.header:
                yield b",".join(cut_fields(record, quotes=layout.quotes)) + end
                continue
        texts = closer_look(layout, record, row)
        free = [known.free_text for known in columns.known]
        written = (
            _field(text, layout, free_text=number >= len(free) or free[number]) for number, text in enumerate(texts)
        )
        yield b",".join(written) + end
