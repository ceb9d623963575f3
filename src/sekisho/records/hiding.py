"""What hides in free text, sought in the bytes of a whole block: formulas, twelve digits, private characters."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sekisho.records.byte_checks import encoded
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.double_bytes import Characters
from sekisho.records.eights import FRONT, Mask
from sekisho.records.grid import Grid, Places, Values

SHORTEST_NUMBER: Final = 12
_IN_NUMBERS: Final = "0123456789０１２３４５６７８９ \u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff70\u30fc"


@cache
def _in_numbers(encoding: str) -> bytes:
    """For each byte: 1 if it may be part of a number, in any spelling."""
    parts = {byte for character in _IN_NUMBERS for byte in encoded(character, encoding)}
    return bytes(each in parts for each in range(0x100))


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


def find_formulas(values: Values, encoding: str) -> Places:
    """The records in which this column begins like a formula."""
    marks = _marks(encoding)
    rows = np.flatnonzero(marks.first.take(values.raw.take(values.start)) & values.filled)
    words = values.of(rows).front()
    found = [words & FRONT[len(mark)] == np.uint64(int.from_bytes(mark, "little")) for mark in marks.whole]
    return rows[np.logical_or.reduce(found)]


def _long_runs(grid: Grid, encoding: str) -> Places:
    """Where twelve bytes follow each other that may all be part of a number."""
    runs = np.frombuffer(grid.raw.tobytes().translate(_in_numbers(encoding)), dtype=np.uint8)
    for step in (1, 2, 4, 4):
        runs = runs[:-step] & runs[step:]
    return np.flatnonzero(runs.view(np.bool_))


def find_hidden(grid: Grid, known: Characters, encoding: str, columns: Collection[int]) -> tuple[Places, Places]:
    """The records, and beside them the columns among these, in which a number or a private character may stand."""
    places = [known.private]
    if max((grid.columns[column - 1].longest for column in columns), default=0) >= SHORTEST_NUMBER:
        places.append(_long_runs(grid, encoding))
    rows, found = grid.cells(np.concatenate(places))
    wanted = np.isin(found, list(columns))
    return rows[wanted], found[wanted]
