"""Counting what logs saw: one line a source, host and port, however many lines there are.

What is held grows with the number of different connections and days, and never with the number of lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sekisho.business.connection_survey.inventories import SourceBook
from sekisho.business.connection_survey.seen import OFFICE, Seen, Source
from sekisho.kernel import SekishoError

MOST_CONNECTIONS: Final = 500_000
_DAY: Final = 86_400
_OFFICE_AHEAD: Final = int(OFFICE.utcoffset(None).total_seconds())


@dataclass(slots=True, kw_only=True)
class Traffic:
    """What was seen from one source to one host and port: first, last, how often, how much each way on each day.

    `received` is the host as it stood where it was seen first, `passed` when something last went through. Bytes are -1
    where no line told them.
    """

    source: Source
    host: str
    port: int
    received: str
    first: int
    last: int
    times: int = 0
    refused: int = 0
    passed: int = -1
    up: int = -1
    down: int = -1
    days: dict[int, list[int]] = field(default_factory=dict)

    def add(self, seen: Seen) -> None:
        """Count one line."""
        self.first, self.last = min(self.first, seen.second), max(self.last, seen.second)
        self.times += 1
        if seen.refused:
            # What the proxy turned away was tried, and nothing of it crossed; its answer is no traffic.
            self.refused += 1
            return
        self.passed = max(self.passed, seen.second)
        number = (seen.second + _OFFICE_AHEAD) // _DAY
        day = self.days.get(number)
        if day is None:
            day = self.days[number] = [0, 0]
        if seen.up >= 0:
            self.up = max(self.up, 0) + seen.up
            day[0] += seen.up
        if seen.down >= 0:
            self.down = max(self.down, 0) + seen.down
            day[1] += seen.down

    def busiest(self) -> tuple[int, int]:
        """The most that went up, and the most that came down, on one day."""
        return max((each[0] for each in self.days.values()), default=0), max(
            (each[1] for each in self.days.values()), default=0
        )


class TrafficBook:
    """All book of a survey."""

    def __init__(self, sources: SourceBook, most: int = MOST_CONNECTIONS) -> None:
        """Begin with nothing seen."""
        self._sources = sources
        self._most = most
        self._found: dict[tuple[str, str, int], Traffic] = {}

    def count(self, lines: Iterable[Seen]) -> None:
        """Count these lines.

        Raises:
            SekishoError: There are more different connections than can be held.

        """
        found, source_of = self._found, self._sources.source_of
        for seen in lines:
            source, there = source_of(seen.source), seen.destination
            key = (source.name, there.host, there.port)
            traffic = found.get(key)
            if traffic is None:
                traffic = found[key] = Traffic(
                    source=source,
                    host=there.host,
                    port=there.port,
                    received=there.received,
                    first=seen.second,
                    last=seen.second,
                )
                self._check()
            traffic.add(seen)

    def _check(self) -> None:
        """Is there room for one more?

        Raises:
            SekishoError: There is none.

        """
        if len(self._found) > self._most:
            message = (
                f"異なる接続が {self._most} を超えました。記録を期間で分けるか、ネットワークの一覧を渡してください / "
                f"more than {self._most} different connections: give the logs in parts, or the inventory of networks"
            )
            raise SekishoError(message)

    def all(self) -> tuple[Traffic, ...]:
        """All traffic, by source, host and port."""
        return tuple(each for _, each in sorted(self._found.items()))
