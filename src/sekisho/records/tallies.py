"""What the rules over a whole file need of each part: sums, values that must agree, keys that must differ.

Values are kept as digests, so that no tally holds personal data longer than its part.
"""

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

import numpy as np

from sekisho.records.bits import Places

_DIGEST: Final = 8
_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A value or key of a file rule: which rule, its digest, and where it stands."""

    rule: int
    digest: int
    row: int
    column: int
    byte: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of one part under one rule: digests, rows and bytes side by side, moved on by those of parts before."""

    rule: int
    column: int
    digests: "array[int]"
    rows: "array[int]"
    bytes: "array[int]"
    row: int = 0
    byte: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums by field, the first two different values of each rule that wants one, and all keys."""

    sums: tuple[tuple[str, int], ...] = ()
    values: tuple[Seen, ...] = ()
    keys: tuple[Keys, ...] = ()


NO_TALLY: Final = Tally()


def digest(values: Iterable[str]) -> int:
    """A key as a number of eight bytes, the same in every process."""
    text = _SEPARATOR.join(values).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=_DIGEST).digest(), "big")


def first_two(values: Iterable[Seen]) -> tuple[Seen, ...]:
    """The first place of each of the first two different values of every rule."""
    kept: dict[int, dict[int, Seen]] = {}
    for each in sorted(values, key=lambda each: (each.rule, each.row)):
        known = kept.setdefault(each.rule, {})
        if each.digest not in known and len(known) < 2:  # noqa: PLR2004 - the second one already disagrees
            known[each.digest] = each
    return tuple(each for known in kept.values() for each in known.values())


def merge_tallies(one: Tally, other: Tally, rows: int, size: int) -> Tally:
    """The tallies of two neighbouring parts; places of the second are moved on by rows and bytes of the first."""
    sums = dict(one.sums)
    for name, amount in other.sums:
        sums[name] = sums.get(name, 0) + amount
    values = (replace(each, row=each.row + rows, byte=each.byte + size) for each in other.values)
    keys = (replace(each, row=each.row + rows, byte=each.byte + size) for each in other.keys)
    return Tally(sums=tuple(sums.items()), values=first_two((*one.values, *values)), keys=(*one.keys, *keys))


def _second_ones(parts: Sequence[Keys]) -> Places:
    """Of the keys of one rule, counted on over all parts, those that stood further up already, in order.

    Sorting takes 24 bytes a record besides the 24 that the keys are kept in; a set of Python's would take 100.
    """
    digests = np.concatenate([np.frombuffer(part.digests, dtype=np.uint64) for part in parts])
    order = np.argsort(digests, kind="stable")
    digests = digests[order]
    return np.sort(order[1:][digests[1:] == digests[:-1]])


def second_places(keys: Iterable[Keys], keep: int) -> tuple[int, list[tuple[int, int, int]]]:
    """How many keys stood further up already; and row, column and byte of the first ones of each rule."""
    rules: dict[int, list[Keys]] = {}
    for part in keys:
        if part.digests:
            rules.setdefault(part.rule, []).append(part)
    count, found = 0, []
    for parts in rules.values():
        second = _second_ones(parts)
        count += len(second)
        ends = list(accumulate(len(part.digests) for part in parts))
        for number in second[:keep].tolist():
            place = bisect_right(ends, number)
            part, at = parts[place], number - ends[place]  # counted from the end of its part
            found.append((part.rows[at] + part.row, part.column, part.bytes[at] + part.byte))
    return count, found


def second_values(values: Iterable[Seen]) -> list[tuple[int, int, int]]:
    """Row, column and byte of the first value of each rule that is not like that of the first record."""
    firsts: set[int] = set()
    found = []
    for each in sorted(values, key=lambda each: (each.rule, each.row)):
        if each.rule in firsts:
            found.append((each.row, each.column, each.byte))
        firsts.add(each.rule)
    return found
