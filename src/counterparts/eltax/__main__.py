"""`python -m counterparts.eltax`: start the stand-in, or make its keys (`init`)."""

import argparse
import ctypes
import signal
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from counterparts.eltax.faults import Switchboard
from counterparts.eltax.road import Road, make_keys
from counterparts.eltax.serving import Handler, MunicipalityHandler, OperatorHandler


class QuietServer(ThreadingHTTPServer):
    """A server that does not shout when somebody hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is an everyday thing."""


def main() -> None:
    """Start, or make keys."""
    parser = argparse.ArgumentParser(prog="eltax")
    parser.add_argument("command", nargs="?", default="serve", choices=["serve", "init"])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    for name in ("--certificate", "--key", "--client-ca"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    make_keys(given.home)
    if given.command == "init":
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: end with the process that started us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.road = Road(given.home, Switchboard())
    road, operator = (QuietServer(("127.0.0.1", port), each) for port, each in (
        (given.port, MunicipalityHandler), (0, OperatorHandler)
    ))  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(given.certificate, given.key)
    context.load_verify_locations(given.client_ca)
    context.verify_mode = ssl.CERT_REQUIRED
    road.socket = context.wrap_socket(road.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=operator.serve_forever, daemon=True).start()
    print(f"ready port={road.server_port} control={operator.server_port}", flush=True)  # noqa: T201 - the ready line
    road.serve_forever()


main()
