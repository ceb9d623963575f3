"""`python -m sekisho.web.donation_manager`: the donation manager's screens as a process."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sekisho.bootstrap import open_house, prepare_database
from sekisho.web.announcing import announce


def main() -> None:
    """Read the command line, make the tables, and serve."""
    parser = argparse.ArgumentParser(prog="sekisho.web.donation_manager")
    parser.add_argument("--port", type=int, default=8100)
    port = parser.parse_args().port
    open_house("sekisho.web.donation_manager.settings")
    prepare_database()
    announce(port)
    Granian(
        "sekisho.web.donation_manager.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
