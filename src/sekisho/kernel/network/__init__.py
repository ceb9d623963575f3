"""The chart a council looks at: zones, networks, computers, and one arrow for each connection."""

from sekisho.kernel.network.chart import (
    OF_THE_LINES,
    Carriage,
    Chart,
    Computer,
    Connection,
    DataItem,
    Direction,
    Network,
    Thing,
    Zone,
    blanks,
    blanks_of_lines,
    make_chart,
    written_items,
)
from sekisho.kernel.network.drawing import (
    EMPTY_CHART,
    direction_between,
    hanging_on,
    id_of,
    put_on,
    take_off,
    thing_named,
)
from sekisho.kernel.network.paths import path_between, paths_to_ours

__all__ = [
    "EMPTY_CHART",
    "OF_THE_LINES",
    "Carriage",
    "Chart",
    "Computer",
    "Connection",
    "DataItem",
    "Direction",
    "Network",
    "Thing",
    "Zone",
    "blanks",
    "blanks_of_lines",
    "direction_between",
    "hanging_on",
    "id_of",
    "make_chart",
    "path_between",
    "paths_to_ours",
    "put_on",
    "take_off",
    "thing_named",
    "written_items",
]
