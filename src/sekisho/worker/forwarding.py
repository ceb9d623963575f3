"""What stands between portals and S1: internet-side copies are sent on and erased, connectors run when they are due."""

import threading
from typing import Final

from sekisho.bootstrap import now
from sekisho.bootstrap.again import Guard, again_and_again
from sekisho.bootstrap.connectors import run_due_connectors
from sekisho.bootstrap.internet_side import pass_copies_on

LOOK_SECONDS: Final = 1.0


def run_forwarding(ended: threading.Event) -> None:
    """Look again and again until told to end; while something moves, without waiting."""
    guard = Guard("forwarding")

    def look() -> None:
        run_due_connectors(now(), guard)
        while not ended.is_set() and pass_copies_on(now(), guard):
            run_due_connectors(now(), guard)

    again_and_again("forwarding", look, ended, LOOK_SECONDS, LOOK_SECONDS)
