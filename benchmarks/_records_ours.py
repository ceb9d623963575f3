"""Our side of benchmarks/records.py, in a process of its own. Run: python -m benchmarks._records_ours WORK FILE ROWS.

WORK is `examine` (from bytes to the table of faults, as the lane does it), `processes` (the same by two processes),
or `rules` (the compiled expressions alone, on blocks of the file that lie in memory as columns already).
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks._records_clock import Clock, report
from benchmarks._records_file import PLANTED, make_layout
from sekisho.adapters.engines import over_processes
from sekisho.records import examine
from sekisho.records.blocks import cut_blocks, split_records
from sekisho.records.columns import read_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 1 << 20  # as the landing store hands a file on
KEPT: Final = 1_000_000


def pieces(path: Path) -> Iterator[bytes]:
    """The file as it comes from the landing store."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def examined(path: Path, rows: int, clock: Clock, **engine: Any) -> dict[str, int]:
    """Every check, to the table of faults. The first records alone come first: what is compiled once is compiled."""
    layout = make_layout()
    examine(layout, islice(pieces(path), 1), keep=KEPT)
    clock.start()
    found = examine(layout, pieces(path), keep=KEPT, **engine)
    counts: dict[str, int] = {}
    for fault in found.faults:
        counts[fault.field] = counts.get(fault.field, 0) + 1
    clock.lap("read and rules")
    assert found.records == rows, f"{found.records} records read"
    assert found.fault_count == sum(counts.values()), "faults that are not in the table"
    return counts


def by_processes(path: Path, rows: int, clock: Clock) -> dict[str, int]:
    """The same by two processes, which start and end within the measurement."""
    return examined(path, rows, clock, engine=over_processes(2))


def rules_alone(path: Path, _: int, clock: Clock) -> dict[str, int]:
    """The expressions alone: the ten rules, then every check of all thirty columns. Suspected values are counted."""
    screening = importlib.import_module("sekisho.records.screening")
    blocks = list(cut_blocks(pieces(path)))
    heading = next(split_records(blocks[0].data))[1]
    columns, _faults = read_columns(make_layout(), heading, ())
    data = [blocks[0].data[len(heading) :], *(block.data for block in blocks[1:])]
    made = [screening._frame(each, columns) for each in data]  # noqa: SLF001 - measured behind the counter
    numbers = {columns.layout.column_of(name) for name in PLANTED}
    counts: dict[str, int] = {}
    for lap in ("rules", "all checks"):
        clock.start()
        for frame, text in made:
            asked = screening._asked(columns, frame, text, "")  # noqa: SLF001 - the same
            if lap == "rules":
                asked = {key: each for key, each in asked.items() if key[0] == "r" or _number(key) in numbers}
            found = frame.select([each.arg_true().implode().alias(key) for key, each in asked.items()])
            if lap == "rules":
                _add(counts, {key: len(rows) for key, rows in zip(found.columns, found.row(0), strict=True)})
        clock.lap(lap)
    names = {f"{number}": field.name for number, field in enumerate(columns.layout.fields, start=1)}
    return {names[key.lstrip("chlp")] if key[0] == "c" else "levied": count for key, count in counts.items() if count}


def _number(key: str) -> int:
    """The column of an expression."""
    return int(key.lstrip("chlpmr"))


def _add(counts: dict[str, int], more: dict[str, int]) -> None:
    """Add counts to counts."""
    for key, count in more.items():
        counts[key] = counts.get(key, 0) + count


WORKS: Final = {"examine": examined, "processes": by_processes, "rules": rules_alone}


def main(work: str, file: str, rows: str) -> None:
    """Measure one way of working."""
    clock = Clock()
    report(clock, int(rows), WORKS[work](Path(file), int(rows), clock))


if __name__ == "__main__":
    main(*sys.argv[1:])
