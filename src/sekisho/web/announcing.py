"""Saying that screens can be opened, once they can: for whoever started the process and waits for its line."""

import time
import urllib.request
from typing import Final

_PATIENCE: Final = 120.0


def _answers(port: int) -> bool:
    """Does the process answer yet?"""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive/", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "ok"
    except OSError:
        return False


def announce(port: int) -> None:
    """Say that the screens can be opened, once they can."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        if _answers(port):
            print(f"ready port={port}", flush=True)  # noqa: T201 - the ready line
            return
        time.sleep(0.1)
