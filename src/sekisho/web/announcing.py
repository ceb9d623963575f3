"""Saying that screens can be opened, once they can: for whoever started the process and waits for its line.

A process of its own asks, and ends with the one it speaks for. A thread would not do: the server copies itself, and a
copy that is made while a thread loads a module waits for that module for ever.
"""

import os
import subprocess
import sys
import time
import urllib.request
from typing import Final

_PATIENCE: Final = 120.0
_PAUSE: Final = 0.1


def _answers(port: int) -> bool:
    """Does the process answer yet?"""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive/", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "ok"
    except OSError:
        return False


def announce(port: int) -> None:
    """Have it said on this process's standard output, once the screens can be opened."""
    subprocess.Popen([sys.executable, "-m", "sekisho.web.announcing", str(port)])


def main() -> None:
    """Ask until there is an answer, the process that this speaks for has ended, or patience has."""
    port, speaks_for, ends = int(sys.argv[1]), os.getppid(), time.monotonic() + _PATIENCE
    while time.monotonic() < ends and os.getppid() == speaks_for:
        if _answers(port):
            print(f"ready port={port}", flush=True)  # noqa: T201 - the ready line
            return
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main()
