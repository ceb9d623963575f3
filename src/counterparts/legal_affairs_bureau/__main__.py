"""`python -m counterparts.legal_affairs_bureau`: start the stand-in, or make its keys (`init`)."""

import argparse
import ctypes
import signal
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from counterparts.legal_affairs_bureau.desk import Desk, make_keys
from counterparts.legal_affairs_bureau.faults import FaultSwitch
from counterparts.legal_affairs_bureau.handlers import CityHandler, Handler, OperatorHandler, Platform
from counterparts.legal_affairs_bureau.shelf import Shelf


class QuietServer(ThreadingHTTPServer):
    """A server whose threads end with it, and that does not shout when a city hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is an everyday thing."""


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
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(arguments.certificate, arguments.key)
    context.load_verify_locations(arguments.client_ca)
    context.verify_mode = ssl.CERT_REQUIRED
    city.socket = context.wrap_socket(city.socket, server_side=True, do_handshake_on_connect=False)
    operator = QuietServer(("127.0.0.1", 0), OperatorHandler)
    threading.Thread(target=operator.serve_forever, daemon=True).start()
    print(f"ready port={city.server_port} control={operator.server_port}", flush=True)  # noqa: T201 - the ready line
    city.serve_forever()


def main() -> None:
    """Start, or make keys."""
    arguments = read_arguments()
    if arguments.command == "init":
        make_keys(arguments.home)
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: end with the process that started us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve(arguments)


main()
