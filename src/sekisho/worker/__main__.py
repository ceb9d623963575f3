"""`python -m sekisho.worker`: examination, exit and sequencer as one process."""

import argparse
import logging
import signal
import threading
from typing import TYPE_CHECKING

from sekisho.adapters.database.home import Home
from sekisho.bootstrap import open_house, read_layouts, settle_memory

if TYPE_CHECKING:
    from sekisho.worker.forwarding import Bell


def threads_beside(home: Home, ended: threading.Event, bell: "Bell") -> list[threading.Thread]:
    """What the first worker does beside its rounds. Nobody waits for a witness that is being asked."""
    from sekisho.worker.days import run_days  # noqa: PLC0415 - tables need Django to be ready
    from sekisho.worker.forwarding import run_forwarding  # noqa: PLC0415 - the same
    from sekisho.worker.publishing import run_asking, run_publisher  # noqa: PLC0415 - the same
    from sekisho.worker.sequencer import run_sequencer  # noqa: PLC0415 - the same
    from sekisho.worker.watching import run_watching  # noqa: PLC0415 - the same

    return [
        threading.Thread(target=run_sequencer, args=(home, ended), name="sequencer"),
        threading.Thread(target=run_days, args=(ended,), name="days"),
        threading.Thread(target=run_publisher, args=(home, ended), name="publisher"),
        threading.Thread(target=run_asking, args=(ended,), name="asking", daemon=True),
        threading.Thread(target=run_watching, args=(home, ended), name="watching"),
        threading.Thread(target=run_forwarding, args=(ended, bell), name="forwarding"),
    ]


def main() -> None:
    """Work until told to end; the first worker is the sequencer as well."""
    parser = argparse.ArgumentParser(prog="sekisho.worker")
    parser.add_argument("--share", type=int, default=0)
    parser.add_argument("--of", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    home = open_house()
    from sekisho.worker.batches import Share  # noqa: PLC0415 - tables need Django to be ready
    from sekisho.worker.forwarding import Bell  # noqa: PLC0415 - the same
    from sekisho.worker.rounds import Rounds  # noqa: PLC0415 - the same

    ended, bell = threading.Event(), Bell()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    share = Share(number=arguments.share, of=arguments.of)
    rounds = Rounds(home, home.secret("flows.key"), share, bell.moved)
    read_layouts()
    beside = threads_beside(home, ended, bell) if arguments.share == 0 else []
    for each in beside:
        each.start()
    print("ready", flush=True)  # noqa: T201 - the ready line
    settle_memory()
    rounds.run(ended)
    for each in beside:
        if not each.daemon:
            each.join()


main()
