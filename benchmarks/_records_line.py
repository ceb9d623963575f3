"""Does a cost grow in proportion? A straight line through sizes and costs, both as logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class Line:
    """cost = each x size^slope; the largest deviation from it, as a part of it, and where that is."""

    slope: float
    each: float
    deviation: float
    at: int


def fit_line(costs: dict[int, float]) -> Line:
    """The line of least squares."""
    points = [(log(size), log(cost)) for size, cost in costs.items()]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    spread = sum((x - middle[0]) ** 2 for x, _ in points)
    slope = sum((x - middle[0]) * (y - middle[1]) for x, y in points) / spread
    base = middle[1] - slope * middle[0]
    off = {size: abs(cost / exp(base + slope * log(size)) - 1) for size, cost in costs.items()}
    worst = max(off, key=lambda size: off[size])
    return Line(slope=slope, each=exp(base), deviation=off[worst], at=worst)
