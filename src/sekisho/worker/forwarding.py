"""What stands between portals and S1: copies are sent on and erased, connectors run, and S1 is told of permits."""

import threading
from typing import Final

from sekisho.bootstrap import now
from sekisho.bootstrap.again import Guard, again_and_again
from sekisho.bootstrap.connectors import run_due_connectors
from sekisho.bootstrap.handed_over import WordTeller
from sekisho.bootstrap.internet_side import pass_copies_on

LOOK_SECONDS: Final = 1.0


def run_forwarding(ended: threading.Event) -> None:
    """Look again and again until told to end; while something moves, without waiting."""
    guard, teller = Guard("forwarding"), WordTeller()

    def look() -> None:
        teller.look(now())
        run_due_connectors(now(), guard)
        while not ended.is_set() and pass_copies_on(now(), guard):
            run_due_connectors(now(), guard)

    again_and_again("forwarding", look, ended, LOOK_SECONDS, LOOK_SECONDS)
