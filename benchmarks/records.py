"""Reading and checking a CP932 file of notices: from bytes to the table of faults; records/s, MB/s, memory.

Beside it, what others need for less: Python's csv module and Polars (if installed) only read the file, they check
nothing. Run: python3 dev.py bench records (BENCH_ROWS sets the size).
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import io
import os
import time
import tracemalloc
from random import Random
from typing import TYPE_CHECKING

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows
from sekisho.records import examine, read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = int(os.environ.get("BENCH_ROWS", "200000"))
CHUNK = 1 << 18
SHELF = shipped_layouts()
NOTICE = SHELF.find("registry_notice")


def notices(count: int) -> bytes:
    """A file of so many synthetic records: the same ten thousand, over and over."""
    rows = list(make_rows(Random(1), make_ledger(Random(1), 5000), 10_000))[:10_000]
    heading, *records = b"".join(write(NOTICE, rows)).splitlines(keepends=True)
    whole, rest = divmod(count, len(records))
    return heading + b"".join(records) * whole + b"".join(records[:rest])


def chunks(data: bytes) -> Iterator[bytes]:
    """The file as it comes from the landing store."""
    return (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))


def measure(title: str, data: bytes, work: Callable[[bytes], int]) -> None:
    """Run the work, and say how fast it was."""
    wall, busy = time.perf_counter(), time.process_time()
    count = work(data)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    speed = f"{count / busy:>10,.0f} records per CPU second {count / wall:>10,.0f} records/s"
    print(f"{title:<34}{speed} {len(data) / 1e6 / wall:>7.1f} MB/s")


def examined(data: bytes) -> int:
    """Every check, to the table of faults."""
    return examine(NOTICE, chunks(data), vocabulary=SHELF.vocabulary, municipality="422011").records


def most_memory(data: bytes) -> int:
    """The most bytes that the examination holds at one time, beside the file."""
    tracemalloc.start()
    examined(data[: 64 * CHUNK])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def faulty(data: bytes) -> bytes:
    """The same file with an impossible date in about every chunk."""
    return b"".join(piece.replace(b",2026-0", b",2026-9", 1) for piece in chunks(data))


def read_by_csv(data: bytes) -> int:
    """Python's csv module: no check at all."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="cp932", newline="")
    return sum(1 for _ in csv.reader(text)) - 1


def read_by_polars(data: bytes) -> int:
    """Polars: no check at all, and the whole file in memory."""
    polars = importlib.import_module("polars")
    height: int = polars.read_csv(data, encoding="cp932", infer_schema=False).height
    return height


def main() -> None:
    """Our own, then the others."""
    data = notices(ROWS)
    print(f"{ROWS:,} records of {len(NOTICE.fields)} columns, {len(data) / 1e6:.0f} MB, chunks of {CHUNK // 1024} KiB")
    measure("examine: every check", data, examined)
    print(f"{'memory that examine takes at most':<34}{most_memory(data) / (1 << 20):>10,.1f} MiB")
    measure("examine: a fault in every chunk", faulty(data), examined)
    measure("read: values by field name", data, lambda whole: sum(1 for _ in read(NOTICE, chunks(whole))))
    measure("Python's csv, no check", data, read_by_csv)
    if importlib.util.find_spec("polars"):
        measure("Polars, no check", data, read_by_polars)


if __name__ == "__main__":
    main()
