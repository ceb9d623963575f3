"""`python -m sekisho.web.donation_manager.door`: the door for machines; beside it the ledger's tree and S1's clock."""

import argparse
import signal
import socket
import ssl
import threading
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn

from sekisho.bootstrap import open_house, read_layouts, settle_memory
from sekisho.bootstrap.again import Guard, again_and_again

_REST_SECONDS: Final = 0.5
_ASK_SECONDS: Final = 60.0


def keep_clock(ended: threading.Event) -> None:
    """Once a day, and at the start, erase in every area what is kept too long."""
    from django.utils import timezone  # noqa: PLC0415 - settings need to be known

    from sekisho.adapters.database.office_time import office_day  # noqa: PLC0415 - tables need Django to be ready
    from sekisho.adapters.donations.expiry import pass_day  # noqa: PLC0415 - the same

    passed = None

    def look() -> None:
        nonlocal passed
        now = timezone.now()
        if office_day(now) != passed:
            pass_day(now)
            passed = office_day(now)

    again_and_again("donations.clock", look, ended, _REST_SECONDS)


def ask_destinations(ended: threading.Event) -> None:
    """Again and again, fetch what destinations of notices acknowledged, and what came back."""
    from sekisho.bootstrap import now  # noqa: PLC0415 - settings need to be known
    from sekisho.bootstrap.donation_notices import collect_everywhere  # noqa: PLC0415 - tables need Django to be ready

    guard = Guard("donations.notices")
    again_and_again("donations.notices", lambda: collect_everywhere(now(), guard), ended, _ASK_SECONDS)


def grow_tree(ended: threading.Event) -> None:
    """Give new entries their places in the tree, again and again until told to end, and one last time."""
    from sekisho.adapters.database.ledgers import sequence_all  # noqa: PLC0415 - tables need Django to be ready

    again_and_again("donations.sequencer", sequence_all, ended, _REST_SECONDS, _REST_SECONDS)
    Guard("donations.sequencer").manages("last", sequence_all)


def _listen(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 picks a free one."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(128)
    return listening


def _server(certificate: Path, key: Path, admitted: Path) -> uvicorn.Server:
    """The HTTPS server: nobody without a certificate of an authority that this site trusts gets as far as a head."""
    from sekisho.web.donation_manager.door.application import Door  # noqa: PLC0415 - tables need Django to be ready
    from sekisho.web.donation_manager.door.connections import CertifiedProtocol  # noqa: PLC0415 - beside it

    config = uvicorn.Config(
        Door(),
        http=CertifiedProtocol,
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
        ssl_certfile=str(certificate),
        ssl_keyfile=str(key),
        ssl_ca_certs=str(admitted),
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    return uvicorn.Server(config)


def main() -> None:
    """Read the command line and listen until told to end."""
    parser = argparse.ArgumentParser(prog="sekisho.web.donation_manager.door")
    parser.add_argument("--port", type=int, default=8543)
    parser.add_argument("--certificate", type=Path, default=None, help="else the one made at first start")
    parser.add_argument("--key", type=Path, default=None)
    said = parser.parse_args()
    home, ended = open_house("sekisho.web.donation_manager.settings"), threading.Event()
    own = home.certificates / "donation-manager.pem"
    certificate, key = said.certificate or own, said.key or own.with_suffix(".key")
    server, listening = _server(certificate, key, home.certificates / "admitted.pem"), _listen(said.port)
    read_layouts()
    settle_memory()
    beside = [threading.Thread(target=each, args=(ended,)) for each in (grow_tree, keep_clock, ask_destinations)]
    for each in beside:
        each.start()

    def end(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, end)
    print(f"ready port={listening.getsockname()[1]}", flush=True)  # noqa: T201 - the ready line
    try:
        server.run([listening])
    finally:
        ended.set()
        for each in beside:
            each.join()


main()
