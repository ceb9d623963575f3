"""The only place where real parts are chosen and joined: ports to adapters, halls to ports.

What reads record layouts has a module of its own beside this (`adoption`): it takes more memory than a whole lane.
"""

from sekisho.bootstrap.crossing import cross_file, read_direction
from sekisho.bootstrap.halls import EitherCarrier, open_entrance, open_examination, open_exit, open_parcel
from sekisho.bootstrap.house import (
    PLAIN_SETTINGS,
    new_parcel,
    now,
    open_house,
    open_office,
    prepare_database,
    read_layouts,
    settle_memory,
)
from sekisho.bootstrap.steps import STEPS, WORKER_STEPS

__all__ = [
    "PLAIN_SETTINGS",
    "STEPS",
    "WORKER_STEPS",
    "EitherCarrier",
    "cross_file",
    "new_parcel",
    "now",
    "open_entrance",
    "open_examination",
    "open_exit",
    "open_house",
    "open_office",
    "open_parcel",
    "prepare_database",
    "read_direction",
    "read_layouts",
    "settle_memory",
]
