"""Many keys side by side: each column as whole numbers, equal where the keys are equal, 0 where nothing is known.

Rows stand in the order of their donations' ids, so that nothing later depends on the order in which they came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sekisho.business.hometown_donations.linkage.donors import DonorKeys
from sekisho.business.hometown_donations.linkage.people import NameKeys

Column = NDArray[np.int32]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
COLUMNS: Final = (
    "name", "surname", "given", "kana", "given_kana", "prefecture", "address", "room", "telephone", "mail", "birth",
    "sex",
)  # fmt: skip
NAMES: Final = ("name", "surname", "given", "kana", "given_kana")
_values = attrgetter(*COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeyTable:
    """Keys of many donations of one municipality's area. `words` are the texts of the names behind the numbers."""

    donations: tuple[str, ...]
    columns: Mapping[str, Column]
    words: Mapping[str, tuple[str, ...]]

    def names(self, row: int) -> NameKeys:
        """The name of one row."""
        return NameKeys(**{each: self.words[each][self.columns[each][row]] for each in NAMES})


def tabulate(keys: Iterable[DonorKeys]) -> KeyTable:
    """The table of these keys; what is not needed of a key any more is let go at once."""
    codes: list[dict[str, int]] = [{"": 0} for _ in COLUMNS]
    rows: list[list[int]] = [[] for _ in COLUMNS]
    donations: list[str] = []
    for each in keys:
        donations.append(each.donation)
        for known, column, value in zip(codes, rows, _values(each), strict=True):
            column.append(known.setdefault(value, len(known)))
    order = sorted(range(len(donations)), key=donations.__getitem__)
    placed = np.array(order, dtype=np.int64)
    return KeyTable(
        donations=tuple(donations[row] for row in order),
        columns={name: np.array(column, dtype=np.int32)[placed] for name, column in zip(COLUMNS, rows, strict=True)},
        words={name: tuple(known) for name, known in zip(COLUMNS, codes, strict=True) if name in NAMES},
    )
