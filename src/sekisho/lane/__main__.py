"""`python -m sekisho.lane`: the entrance for parcels as a process."""

import argparse
import sys
from pathlib import Path
from typing import Final

from sekisho.bootstrap import open_house, settle_memory

SWITCH_SECONDS: Final = 0.001
"""How long the desk may keep the processor to itself while the next requests wait to be read."""


def main() -> None:
    """Read the command line and listen."""
    parser = argparse.ArgumentParser(prog="sekisho.lane")
    parser.add_argument("--port", type=int, default=8443)
    parser.add_argument("--form-port", type=int, default=8001)
    parser.add_argument("--back", default="http://localhost:8000")
    parser.add_argument("--certificate", default="lane")
    parser.add_argument("--one-of-many", action="store_true", help="other lanes listen on the same ports")
    parser.add_argument("--proxied", default="", help="a local socket for a proxy that checks certificates")
    parser.add_argument("--proxy-user", default="", help="the user that the proxy runs as")
    arguments = parser.parse_args()
    home = open_house()
    from sekisho.lane.server import LanePlan, serve_lane  # noqa: PLC0415 - tables need Django to be ready

    settle_memory()
    sys.setswitchinterval(SWITCH_SECONDS)
    serve_lane(
        LanePlan(
            certificate=home.certificates / f"{arguments.certificate}.pem",
            key=home.certificates / f"{arguments.certificate}.key",
            authority=home.certificates / "authority.pem",
            port=arguments.port,
            form_port=arguments.form_port,
            back=arguments.back,
            one_of_many=arguments.one_of_many,
            proxied=Path(arguments.proxied) if arguments.proxied else None,
            proxy_user=arguments.proxy_user,
        )
    )


main()
