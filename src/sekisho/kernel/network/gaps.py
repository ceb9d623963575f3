"""Gaps: connections that were seen and have no permit (審議会に諮っていない事案)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Traffic that somebody saw: from one of our computers to a computer, by a network."""

    source: str
    target: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A connection in use that no permit covers."""

    observation: Observation
    times_seen: int


def find_gaps(observed: Iterable[Observation], permitted: Iterable[Observation]) -> tuple[Gap, ...]:
    """Observed minus permitted, each gap once, with how often it was seen."""
    allowed = frozenset(permitted)
    seen: dict[Observation, int] = {}
    for each in observed:
        if each not in allowed:
            seen[each] = seen.get(each, 0) + 1
    return tuple(Gap(observation=each, times_seen=times) for each, times in seen.items())
