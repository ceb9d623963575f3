"""What the sequencer's results are for outside: the published ledger, and the signatures of witnesses.

Two threads beside the sequencer, because files and networks are slow: neither ever holds a turn to write while waiting.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError

from sekisho.adapters.database.home import Home
from sekisho.bootstrap import now
from sekisho.bootstrap.ledgers import ask_due_witnesses, publish_all
from sekisho.kernel import SekishoError

_LOG: Final = logging.getLogger("sekisho.publishing")
PUBLISH_SECONDS: Final = 1.0
ASK_SECONDS: Final = 1.0


def _again(act: Callable[[], object], seconds: float, ended: threading.Event) -> None:
    """Do it again and again until told to end; a failure is said once, and tried again."""
    said = ""
    while not ended.wait(seconds):
        try:
            act()
            said = ""
        except (SekishoError, DatabaseError, OSError) as fault:
            sentence = str(fault) if isinstance(fault, SekishoError) else type(fault).__name__
            if sentence != said:
                _LOG.warning("publishing: %s", sentence)
            said = sentence


def run_publisher(home: Home, ended: threading.Event) -> None:
    """Publish until told to end."""
    _again(lambda: publish_all(home), PUBLISH_SECONDS, ended)


def run_asking(ended: threading.Event) -> None:
    """Ask witnesses until told to end."""
    _again(lambda: ask_due_witnesses(now()), ASK_SECONDS, ended)
