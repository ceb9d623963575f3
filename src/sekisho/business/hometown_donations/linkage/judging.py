"""The judge: which rules a pair of donations meets, whether it is certain enough, what speaks for and against it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sekisho.business.hometown_donations.linkage.pairs import agree, differ, find_pairs
from sekisho.business.hometown_donations.linkage.rules import (
    CORROBORATED_BY,
    CORROBORATING,
    EVERY_ID,
    RULES,
    SHOWN,
    LinkField,
    LinkRule,
    LinkTier,
)
from sekisho.business.hometown_donations.linkage.tables import Flags, KeyTable, Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Verdicts:
    """The judgement on many pairs: rules met (a bit each, by `EVERY_ID`), fields that agree and differ, by `SHOWN`."""

    left: Rows
    right: Rows
    met: NDArray[np.uint16]
    automatic: Flags
    agreeing: NDArray[np.uint8]
    differing: NDArray[np.uint8]

    def only(self, chosen: Flags) -> "Verdicts":
        """The verdicts on some of the pairs."""
        return Verdicts(
            left=self.left[chosen],
            right=self.right[chosen],
            met=self.met[chosen],
            automatic=self.automatic[chosen],
            agreeing=self.agreeing[chosen],
            differing=self.differing[chosen],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two donations that are, or may be, of one person, with everything that speaks for and against it."""

    left: str
    right: str
    tier: LinkTier
    rules: tuple[str, ...]
    agreeing: tuple[LinkField, ...]
    differing: tuple[LinkField, ...]


def _certain(table: KeyTable, left: Rows, right: Rows) -> Flags:
    """An equal name or reading, enough fields beside it, no birth date that contradicts: the automatic tier."""
    support = np.zeros(len(left), dtype=np.int8)
    for each in CORROBORATING:
        support += agree(table, each, left, right)
    named = [agree(table, each, left, right) & (support >= least) for each, least in CORROBORATED_BY.items()]
    certain: Flags = np.logical_or.reduce(named) & ~differ(table, LinkField.BIRTH, left, right)
    return certain


def _apart(table: KeyTable, field: LinkField, agreed: Flags, pairs: tuple[Rows, Rows]) -> Flags:
    """Where a field is known on both sides and does not agree (an address also by its room)."""
    column = table.columns[field]
    both: Flags = (column[pairs[0]] != 0) & (column[pairs[1]] != 0)
    return both & ~agreed


def judge(table: KeyTable, left: Rows, right: Rows, rules: Sequence[LinkRule] = RULES) -> Verdicts:
    """Judge these pairs; those that meet no rule come back with none met."""
    met = np.zeros(len(left), dtype=np.uint16)
    agreed = {each: agree(table, each, left, right) for each in LinkField}
    for rule in rules:
        holds = np.logical_and.reduce([agreed[each] for each in rule.fields])
        met |= holds.astype(np.uint16) << np.uint16(EVERY_ID.index(rule.id))
    agreeing = np.zeros(len(left), dtype=np.uint8)
    differing = np.zeros(len(left), dtype=np.uint8)
    for bit, each in enumerate(SHOWN):
        agreeing |= agreed[each].astype(np.uint8) << np.uint8(bit)
        differing |= _apart(table, each, agreed[each], (left, right)).astype(np.uint8) << np.uint8(bit)
    return Verdicts(
        left=left,
        right=right,
        met=met,
        automatic=_certain(table, left, right),
        agreeing=agreeing,
        differing=differing,
    )


def judge_all(table: KeyTable, rules: Sequence[LinkRule] = RULES) -> Verdicts:
    """Every pair of the table that meets a rule."""
    verdicts = judge(table, *find_pairs(table, rules), rules)
    return verdicts.only(verdicts.met != 0)


def rule_ids(met: int) -> tuple[str, ...]:
    """The ids behind the bits."""
    return tuple(each for bit, each in enumerate(EVERY_ID) if met >> bit & 1)


def fields_of(bits: int) -> tuple[LinkField, ...]:
    """The fields behind the bits."""
    return tuple(each for bit, each in enumerate(SHOWN) if bits >> bit & 1)


def links_of(table: KeyTable, verdicts: Verdicts) -> tuple[Link, ...]:
    """The verdicts as facts, each with its evidence."""
    columns = (verdicts.left, verdicts.right, verdicts.automatic, verdicts.met, verdicts.agreeing, verdicts.differing)
    return tuple(
        Link(
            left=table.donations[left],
            right=table.donations[right],
            tier=LinkTier.AUTOMATIC if automatic else LinkTier.POSSIBLE,
            rules=rule_ids(met),
            agreeing=fields_of(agreeing),
            differing=fields_of(differing),
        )
        for left, right, automatic, met, agreeing, differing in zip(*(each.tolist() for each in columns), strict=True)
    )
