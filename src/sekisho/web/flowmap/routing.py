"""Finding a way for every arrow: along the axes, round the boxes, with few corners, never on top of another arrow.

A search for the cheapest way (A* without a guess) over a grid of lanes: some in the gutters between columns, some
between rows, and one through each docking place of a box.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Final, NamedTuple

from sekisho.web.flowmap.geometry import DOWN, LEFT, RIGHT, UP, Heading, Point, Rectangle
from sekisho.web.flowmap.placing import GUTTER, PADDING, Box, Placement

_HEADINGS: Final = (RIGHT, LEFT, DOWN, UP)
_LANES: Final = 7
_SIDE: Final = 16.0
_CORNER: Final = 75.0
_CROSSING: Final = 34.0
_TITLE: Final = 260.0
_CLEAR: Final = 4.0


class Dock(NamedTuple):
    """A place on the edge of a box where an arrow may start or end."""

    box: str
    point: Point
    heading: Heading
    price: float


class Step(NamedTuple):
    """Standing at a point, looking one way."""

    point: Point
    heading: Heading


@dataclass(slots=True)
class Traffic:
    """What earlier arrows have taken: docks, stretches of line, and points that they cross."""

    docks: set[tuple[str, Point]] = field(default_factory=set)
    stretches: set[frozenset[Point]] = field(default_factory=set)
    points: set[Point] = field(default_factory=set)

    def take(self, start: Dock, end: Dock, way: list[Point]) -> None:
        """Mark a way as taken."""
        self.docks |= {(start.box, start.point), (end.box, end.point)}
        self.stretches |= {frozenset(pair) for pair in pairwise(way)}
        self.points |= set(way)


def docks_of(box: Box, traffic: Traffic) -> list[Dock]:
    """The free docking places of a box: the sides are for pairs of arrows, above and below for single ones."""
    area, middle = box.area, box.area.middle
    found = []
    for offset in (-_SIDE, _SIDE, 0.0):
        price = 6.0 if offset == 0 else 0.0
        found.append(Dock(box.key, Point(area.x, middle.y + offset), LEFT, price))
        found.append(Dock(box.key, Point(area.right, middle.y + offset), RIGHT, price))
        side = 6.0 if offset else 0.0
        found.append(Dock(box.key, Point(middle.x + offset, area.y), UP, side))
        found.append(Dock(box.key, Point(middle.x + offset, area.bottom), DOWN, side))
    return [dock for dock in found if (box.key, dock.point) not in traffic.docks]


class Grid:
    """The lanes of the map, and what stands in their way."""

    def __init__(self, placement: Placement) -> None:
        """Lay lanes in every gutter, between all rows and through every docking place."""
        self.obstacles: tuple[Rectangle, ...] = tuple(box.area for box in placement.boxes.values())
        self.titles: tuple[Rectangle, ...] = tuple(zone.title for zone in placement.zones)
        self.over_titles = False
        across, along = {placement.width - 3.0}, {3.0, placement.height - 3.0}
        for column in placement.columns:
            start, room = column.x - GUTTER + PADDING, GUTTER - 2 * PADDING
            across |= {round(start + room * lane / _LANES, 1) for lane in range(_LANES + 1)}
        for area in self.obstacles:
            across |= {area.middle.x + offset for offset in (-_SIDE, 0.0, _SIDE)}
            along |= {area.middle.y + offset for offset in (-_SIDE, 0.0, _SIDE)}
            along |= {round(area.bottom + lane, 1) for lane in (9, 17, 25, 33, 41)}
        self.across: list[float] = sorted(each for each in across if 0 < each < placement.width)
        self.along: list[float] = sorted(along)

    def next_point(self, point: Point, heading: Heading) -> Point | None:
        """The next crossing of lanes in this direction, if nothing stands between."""
        lanes = self.across if heading.x else self.along
        here = point.x if heading.x else point.y
        forward = (heading.x or heading.y) > 0
        ahead = [lane for lane in lanes if (lane > here if forward else lane < here)]
        if not ahead:
            return None
        lane = ahead[0] if forward else ahead[-1]
        there = Point(lane, point.y) if heading.x else Point(point.x, lane)
        return None if self._is_barred(point, there) else there

    def _is_barred(self, start: Point, end: Point) -> bool:
        """Does a box stand between, or the name of a network?"""
        titles = () if self.over_titles else self.titles
        return any(area.touched_by(start, end, _CLEAR) for area in (*self.obstacles, *titles))

    def first_point(self, dock: Dock) -> Point | None:
        """The first crossing of lanes outside a docking place."""
        reach = _CLEAR + 1
        outside = Point(dock.point.x + reach * dock.heading.x, dock.point.y + reach * dock.heading.y)
        return self.next_point(outside, dock.heading)

    def price(self, start: Point, end: Point) -> float:
        """How dear a stretch is: its length, and more where it would cross a title."""
        length = abs(start.x - end.x) + abs(start.y - end.y)
        return length + sum(_TITLE for title in self.titles if title.touched_by(start, end))


def _starts(grid: Grid, docks: Iterable[Dock]) -> dict[Step, Dock]:
    """Where a way can begin: just outside each free dock."""
    found: dict[Step, Dock] = {}
    for dock in docks:
        point = grid.first_point(dock)
        if point is not None:
            found.setdefault(Step(point, dock.heading), dock)
    return found


def _moves(grid: Grid, traffic: Traffic, step: Step) -> Iterable[tuple[float, Step]]:
    """Every next step and what it costs."""
    for heading in _HEADINGS:
        if heading == step.heading.reversed():
            continue
        there = grid.next_point(step.point, heading)
        if there is None or frozenset((step.point, there)) in traffic.stretches:
            continue
        turn = heading != step.heading
        price = grid.price(step.point, there) + (_CORNER if turn else 0)
        price += _CROSSING if there in traffic.points else 0
        # Turning where another arrow runs would look like a junction of the two.
        price += _TITLE if turn and step.point in traffic.points else 0
        yield price, Step(there, heading)


def _search(grid: Grid, traffic: Traffic, starts: dict[Step, Dock], goals: dict[Step, Dock]) -> list[Step]:
    """The cheapest sequence of steps from any start to any goal; empty if there is none."""
    order = count()
    queue: list[tuple[float, int, Step, Step | None]] = [
        (dock.price, next(order), step, None) for step, dock in starts.items()
    ]
    heapq.heapify(queue)
    came: dict[Step, Step | None] = {}
    while queue:
        spent, _, step, before = heapq.heappop(queue)
        if step in came:
            continue
        came[step] = before
        if step in goals:
            return _trail(came, step)
        for price, there in _moves(grid, traffic, step):
            if there not in came:
                extra = goals[there].price if there in goals else 0
                heapq.heappush(queue, (spent + price + extra, next(order), there, step))
    return []


def _trail(came: dict[Step, Step | None], last: Step) -> list[Step]:
    """Walk back from the goal to the start."""
    trail: list[Step] = []
    step: Step | None = last
    while step is not None:
        trail.append(step)
        step = came[step]
    return trail[::-1]


def _straightened(points: list[Point]) -> tuple[Point, ...]:
    """Leave out the points where the line does not turn."""
    kept = points[:1]
    for here, after in pairwise(points[1:]):
        before = kept[-1]
        if not (before.x == here.x == after.x or before.y == here.y == after.y):
            kept.append(here)
    return (*kept, points[-1])


def _between(grid: Grid, traffic: Traffic, source: Box, target: Box) -> tuple[list[Step], Dock, Dock] | None:
    """The cheapest way between two boxes, with its docks; nothing if there is none."""
    starts = _starts(grid, docks_of(source, traffic))
    arrivals = _starts(grid, docks_of(target, traffic))
    goals = {Step(step.point, step.heading.reversed()): dock for step, dock in arrivals.items()}
    trail = _search(grid, traffic, starts, goals)
    return (trail, starts[trail[0]], goals[trail[-1]]) if trail else None


def route(grid: Grid, traffic: Traffic, source: Box, target: Box) -> tuple[Point, ...]:
    """Find a way between two boxes: round the names of networks, over them if there is no other, straight if none."""
    grid.over_titles = False
    found = _between(grid, traffic, source, target)
    if found is None:
        grid.over_titles = True
        found = _between(grid, traffic, source, target)
    if found is None:
        return (source.area.middle, target.area.middle)
    trail, start, end = found
    way = [step.point for step in trail]
    traffic.take(start, end, way)
    return _straightened([start.point, *way, end.point])
