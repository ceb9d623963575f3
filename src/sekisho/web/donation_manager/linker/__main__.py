"""`python -m sekisho.web.donation_manager.linker`: links what came in, and asks the second opinion once a day.

Beside it the automatic links are pulled from their portals, each when its hour has come.
"""

import argparse
import signal
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from types import FrameType
from typing import Final

from sekisho.bootstrap import now, open_house
from sekisho.bootstrap.again import Guard, again_and_again

_REST_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 3.0


@dataclass(slots=True)
class Linking:
    """What a linker keeps in mind: where something is new since statistics were asked, and on which day they were."""

    fresh: set[str] = field(default_factory=set)
    asked: dict[str, date] = field(default_factory=dict)
    guard: Guard = field(default_factory=lambda: Guard("donations.linking"))

    def look(self, at: datetime) -> int:
        """Link what waits, each area apart from the others."""
        from sekisho.adapters.database.municipalities import tenants  # noqa: PLC0415 - tables need Django

        return sum(self.guard.counts(area, self._link, area, at) for area in tenants())

    def _link(self, area: str, at: datetime) -> int:
        """Link what waits in an area; statistics are asked once a day of the office, with all that is new since."""
        from sekisho.adapters.database.office_time import office_day  # noqa: PLC0415 - tables need Django
        from sekisho.adapters.donations.link_statistics import ask_statistics  # noqa: PLC0415 - the same
        from sekisho.adapters.donations.linking import link_waiting  # noqa: PLC0415 - the same

        linked, today = link_waiting(area, at), office_day(at)
        if linked:
            self.fresh.add(area)
        if area in self.fresh and self.asked.get(area) != today:
            self.asked[area] = today
            ask_statistics(area, at)
            self.fresh.discard(area)
        return linked


def run_pulling(ended: threading.Event) -> None:
    """Pull from every portal whose hour has come, until told to end. Runs that were killed are ended first."""
    from sekisho.bootstrap.links import run_due_links  # noqa: PLC0415 - tables need Django

    guard = Guard("donations.pulling")
    again_and_again("donations.pulling", lambda: run_due_links(now(), guard), ended, _LOOK_SECONDS, _LOOK_SECONDS)


def main() -> None:
    """Link and pull until told to end. A pull that is cut off is known again: nobody waits for a portal at the end."""
    argparse.ArgumentParser(prog="sekisho.web.donation_manager.linker").parse_args()
    open_house("sekisho.web.donation_manager.settings")
    ended, linking = threading.Event(), Linking()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print("ready linker=1", flush=True)  # noqa: T201 - the ready line
    threading.Thread(target=run_pulling, args=(ended,), name="pulling", daemon=True).start()
    again_and_again("donations.linking", lambda: linking.look(now()), ended, _REST_SECONDS)


if __name__ == "__main__":
    main()
