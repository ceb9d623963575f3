"""What hides in free text, sought in the bytes of a whole block: formulas, twelve digits, private characters."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from sekisho.records.byte_classes import MARK, NUMBER, QUOTE, STOP, encoded
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import FRONT, move_on, pack, unpack_few
from sekisho.records.grid import PADDING, Grid, Places, some_values

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


def find_hidden(grid: Grid, known: Characters, columns: Sequence[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, in which a number or a private character may stand."""
    places = [known.private]
    if max((grid.columns[column - 1].longest for column in columns), default=0) >= SHORTEST_NUMBER:
        places.append(_long_runs(grid))
    rows, found = grid.cells(np.concatenate(places))
    wanted = np.isin(found, columns)
    return rows[wanted], found[wanted]
