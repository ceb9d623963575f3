"""`python -m counterparts.legal_affairs_bureau`: start the stand-in, or make its keys (`init`)."""

import argparse
from pathlib import Path

from counterparts.legal_affairs_bureau.desk import Desk, make_keys
from counterparts.legal_affairs_bureau.faults import FaultSwitch
from counterparts.legal_affairs_bureau.handlers import CityHandler, Handler, OperatorHandler, Platform
from counterparts.legal_affairs_bureau.shelf import Shelf
from counterparts.standing import QuietServer, end_with_starter, serve_with_operator, speak_tls


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="legal_affairs_bureau")
    parser.add_argument("command", nargs="?", default="serve", choices=["serve", "init"])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--client-ca", type=Path)
    parser.add_argument("--open-from", default="")
    parser.add_argument("--open-until", default="")
    return parser.parse_args()


def serve(arguments: argparse.Namespace) -> None:
    """Listen until told to end."""
    hours = (arguments.open_from, arguments.open_until) if arguments.open_from else None
    shelf, desk = Shelf(arguments.home), Desk(arguments.home)
    Handler.platform = Platform(shelf=shelf, desk=desk, faults=FaultSwitch(), hours=hours)
    city = QuietServer(("127.0.0.1", arguments.port), CityHandler)
    speak_tls(city, arguments.certificate, arguments.key, arguments.client_ca)
    serve_with_operator(city, OperatorHandler)


def main() -> None:
    """Start, or make keys."""
    arguments = read_arguments()
    if arguments.command == "init":
        make_keys(arguments.home)
        return
    end_with_starter()
    serve(arguments)


main()
