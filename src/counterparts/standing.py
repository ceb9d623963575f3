"""What every stand-in needs: a server that bears hang-ups, TLS, an operator's side, an end with its starter."""

import ctypes
import signal
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class QuietServer(ThreadingHTTPServer):
    """A server on loopback whose threads end with it, and that does not shout when somebody hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken connection is an everyday thing."""


def end_with_starter() -> None:
    """End when told to, and with the process that started this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def speak_tls(server: QuietServer, certificate: Path, key: Path, client_authority: Path | None = None) -> None:
    """Let a server speak TLS; with an authority, only to those whose certificate it issued."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if client_authority is not None:
        context.load_verify_locations(client_authority)
        context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)


def serve_with_operator(server: QuietServer, operator: type[BaseHTTPRequestHandler]) -> None:
    """Serve until told to end, with the operator's own side on another port; says both ports once it is ready."""
    control = QuietServer(("127.0.0.1", 0), operator)
    threading.Thread(target=control.serve_forever, daemon=True).start()
    print(f"ready port={server.server_port} control={control.server_port}", flush=True)  # noqa: T201 - the ready line
    server.serve_forever()
