"""Zones, networks, computers and connections, each with its owner, installer and operator.

The council asked (consultation 56) who set up, owns and runs every network, and which arrows are under review.
So nobody can be left blank: 不明 (unknown) is an answer, an empty field is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from sekisho.kernel.errors import ReasonCode, Refused, because

UNKNOWN: Final = "不明"
OF_THE_LINES: Final = ("fee_payer", "carrier")


class Zone(StrEnum):
    """The layers of a municipality's networks (三層分離), and the world outside them."""

    MY_NUMBER = "my_number"
    LGWAN = "lgwan"
    INTERNET = "internet"
    OUTSIDE = "outside"


class Direction(StrEnum):
    """Which way an arrow points, seen from the municipality."""

    INWARD = "inward"
    OUTWARD = "outward"
    INSIDE = "inside"
    BEYOND = "beyond"


class Carriage(StrEnum):
    """What travels along an arrow."""

    FILE = "file"
    RECORD = "record"
    PIXELS = "pixels"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network on the chart: who set it up, owns it and runs it, and whether it is closed to others.

    Who pays for it and whose lines it runs on came later. A chart drawn before that is silent about them, and reads as
    it was written.
    """

    network: str
    label_ja: str
    label_en: str
    zone: Zone
    owner: str
    installer: str
    operator: str
    closed: str
    fee_payer: str = ""
    carrier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computer:
    """A computer on the chart: where it stands, and who set it up, owns it and runs it."""

    computer: str
    label_ja: str
    label_en: str
    network: str
    owner: str
    installer: str
    operator: str
    place: str
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItem:
    """One kind of data that a connection carries, with the use that justifies it.

    The council speaks of 支払者の名称・所在地 where a record layout has several columns; `written_as` names the data
    items of the layout by which this kind is written in a file. Nothing there: it is written under its own name.
    """

    item: str
    ja: str
    en: str
    use: str
    written_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One arrow: from a computer to a computer, by named networks, carrying named data items."""

    connection: str
    badge: str
    label_ja: str
    label_en: str
    source: str
    target: str
    via: tuple[str, ...]
    direction: Direction
    carriage: Carriage
    items: tuple[DataItem, ...]
    legal_basis: str
    under_review: bool


Thing = Network | Computer | Connection
"""What stands on a chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole picture put to the council."""

    networks: tuple[Network, ...]
    computers: tuple[Computer, ...]
    connections: tuple[Connection, ...]

    def network_named(self, network: str) -> Network | None:
        """The network of this id, if it is on the chart."""
        return next((each for each in self.networks if each.network == network), None)

    def computer_named(self, computer: str) -> Computer | None:
        """The computer of this id, if it is on the chart."""
        return next((each for each in self.computers if each.computer == computer), None)

    def connection_named(self, connection: str) -> Connection | None:
        """The connection of this id, if it is on the chart."""
        return next((each for each in self.connections if each.connection == connection), None)

    def under_review(self) -> tuple[Connection, ...]:
        """The arrows the council decides on; only these can become permits."""
        return tuple(each for each in self.connections if each.under_review)


def written_items(carried: Sequence[DataItem], kept: Iterable[str]) -> tuple[str, ...]:
    """The data items that may stand in a file of which the council kept these kinds.

    Where one column also holds a kind that was not kept, it is not approved: a machine cannot tell the two apart.
    """
    chosen, names = set(kept), list[str]()
    dropped = {name for each in carried if each.item not in chosen for name in each.written_as or (each.item,)}
    for each in carried:
        if each.item in chosen:
            names += [name for name in each.written_as or (each.item,) if name not in dropped and name not in names]
    return tuple(names)


def hidden_items(carried: Sequence[DataItem], kept: Iterable[str], masked: Iterable[str]) -> tuple[str, ...]:
    """The data items of a file whose values are hidden: what is kept or masked, but for what is wholly kept.

    A column that also holds a kept kind is hidden with the masked one; one that also holds a dropped kind is refused.
    """
    clear = tuple(kept)
    known = set(written_items(carried, clear))
    return tuple(each for each in written_items(carried, {*clear, *masked}) if each not in known)


def _named(chart: Chart) -> Iterator[tuple[str, Thing]]:
    """Everything on the chart with its id."""
    yield from ((each.network, each) for each in chart.networks)
    yield from ((each.computer, each) for each in chart.computers)
    yield from ((each.connection, each) for each in chart.connections)


def blanks(chart: Chart) -> tuple[str, ...]:
    """Name every answer that is still missing; a consultation with one cannot be submitted."""
    return tuple(
        f"{name}.{field.name}"
        for name, each in _named(chart)
        for field in fields(each)
        if getattr(each, field.name) == "" and field.name not in OF_THE_LINES
    )


def blanks_of_lines(chart: Chart) -> tuple[str, ...]:
    """Name every network of which nobody says who pays for it, or whose lines it runs on."""
    return tuple(
        f"{each.network}.{name}" for each in chart.networks for name in OF_THE_LINES if not getattr(each, name)
    )


def _strangers(chart: Chart) -> Iterable[str]:
    """Ids that an arrow or a computer mentions and the chart does not show."""
    networks = {each.network for each in chart.networks}
    computers = {each.computer for each in chart.computers}
    for computer in chart.computers:
        if computer.network not in networks:
            yield computer.network
    for arrow in chart.connections:
        yield from ({arrow.source, arrow.target} - computers) | (set(arrow.via) - networks)


def _duplicates(chart: Chart) -> Iterable[str]:
    """Ids that stand for two things."""
    names = [each.network for each in chart.networks] + [each.computer for each in chart.computers]
    names += [each.connection for each in chart.connections]
    return {name for name in names if names.count(name) > 1}


def make_chart(
    networks: Iterable[Network],
    computers: Iterable[Computer],
    connections: Iterable[Connection],
) -> Chart:
    """Draw the chart, and refuse one whose arrows lead nowhere or whose ids are not unique.

    Raises:
        Refused: With one reason for each stranger or duplicate.

    """
    chart = Chart(
        networks=tuple(networks),
        computers=tuple(computers),
        connections=tuple(connections),
    )
    missing = [because(ReasonCode.NOT_FOUND, what=name) for name in sorted(set(_strangers(chart)))]
    doubled = [
        because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="chart", what=f"{name}: 2")
        for name in sorted(_duplicates(chart))
    ]
    if missing or doubled:
        raise Refused([*missing, *doubled])
    return chart
