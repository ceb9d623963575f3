"""What hides in free text, sought in the bytes of a whole block: formulas, twelve digits, private characters."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from sekisho.records.byte_classes import MARK, NUMBER, QUOTE, STOP, encoded
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import FRONT, Mask, move_on, pack, unpack_few
from sekisho.records.grid import PADDING, Grid, Places, decode_values, some_values
from sekisho.records.screening import TWELVE

SHORTEST_NUMBER: Final = 12
_BEFORE_ALL: Final = np.uint64(1 << len(PADDING) - 1)


@cache
def _marks(encoding: str) -> tuple[bytes, ...]:
    """The marks with which a formula begins."""
    return tuple(each for each in (encoded(mark, encoding) for mark in FORMULA_MARKS) if each)


def find_formulas(grid: Grid, encoding: str, columns: Sequence[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, whose value begins like a formula."""
    before = pack(grid.signs & (STOP | QUOTE))
    before[0] |= _BEFORE_ALL
    places = unpack_few(move_on(before) & pack(grid.signs & MARK))
    rows, found = grid.cells(places)
    start, length = grid.start[found - 1, rows], grid.length[found - 1, rows]
    words = some_values(grid.raw, start, start + length).front()
    whole = [words & FRONT[len(mark)] == np.uint64(int.from_bytes(mark, "little")) for mark in _marks(encoding)]
    wanted = np.logical_or.reduce(whole) & (length > 0) & np.isin(found, columns)
    return rows[wanted], found[wanted]


def _long_runs(grid: Grid) -> Places:
    """Where the last of twelve bytes stands that follow each other and may all be part of a number."""
    runs = pack(grid.signs & NUMBER)
    for step in (1, 2, 4, 4):
        runs &= move_on(runs, step)
    return unpack_few(runs)


def _hold_numbers(grid: Grid, encoding: str, rows: Places, columns: Places) -> Mask:
    """Which of these values hold twelve digits as a number is written? Other runs of digits and hyphens are many."""
    start = grid.start[columns - 1, rows]
    pieces, end = grid.raw.tobytes(), start + grid.length[columns - 1, rows]
    values = [pieces[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]
    found: Mask = np.array(
        pl.Series(decode_values(values, encoding), dtype=pl.String).str.contains(TWELVE).to_list(), np.bool_
    )
    return found


def find_hidden(
    grid: Grid, known: Characters, encoding: str, columns: Sequence[int]
) -> Iterator[tuple[Places, Places]]:
    """The records, and beside them the columns among these, in which a number or a private character may stand."""
    rows, found = grid.cells(known.private)
    wanted = np.isin(found, columns)
    yield rows[wanted], found[wanted]
    if max((grid.columns[column - 1].longest for column in columns), default=0) >= SHORTEST_NUMBER:
        rows, found = grid.cells(_long_runs(grid))
        wanted = np.isin(found, columns)
        cells = np.unique(rows[wanted] * len(grid.columns) + found[wanted] - 1)
        rows, found = cells // len(grid.columns), cells % len(grid.columns) + 1
        wanted = _hold_numbers(grid, encoding, rows, found)
        yield rows[wanted], found[wanted]
