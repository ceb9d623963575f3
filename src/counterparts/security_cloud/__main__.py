"""`python -m counterparts.security_cloud --home … --allowed …`: run Squid with an allow-list until told to end."""

import argparse
import shutil
import socket
import subprocess
import time
from pathlib import Path

from counterparts.security_cloud.configuration import read_allowed, who, write_configuration, write_hosts
from counterparts.standing import end_with_starter

_PATIENCE = 15.0


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="security_cloud")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--allowed", type=Path, required=True, help="host port permits, one a line")
    parser.add_argument("--known", action="append", default=[], help="a name that is on this machine")
    parser.add_argument("--squid", default="squid")
    return parser.parse_args()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(arguments: argparse.Namespace, port: int) -> Path:
    """Write the configuration; answers with its place."""
    home: Path = arguments.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    allowed = read_allowed(arguments.allowed.read_text(encoding="utf-8").splitlines())
    (home / "hosts").write_text(write_hosts([*(each.host for each in allowed), *arguments.known]), encoding="utf-8")
    place = home / "squid.conf"
    place.write_text(write_configuration(home, port, allowed), encoding="utf-8")
    if who() == "proxy":
        shutil.chown(home, who())
    return place


def wait_until_open(port: int, squid: "subprocess.Popen[bytes]") -> None:
    """Wait until it listens.

    Raises:
        SystemExit: It ended instead.

    """
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and squid.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("squid did not open its port")


def main() -> None:
    """Start, say so, and end with whoever started us; Squid ends with us."""
    arguments = read_arguments()
    end_with_starter()
    port = free_port()
    place = prepare(arguments, port)
    squid = subprocess.Popen([arguments.squid, "-N", "-f", str(place)])
    try:
        wait_until_open(port, squid)
        print(f"ready port={port}", flush=True)  # noqa: T201 - the ready line
        squid.wait()
    finally:
        squid.kill()
        squid.wait()


main()
