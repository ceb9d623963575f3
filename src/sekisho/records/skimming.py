"""The quickest way through a block of records: every check on its bytes as they came, a whole column at a time.

Nothing is decoded and no table is built. As in the screening, a check may suspect a value that is right, but never
lets a wrong one through; what bytes alone do not tell is told by the screening's own expressions. A block about whose
bytes there is any doubt is not skimmed at all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import polars as pl

from sekisho.records.bits import Places
from sekisho.records.byte_checks import code_check, compile_bytes
from sekisho.records.byte_classes import byte_classes
from sekisho.records.byte_numbers import ByteCheck
from sekisho.records.byte_rules import compile_rule
from sekisho.records.columns import Columns
from sekisho.records.double_bytes import NO_CHARACTERS, Characters, read_characters
from sekisho.records.eights import Mask
from sekisho.records.grid import Grid, lay_grid
from sekisho.records.hiding import find_formulas, find_hidden
from sekisho.records.layout import Field, FieldType
from sekisho.records.screening import Suspicion, can_hide, suspect
from sekisho.records.values import Values

_MOST_BYTES: Final = 4  # of a character
_MOST_KEPT: Final = 24 << 20
# Types that bound their own length.
_BOUND: Final = frozenset({FieldType.CODE, FieldType.DIGITS})
_WHOLE: Final = frozenset({FieldType.INTEGER, FieldType.DIGITS})
_LONG_RUN: Final = 4
_MOST_AS_TEXT: Final = 10  # one column in so many; if there are more, one table of text is cheaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Skimming:
    """A block by the places of its values, and what needs a closer look in its records, which count from 0."""

    grid: Grid
    encoding: str
    suspicions: Mapping[int, Suspicion]

    @property
    def height(self) -> int:
        """How many records."""
        return self.grid.height

    def starts(self, size: int) -> list[int]:
        """Where each record of a block of this size begins, and where the last one ends."""
        return [0, *(self.grid.ends_of_records[:-1]).tolist(), size]

    def texts(self, column: int) -> list[str]:
        """The values of a column, from 1."""
        return self.grid.texts(column, self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The checks of a file's columns, put together once.

    `as_text` are the columns of which bytes do not tell all. `whole` are those that are read as whole numbers, `runs`
    neighbouring ones of which no more is asked than that they are such.
    """

    checks: Mapping[int, tuple[ByteCheck, ...]]
    as_text: Mapping[int, pl.Expr]
    hiding: tuple[int, ...]
    whole: tuple[int, ...]
    runs: tuple[range, ...]
    rules: tuple[Callable[[Sequence[Values]], Mask], ...]


def _read_whole(columns: Columns, checked: Collection[int]) -> tuple[tuple[int, ...], tuple[range, ...]]:
    """The columns that are read as whole numbers, and runs of neighbours of which only the form is asked."""
    fields = {number: field for number in checked if (field := columns.known[number - 1].field) is not None}
    whole = [number for number, field in fields.items() if field.type in _WHOLE]
    asked = {number for rule in columns.rules for number in rule.columns}
    asked |= {n for n in whole if fields[n].number or fields[n].at_least is not None or fields[n].at_most is not None}
    runs: list[range] = []
    for number in sorted(set(whole) - asked):
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    long = tuple(run for run in runs if len(run) >= _LONG_RUN)
    return tuple(number for number in whole if not any(number in run for run in long)), long


@lru_cache(maxsize=16)
def _plan(columns: Columns) -> _Plan | None:
    """Compile the columns of a file; nothing if too many of them have to be read as text."""
    encoding, checks, as_text = columns.layout.encoding, {}, {}
    for number, column in enumerate(columns.known, start=1):
        if column.field is None or column.field.blank:
            continue
        found = compile_bytes(column.field, encoding)
        if found is not None:
            checks[number] = found
        elif (expression := suspect(column, str(number))) is not None:
            as_text[number] = expression
    if len(as_text) * _MOST_AS_TEXT > len(columns.known):
        return None
    hiding = tuple(number for number, column in enumerate(columns.known, start=1) if can_hide(column))
    rules = tuple(compile_rule(rule, encoding) for rule in columns.rules)
    whole, runs = _read_whole(columns, checks)
    return _Plan(checks=checks, as_text=as_text, hiding=hiding, whole=whole, runs=runs, rules=rules)


def _wrong_length(values: Values, field: Field, known: Characters) -> Places:
    """The records whose values are longer or shorter than allowed. Characters are counted where bytes leave it open."""
    open_to_doubt = values.length > field.max
    if field.min > 1:
        open_to_doubt |= values.filled & (values.length < field.min * _MOST_BYTES)
    rows = np.flatnonzero(open_to_doubt)
    if not len(rows):
        return rows
    count = known.count_in(values.start[rows], values.end[rows])
    return rows[(count > field.max) | (count < field.min)]


def _suspect_column(values: Values, field: Field, checks: Sequence[ByteCheck], known: Characters) -> Iterator[Places]:
    """The records in which something may be wrong with the value of one column."""
    if field.blank:
        yield np.flatnonzero(values.filled)
        return
    if field.required:
        yield np.flatnonzero(values.length == 0)
    if not values.longest:
        return
    for check in checks:
        doubt = check(values, known)
        if doubt.any():
            yield np.flatnonzero(doubt & values.filled)
    if field.type not in _BOUND and (values.longest > field.max or field.min > 1):
        yield _wrong_length(values, field, known)


def _of_text(grid: Grid, plan: _Plan, encoding: str) -> Iterator[tuple[int, Places]]:
    """The columns of which bytes do not tell all, as text."""
    if plan.as_text:
        frame = pl.DataFrame({str(number): grid.texts(number, encoding) for number in plan.as_text}, strict=False)
        found = frame.select(each.alias(str(number)) for number, each in plan.as_text.items())
        for number in plan.as_text:
            yield number, np.array(found[str(number)].arg_true().to_list(), dtype=np.int64)


@cache
def _keep_memory() -> None:
    """Let the C library keep the memory of one block for the next, which is cheaper than to fetch it anew each time.

    It keeps up to twice the largest piece that was ever given back to it.
    """
    bytearray(_MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Laid:
    """A block laid out: the places of its values, and its characters."""

    grid: Grid
    known: Characters


def lay_out(columns: Columns, data: bytes) -> Laid | None:
    """Find the values and the characters of a block; nothing if there is any doubt about its bytes."""
    layout = columns.layout
    if not data or not columns.known or (not columns.quotes and b'"' in data):
        return None
    data = data if data.endswith(b"\n") else data + layout.line_end
    classes = byte_classes(layout.encoding)
    grid = lay_grid(data, len(columns.known), layout.line_end, classes, blank_last=layout.pad_last)
    known = None if grid is None else read_characters(grid, layout.encoding)
    if grid is None or known is None:
        return None
    return Laid(grid, known)


def suspect_columns(columns: Columns, block: Laid, chosen: Collection[int]) -> Iterator[tuple[int, Places]]:
    """Column by column, the records in which its value needs a closer look."""
    plan, encoding = _plan(columns), columns.layout.encoding
    if plan is None:
        return
    ahead = [number for number in plan.whole if number in chosen]
    for run in plan.runs:
        if run[0] in chosen and not block.grid.are_digits(run):
            ahead += run
    block.grid.read_ahead(ahead)
    for number in chosen:
        column, values = columns.known[number - 1], block.grid.columns[number - 1]
        if column.field is not None:
            for rows in _suspect_column(values, column.field, plan.checks.get(number, ()), block.known):
                yield number, rows
    yield from _of_text(block.grid, plan, encoding)


def suspect_rules(columns: Columns, block: Laid) -> Iterator[tuple[int, Places]]:
    """Rule by rule, the records that may break it."""
    plan = _plan(columns)
    for number, rule in enumerate(plan.rules if plan else ()):
        yield number, np.flatnonzero(rule(block.grid.columns))


def suspect_texts(columns: Columns, block: Laid, municipality: str = "") -> Iterator[tuple[Places, Places]]:
    """The records, and beside them the columns, in whose text something hides, or another municipality stands."""
    plan, encoding = _plan(columns), columns.layout.encoding
    if plan is None:
        return
    yield from find_hidden(block.grid, block.known, encoding, plan.hiding)
    yield find_formulas(block.grid, encoding, plan.hiding)
    if municipality:
        own = code_check((municipality,), encoding)
        for number, column in enumerate(columns.known, start=1):
            if column.municipality:
                values = block.grid.columns[number - 1]
                rows = np.flatnonzero(own(values, NO_CHARACTERS) & values.filled)
                yield rows, np.full(len(rows), number)


def skim(columns: Columns, data: bytes, municipality: str) -> Skimming | None:
    """Skim a block of whole records; nothing if there is any doubt about its bytes, or too much of it is text."""
    _keep_memory()
    block = lay_out(columns, data) if _plan(columns) else None
    if block is None:
        return None
    suspicions: dict[int, Suspicion] = defaultdict(lambda: Suspicion(set(), set()))
    numbers = range(1, len(columns.known) + 1)
    for number, rows in suspect_columns(columns, block, numbers):
        for row in rows.tolist():
            suspicions[row].columns.add(number)
    for rows, found in suspect_texts(columns, block, municipality):
        for row, number in zip(rows.tolist(), found.tolist(), strict=True):
            suspicions[row].columns.add(number)
    for number, rows in suspect_rules(columns, block):
        for row in rows.tolist():
            suspicions[row].rules.add(number)
    return Skimming(grid=block.grid, encoding=columns.layout.encoding, suspicions=dict(suspicions))
