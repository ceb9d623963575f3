"""Paths on a chart: by which lines somebody could get from one computer to another.

The council was told that two terminals are not joined (consultation 59). A chart can be held against such a claim.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sekisho.kernel.network.chart import Carriage, Chart

Line = tuple[str, str]
"""An arrow, and the computer that it leads to."""


def _lines(chart: Chart) -> Mapping[str, tuple[Line, ...]]:
    """From each computer the arrows that are lines, both ways: an arrow says who sends, a line can be used back."""
    found: dict[str, tuple[Line, ...]] = {}
    for arrow in chart.connections:
        if arrow.carriage is Carriage.PAPER:
            continue
        found[arrow.source] = (*found.get(arrow.source, ()), (arrow.connection, arrow.target))
        found[arrow.target] = (*found.get(arrow.target, ()), (arrow.connection, arrow.source))
    return MappingProxyType(found)


def _reached(chart: Chart, start: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every computer that lines lead to, with the arrows on the way; the nearest first."""
    lines, seen, waiting = _lines(chart), {start}, [(start, tuple[str, ...]())]
    for computer, way in waiting:
        for arrow, reached in lines.get(computer, ()):
            if reached not in seen:
                seen.add(reached)
                waiting.append((reached, (*way, arrow)))
                yield reached, (*way, arrow)


def path_between(chart: Chart, one: str, other: str) -> tuple[str, ...]:
    """The arrows of a shortest way from one computer to another; none if no line joins them."""
    return dict(_reached(chart, one)).get(other, ())


def paths_to_ours(chart: Chart, computer: str) -> tuple[tuple[str, ...], ...]:
    """The ways from a computer to every other computer of ours, by the order of the chart."""
    reached = dict(_reached(chart, computer))
    return tuple(reached[each.computer] for each in chart.computers if each.ours and each.computer in reached)
