"""`python -m sekisho.worker`: examination, exit and sequencer as one process."""

import logging
import signal
import threading

from sekisho.bootstrap import open_house


def main() -> None:
    """Work until told to end."""
    logging.basicConfig(level=logging.WARNING)
    home = open_house()
    from sekisho.worker.rounds import Rounds  # noqa: PLC0415 - tables need Django to be ready
    from sekisho.worker.sequencer import run_sequencer  # noqa: PLC0415 - the same

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    sequencer = threading.Thread(target=run_sequencer, args=(home, ended), name="sequencer")
    sequencer.start()
    rounds = Rounds(home, home.secret("flows.key"))
    print("ready", flush=True)  # noqa: T201 - the ready line
    rounds.run(ended)
    sequencer.join()


main()
