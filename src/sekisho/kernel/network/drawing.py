"""Drawing a chart step by step: one network, computer or arrow is put on it, changed, or taken off.

Whatever hangs on what is taken off goes with it, and can be named beforehand: an officer is asked before an arrow is
lost. A chart that would not hold together is refused.
"""

from dataclasses import replace
from typing import Final, TypeVar

from sekisho.kernel.errors import ReasonCode, Refused, because
from sekisho.kernel.network.chart import Chart, Computer, Connection, Direction, Network, Thing, make_chart

Kind = TypeVar("Kind", Network, Computer, Connection)
EMPTY_CHART: Final = Chart(networks=(), computers=(), connections=())


def id_of(thing: Thing) -> str:
    """The id by which a chart knows a network, a computer or an arrow."""
    if isinstance(thing, Network):
        return thing.network
    return thing.computer if isinstance(thing, Computer) else thing.connection


def thing_named(chart: Chart, name: str) -> Thing | None:
    """Whatever stands on the chart under this id."""
    return chart.network_named(name) or chart.computer_named(name) or chart.connection_named(name)


def _put(things: tuple[Kind, ...], thing: Kind) -> tuple[Kind, ...]:
    """A list with this in place of its namesake, or at the end."""
    changed = tuple(thing if id_of(each) == id_of(thing) else each for each in things)
    return changed if thing in changed else changed + (thing,)  # noqa: RUF005 - mypy follows the kind only this way


def put_on(chart: Chart, thing: Thing) -> Chart:
    """The chart with a thing added, or changed where it stands.

    Raises:
        Refused: Its id stands for something of another kind, or it leads to what is not on the chart.

    """
    networks, computers, arrows = chart.networks, chart.computers, chart.connections
    if isinstance(thing, Network):
        networks = _put(networks, thing)
    elif isinstance(thing, Computer):
        computers = _put(computers, thing)
    else:
        arrows = _put(arrows, thing)
    return make_chart(networks, computers, arrows)


def hanging_on(chart: Chart, name: str) -> tuple[Computer | Connection, ...]:
    """What goes when this is taken off: the computers of a network, the arrows that touch it or them."""
    computers = tuple(each for each in chart.computers if each.network == name)
    gone = {name, *(each.computer for each in computers)}
    arrows = (each for each in chart.connections if not gone.isdisjoint((each.source, each.target, *each.via)))
    return (*computers, *arrows)


def take_off(chart: Chart, name: str) -> Chart:
    """The chart without a thing and without what hung on it.

    Raises:
        Refused: It is not on the chart.

    """
    if thing_named(chart, name) is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=name)])
    gone = {name, *(id_of(each) for each in hanging_on(chart, name))}
    return replace(
        chart,
        networks=tuple(each for each in chart.networks if each.network not in gone),
        computers=tuple(each for each in chart.computers if each.computer not in gone),
        connections=tuple(each for each in chart.connections if each.connection not in gone),
    )


def direction_between(chart: Chart, source: str, target: str) -> Direction:
    """Which way an arrow points, by whose computers stand at its ends."""
    ours = {each.computer for each in chart.computers if each.ours}
    if source in ours:
        return Direction.INSIDE if target in ours else Direction.OUTWARD
    return Direction.INWARD if target in ours else Direction.BEYOND
