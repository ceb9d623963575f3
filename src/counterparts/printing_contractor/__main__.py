"""`python -m counterparts.printing_contractor`: start the stand-in, or make its keys (`init`)."""

import argparse
from pathlib import Path

from counterparts.printing_contractor.desk import Desk, make_keys
from counterparts.printing_contractor.handlers import CityHandler, OperatorHandler
from counterparts.standing import QuietServer, end_with_starter, serve_with_operator, speak_tls


def main() -> None:
    """Start, or make keys."""
    parser = argparse.ArgumentParser(prog="printing_contractor")
    parser.add_argument("command", nargs="?", default="serve", choices=["serve", "init"])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    for name in ("--certificate", "--key", "--client-ca"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    make_keys(given.home)
    if given.command == "init":
        return
    end_with_starter()
    CityHandler.desk = Desk(given.home)
    door = QuietServer(("127.0.0.1", given.port), CityHandler)
    speak_tls(door, given.certificate, given.key, given.client_ca)
    serve_with_operator(door, OperatorHandler)


main()
