"""`python -m counterparts.donation_manager`: start the other maker's donation manager."""

import argparse
import ctypes
import signal
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from counterparts.donation_manager.areas import Areas
from counterparts.donation_manager.handlers import CityHandler, Handler, OperatorHandler, Vendor


class QuietServer(ThreadingHTTPServer):
    """A server whose threads end with it, and that does not shout when a city hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is an everyday thing."""


def main() -> None:
    """Read the command line and listen until told to end."""
    parser = argparse.ArgumentParser(prog="donation_manager")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--client-ca", type=Path, required=True)
    said = parser.parse_args()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: end with the process that started us
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.vendor = Vendor(areas=Areas(said.home))
    door = QuietServer(("127.0.0.1", said.port), CityHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(said.certificate, said.key)
    context.load_verify_locations(said.client_ca)
    context.verify_mode = ssl.CERT_REQUIRED
    door.socket = context.wrap_socket(door.socket, server_side=True, do_handshake_on_connect=False)
    operator = QuietServer(("127.0.0.1", 0), OperatorHandler)
    threading.Thread(target=operator.serve_forever, daemon=True).start()
    print(f"ready port={door.server_port} control={operator.server_port}", flush=True)  # noqa: T201 - the ready line
    door.serve_forever()


main()
