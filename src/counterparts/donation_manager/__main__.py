"""`python -m counterparts.donation_manager`: start the other maker's donation manager."""

import argparse
from pathlib import Path

from counterparts.donation_manager.areas import Areas
from counterparts.donation_manager.handlers import CityHandler, Handler, OperatorHandler, Vendor
from counterparts.standing import QuietServer, end_with_starter, serve_with_operator, speak_tls


def main() -> None:
    """Read the command line and listen until told to end."""
    parser = argparse.ArgumentParser(prog="donation_manager")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--client-ca", type=Path, required=True)
    said = parser.parse_args()
    end_with_starter()
    Handler.vendor = Vendor(areas=Areas(said.home))
    door = QuietServer(("127.0.0.1", said.port), CityHandler)
    speak_tls(door, said.certificate, said.key, said.client_ca)
    serve_with_operator(door, OperatorHandler)


main()
