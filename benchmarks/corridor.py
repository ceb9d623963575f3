"""Through the whole gate: one file of 10,000 notices, and 2,000 files of 10 KiB; records/s, MB/s, memory above idle.

Real processes: lane (mutual TLS), worker with sequencer, in-house delivery with proposals, erasure with proof.
Run: python3 dev.py bench corridor
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Django's tables can be imported only after the home folder is chosen
    from sekisho.business.registry_notices import Property
    from sekisho.cli.demo.crossings import Gate

NOTICES = int(os.environ.get("BENCH_NOTICES", "10000"))
FILES = int(os.environ.get("BENCH_FILES", "2000"))
SENDERS = 4
WORKERS = 2


def resident(process: subprocess.Popen[str]) -> int:
    """Resident memory of a process, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def busy(process: subprocess.Popen[str] | None) -> float:
    """CPU seconds that a process has used so far; our own (the senders'), if none is given."""
    fields = Path(f"/proc/{process.pid if process else 'self'}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def watched(processes: dict[str, subprocess.Popen[str]], peaks: dict[str, int]) -> Iterator[None]:
    """Note the highest memory above idle of each process."""
    idle = {name: resident(process) for name, process in processes.items()}
    ended = Event()

    def watch() -> None:
        while not ended.wait(0.05):
            for name, process in processes.items():
                peaks[name] = max(peaks.get(name, 0), resident(process) - idle[name])

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def measure(title: str, work: Callable[[], tuple[int, int]], processes: dict[str, subprocess.Popen[str]]) -> None:
    """Run the work, and say how fast it was."""
    peaks: dict[str, int] = {}
    everyone = {"senders": None, **processes}
    before = {name: busy(process) for name, process in everyone.items()}
    with watched(processes, peaks):
        begun = time.perf_counter()
        records, size = work()
        seconds = time.perf_counter() - begun
    used = {name: round(busy(process) - before[name], 1) for name, process in everyone.items()}
    print(
        json.dumps(
            {
                "work": title,
                "seconds": round(seconds, 2),
                "records_per_second": round(records / seconds),
                "mb_per_second": round(size / seconds / 1e6, 2),
                "cpu_seconds": used,
                "mib_above_idle": {name: round(peak / 2**20) for name, peak in peaks.items()},
            }
        ),
        flush=True,
    )


def wait_for_all(expected: int) -> None:
    """Wait until so many parcels are erased; say how far it is."""
    from sekisho.adapters.database.models import Parcel

    told = time.monotonic()
    while (done := Parcel.objects.filter(state="erased").count()) < expected:
        if time.monotonic() - told > 5:
            told = time.monotonic()
            print(f"  {done}/{expected}", file=sys.stderr, flush=True)
        time.sleep(0.05)


def cargoes(properties: Sequence[Property]) -> tuple[bytes, list[bytes]]:
    """Make the one large file and the small ones of about 10 KiB, cut at the end of a line; no two are the same."""
    from sekisho.adapters.layouts import shipped_layouts
    from sekisho.business.registry_notices import make_rows, notice_file

    layout = shipped_layouts().find("registry_notice")
    large = b"".join(notice_file(layout, make_rows(Random(1), properties, NOTICES)))
    drawn = Random(2)
    return large, [cut_small(b"".join(notice_file(layout, make_rows(drawn, properties, 36)))) for _ in range(FILES)]


def cut_small(file: bytes) -> bytes:
    """A file of about 10 KiB, cut at the end of a line."""
    return file[: file.rfind(b"\r\n", 0, 10_240) + 2]


def one_large(gate: Gate, large: bytes) -> tuple[int, int]:
    """Send one large file; answers records and bytes."""
    from sekisho.adapters.database.models import Document
    from sekisho.cli.demo.story import NOTICES as ATTEMPT

    gate.put(ATTEMPT, iter([large]), len(large))
    wait_for_all(1)
    assert Document.objects.count() == 1, "it did not cross"
    return large.count(b"\r\n") - 1, len(large)


def many_small(gate: Gate, small: Sequence[bytes]) -> tuple[int, int]:
    """Send many small files from several senders; answers records and bytes."""
    from sekisho.adapters.database.models import Document

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(lambda first: send_some(gate, small, range(first, FILES, SENDERS)), range(SENDERS)))
    wait_for_all(1 + FILES)
    assert Document.objects.count() == 1 + FILES, "not all of them crossed"
    return sum(each.count(b"\r\n") - 1 for each in small), sum(map(len, small))


def main() -> None:
    """Set the stage, then both measurements."""
    home = Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(SEKISHO_HOME=str(home), DJANGO_SETTINGS_MODULE="sekisho.adapters.database.settings")
    from sekisho.bootstrap import open_house

    house = open_house()
    from sekisho.adapters.dossiers import shipped_dossier
    from sekisho.cli.demo.city import found_city
    from sekisho.cli.demo.crossings import Gate
    from sekisho.cli.demo.stage import running

    city = found_city(house, shipped_dossier(), NOTICES)
    large, small = cargoes(city.properties)
    with ExitStack() as stack:
        ports = ["--port", "0", "--form-port", "0"]
        lane = stack.enter_context(running("lane", "sekisho.lane", ports, home / "lane.log"))
        workers = [
            stack.enter_context(
                running("worker", "sekisho.worker", ["--share", str(n), "--of", str(WORKERS)], home / f"worker{n}.log")
            )
            for n in range(WORKERS)
        ]
        gate = Gate(city=city, port=lane.ready["port"], notices=NOTICES)
        processes = {"lane": lane.process, **{f"worker {n}": each.process for n, each in enumerate(workers)}}
        measure(f"one file of {NOTICES} notices", lambda: one_large(gate, large), processes)
        measure(f"{FILES} files of about {len(small[0])} bytes", lambda: many_small(gate, small), processes)


def send_some(gate: Gate, bodies: Sequence[bytes], numbers: range) -> None:
    """Send files over one connection."""
    from sekisho.cli.demo.story import NOTICES as ATTEMPT

    with gate.terminal(ATTEMPT.terminal) as client:
        for number in numbers:
            body = bodies[number]
            headers = {**gate.headers(ATTEMPT, len(body)), "Idempotency-Key": f"bench-{number}"}
            answer = client.put(f"/parcels/{ATTEMPT.connection}", content=body, headers=headers)
            assert answer.status_code == 201, answer.text


if __name__ == "__main__":
    main()
