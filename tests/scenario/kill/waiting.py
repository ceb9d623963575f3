"""Waiting for what another process does."""

import time
from collections.abc import Callable


def wait_until(done: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Look again and again until this holds, for so many seconds at most; answers whether it does."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
