"""The sequencer: integrates new entries into the tree, told by the writers; many of them at once when there are many.

It rests for four times as long as its last round took: a lonely entry has its proof at once, and under load the
sequencer takes at most a fifth of its thread's time.
"""

import contextlib
import socket
import threading
import time
from pathlib import Path
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.adapters.database.ledgers import sequence_all
from sekisho.bootstrap.again import Guard

QUIET_SECONDS: Final = 0.5
SHORTEST_SECONDS: Final = 0.002
LONGEST_SECONDS: Final = 0.1
REST: Final = 4


class Ear:
    """A datagram socket that writers poke; many pokes are one."""

    def __init__(self, home: Home, name: str) -> None:
        self._place: Path = home.folder / name
        self._place.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._place))
        self._place.chmod(0o600)

    def close(self) -> None:
        """Listen no longer."""
        self._socket.close()

    def poke(self) -> None:
        """Wake whoever listens here, from another thread of this process."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)  # noqa: FBT003 - the socket's own signature
            line.sendto(b"1", str(self._place))

    def wait(self, seconds: float) -> bool:
        """Wait for a poke, at most so long; answers whether one came."""
        self._socket.settimeout(seconds)
        try:
            self._socket.recv(16)
        except TimeoutError:
            return False
        self._socket.setblocking(False)  # noqa: FBT003 - the socket's own signature
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                pass
        return True


def resting_time(took: float) -> float:
    """How long to rest, after a poke, when the last round took so long."""
    return min(max(SHORTEST_SECONDS, REST * took), LONGEST_SECONDS)


def run_sequencer(home: Home, ended: threading.Event) -> None:
    """Integrate until told to end; one last time on the way out."""
    ear, guard = Ear(home, "sequencer.poke"), Guard("sequencer")
    while not ended.is_set():
        begun = time.monotonic()
        guard.manages("round", sequence_all)  # a full disk passes; then everything waiting gets its place
        rest = resting_time(time.monotonic() - begun)
        if ear.wait(QUIET_SECONDS):
            time.sleep(rest)
    sequence_all()
