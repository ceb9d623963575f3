"""Examining a file against a layout: every fault with row, column and byte, data items, numbers in the wrong place.

Built of two pure functions, `part` and `merge`, so that a file can be cut up in any way with one answer.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from sekisho.records.blocks import Block, cut_blocks, split_fields, split_records, unquote
from sekisho.records.characters import find_private
from sekisho.records.columns import Columns, read_columns
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.layout import Item, Layout
from sekisho.records.numbers import has_individual_number

FAULTS_KEPT: Final = 100
_FORMULA_MARKS: Final = ("=", "+", "@", "\t", "\r", "＝", "＋", "＠")
_SHORTEST_NUMBER: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Values of one column that were found where they must not be: how many, and the first row."""

    column: str
    count: int
    first_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """What one part of a file holds; rows and bytes count from the part's own beginning."""

    rows: int = 0
    size: int = 0
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    numbers: tuple[Place, ...] = ()
    private: tuple[Place, ...] = ()
    formulas: tuple[Place, ...] = ()
    foreign: int = 0


def _merge_places(one: tuple[Place, ...], other: tuple[Place, ...], rows: int) -> tuple[Place, ...]:
    """Places of two parts, the second moved down by the rows of the first."""
    merged = {place.column: place for place in one}
    for place in other:
        known = merged.get(place.column)
        merged[place.column] = (
            replace(place, first_row=place.first_row + rows)
            if known is None
            else replace(known, count=known.count + place.count)
        )
    return tuple(merged[column] for column in sorted(merged))


def merge(one: Partial, other: Partial) -> Partial:
    """Two neighbouring parts as one."""
    moved = (
        replace(fault, row=fault.row + one.rows, byte=fault.byte + one.size)
        for fault in other.faults[: FAULTS_KEPT - len(one.faults)]
    )
    return Partial(
        rows=one.rows + other.rows,
        size=one.size + other.size,
        faults=(*one.faults, *moved),
        fault_count=one.fault_count + other.fault_count,
        numbers=_merge_places(one.numbers, other.numbers, one.rows),
        private=_merge_places(one.private, other.private, one.rows),
        formulas=_merge_places(one.formulas, other.formulas, one.rows),
        foreign=one.foreign + other.foreign,
    )


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

    def place(self, what: str, column: int, row: int) -> None:
        """Note a value in the wrong place."""
        known = self.columns.at(column)
        name = known.name if known else f"column{column}"
        place = self.places[what].get(name)
        self.places[what][name] = (
            Place(column=name, count=1, first_row=row) if place is None else replace(place, count=place.count + 1)
        )

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
    values, clean = [], True
    for column, (at, raw) in enumerate(split_fields(record), start=1):
        inner = unquote(raw)
        if inner is None:
            notes.fault(row, column, offset + at, FaultCode.QUOTING)
            clean = False
            continue
        try:
            values.append(inner.decode(notes.columns.layout.encoding))
        except UnicodeDecodeError as fault:
            start = at + fault.start + (1 if raw[:1] == b'"' else 0)
            notes.fault(row, column, offset + start, FaultCode.NOT_DECODABLE)
            clean = False
    return values if clean else None


def _look(values: list[str], record: tuple[int, int, bytes], notes: _Notebook) -> None:
    """Check every value of one record."""
    row, offset, raw = record
    for column, (value, known) in enumerate(zip(values, notes.columns.known, strict=True), start=1):
        code = known.check(value)
        if code is not None:
            notes.fault(row, column, offset + split_fields(raw)[column - 1][0], code, value)
        if not value:
            continue
        if known.free_text:
            _look_at_text(value, column, row, notes)
        if known.municipality and value != notes.municipality:
            notes.foreign += 1


def _look_at_text(value: str, column: int, row: int, notes: _Notebook) -> None:
    """Free text: numbers, private characters and formulas hide here."""
    if len(value) >= _SHORTEST_NUMBER and has_individual_number(value):
        notes.place("numbers", column, row)
    if find_private(value) >= 0:
        notes.place("private", column, row)
    if value.startswith(_FORMULA_MARKS):
        notes.place("formulas", column, row)


def part(columns: Columns, block: Block, municipality: str) -> Partial:
    """Examine the whole records of one block."""
    notes = _Notebook(columns, municipality)
    line_end, width, rows = columns.layout.line_end, len(columns.known), 0
    for row, (offset, raw) in enumerate(split_records(block.data), start=1):
        rows = row
        record = raw.removesuffix(b"\n").removesuffix(b"\r")
        if len(raw) - len(record) not in {0, len(line_end)}:
            notes.fault(row, 1, offset + len(record), FaultCode.LINE_END)
        values = _decode(record, row, offset, notes)
        if values is None:
            continue
        if len(values) != width:
            notes.fault(row, min(len(values), width) + 1, offset, FaultCode.COLUMN_COUNT)
            continue
        _look(values, (row, offset, record), notes)
    if block.torn:
        notes.fault(max(rows, 1), 1, len(block.data), FaultCode(block.torn))
    return notes.partial(rows, len(block.data))


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


def _first_record(chunks: Iterator[Block]) -> tuple[bytes, Block]:
    """The heading, and the rest of the first block."""
    block = next(chunks, Block(data=b""))
    _, heading = next(split_records(block.data), (0, b""))
    return heading, replace(block, data=block.data[len(heading) :])


def _hashed(chunks: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    """Pass the chunks on and hash them on the way."""
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def examine(
    layout: Layout, chunks: Iterable[bytes], *, vocabulary: Iterable[Item] = (), municipality: str = ""
) -> Examination:
    """Examine a whole file against a layout, in constant memory.

    `municipality` is the six-digit code whose records these should be; empty means any.
    """
    digest = hashlib.sha256()
    blocks = cut_blocks(_hashed(chunks, digest))
    heading, first = _first_record(blocks)
    columns, faults = read_columns(layout, heading, tuple(vocabulary))
    total = Partial(rows=1, size=len(heading), faults=faults, fault_count=len(faults))
    for block in chain([first], blocks):
        total = merge(total, part(columns, block, municipality))
    return Examination(
        layout=layout.layout if columns.recognised else "",
        records=total.rows - 1,
        size=total.size,
        sha256=digest.hexdigest(),
        items=columns.items(),
        item_labels=columns.labels(),
        faults=total.faults,
        fault_count=total.fault_count,
        numbers=total.numbers,
        private=total.private,
        formulas=total.formulas,
        foreign=total.foreign if municipality else 0,
    )
