"""The worker looks into watched folders every few seconds and takes in what has settled."""

import logging
import threading
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.bootstrap.watching import Look, take_settled, watched_folders
from sekisho.kernel import SekishoError

_LOG: Final = logging.getLogger("sekisho.watching")
LOOK_SECONDS: Final = 3.0


def run_watching(home: Home, ended: threading.Event) -> None:
    """Look until told to end."""
    looks: dict[str, Look] = {}
    while not ended.wait(LOOK_SECONDS):
        try:
            for watched in watched_folders(home):
                looks[watched.folder], _ = take_settled(watched, looks.get(watched.folder, {}))
        except (SekishoError, OSError) as fault:
            _LOG.warning("watching: %s", fault if isinstance(fault, SekishoError) else type(fault).__name__)
