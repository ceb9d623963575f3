"""Our side of benchmarks/records.py, in a process of its own. Run: python -m benchmarks._records_ours WORK FILE ROWS.

WORK is `examine` (from bytes to the table of faults, as its peers do), `hashed` (and SHA-256 of the bytes besides, as
the gate does it), `processes` (the first by two processes), or `rules` (the checks alone, on blocks of the file of
which is known already where their values stand).
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks._records_clock import Clock, report
from benchmarks._records_file import PLANTED, make_layout
from sekisho.adapters.engines import over_processes
from sekisho.records import Hashed, examine
from sekisho.records.blocks import cut_blocks, split_records
from sekisho.records.columns import read_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Chunks = Callable[[Iterable[bytes]], Iterable[bytes]]

PIECE: Final = 1 << 20  # as the landing store hands a file on
KEPT: Final = 1_000_000


def pieces(path: Path) -> Iterator[bytes]:
    """The file as it comes from the landing store."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def examined(path: Path, rows: int, clock: Clock, chunks: Chunks = iter, **engine: Any) -> dict[str, int]:
    """Every check, to the table of faults. The first records alone come first: what is compiled once is compiled."""
    layout = make_layout()
    examine(layout, islice(pieces(path), 1), keep=KEPT)
    gc.collect()
    clock.start()
    found = examine(layout, chunks(pieces(path)), keep=KEPT, **engine)
    counts: dict[str, int] = {}
    for fault in found.faults:
        counts[fault.field] = counts.get(fault.field, 0) + 1
    clock.lap("read and rules")
    assert found.records == rows, f"{found.records} records read"
    assert found.fault_count == sum(counts.values()), "faults that are not in the table"
    return counts


def also_hashed(path: Path, rows: int, clock: Clock) -> dict[str, int]:
    """The same, and the digest of the bytes."""
    return examined(path, rows, clock, Hashed)


def by_processes(path: Path, rows: int, clock: Clock) -> dict[str, int]:
    """The same by two processes, which start and end within the measurement."""
    return examined(path, rows, clock, engine=over_processes(2))


def rules_alone(path: Path, _: int, clock: Clock) -> dict[str, int]:
    """The checks alone: the ten rules, then every check of all thirty columns. Suspected values are counted.

    Where the values of a block stand and that its bytes are characters is known before the clock starts.
    """
    skimming = importlib.import_module("sekisho.records.skimming")
    blocks = cut_blocks(pieces(path))
    first = next(blocks).data
    heading = next(split_records(first))[1]
    columns, _faults = read_columns(make_layout(), heading, ())
    ten = sorted({columns.layout.column_of(name) for name in PLANTED})
    names = {number: field.name for number, field in enumerate(columns.layout.fields, start=1)}
    counts: dict[str, int] = {}
    for data in chain([first[len(heading) :]], (block.data for block in blocks)):
        for lap, chosen in (("rules", ten), ("all checks", sorted(names))):
            laid = skimming.lay_out(columns, data)
            clock.start()
            found = [(names[number], rows) for number, rows in skimming.suspect_columns(columns, laid, chosen)]
            found += [("levied", rows) for _, rows in skimming.suspect_rules(columns, laid)]
            if lap == "all checks":
                list(skimming.suspect_texts(columns, laid))
            clock.add(lap)
            for name, rows in found if lap == "rules" else ():
                counts[name] = counts.get(name, 0) + len(rows)
    return {name: count for name, count in counts.items() if count}


WORKS: Final = {"examine": examined, "hashed": also_hashed, "processes": by_processes, "rules": rules_alone}


def main(work: str, file: str, rows: str) -> None:
    """Measure one way of working."""
    clock = Clock()
    report(clock, int(rows), WORKS[work](Path(file), int(rows), clock))


if __name__ == "__main__":
    main(*sys.argv[1:])
