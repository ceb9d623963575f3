"""The map as SVG text: classes only (the page's strict policy allows no inline style), title and description inside."""

from html import escape
from itertools import pairwise
from typing import Final

from sekisho.kernel import Carriage, Chart, Connection, Direction
from sekisho.web.flowmap.geometry import Point, Rectangle, width_of
from sekisho.web.flowmap.placing import Box, Placement, ZoneArea, place, stops
from sekisho.web.flowmap.routing import Grid, Traffic, route
from sekisho.web.words import Words

_BEND: Final = 8.0
_BADGE: Final = 12.0
Legs = tuple[tuple[Point, ...], ...]


def routes(chart: Chart, placement: Placement) -> dict[str, Legs]:
    """The legs of every arrow; those under review choose their way first."""
    grid, traffic = Grid(placement), Traffic()
    found: dict[str, Legs] = {}
    for arrow in sorted(chart.connections, key=lambda each: not each.under_review):
        boxes = [placement.boxes[stop] for stop in stops(arrow)]
        found[arrow.connection] = tuple(route(grid, traffic, first, second) for first, second in pairwise(boxes))
    return found


def _towards(start: Point, end: Point, distance: float) -> Point:
    """The point at a distance from the start on the way to the end, along one axis."""
    sideways, down = (end.x > start.x) - (end.x < start.x), (end.y > start.y) - (end.y < start.y)
    return Point(start.x + distance * sideways, start.y + distance * down)


def _path(leg: tuple[Point, ...]) -> str:
    """The line of a leg, with rounded corners."""
    parts = [f"M{leg[0].x:.1f} {leg[0].y:.1f}"]
    for before, here, after in zip(leg, leg[1:], leg[2:], strict=False):
        room = min(abs(before.x - here.x) + abs(before.y - here.y), abs(after.x - here.x) + abs(after.y - here.y)) / 2
        bend = min(_BEND, room)
        into, out = _towards(here, before, bend), _towards(here, after, bend)
        parts.append(f"L{into.x:.1f} {into.y:.1f}Q{here.x:.1f} {here.y:.1f} {out.x:.1f} {out.y:.1f}")
    return "".join([*parts, f"L{leg[-1].x:.1f} {leg[-1].y:.1f}"])


def _arrow(arrow: Connection, legs: Legs) -> str:
    """An arrow with its tips; traffic inside one house or beyond ours runs both ways."""
    kind = "-reviewed" if arrow.under_review else ""
    paper = " map-arrow-paper" if arrow.carriage is Carriage.PAPER else ""
    both = arrow.direction in (Direction.INSIDE, Direction.BEYOND)
    drawn = []
    for index, leg in enumerate(legs):
        line = _path(leg)
        tail = f' marker-start="url(#map-tip{kind})"' if both and index == 0 else ""
        drawn.append(
            f'<path class="map-halo" d="{line}"/><path class="map-arrow map-arrow{kind}{paper}" d="{line}" '
            f'marker-end="url(#map-tip{kind})"{tail}/>'
        )
    return "".join(drawn)


def _frame(area: Rectangle, radius: int) -> str:
    """The outline of a zone or a box."""
    size = f'width="{area.width:.0f}" height="{area.height:.0f}"'
    return f'<rect x="{area.x:.0f}" y="{area.y:.0f}" {size} rx="{radius}"/>'


def _text(at: Point, words: str, kind: str = "") -> str:
    """A line of text, escaped."""
    described = f' class="{kind}"' if kind else ""
    return f'<text{described} x="{at.x:.0f}" y="{at.y:.0f}">{escape(words)}</text>'


def _zone(zone: ZoneArea) -> str:
    """A network: its frame, its name and who answers for it; an unknown owner stands out."""
    left, top = zone.area.x + 12, zone.area.y
    owner = _text(Point(left, top + 42), zone.owner, "map-owner map-unknown" if zone.unknown else "map-owner")
    name = _text(Point(left, top + 23), zone.label)
    return f'<g class="map-zone map-zone-{zone.kind}">{_frame(zone.area, 10)}{name}{owner}</g>'


def _box(box: Box) -> str:
    """A computer or a relay."""
    middle, top = box.area.middle.x, box.area.y
    kind = "map-box map-relay" if box.relay else "map-box"
    name, where = _text(Point(middle, top + 27), box.label), _text(Point(middle, top + 47), box.place, "map-place")
    return f'<g class="{kind}">{_frame(box.area, 8)}{name}{where}</g>'


def _crowding(spot: Point, placement: Placement, taken: list[Point], others: list[tuple[Point, Point]]) -> float:
    """How badly a badge would stand here: near other badges, boxes, titles or arrows."""
    close = sum(200 for badge in taken if abs(badge.x - spot.x) < 2.2 * _BADGE and abs(badge.y - spot.y) < 2.2 * _BADGE)
    boxes = sum(200 for box in placement.boxes.values() if box.area.touched_by(spot, spot, _BADGE + 1))
    titles = sum(
        120
        for zone in placement.zones
        if zone.area.x < spot.x < zone.area.x + width_of(zone.owner, 12) + 24
        and zone.area.y < spot.y < zone.area.y + 52
    )
    lines = sum(
        40
        for start, end in others
        if min(start.x, end.x) - _BADGE < spot.x < max(start.x, end.x) + _BADGE
        and min(start.y, end.y) - _BADGE < spot.y < max(start.y, end.y) + _BADGE
    )
    return close + boxes + titles + lines


def _spots(leg: tuple[Point, ...]) -> list[tuple[float, Point]]:
    """Where a badge could stand on a leg: at parts of each stretch, long stretches first."""
    found = []
    for start, end in pairwise(leg):
        length = abs(start.x - end.x) + abs(start.y - end.y)
        for part in (0.5, 0.35, 0.65, 0.25, 0.75):
            spot = Point(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
            found.append((abs(part - 0.5) * 20 - min(length, 120) / 2, spot))
    return found


def _badges(chart: Chart, placement: Placement, drawn: dict[str, Legs]) -> str:
    """A letter on every leg of every arrow, as in the table below the map."""
    stretches = [(name, pair) for name, legs in drawn.items() for leg in legs for pair in pairwise(leg)]
    taken: list[Point] = []
    parts = []
    for arrow in chart.connections:
        others = [pair for name, pair in stretches if name != arrow.connection]
        for leg in drawn[arrow.connection]:
            spots = [(price + _crowding(spot, placement, taken, others), spot) for price, spot in _spots(leg)]
            _, spot = min(spots)
            taken.append(spot)
            kind = " map-badge-reviewed" if arrow.under_review else ""
            parts.append(
                f'<g class="map-badge{kind}"><circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{_BADGE:.0f}"/>'
                f'<text x="{spot.x:.1f}" y="{spot.y + 5:.1f}">{escape(arrow.badge)}</text></g>'
            )
    return "".join(parts)


def _tips() -> str:
    """The two kinds of arrow heads."""
    return "".join(
        f'<marker id="map-tip{kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{size}" markerHeight="{size}" '
        f'orient="auto-start-reverse"><path class="map-tip{kind}" d="M0 0 10 5 0 10z"/></marker>'
        for kind, size in (("", 8), ("-reviewed", 5))
    )


def _taken_in(placement: Placement, drawn: dict[str, Legs]) -> str:
    """What the picture takes in: all zones, and every way around them with the letters that stand on it."""
    points = [point for legs in drawn.values() for leg in legs for point in leg]
    room = _BADGE + 3
    left = min([0.0, *(point.x - room for point in points)])
    top = min([0.0, *(point.y - room for point in points)])
    right = max([placement.width, *(point.x + room for point in points)])
    bottom = max([placement.height, *(point.y + room for point in points)])
    return f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"


def draw(chart: Chart, title: str, *, whole: bool = False) -> str:
    """Draw the chart. The arrow table, which every page shows below it, says the same in words.

    A map for readers shows what the arrows touch; the whole one also what nothing is joined to yet.
    """
    placement = place(chart, whole=whole)
    drawn = routes(chart, placement)
    described = Words(
        "ネットワークを列に、電子計算機を箱に、接続を矢印に描いた図。下の「矢印の一覧」が同じ内容です。",
        "Networks as columns, computers as boxes, connections as arrows. The table of arrows says the same.",
    )
    opening = (
        f'<svg class="flowmap" viewBox="{_taken_in(placement, drawn)}" role="img" '
        'aria-labelledby="map-title map-words" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="map-title">{escape(title)}</title><desc id="map-words">{escape(str(described))}</desc>'
    )
    parts = [
        opening,
        f"<defs>{_tips()}</defs>",
        *(_zone(zone) for zone in placement.zones),
        *(_arrow(arrow, drawn[arrow.connection]) for arrow in chart.connections),
        *(_box(box) for box in placement.boxes.values()),
        _badges(chart, placement, drawn),
        "</svg>",
    ]
    return "".join(parts)
