"""Where everything stands: networks as zones in columns, their computers as boxes in rows, our own on the right.

The column of a network is its distance from our networks along the arrows, so that a reader follows a parcel from
the outside (left) to the office (right). A network that an arrow only passes through shows one dark relay box.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sekisho.kernel import Chart, Connection, Network
from sekisho.web.flowmap.geometry import Rectangle, width_of
from sekisho.web.words import Words

BOX_HEIGHT: Final = 62.0
ROW_GAP: Final = 60.0
GUTTER: Final = 92.0
PADDING: Final = 18.0
HEADING: Final = 58.0
MARGIN: Final = 10.0
LABEL_SIZE: Final = 14.0
OWNER_SIZE: Final = 12.0
_NARROWEST: Final = 128.0
RELAY: Final = "relay:"
UNKNOWN: Final = "不明"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A computer, or the relay of a network, on the map."""

    key: str
    label: str
    place: str
    relay: bool
    area: Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneArea:
    """A network on the map: its name, who answers for it, and whose it is."""

    label: str
    owner: str
    kind: str
    unknown: bool
    area: Rectangle

    @property
    def title(self) -> Rectangle:
        """Where its name and whoever answers for it are written."""
        width = max(width_of(self.label, LABEL_SIZE), width_of(self.owner, OWNER_SIZE))
        return Rectangle(x=self.area.x + 12, y=self.area.y + 9, width=width, height=37)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Everything that does not move."""

    boxes: Mapping[str, Box]
    zones: tuple[ZoneArea, ...]
    columns: tuple[Rectangle, ...]
    width: float
    height: float


def stations(chart: Chart, arrow: Connection) -> tuple[str, ...]:
    """The networks an arrow touches, in its order."""
    ends = {each.computer: each.network for each in chart.computers}
    return (ends[arrow.source], *arrow.via, ends[arrow.target])


def stops(arrow: Connection) -> tuple[str, ...]:
    """The boxes an arrow touches, in its order: its two computers and the relays between."""
    return (arrow.source, *(RELAY + network for network in arrow.via), arrow.target)


def _distances(chart: Chart) -> dict[str, int]:
    """How many steps each network is away from ours, along the arrows."""
    distances = {each.network: 0 for each in chart.computers if each.ours}
    chains = [stations(chart, arrow) for arrow in chart.connections]
    neighbours = [pair for chain in chains for pair in pairwise(chain)]
    for step in range(len(chart.networks)):
        for first, second in [*neighbours, *((second, first) for first, second in neighbours)]:
            if distances.get(first) == step:
                distances.setdefault(second, step + 1)
    for chain in chains:
        for network in chain:
            distances.setdefault(network, len(chart.networks))
    return distances


def columns_of(chart: Chart, *, whole: bool = False) -> list[list[Network]]:
    """The networks that arrows touch, or all, farthest first; those equally far share a column."""
    distances = _distances(chart)
    if whole:
        distances = {each.network: len(chart.networks) for each in chart.networks} | distances
    levels = sorted(set(distances.values()), reverse=True)
    return [[each for each in chart.networks if distances.get(each.network) == level] for level in levels]


def _contents(chart: Chart, network: Network) -> list[tuple[str, str, str]]:
    """What stands in a network: key, label and place; those with an arrow under review come first."""
    reviewed = {end for arrow in chart.under_review() for end in (arrow.source, arrow.target)}
    inside = sorted(
        (each for each in chart.computers if each.network == network.network),
        key=lambda each: each.computer not in reviewed,
    )
    found = [(each.computer, str(Words(each.label_ja, each.label_en)), _place(each.place)) for each in inside]
    if any(network.network in arrow.via for arrow in chart.connections):
        found.insert(0, (RELAY + network.network, str(Words("中継", "Relay")), network.closed))
    return found


def _place(place: str) -> str:
    """Where a computer stands, with unknown places said to be unknown."""
    return str(Words("設置場所：", "At: ")) + place


def owner_line(network: Network) -> str:
    """Who set a network up and who runs it, as the council asked."""
    return str(
        Words(
            f"設置：{network.installer}　管理：{network.operator}",
            f"Set up: {network.installer} / run: {network.operator}",
        )
    )


def _width(chart: Chart, networks: list[Network]) -> float:
    """How wide a column must be for its boxes and headings."""
    wanted = [_NARROWEST]
    for network in networks:
        name = width_of(str(Words(network.label_ja, network.label_en)), LABEL_SIZE)
        heading = max(name, width_of(owner_line(network), OWNER_SIZE))
        wanted.append(heading + 2 - PADDING / 2)
        for _, label, place in _contents(chart, network):
            wanted.append(max(width_of(label, 14.5), width_of(place, 12)) + 28)
    return max(wanted)


def _place_network(chart: Chart, network: Network, column: Rectangle) -> tuple[ZoneArea, list[Box]]:
    """Put one network and its boxes into a column, from its top down."""
    top = column.y + HEADING
    boxes: list[Box] = []
    for key, label, place in _contents(chart, network):
        area = Rectangle(x=column.x, y=top, width=column.width, height=BOX_HEIGHT)
        boxes.append(Box(key=key, label=label, place=place, relay=key.startswith(RELAY), area=area))
        top += BOX_HEIGHT + ROW_GAP
    height = max(top - ROW_GAP, column.y + HEADING) + PADDING - column.y
    ours = any(each.ours for each in chart.computers if each.network == network.network)
    kind = "ours" if ours else ("passage" if all(box.relay for box in boxes) else "theirs")
    zone = ZoneArea(
        label=str(Words(network.label_ja, network.label_en)),
        owner=owner_line(network),
        kind=kind,
        unknown=UNKNOWN in (network.installer, network.operator),
        area=Rectangle(x=column.x - PADDING, y=column.y, width=column.width + 2 * PADDING, height=height),
    )
    return zone, boxes


def place(chart: Chart, *, whole: bool = False) -> Placement:
    """Give every network, computer and relay its place."""
    left = MARGIN + PADDING
    zones: list[ZoneArea] = []
    boxes: dict[str, Box] = {}
    columns: list[Rectangle] = []
    for networks in columns_of(chart, whole=whole):
        width = _width(chart, networks)
        top = MARGIN
        for network in networks:
            zone, inside = _place_network(chart, network, Rectangle(x=left, y=top, width=width, height=0))
            zones.append(zone)
            boxes.update({box.key: box for box in inside})
            top = zone.area.bottom + MARGIN * 2
        columns.append(Rectangle(x=left, y=MARGIN, width=width, height=top))
        left += width + GUTTER
    return Placement(
        boxes=boxes,
        zones=tuple(zones),
        columns=tuple(columns),
        width=left - GUTTER + PADDING + MARGIN,
        height=max((zone.area.bottom for zone in zones), default=0) + MARGIN,
    )
