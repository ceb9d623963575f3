"""What stands between portals and S1: copies are sent on and erased, connectors run, and S1 is told of permits.

It looks once a second, and at once when one of its own parcels has moved.
"""

import threading
from collections.abc import Sequence
from typing import Final

from sekisho.bootstrap import now
from sekisho.bootstrap.again import Guard
from sekisho.bootstrap.connectors import run_due_connectors
from sekisho.bootstrap.handed_over import WordTeller
from sekisho.bootstrap.internet_side import are_copies_under_way, pass_copies_on

LOOK_SECONDS: Final = 1.0


class Bell:
    """Rung when parcels have moved for which forwarding waits."""

    def __init__(self) -> None:
        self._guard, self._rung = Guard("forwarding"), threading.Event()

    def moved(self, parcels: Sequence[str]) -> None:
        """These parcels have moved; ring, if they are any of forwarding's."""
        self._guard.manages("bell", self._ring, parcels)

    def _ring(self, parcels: Sequence[str]) -> None:
        """Ring, if copies came or were sent on by these parcels."""
        if are_copies_under_way(parcels):
            self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is rung, at most so long; answers whether it was."""
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung


def run_forwarding(ended: threading.Event, bell: Bell) -> None:
    """Look again and again until told to end; while something moves, without waiting."""
    guard, teller = Guard("forwarding"), WordTeller()

    def look() -> None:
        teller.look(now())
        run_due_connectors(now(), guard)
        while not ended.is_set() and pass_copies_on(now(), guard):
            run_due_connectors(now(), guard)

    while not ended.is_set():
        bell.wait(LOOK_SECONDS)
        guard.manages("look", look)
