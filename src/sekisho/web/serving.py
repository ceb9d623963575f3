"""Serving screens as a process: settings, tables, the ready line, and the server."""

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sekisho.bootstrap import open_house, prepare_database
from sekisho.web.announcing import announce


def serve_screens(package: str, port: int) -> None:
    """Read the command line of a site's package, make its tables, and serve it; `port` is used if none is named."""
    parser = argparse.ArgumentParser(prog=package)
    parser.add_argument("--port", type=int, default=port)
    chosen = parser.parse_args().port
    open_house(f"{package}.settings")
    prepare_database()
    announce(chosen)
    Granian(
        f"{package}.wsgi:application",
        address="127.0.0.1",
        port=chosen,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
