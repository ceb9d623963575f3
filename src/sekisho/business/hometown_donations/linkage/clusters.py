"""Who is one person: donations gathered along their links, the strongest first, and never further than is safe.

A plain chain of links makes each error larger. So a group is capped, two groups never become one by a single link in
which the name does not agree, and nobody joins a group in which somebody is clearly another person, or of whom an
officer said that it is not the same. The result follows from the links and decisions alone: taking a link away gives
exactly what was before it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.business.hometown_donations.linkage.families import are_different_people
from sekisho.business.hometown_donations.linkage.judging import Verdicts
from sekisho.business.hometown_donations.linkage.people import NameKeys
from sekisho.business.hometown_donations.linkage.rules import SHOWN, LinkField
from sekisho.business.hometown_donations.linkage.tables import KeyTable

MOST_MEMBERS: Final = 100
_NAMED: Final = np.uint8(1 << SHOWN.index(LinkField.NAME) | 1 << SHOWN.index(LinkField.KANA))
_BY_OFFICER: Final = 100
_NOBODY: Final[Mapping[int, frozenset[int]]] = MappingProxyType({})


class WhyApart(StrEnum):
    """Why a link did not make two groups one. Stored values are never renamed."""

    ANOTHER_PERSON = "another_person"
    OFFICER_SAID_NO = "officer_said_no"
    TOO_MANY = "too_many"
    ONE_LINK_WITHOUT_NAME = "one_link_without_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A link as gathering sees it: two rows, how many fields agree, whether the name is among them."""

    left: int
    right: int
    strength: int
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The groups, by their first row (a row that is not here stands alone), and the links that were not followed."""

    groups: Mapping[int, tuple[int, ...]]
    apart: tuple[tuple[Edge, WhyApart], ...]


@dataclass(slots=True, kw_only=True)
class _Gathering:
    """Groups while they grow."""

    names: Callable[[int], NameKeys]
    forbidden: Mapping[int, frozenset[int]]
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    bearers: dict[int, set[NameKeys]] = field(default_factory=dict)

    def group(self, row: int) -> int:
        """The group of a row; its own, if it was in none."""
        if row not in self.group_of:
            self.group_of[row] = row
            self.members[row] = [row]
            self.bearers[row] = {self.names(row)}
        return self.group_of[row]

    def objection(self, one: int, other: int) -> WhyApart | None:
        """Why two groups must stay two, if so."""
        if len(self.members[one]) + len(self.members[other]) > MOST_MEMBERS:
            return WhyApart.TOO_MANY
        if self.forbidden and any(
            not self.forbidden.get(row, frozenset()).isdisjoint(self.members[other]) for row in self.members[one]
        ):
            return WhyApart.OFFICER_SAID_NO
        if self.bearers[one] != self.bearers[other] and any(
            are_different_people(left, right) for left in self.bearers[one] for right in self.bearers[other]
        ):
            return WhyApart.ANOTHER_PERSON
        return None

    def join(self, one: int, other: int) -> None:
        """Make two groups one, under the smaller row."""
        first, second = min(one, other), max(one, other)
        for row in self.members[second]:
            self.group_of[row] = first
        self.members[first] += self.members.pop(second)
        self.bearers[first] |= self.bearers.pop(second)


def edges_of(verdicts: Verdicts) -> tuple[Edge, ...]:
    """The verdicts as edges."""
    strength = np.bitwise_count(verdicts.agreeing).tolist()
    named = ((verdicts.agreeing & _NAMED) != 0).tolist()
    return tuple(
        Edge(left=left, right=right, strength=much, named=name)
        for left, right, much, name in zip(
            verdicts.left.tolist(), verdicts.right.tolist(), strength, named, strict=True
        )
    )


def edge_by_officer(left: int, right: int) -> Edge:
    """An officer said that two are the same: stronger than any rule."""
    return Edge(left=min(left, right), right=max(left, right), strength=_BY_OFFICER, named=True)


def gather(
    edges: Iterable[Edge], names: Callable[[int], NameKeys], forbidden: Mapping[int, frozenset[int]] = _NOBODY
) -> Gathered:
    """Gather rows into groups: first along links whose names agree, then the others, where two support each other."""
    gathering = _Gathering(names=names, forbidden=forbidden)
    apart: list[tuple[Edge, WhyApart]] = []
    ordered = sorted(edges, key=lambda each: (not each.named, -each.strength, each.left, each.right))
    support: dict[tuple[int, int], Edge] = {}
    for edge in ordered:
        one, other = sorted((gathering.group(edge.left), gathering.group(edge.right)))
        if one == other:
            continue
        if reason := gathering.objection(one, other):
            apart.append((edge, reason))
            continue
        alone = len(gathering.members[one]) == 1 or len(gathering.members[other]) == 1
        if edge.named or alone or support.setdefault((one, other), edge) is not edge:
            gathering.join(one, other)
    lone = [(edge, WhyApart.ONE_LINK_WITHOUT_NAME) for edge in support.values()]
    apart += [each for each in lone if gathering.group(each[0].left) != gathering.group(each[0].right)]
    groups = {first: tuple(sorted(rows)) for first, rows in sorted(gathering.members.items()) if len(rows) > 1}
    return Gathered(groups=groups, apart=tuple(apart))


def gather_table(table: KeyTable, verdicts: Verdicts) -> Gathered:
    """Gather the rows of a table along these verdicts."""
    return gather(edges_of(verdicts), table.names)
