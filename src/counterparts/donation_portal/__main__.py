"""`python -m counterparts.donation_portal --portal choice --donations 2000 …`: start one portal."""

import argparse
import csv
import ctypes
import signal
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from counterparts.donation_portal.columns import FORMS
from counterparts.donation_portal.handlers import Handler, OperatorHandler, PortalHandler
from counterparts.donation_portal.orders import Plan, make_orders
from counterparts.donation_portal.people import PLACES
from counterparts.donation_portal.shop import Shop


class QuietServer(ThreadingHTTPServer):
    """A server whose threads end with it, and that does not shout when a caller hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is an everyday thing."""


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="donation_portal")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--portal", choices=sorted(FORMS), required=True)
    parser.add_argument("--donations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=59)
    parser.add_argument("--year", type=int, default=2026)
    parser.add_argument("--places", type=Path, help="CSV of prefecture,city: where the donors live")
    parser.add_argument("--user", default="nagasaki")
    parser.add_argument("--password", default="portal-demo-59")
    parser.add_argument("--token", default="portal-token-59")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--key", type=Path)
    return parser.parse_args()


def read_places(place: Path | None) -> tuple[tuple[str, str], ...]:
    """Where the donors live."""
    if place is None:
        return PLACES
    with place.open(encoding="utf-8", newline="") as file:
        return tuple((row[0], row[1]) for row in csv.reader(file) if len(row) > 1)


def serve(arguments: argparse.Namespace) -> None:
    """Listen until told to end."""
    portal, places = arguments.portal, read_places(arguments.places)
    plan = Plan(portal, arguments.seed, arguments.donations, arguments.year, places)
    said = {"user": arguments.user, "password": arguments.password, "token": arguments.token}
    Handler.shop = Shop(portal=portal, orders=make_orders(plan), home=arguments.home, **said)
    site = QuietServer(("127.0.0.1", arguments.port), PortalHandler)
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(arguments.certificate, arguments.key)
        site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    operator = QuietServer(("127.0.0.1", 0), OperatorHandler)
    threading.Thread(target=operator.serve_forever, daemon=True).start()
    print(f"ready port={site.server_port} control={operator.server_port}", flush=True)  # noqa: T201 - the ready line
    site.serve_forever()


def main() -> None:
    """Start the portal, and end with whoever started it."""
    arguments = read_arguments()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: end with the process that started us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    serve(arguments)


main()
