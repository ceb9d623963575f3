"""Examining a file against a layout: every fault with row, column and byte, data items, numbers in the wrong place.

Built of two pure functions, `part` and `merge`, so that a file can be cut up in any way with one answer.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from sekisho.records.blocks import Block, cut_blocks, plain_values, split_fields, split_records, unquote
from sekisho.records.characters import decode_text, find_private, private_codes
from sekisho.records.clean import FORMULA_MARKS, count_clean, hides_nothing
from sekisho.records.columns import Columns, read_columns
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.layout import Item, Layout
from sekisho.records.numbers import has_individual_number
from sekisho.records.partial import FAULTS_KEPT, Partial, Place, merge, merge_codes, merge_places

_CLOSE: Final = 1 << 13


class _Notebook:
    """What is noted while one part is read."""

    def __init__(self, columns: Columns, municipality: str) -> None:
        self.columns = columns
        self.municipality = municipality
        self.faults: list[Fault] = []
        self.fault_count = 0
        self.places: dict[str, dict[str, Place]] = {"numbers": {}, "private": {}, "formulas": {}}
        self.foreign = 0

    def fault(self, row: int, column: int, byte: int, code: FaultCode, found: str = "") -> None:
        """Note a fault; all are counted, the first hundred are kept."""
        self.fault_count += 1
        if len(self.faults) < FAULTS_KEPT:
            known = self.columns.at(column)
            self.faults.append(
                Fault(
                    row=row,
                    column=column,
                    byte=byte,
                    code=code,
                    field=known.name if known else "",
                    found=mask(found) if found else "",
                    allowed=known.allowed if known else "",
                )
            )

    def place(self, what: str, column: int, row: int, codes: tuple[str, ...] = ()) -> None:
        """Note a value in the wrong place."""
        known = self.columns.at(column)
        name = known.name if known else f"column{column}"
        found = Place(column=name, count=1, first_row=row, codes=merge_codes(codes, ()))
        before = self.places[what].get(name)
        self.places[what][name] = found if before is None else merge_places((before,), (found,), 0)[0]

    def partial(self, rows: int, size: int) -> Partial:
        """Everything noted."""
        sort = {what: tuple(places[name] for name in sorted(places)) for what, places in self.places.items()}
        return Partial(
            rows=rows,
            size=size,
            faults=tuple(self.faults),
            fault_count=self.fault_count,
            foreign=self.foreign,
            **sort,
        )


def _decode(record: bytes, row: int, offset: int, notes: _Notebook) -> list[str] | None:
    """The values of one record, or nothing if it cannot be read; every reason is noted at its byte."""
    plain = plain_values(record, notes.columns.layout.encoding)
    if plain is not None:
        return plain
    values, clean = [], True
    for column, (at, raw) in enumerate(split_fields(record), start=1):
        inner = unquote(raw)
        if inner is None:
            notes.fault(row, column, offset + at, FaultCode.QUOTING)
            clean = False
            continue
        try:
            values.append(decode_text(inner, notes.columns.layout.encoding))
        except UnicodeDecodeError as fault:
            start = at + fault.start + (1 if raw[:1] == b'"' else 0)
            notes.fault(row, column, offset + start, FaultCode.NOT_DECODABLE)
            clean = False
    return values if clean else None


def _look(values: list[str], record: tuple[int, int, bytes], notes: _Notebook) -> None:
    """Check every value of one record."""
    row, offset, raw = record
    places: list[int] = []
    for column, (value, known) in enumerate(zip(values, notes.columns.known, strict=True), start=1):
        code = known.check(value)
        if code is not None:
            places = places or [at for at, _ in split_fields(raw)]
            notes.fault(row, column, offset + places[column - 1], code, value)
        if not value:
            continue
        if known.free_text and not hides_nothing([value]):
            _look_at_text(value, column, row, notes)
        if known.municipality and notes.municipality and value != notes.municipality:
            notes.foreign += 1


def _look_at_text(value: str, column: int, row: int, notes: _Notebook) -> None:
    """Free text: numbers, private characters and formulas hide here."""
    if has_individual_number(value):
        notes.place("numbers", column, row)
    if find_private(value) >= 0:
        notes.place("private", column, row, private_codes(value, notes.columns.layout.encoding))
    if value.startswith(FORMULA_MARKS):
        notes.place("formulas", column, row)


def _note_torn(raw: bytes, row: int, offset: int, torn: FaultCode, notes: _Notebook) -> None:
    """Note a record that is not whole, at its beginning or where the quotation mark opens that nobody closes."""
    column, at = 1, 0
    if torn is FaultCode.UNCLOSED_QUOTE:
        opened = ((number, at) for number, (at, value) in enumerate(split_fields(raw), 1) if unquote(value) is None)
        column, at = next(opened, (1, 0))
    notes.fault(row, column, offset + at, torn)


def _read_closely(columns: Columns, block: Block, municipality: str) -> Partial:
    """Examine record by record, with the exact place of everything."""
    notes = _Notebook(columns, municipality)
    line_end, width, rows = columns.layout.line_end, len(columns.known), 0
    for row, (offset, raw) in enumerate(split_records(block.data), start=1):
        rows = row
        if block.torn and offset + len(raw) == len(block.data):
            _note_torn(raw, row, offset, FaultCode(block.torn), notes)
            break
        record = raw.removesuffix(b"\n").removesuffix(b"\r")
        if raw[len(record) :] not in {b"", line_end}:
            notes.fault(row, max(width, 1), offset + len(record), FaultCode.LINE_END)
        values = _decode(record, row, offset, notes)
        if values is None:
            continue
        if len(values) != width:
            notes.fault(row, min(len(values), width) + 1, offset, FaultCode.COLUMN_COUNT)
            continue
        _look(values, (row, offset, record), notes)
    return notes.partial(rows, len(block.data))


def _halves(data: bytes) -> tuple[bytes, bytes]:
    """A block in two, parted between records near its middle."""
    place = next((at for at, _ in split_records(data) if at * 2 >= len(data)), 0)
    return data[:place], data[place:]


def part(columns: Columns, block: Block, municipality: str) -> Partial:
    """Examine the whole records of one block: all of it at once, and where there is a doubt, in ever smaller parts."""
    if not block.torn:
        count = count_clean(columns, block.data, municipality)
        if count is not None:
            return Partial(rows=count, size=len(block.data))
    if block.torn or len(block.data) < _CLOSE:
        return _read_closely(columns, block, municipality)
    one, other = _halves(block.data)
    if not one:
        return _read_closely(columns, block, municipality)
    return merge(part(columns, Block(data=one), municipality), part(columns, Block(data=other), municipality))


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a file holds, read from its bytes. `records` does not count the heading; rows do."""

    layout: str
    records: int
    size: int
    sha256: str
    items: frozenset[str]
    item_labels: dict[str, tuple[str, str]]
    faults: tuple[Fault, ...]
    fault_count: int
    numbers: tuple[Place, ...]
    private: tuple[Place, ...]
    formulas: tuple[Place, ...]
    foreign: int


def _first_record(blocks: Iterator[Block]) -> tuple[bytes, Block]:
    """The heading, and the rest of the first block."""
    block = next(blocks, Block(data=b""))
    _, heading = next(split_records(block.data), (0, b""))
    return heading, replace(block, data=block.data[len(heading) :])


class _Counter:
    """Counts and hashes the bytes that pass."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.size = 0

    def watch(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the chunks on."""
        for chunk in chunks:
            self.digest.update(chunk)
            self.size += len(chunk)
            yield chunk


_Start = tuple[Columns, Partial, Block]


def _examine_heading(layout: Layout, heading: bytes, rest: Block, vocabulary: tuple[Item, ...]) -> _Start:
    """The heading alone, and the block that follows it; a torn heading has nothing behind it."""
    columns, faults = read_columns(layout, heading, vocabulary)
    if not rest.torn or rest.data:
        return columns, Partial(rows=1, size=len(heading), faults=faults, fault_count=len(faults)), rest
    notes = _Notebook(columns, "")
    _note_torn(heading, 1, 0, FaultCode(rest.torn), notes)
    return columns, notes.partial(1, len(heading)), Block(data=b"")


def examine(
    layout: Layout, chunks: Iterable[bytes], *, vocabulary: Iterable[Item] = (), municipality: str = ""
) -> Examination:
    """Examine a whole file against a layout, in constant memory.

    `municipality` is the six-digit code whose records these should be; empty means any. Also a file that is torn, and
    not read further, is counted and hashed to its end.
    """
    counter = _Counter()
    watched = counter.watch(chunks)
    blocks = cut_blocks(watched)
    columns, total, first = _examine_heading(layout, *_first_record(blocks), tuple(vocabulary))
    for block in chain([first], blocks):
        total = merge(total, part(columns, block, municipality))
    for _ in watched:
        pass
    return Examination(
        layout=layout.layout if columns.recognised else "",
        records=total.rows - 1,
        size=counter.size,
        sha256=counter.digest.hexdigest(),
        items=columns.items(),
        item_labels=columns.labels(),
        faults=total.faults,
        fault_count=total.fault_count,
        numbers=total.numbers,
        private=total.private,
        formulas=total.formulas,
        foreign=total.foreign,
    )
