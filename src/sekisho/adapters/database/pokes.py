"""The poke that tells worker and sequencer that something came."""

import contextlib
import socket
import threading
import time
from typing import Final

from sekisho.adapters.database.home import find_home

LOOK_AGAIN_SECONDS: Final = 1.0


class Poker:
    """Tells whoever listens that something came; who listens is looked up once a second."""

    def __init__(self) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.setblocking(False)  # noqa: FBT003 - the socket's own signature
        self._lock = threading.Lock()
        self._places: tuple[str, ...] = ()
        self._looked = 0.0

    def poke(self) -> None:
        """Tell them; nobody listening is no fault, they look by themselves as well."""
        with self._lock:
            if time.monotonic() - self._looked > LOOK_AGAIN_SECONDS:
                self._places = tuple(map(str, find_home().folder.glob("*.poke")))
                self._looked = time.monotonic()
            for place in self._places:
                with contextlib.suppress(OSError):
                    self._line.sendto(b"1", place)


_POKER: Final = Poker()


def poke() -> None:
    """Tell worker and sequencer."""
    _POKER.poke()
