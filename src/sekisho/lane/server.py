"""The lane's servers: HTTPS with client certificates for machines, HTTP on loopback (behind a proxy) for browsers."""

import asyncio
import logging
import signal
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sekisho.lane.application import Lane


class CertificateProtocol(HttpToolsProtocol):
    """Hands the peer's certificate to the application, read from the connection itself and from nowhere else."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # asyncio's own types
        """A machine has connected."""
        super().connection_made(transport)
        secured = transport.get_extra_info("ssl_object")
        certificate = secured.getpeercert(binary_form=True) if secured else None
        self.app_state = {**self.app_state, "peer_certificate": certificate}


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlan:
    """Where the lane listens, with which certificate, and where it sends browsers back to."""

    certificate: Path
    key: Path
    authority: Path
    port: int
    form_port: int
    back: str


def _listen(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 picks a free one."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(1024)
    return listening


def _config(plan: LanePlan, *, secured: bool) -> uvicorn.Config:
    """One server's configuration; no access log, because requests are entries in the ledger."""
    tls = (
        {
            "ssl_certfile": str(plan.certificate),
            "ssl_keyfile": str(plan.key),
            "ssl_ca_certs": str(plan.authority),
            "ssl_cert_reqs": ssl.CERT_REQUIRED,
        }
        if secured
        else {}
    )
    return uvicorn.Config(
        Lane(plan.back),
        loop="uvloop",
        http=CertificateProtocol,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=30,
        lifespan="off",
        **tls,  # type: ignore[arg-type]  # a table of options
    )


async def _serve(plan: LanePlan) -> None:
    """Both servers until told to end."""
    sockets = [_listen(plan.port), _listen(plan.form_port)]
    servers = [uvicorn.Server(_config(plan, secured=secured)) for secured in (True, False)]
    for server in servers:
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # one handler for both, below
    loop = asyncio.get_running_loop()
    ports = [each.getsockname()[1] for each in sockets]

    def end() -> None:
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    tasks = [asyncio.create_task(s.serve([listening])) for s, listening in zip(servers, sockets, strict=True)]
    print(f"ready port={ports[0]} forms={ports[1]}", flush=True)  # noqa: T201 - the ready line
    await asyncio.gather(*tasks)


def serve_lane(plan: LanePlan) -> None:
    """Listen until told to end."""
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(_serve(plan))
