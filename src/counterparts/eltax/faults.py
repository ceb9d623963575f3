"""What an operator makes go wrong, to see how a sender bears it."""

import threading
from typing import Any, Final

COUNTED: Final = frozenset({"status", "lost_answer", "wrong_receipt"})
KNOWN: Final = COUNTED | {"nobody_every", "moved_every", "moved_to", "not_applicable_every"}


class Switchboard:
    """Faults by name.

    status: answer 500 so many times; lost_answer: do the work and hang up, so many times; wrong_receipt: sign for
    other bytes, so many times; nobody_every, moved_every, not_applicable_every: return every so-manieth notice of each
    batch; moved_to: where those who moved belong.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: dict[str, Any] = {}

    def set(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Set the faults named; the others are off."""
        with self._lock:
            self._now = {name: value for name, value in wanted.items() if name in KNOWN}
            return dict(self._now)

    def shown(self) -> dict[str, Any]:
        """The faults that are switched on now, as the operator sees them."""
        return dict(self._now)

    def value(self, name: str) -> Any:
        """The value of a fault that does not count down; 0 if it is off."""
        return self._now.get(name, 0)

    def take(self, name: str) -> bool:
        """Does this fault happen now? It counts down as it does."""
        with self._lock:
            left = int(self._now.get(name, 0))
            if left > 0:
                self._now[name] = left - 1
            return left > 0
