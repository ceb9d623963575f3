"""What one part of a file holds, and how two neighbouring parts become one; in any order of merging, the same."""

from dataclasses import dataclass, replace
from typing import Final

from sekisho.records.faults import Fault
from sekisho.records.tallies import NO_TALLY, Tally, merge_tallies

FAULTS_KEPT: Final = 100
CODES_KEPT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Values of one column that were found where they must not be: how many, and the first row.

    `codes` names private characters by the code that the sender's code page gives them, the lowest ten.
    """

    column: str
    count: int
    first_row: int
    codes: tuple[str, ...] = ()


def merge_codes(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The lowest of both."""
    return tuple(sorted({*one, *other})[:CODES_KEPT])


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
    tally: Tally = NO_TALLY


def merge_places(one: tuple[Place, ...], other: tuple[Place, ...], rows: int) -> tuple[Place, ...]:
    """Places of two parts, the second moved down by the rows of the first."""
    merged = {place.column: place for place in one}
    for place in other:
        known = merged.get(place.column)
        merged[place.column] = (
            replace(place, first_row=place.first_row + rows)
            if known is None
            else replace(known, count=known.count + place.count, codes=merge_codes(known.codes, place.codes))
        )
    return tuple(merged[column] for column in sorted(merged))


def merge(one: Partial, other: Partial, keep: int = FAULTS_KEPT) -> Partial:
    """Two neighbouring parts as one; of their faults so many are kept."""
    moved = (
        replace(fault, row=fault.row + one.rows, byte=fault.byte + one.size)
        for fault in other.faults[: max(keep - len(one.faults), 0)]
    )
    return Partial(
        rows=one.rows + other.rows,
        size=one.size + other.size,
        faults=(*one.faults, *moved),
        fault_count=one.fault_count + other.fault_count,
        numbers=merge_places(one.numbers, other.numbers, one.rows),
        private=merge_places(one.private, other.private, one.rows),
        formulas=merge_places(one.formulas, other.formulas, one.rows),
        foreign=one.foreign + other.foreign,
        tally=merge_tallies(one.tally, other.tally, one.rows, one.size),
    )
