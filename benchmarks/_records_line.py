"""Does a cost grow in proportion? A start that every file costs, and from then on so much for each record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """cost = start + each x size; the largest deviation from it, as a part of it, and where that is."""

    start: float
    each: float
    deviation: float
    at: int


def fit_line(costs: dict[int, float]) -> Line:
    """What one more record costs from the two largest sizes, and the start from the smallest."""
    small, *_, large, largest = sorted(costs)
    each = (costs[largest] - costs[large]) / (largest - large)
    start = costs[small] - each * small
    off = {size: abs(cost - start - each * size) / cost for size, cost in costs.items()}
    worst = max(off, key=lambda size: off[size])
    return Line(start=start, each=each, deviation=off[worst], at=worst)
