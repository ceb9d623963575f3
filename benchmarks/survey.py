"""Reading egress logs: lines per second of CPU, ours beside a plain loop with one expression and, if there, pandas.

Ours reads, checks and counts every line by source, host and port. The plain loop only takes source and
host from what its expression matches; pandas only groups columns. No promise is made; the ratios are printed.

Run: python3 dev.py bench survey. BENCH_LINES says how many lines.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Final

from sekisho.business.connection_survey import EgressLog, SourceBook, TrafficBook

if TYPE_CHECKING:
    from collections.abc import Callable

LINES: Final = int(os.environ.get("BENCH_LINES", "200000"))
_PIECE: Final = 1 << 18
_PLAIN: Final = re.compile(rb"\S+ +\d+ (\S+) \S+ \d+ \S+ (?:\w+://)?([^\s:/]+)")


def make_log(lines: int) -> bytes:
    """A made-up log: two thousand hosts, three thousand terminals."""
    chance, found = Random(59), []
    for number in range(lines):
        source = f"10.12.{chance.randrange(12)}.{chance.randrange(250)}"
        host, size = f"h{chance.randrange(2000)}.example", chance.randrange(100_000)
        found.append(
            f"{1764201600 + number // 50}.{number % 1000:03}    {size % 900} {source} TCP_TUNNEL/200 {size} "
            f"CONNECT {host}:443 - HIER_DIRECT/203.0.113.{number % 250} -\n"
        )
    return "".join(found).encode()


def ours(body: bytes) -> int:
    """Read, check and count; answers how many lines."""
    log, book = EgressLog(body[at : at + _PIECE] for at in range(0, len(body), _PIECE)), TrafficBook(SourceBook([]))
    book.count(log.seen())
    return log.reading.read


def plain(body: bytes) -> int:
    """A loop over lines with one expression."""
    counts: Counter[tuple[bytes, bytes]] = Counter()
    for line in body.splitlines():
        if found := _PLAIN.match(line):
            counts[found[1], found[2]] += 1
    return sum(counts.values())


def pandas(body: bytes) -> int:
    """Columns by blanks, grouped."""
    import pandas as pd  # type: ignore[import-untyped]  # a peer that may not be there

    table = pd.read_csv(BytesIO(body), sep=r"\s+", header=None, usecols=[2, 4, 6])
    return int(table.groupby([2, 6])[4].agg(["count", "sum"])["count"].sum())


def rate(read: Callable[[bytes], int], body: bytes) -> float:
    """Lines per second of CPU: the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        lines = read(body)
        best = max(best, lines / (time.process_time() - began))
    return best


def main() -> int:
    """Measure each on the same bytes, and print the ratios."""
    body = make_log(LINES)
    own = rate(ours, body)
    print(f"{LINES:,} lines, {len(body) / (1 << 20):.1f} MiB\n  ours   {own:>12,.0f} lines/s of CPU")
    for name, read in (("re loop", plain), ("pandas", pandas)):
        try:
            other = rate(read, body)
        except ImportError:
            print(f"  {name:<7} is not installed")
            continue
        print(f"  {name:<7}{other:>12,.0f} lines/s of CPU; ours is {own / other:.2f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
