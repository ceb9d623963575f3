"""What the sequencer's results are for outside: the published ledger, and the signatures of witnesses.

Two threads beside the sequencer, because files and networks are slow: neither ever holds a turn to write while waiting.
"""

import threading
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.bootstrap import now
from sekisho.bootstrap.again import again_and_again
from sekisho.bootstrap.ledgers import ask_due_witnesses, publish_all

PUBLISH_SECONDS: Final = 1.0
ASK_SECONDS: Final = 1.0


def run_publisher(home: Home, ended: threading.Event) -> None:
    """Publish until told to end."""
    again_and_again("publishing", lambda: publish_all(home), ended, PUBLISH_SECONDS, PUBLISH_SECONDS)


def run_asking(ended: threading.Event) -> None:
    """Ask witnesses until told to end."""
    again_and_again("publishing", lambda: ask_due_witnesses(now()), ended, ASK_SECONDS, ASK_SECONDS)
