"""What stands between portals and S1: internet-side copies are sent on and erased, connectors run when they are due."""

import logging
import threading
from typing import Final

from django.db import DatabaseError

from sekisho.bootstrap import now
from sekisho.bootstrap.connectors import run_due_connectors
from sekisho.bootstrap.internet_side import pass_copies_on
from sekisho.kernel import SekishoError

_LOG: Final = logging.getLogger("sekisho.forwarding")
LOOK_SECONDS: Final = 1.0


def run_forwarding(ended: threading.Event) -> None:
    """Look again and again until told to end; while something moves, without waiting."""
    said = ""
    while not ended.is_set():
        moved = 0
        try:
            run_due_connectors(now())
            moved, said = pass_copies_on(now()), ""
        except (SekishoError, DatabaseError, OSError) as fault:
            sentence = str(fault) if isinstance(fault, SekishoError) else type(fault).__name__
            if sentence != said:
                _LOG.warning("forwarding: %s", sentence)
            said = sentence
        if not moved and ended.wait(LOOK_SECONDS):
            return
