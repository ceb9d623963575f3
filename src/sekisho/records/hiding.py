"""What hides in free text, sought in the bytes of a whole block: formulas, twelve digits, private characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sekisho.records.byte_classes import NUMBER, encoded
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import FRONT, Mask
from sekisho.records.grid import Grid, Places, some_values

SHORTEST_NUMBER: Final = 12


@dataclass(frozen=True, slots=True)
class _Marks:
    """The marks that make a formula: the bytes with which one may begin, and the marks of several bytes."""

    first: Mask
    whole: tuple[bytes, ...]


@cache
def _marks(encoding: str) -> _Marks:
    """The marks of a code."""
    whole = tuple(each for each in (encoded(mark, encoding) for mark in FORMULA_MARKS) if each)
    first = np.zeros(0x100, dtype=np.bool_)
    first[[each[0] for each in whole]] = True
    return _Marks(first, whole)


def find_formulas(grid: Grid, encoding: str, columns: Sequence[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, whose value begins like a formula."""
    marks, places = _marks(encoding), np.array(columns, dtype=np.int64) - 1
    first = marks.first.take(grid.raw.take(grid.start[places])) & (grid.length[places] > 0)
    found, rows = np.nonzero(first)
    chosen = places[found]
    start = grid.start[chosen, rows]
    words = some_values(grid.raw, start, start + grid.length[chosen, rows]).front()
    whole = [words & FRONT[len(mark)] == np.uint64(int.from_bytes(mark, "little")) for mark in marks.whole]
    wanted = np.logical_or.reduce(whole)
    return rows[wanted], chosen[wanted] + 1


def _long_runs(grid: Grid) -> Places:
    """Where twelve bytes follow each other that may all be part of a number."""
    runs = grid.signs
    for step in (1, 2, 4, 4):
        runs = runs[:-step] & runs[step:]
    return np.flatnonzero(runs & NUMBER != 0)


def find_hidden(grid: Grid, known: Characters, columns: Sequence[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, in which a number or a private character may stand."""
    places = [known.private]
    if max((grid.columns[column - 1].longest for column in columns), default=0) >= SHORTEST_NUMBER:
        places.append(_long_runs(grid))
    rows, found = grid.cells(np.concatenate(places))
    wanted = np.isin(found, columns)
    return rows[wanted], found[wanted]
