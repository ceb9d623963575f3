"""What a contender of benchmarks/records.py measures of itself: CPU, wall, peak memory; and how it reports them."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import dataclass, field


@dataclass
class Clock:
    """CPU seconds (user and system, of this process and its finished children) and wall seconds, lap by lap."""

    laps: dict[str, tuple[float, float]] = field(default_factory=dict)
    cpu: float = 0
    wall: float = 0

    def start(self) -> None:
        """Start a lap."""
        self.cpu, self.wall = _busy(), time.perf_counter()

    def lap(self, name: str) -> None:
        """End a lap and start the next."""
        self.laps[name] = (_busy() - self.cpu, time.perf_counter() - self.wall)
        self.start()

    def add(self, name: str) -> None:
        """Add what was measured since the start to a lap."""
        cpu, wall = self.laps.get(name, (0.0, 0.0))
        self.laps[name] = (cpu + _busy() - self.cpu, wall + time.perf_counter() - self.wall)


def _busy() -> float:
    """The CPU seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def report(clock: Clock, rows: int, faults: dict[str, int]) -> None:
    """Say what was measured, for the process that asked."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = own.ru_maxrss + children.ru_maxrss
    print(json.dumps({"rows": rows, "faults": faults, "laps": clock.laps, "peak_mib": peak / 1024}))
