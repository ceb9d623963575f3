"""The lane's servers: HTTPS with client certificates for machines, HTTP on loopback (behind a proxy) for browsers.

With a proxy in front, machines come over a local socket of the proxy's own, on which it tells the certificate.
"""

import asyncio
import logging
import os
import pwd
import signal
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import uvicorn
import uvloop

from sekisho.kernel import SekishoError
from sekisho.lane.application import Lane
from sekisho.lane.protocol import GuardedProtocol


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlan:
    """Where the lane listens, with which certificate, and where it sends browsers back to."""

    certificate: Path
    key: Path
    authority: Path
    port: int
    form_port: int
    back: str
    one_of_many: bool = False
    proxied: Path | None = None
    proxy_user: str = ""


def _listen(port: int, *, one_of_many: bool) -> socket.socket:
    """A listening socket on loopback; port 0 picks a free one. Many lanes each listen, and the system shares out."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if one_of_many:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(1024)
    return listening


def _listen_to_proxy(place: Path) -> socket.socket:
    """A local socket. Everybody may knock; who is not the proxy's user or ours is hung up on, by the system's word.

    Raises:
        SekishoError: Its folder is not there.

    """
    if not place.parent.is_dir():
        message = f"{place.parent} がありません。作ってください / there is no folder {place.parent}; make it"
        raise SekishoError(message)
    place.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(place))
    place.chmod(0o666)
    listening.listen(1024)
    return listening


def proxy_users(name: str) -> frozenset[int]:
    """Who may tell certificates: our own user, and the proxy's if it is named."""
    return frozenset({os.geteuid(), *([pwd.getpwnam(name).pw_uid] if name else [])})


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
        http=GuardedProtocol,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # who stands behind a request is told by the certificate alone
        timeout_keep_alive=30,
        lifespan="off",
        **tls,  # type: ignore[arg-type]  # a table of options
    )


async def _serve(plan: LanePlan) -> None:
    """Both servers until told to end."""
    sockets = [_listen(port, one_of_many=plan.one_of_many) for port in (plan.port, plan.form_port)]
    sockets += [_listen_to_proxy(plan.proxied)] if plan.proxied else []
    GuardedProtocol.proxy_users = proxy_users(plan.proxy_user)
    servers = [uvicorn.Server(_config(plan, secured=number == 0)) for number in range(len(sockets))]
    for server in servers:
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # one handler for both, below
    loop = asyncio.get_running_loop()
    ports = [each.getsockname()[1] for each in sockets[:2]]

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
    # A server that is started inside a running loop does not choose the loop; so it is chosen here.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(plan))
