"""`python -m sekisho.web.donation_manager.linker`: links what came in, and asks the second opinion once a day."""

import argparse
import logging
import signal
import threading
from datetime import date, datetime
from types import FrameType
from typing import Final

from django.db import DatabaseError

from sekisho.bootstrap import now, open_house
from sekisho.kernel import SekishoError

_LOG: Final = logging.getLogger("sekisho.donations")
_REST_SECONDS: Final = 1.0


def link_once(asked: dict[str, date], at: datetime) -> int:
    """Link what waits, area by area; an area in which something was linked is asked about by statistics once a day."""
    from sekisho.adapters.donations.link_statistics import ask_statistics  # noqa: PLC0415 - tables need Django
    from sekisho.adapters.donations.linking import areas, link_waiting  # noqa: PLC0415 - the same

    linked = 0
    for area in areas():
        fresh = link_waiting(area, at)
        if fresh and asked.get(area) != at.date():
            ask_statistics(area, at)
            asked[area] = at.date()
        linked += fresh
    return linked


def main() -> None:
    """Link until told to end."""
    argparse.ArgumentParser(prog="sekisho.web.donation_manager.linker").parse_args()
    open_house("sekisho.web.donation_manager.settings")
    ended, asked = threading.Event(), dict[str, date]()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print("ready linker=1", flush=True)  # noqa: T201 - the ready line
    while not ended.wait(_REST_SECONDS):
        try:
            link_once(asked, now())
        except (SekishoError, DatabaseError) as fault:
            _LOG.warning("linking: %s", type(fault).__name__)


if __name__ == "__main__":
    main()
