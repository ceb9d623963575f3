"""Failpoints: kill this process at a named point, to prove that nothing is lost. Off unless a test asks for one."""

import os
import signal

_hits: dict[str, int] = {}


def failpoint(name: str) -> None:
    """Die here if SEKISHO_FAILPOINT names this point (`name` or `name:n` for the n-th time)."""
    wanted, _, turn = os.environ.get("SEKISHO_FAILPOINT", "").partition(":")
    if wanted != name:
        return
    _hits[name] = _hits.get(name, 0) + 1
    if _hits[name] == int(turn or "1"):
        os.kill(os.getpid(), signal.SIGKILL)
