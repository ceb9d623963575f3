"""The chart a council looks at: zones, networks, computers, and one arrow for each connection."""

from sekisho.kernel.network.chart import (
    Carriage,
    Chart,
    Computer,
    Connection,
    DataItem,
    Direction,
    Network,
    Zone,
    blanks,
    make_chart,
    written_items,
)
from sekisho.kernel.network.gaps import Gap, Observation, find_gaps

__all__ = [
    "Carriage",
    "Chart",
    "Computer",
    "Connection",
    "DataItem",
    "Direction",
    "Gap",
    "Network",
    "Observation",
    "Zone",
    "blanks",
    "find_gaps",
    "make_chart",
    "written_items",
]
