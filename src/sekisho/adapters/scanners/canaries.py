"""Canary records (見張り用の記録) of other municipalities: made-up people who must never appear in this one's parcels.

Searched in a stream by a pair of pure functions: one looks at a part, the other joins two neighbours and looks across
their seam. So the answer is the same however the parts were cut, and by whichever engine they were looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import Final

from sekisho.kernel import CanaryFound

SHORTEST: Final = 8
_ENCODINGS: Final = ("utf-8", "cp932", "utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Canary:
    """A text that stands in one municipality's made-up record and nowhere else."""

    municipality: str
    text: str

    def spellings(self) -> frozenset[bytes]:
        """The text as it may stand in a file."""
        found = set()
        for encoding in _ENCODINGS:
            try:
                found.add(self.text.encode(encoding))
            except UnicodeEncodeError:
                continue
        return frozenset(found)


Needles = tuple[tuple[str, bytes], ...]
"""What is searched: whose canary, and one spelling of it."""


def needles_for(canaries: Iterable[Canary]) -> Needles:
    """Every spelling of every canary."""
    return tuple(sorted((each.municipality, spelling) for each in canaries for spelling in each.spellings()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found in a part, and its two ends, in which half a canary may stand."""

    counts: tuple[tuple[str, int], ...] = ()
    head: bytes = b""
    tail: bytes = b""
    size: int = 0


def _added(*counts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Counts put together."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(dict(each))
    return tuple(sorted((name, count) for name, count in total.items() if count))


def _starts(data: bytes, needle: bytes) -> Iterator[int]:
    """Every place where the needle begins, also where two overlap."""
    at = data.find(needle)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CanarySearch:
    """The pair of functions for one set of needles; plain facts, so that another process can be handed it."""

    needles: Needles = field(default=())

    @property
    def reach(self) -> int:
        """How much of an end may hold a part of a needle."""
        return max((len(needle) for _, needle in self.needles), default=1) - 1

    def part(self, data: bytes) -> Seen:
        """Look at one part."""
        counts = tuple((name, sum(1 for _ in _starts(data, needle))) for name, needle in self.needles)
        reach = self.reach
        return Seen(
            counts=_added(*((each,) for each in counts)),
            head=data[:reach],
            tail=data[max(0, len(data) - reach) :] if reach else b"",
            size=len(data),
        )

    def merge(self, one: Seen, other: Seen) -> Seen:
        """Two neighbours as one: what each holds, and what stands across the seam."""
        seam, middle = one.tail + other.head, len(one.tail)
        across = (
            (name, sum(1 for at in _starts(seam, needle) if at < middle < at + len(needle)))
            for name, needle in self.needles
        )
        reach = self.reach
        ends = (one.tail + other.tail) if other.size < reach else other.tail
        return Seen(
            counts=_added(one.counts, other.counts, *((each,) for each in across)),
            head=(one.head + other.head)[:reach] if one.size < reach else one.head,
            tail=ends[max(0, len(ends) - reach) :] if reach else b"",
            size=one.size + other.size,
        )

    def search(self, parts: Iterable[bytes]) -> tuple[CanaryFound, ...]:
        """Whose canaries are in these parts of one stream, and how many."""
        return found_in(reduce(self.merge, map(self.part, parts), Seen()))


NO_CANARIES: Final = CanarySearch()


def found_in(seen: Seen) -> tuple[CanaryFound, ...]:
    """What was found, in the kernel's words."""
    return tuple(CanaryFound(municipality=name, count=count) for name, count in seen.counts)
