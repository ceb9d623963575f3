"""What hides in free text, sought in the bytes of a whole block: formulas, twelve digits, private characters."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from sekisho.records.bits import Places, move_on, pack, unpack_few
from sekisho.records.byte_classes import MARK, NUMBER, RETURN
from sekisho.records.byte_pairs import encoded
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import FRONT, Mask
from sekisho.records.grid import PADDING, Grid
from sekisho.records.screening import TWELVE
from sekisho.records.values import decode_values, some_values

SHORTEST_NUMBER: Final = 12
_TWELVE: Final = re.compile(TWELVE)
_FEW: Final = 100  # to ask Polars costs as much as to search so many values one by one
_FIRST_OF_ALL: Final = np.uint64(1 << len(PADDING))


@cache
def _marks(encoding: str) -> tuple[bytes, ...]:
    """The marks with which a formula begins."""
    return tuple(each for each in (encoded(mark, encoding) for mark in FORMULA_MARKS) if each)


def _hiding(columns: Sequence[int], found: Places) -> Mask:
    """Which of these columns, from 1, are among the chosen?"""
    chosen = np.zeros(max((*columns, int(found.max(initial=0)))) + 1, dtype=np.bool_)
    chosen[list(columns)] = True
    return chosen.take(found)


def _first_bytes(grid: Grid) -> Places:
    """Where a value begins with a byte with which a formula may begin."""
    before = move_on(grid.separators.stops.bits)
    before[0] |= _FIRST_OF_ALL
    plain = unpack_few(before & pack(grid.signs & MARK))
    if not len(grid.separators.opening):
        return plain
    quoted = grid.separators.opening + 1
    wanted = ((grid.signs.take(quoted) & MARK) != 0) | (grid.raw.take(quoted) == RETURN)
    return np.concatenate((plain, quoted[wanted]))


def find_formulas(grid: Grid, encoding: str, columns: Sequence[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, whose value begins like a formula."""
    rows, found = grid.cells(_first_bytes(grid))
    start, length = grid.start[found - 1, rows], grid.length[found - 1, rows]
    words = some_values(grid.raw, start, start + length).front()
    whole = [words & FRONT[len(mark)] == np.uint64(int.from_bytes(mark, "little")) for mark in _marks(encoding)]
    wanted = np.logical_or.reduce(whole) & (length > 0) & _hiding(columns, found)
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
    end = start + grid.length[columns - 1, rows]
    pieces = [grid.padded[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]
    values = decode_values(pieces, encoding)
    if len(values) < _FEW:
        return np.array([_TWELVE.search(value) is not None for value in values], np.bool_)
    found: Mask = np.array(pl.Series(values, dtype=pl.String).str.contains(TWELVE).to_list(), np.bool_)
    return found


def find_hidden(
    grid: Grid, known: Characters, encoding: str, columns: Sequence[int]
) -> Iterator[tuple[Places, Places]]:
    """The records, and beside them the columns among these, in which a number or a private character may stand."""
    rows, found = grid.cells(known.private)
    wanted = _hiding(columns, found)
    yield rows[wanted], found[wanted]
    if max((grid.columns[column - 1].longest for column in columns), default=0) >= SHORTEST_NUMBER:
        rows, found = grid.cells(_long_runs(grid))
        wanted = _hiding(columns, found)
        cells = np.unique(rows[wanted] * len(grid.columns) + found[wanted] - 1)
        rows, found = cells // len(grid.columns), cells % len(grid.columns) + 1
        wanted = _hold_numbers(grid, encoding, rows, found)
        yield rows[wanted], found[wanted]
