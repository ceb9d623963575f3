"""Which donations are compared: those that share all fields of a rule, found by sorting, never all with all."""

from collections.abc import Iterator, Sequence

import numpy as np

from sekisho.business.hometown_donations.linkage.rules import LinkField, LinkRule
from sekisho.business.hometown_donations.linkage.tables import Column, Flags, KeyTable, Rows

# Among more donations with one key than this, each is compared with its nearest neighbours: enough to chain them.
NEIGHBOURS = 40
_WIDTH = 21  # three fields of two million different values each fit one number of 63 bits


def _joined(columns: Sequence[Column]) -> Rows:
    """The columns of a rule as one number a row, 0 where one of them is not known."""
    joined = np.zeros(len(columns[0]), dtype=np.int64)
    known = np.ones(len(columns[0]), dtype=np.bool_)
    for each in columns:
        joined = (joined << _WIDTH) | each
        known &= each != 0
    return np.where(known, joined, 0)


def _condense(columns: list[Column]) -> list[Column]:
    """At most three columns: more than three are joined two at a time."""
    while len(columns) > 3:  # noqa: PLR2004 - see the width above
        _, first = np.unique(_joined(columns[:2]), return_inverse=True)
        known = (columns[0] != 0) & (columns[1] != 0)
        columns = [np.where(known, first + 1, 0).astype(np.int32), *columns[2:]]
    return columns


def _of_rule(table: KeyTable, rule: LinkRule) -> Iterator[tuple[Rows, Rows]]:
    """The pairs that share all fields of one rule."""
    keys = _joined(_condense([table.columns[each] for each in rule.fields]))
    rows = np.flatnonzero(keys)
    order = rows[np.argsort(keys[rows], kind="stable")]
    placed = keys[order]
    for step in range(1, NEIGHBOURS + 1):
        alike = placed[step:] == placed[:-step]
        if not alike.any():
            return
        yield order[:-step][alike], order[step:][alike]


def find_pairs(table: KeyTable, rules: Sequence[LinkRule]) -> tuple[Rows, Rows]:
    """Every pair that some rule asks about, once, the smaller row first, in order."""
    size = len(table.donations)
    found = [np.zeros(0, dtype=np.int64)]
    for rule in rules:
        for left, right in _of_rule(table, rule):
            found.append(np.minimum(left, right) * size + np.maximum(left, right))
        found = [np.unique(np.concatenate(found))]
    return found[0] // max(size, 1), found[0] % max(size, 1)


def agree(table: KeyTable, field: LinkField, left: Rows, right: Rows) -> Flags:
    """In which of these pairs is the field known and the same on both sides? Two rooms of one house are two places."""
    column = table.columns[field]
    same: Flags = (column[left] == column[right]) & (column[left] != 0)
    return same & ~differ(table, "room", left, right) if field is LinkField.ADDRESS else same


def differ(table: KeyTable, column: str, left: Rows, right: Rows) -> Flags:
    """In which of these pairs is it known on both sides and not the same?"""
    one, other = table.columns[column][left], table.columns[column][right]
    found: Flags = (one != other) & (one != 0) & (other != 0)
    return found
