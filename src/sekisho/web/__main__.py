"""`python -m sekisho.web`: the screens as a process, behind nothing on localhost or behind a proxy that speaks TLS."""

import argparse
import threading
import time
import urllib.request
from typing import Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sekisho.bootstrap import open_house, prepare_database

_PATIENCE: Final = 120.0


def _answers(port: int) -> bool:
    """Does the process answer yet?"""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive/", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "ok"
    except OSError:
        return False


def _announce(port: int) -> None:
    """Say that the screens can be opened, once they can."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        if _answers(port):
            print(f"ready port={port}", flush=True)  # noqa: T201 - the ready line
            return
        time.sleep(0.1)


def main() -> None:
    """Read the command line, make the tables of the screens, and serve."""
    parser = argparse.ArgumentParser(prog="sekisho.web")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    open_house("sekisho.web.settings")
    prepare_database()
    threading.Thread(target=_announce, args=(port,), daemon=True).start()
    Granian(
        "sekisho.web.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
