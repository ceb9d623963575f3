"""Examining a file against a layout: every fault with row, column and byte, data items, numbers in the wrong place."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from sekisho.records.blocks import Block, cut_blocks, split_records
from sekisho.records.characters import BYTE_ORDER_MARK
from sekisho.records.closely import Raw, note_torn
from sekisho.records.columns import Columns, read_columns
from sekisho.records.faults import Fault, FaultCode
from sekisho.records.layout import Item, Layout
from sekisho.records.notebook import Notebook
from sekisho.records.partial import FAULTS_KEPT, Partial, Place, merge
from sekisho.records.parts import part
from sekisho.records.tallies import second_places, second_values

Part = Callable[[Block], Partial]
Engine = Callable[[Part, Iterable[Block]], Iterable[Partial]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the sender says of the file: how many records, and the totals of fields, in yen."""

    records: int | None = None
    totals: tuple[tuple[str, int], ...] = ()


NOTHING_DECLARED: Final = Declared()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a file holds, read from its bytes. `records` does not count the heading; rows do.

    `sha256` is empty unless the bytes came as `Hashed`.
    """

    layout: str
    version: str
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
    totals: tuple[tuple[str, int], ...]


def in_this_process(examine_part: Part, blocks: Iterable[Block]) -> Iterator[Partial]:
    """The plain engine: one block after the other. Others do the same in other processes, in the same order.

    As it knows what was found before, it keeps no more faults of a block than there is still room for.
    """
    for block in blocks:
        found = examine_part(block)
        if isinstance(examine_part, PartExaminer) and found.faults:
            examine_part = replace(examine_part, keep=max(examine_part.keep - len(found.faults), 0))
        yield found


class Hashed:
    """A file's bytes that are hashed as they are read: a fifth of the cost, and so only for who asks for it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """From the chunks as they come."""
        self._chunks = chunks
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        """Pass the chunks on."""
        for chunk in self._chunks:
            self._digest.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """The digest of what was read so far."""
        return self._digest.hexdigest()


class _Counter:
    """Counts the bytes that pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        """Pass the chunks on."""
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """Their digest, if they came hashed."""
        return self._chunks.sha256 if isinstance(self._chunks, Hashed) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartExaminer:
    """What examines one part of a file, as plain facts that another process can be handed."""

    layout: Layout
    first: bytes
    vocabulary: tuple[Item, ...]
    municipality: str
    keep: int

    def __call__(self, block: Block) -> Partial:
        """Examine one block."""
        columns, _ = read_columns(self.layout, self.first, self.vocabulary)
        return part(columns, block, self.municipality, self.keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The beginning of a file: its first record, its columns, what was found so far, the rest of its first block."""

    first: bytes
    columns: Columns
    found: Partial
    rest: Block


def _start(layout: Layout, first: Block, vocabulary: tuple[Item, ...]) -> _Start:
    """Read the beginning of a file: a mark of UTF-8, and the heading if the layout has one."""
    mark = len(BYTE_ORDER_MARK) if _is_marked(layout, first.data) else 0
    data = first.data[mark:]
    _, record = next(split_records(data), (0, b""))
    columns, faults = read_columns(layout, record, vocabulary)
    if not layout.header:
        found = Partial(size=mark, faults=faults, fault_count=len(faults))
        return _Start(first=record, columns=columns, found=_moved(found, mark), rest=replace(first, data=data))
    rest = replace(first, data=data[len(record) :])
    if first.torn and not rest.data:  # a torn heading has nothing behind it
        notes = Notebook(columns, "", FAULTS_KEPT)
        note_torn(Raw(row=1, offset=mark, record=record), FaultCode(first.torn), notes)
        return _Start(first=record, columns=columns, found=notes.partial(1, mark + len(record)), rest=Block(data=b""))
    found = Partial(rows=1, size=mark + len(record), faults=faults, fault_count=len(faults))
    return _Start(first=record, columns=columns, found=_moved(found, mark), rest=rest)


def _is_marked(layout: Layout, data: bytes) -> bool:
    """Does a file in UTF-8 begin with the mark that Windows sets?"""
    return layout.encoding.startswith("utf-8") and data.startswith(BYTE_ORDER_MARK)


def _moved(found: Partial, size: int) -> Partial:
    """The same faults, so many bytes further on."""
    return replace(found, faults=tuple(replace(fault, byte=fault.byte + size) for fault in found.faults))


def _file_fault(columns: Columns, place: tuple[int, int, int], code: FaultCode, found: str = "") -> Fault:
    """A fault that only the whole file shows."""
    row, column, byte = place
    known = columns.at(column)
    name, label = (known.name, known.ja) if known else ("", "")
    return Fault(row=row, column=column, byte=byte, code=code, field=name, label=label, found=found)


def _differences(columns: Columns, total: Partial, declared: Declared) -> list[Fault]:
    """Counts and totals that differ from what was declared."""
    faults = []
    records = total.rows - columns.layout.header
    end = (max(total.rows, 1), total.size)
    if declared.records is not None and declared.records != records:
        words = f"{records} (届出 / declared: {declared.records})"
        faults.append(_file_fault(columns, (end[0], 1, end[1]), FaultCode.COUNT_DIFFERS, words))
    names = [each.name for each in columns.known]
    sums = dict(total.tally.sums)
    for field, amount in declared.totals:
        if sums.get(field) != amount:
            column = names.index(field) + 1 if field in names else 1
            words = f"{sums.get(field, '合計しない項目 / not totalled')} (届出 / declared: {amount})"
            faults.append(_file_fault(columns, (end[0], column, end[1]), FaultCode.TOTAL_DIFFERS, words))
    return faults


def _with_file_faults(columns: Columns, total: Partial, declared: Declared, keep: int) -> Partial:
    """With records that stand twice, values that must not be mixed, and differences from what was declared.

    All are counted; of all faults of the file the first `keep` are kept, in the order in which they stand in it.
    """
    twice, places = second_places(total.tally.keys, keep)
    faults = [_file_fault(columns, place, FaultCode.DUPLICATE) for place in places]
    mixed = [_file_fault(columns, place, FaultCode.MIXED) for place in second_values(total.tally.values)]
    once = [*mixed, *_differences(columns, total, declared)]
    ordered = sorted((*total.faults, *faults, *once), key=lambda fault: (fault.row, fault.byte, fault.column))
    return replace(total, faults=tuple(ordered[:keep]), fault_count=total.fault_count + twice + len(once))


def _examination(start: _Start, total: Partial, counter: _Counter) -> Examination:
    """Everything found, told once."""
    columns = start.columns
    return Examination(
        layout=columns.layout.layout if columns.recognised else "",
        version=columns.layout.version if columns.recognised else "",
        records=total.rows - columns.layout.header,
        size=counter.size,
        sha256=counter.sha256,
        items=columns.items(),
        item_labels=columns.labels(),
        faults=total.faults,
        fault_count=total.fault_count,
        numbers=total.numbers,
        private=total.private,
        formulas=total.formulas,
        foreign=total.foreign,
        totals=total.tally.sums,
    )


def examine(  # noqa: PLR0913 - a file, and what is asked of it
    layout: Layout,
    chunks: Iterable[bytes],
    *,
    vocabulary: Iterable[Item] = (),
    municipality: str = "",
    declared: Declared = NOTHING_DECLARED,
    keep: int = FAULTS_KEPT,
    engine: Engine = in_this_process,
) -> Examination:
    """Examine a whole file against a layout, in bounded memory.

    `municipality` is the six-digit code whose records these should be; empty means any. All faults are counted, the
    first `keep` are kept. Also a file that is torn, and not read further, is counted, and hashed if it comes `Hashed`,
    to its end.
    """
    counter, words = _Counter(chunks), tuple(vocabulary)
    watched = iter(counter)
    blocks = cut_blocks(watched, quotes=layout.quotes)
    start = _start(layout, next(blocks, Block(data=b"")), words)
    total = start.found
    examiner = PartExaminer(layout=layout, first=start.first, vocabulary=words, municipality=municipality, keep=keep)
    for each in engine(examiner, chain([start.rest], blocks)):
        total = merge(total, each, keep)
    for _ in watched:
        pass
    return _examination(start, _with_file_faults(start.columns, total, declared, keep), counter)
