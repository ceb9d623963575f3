"""How right a grouping is: pairs of donations that are together and belong together, with intervals; simple methods."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks._donors import Made

Key = Callable[[Made], Hashable]
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Pairs: how many are together, how many should be, how many are both; and people split, groups mixed."""

    together: int
    true: int
    right: int
    split: int = 0
    mixed: int = 0

    @property
    def precision(self) -> float:
        """Of the pairs together, how many belong together."""
        return self.right / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that belong together, how many are."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.together + self.true) if self.together + self.true else 1.0

    def interval(self, part: str) -> tuple[float, float]:
        """The 95 % interval (Wilson) of precision or recall."""
        count, of = (self.right, self.together) if part == "precision" else (self.right, self.true)
        if not of:
            return 0.0, 1.0
        share, z = count / of, 1.96
        middle = (share + z * z / (2 * of)) / (1 + z * z / of)
        wide = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
        return max(0.0, middle - wide), min(1.0, middle + wide)

    def line(self) -> str:
        """One line of a report."""
        low, high = self.interval("precision")
        low_recall, high_recall = self.interval("recall")
        return (
            f"P {self.precision:.4f} [{low:.4f}, {high:.4f}]  R {self.recall:.4f} [{low_recall:.4f}, {high_recall:.4f}]"
            f"  F1 {self.f1:.4f}  split {self.split:,}  mixed {self.mixed:,}"
        )


def _pairs(counts: Iterable[int]) -> int:
    """How many pairs so many things make."""
    return sum(each * (each - 1) // 2 for each in counts)


def measure(labels: Sequence[Hashable], people: Sequence[int], chosen: Sequence[int] | None = None) -> Quality:
    """How right these labels are; of some rows only, if they are named."""
    rows = range(len(labels)) if chosen is None else chosen
    both = Counter((labels[row], people[row]) for row in rows)
    groups: dict[Hashable, int] = defaultdict(int)
    persons: dict[int, int] = defaultdict(int)
    for label, person in both:
        groups[label] += 1
        persons[person] += 1
    return Quality(
        together=_pairs(Counter(labels[row] for row in rows).values()),
        true=_pairs(Counter(people[row] for row in rows).values()),
        right=_pairs(both.values()),
        split=sum(each > 1 for each in persons.values()),
        mixed=sum(each > 1 for each in groups.values()),
    )


def measure_pairs(pairs: Iterable[tuple[int, int]], people: Sequence[int]) -> Quality:
    """How right these pairs are, each by itself."""
    together = right = 0
    for left, right_row in pairs:
        together += 1
        right += people[left] == people[right_row]
    return Quality(together=together, true=_pairs(Counter(people).values()), right=right)


def labels_of(groups: Mapping[int, Sequence[int]], size: int) -> list[int]:
    """The label of each row: its group, or itself."""
    labels = list(range(size))
    for first, rows in groups.items():
        for row in rows:
            labels[row] = first
    return labels


def join_by(rows: Sequence[Made], keys: Sequence[Key]) -> list[int]:
    """Chain rows that share any of these keys, as a spreadsheet would."""
    parent = list(range(len(rows)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for key in keys:
        first: dict[Hashable, int] = {}
        for row, made in enumerate(rows):
            value = key(made)
            if value is not None:
                parent[root(row)] = root(first.setdefault(value, row))
    return [root(row) for row in range(len(rows))]


def _plain(made: Made) -> str:
    """The name as it was written, spaces aside."""
    return _SPACES.sub("", made.donor.name)


def _with(field: str) -> Key:
    """Name and one other field, as they were written."""

    def key(made: Made) -> Hashable:
        value = getattr(made.donor, field)
        return (_plain(made), value) if value else None

    return key


def simple_methods(rows: Sequence[Made], people: Sequence[int]) -> dict[str, Quality]:
    """What a spreadsheet does (B0, B0c), and mail alone (B3)."""
    address, telephone, mail = _with("address"), _with("telephone"), _with("mail")
    return {
        "B0": measure(join_by(rows, [address]), people),
        "B0c": measure(join_by(rows, [address, telephone, mail]), people),
        "B3": measure(join_by(rows, [lambda made: made.donor.mail or None]), people),
    }
