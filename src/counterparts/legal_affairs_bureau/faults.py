"""Faults that an operator switches on, to see how a city's gate bears them."""

import threading
from dataclasses import dataclass, fields
from typing import Any


@dataclass(slots=True)
class Faults:
    """What goes wrong at the moment; each number counts down as it happens.

    slow: bytes a second; cut: close after so many bytes; duplicate: list every file twice; out_of_order: newest
    first; lost_answer: do the work and drop the connection, so many times; status: answer 500 so many times.
    """

    slow: int = 0
    cut: int = 0
    duplicate: int = 0
    out_of_order: int = 0
    lost_answer: int = 0
    status: int = 0


class FaultSwitch:
    """The switchboard."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = Faults()

    def set(self, wanted: dict[str, Any]) -> Faults:
        """Set the faults named; the others are off."""
        known = {field.name for field in fields(Faults)}
        with self._lock:
            self.now = Faults(**{name: int(value) for name, value in wanted.items() if name in known})
            return self.now

    def take(self, name: str) -> int:
        """The value of a fault; one that counts is counted down."""
        with self._lock:
            value: int = getattr(self.now, name)
            if value and name in {"lost_answer", "status", "cut"}:
                setattr(self.now, name, 0 if name == "cut" else value - 1)
            return value
