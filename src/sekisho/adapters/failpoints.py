"""Failpoints: stand still at a named point, for another process to kill this one there. Off unless a test asks."""

import os
import signal

_hits: dict[str, int] = {}


def failpoint(name: str) -> None:
    """Stand still here, with every thread, if SEKISHO_FAILPOINT names this point (`name:n` for the n-th time)."""
    wanted, _, turn = os.environ.get("SEKISHO_FAILPOINT", "").partition(":")
    if wanted != name:
        return
    _hits[name] = _hits.get(name, 0) + 1
    if _hits[name] == int(turn or "1"):
        os.kill(os.getpid(), signal.SIGSTOP)
