"""What the permits of a municipality approve, as an egress log can show it: every permit, in force or not.

Import this only once the house is open.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from sekisho.adapters.carriers import counterparts
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, PermitRow
from sekisho.adapters.database.permits import ever_issued
from sekisho.business.connection_survey import Approved, host_key
from sekisho.business.hometown_donations.donations import PORTALS

_PORTS = {"https": 443, "http": 80, "sftp": 22, "s3": 443}


def _address(url: str) -> tuple[str, int] | None:
    """Host and port of an address, if it leads to another computer."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return host_key(parts.hostname), parts.port or _PORTS[parts.scheme]


def _urls(row: PermitRow, robots: list[ConnectorRow], known: dict[str, str]) -> Iterator[str]:
    """Every address that a permit leads to: its counterpart's, and those of the robots that fetch under it."""
    if url := known.get(str(row.specification["counterpart"])):
        yield url
    if row.specification["direction"] != "inward":
        return
    for robot in robots:
        if PORTALS[robot.portal].layout in row.specification["layouts"]:
            yield robot.url


def approved_hosts(tenant: str) -> tuple[Approved, ...]:
    """Every host that a permit of this municipality names or named, with the state of that permit today."""
    known = {name: each.url for name, each in counterparts(find_home()).items()}
    robots = list(ConnectorRow.objects.filter(tenant_id=tenant, mode=ConnectorMode.ROBOT))
    found = []
    for row in ever_issued().filter(tenant_id=tenant).order_by("permit"):
        places = {there for url in _urls(row, robots, known) if (there := _address(url)) and there[0]}
        found += [_approved(row, host, port) for host, port in sorted(places)]
    return tuple(found)


def _approved(row: PermitRow, host: str, port: int) -> Approved:
    """A permit at one host."""
    said = row.specification
    return Approved(
        permit=row.permit,
        connection=row.connection,
        host=host,
        port=port,
        status=row.status,
        department=str(said["department"]),
        direction=str(said["direction"]),
        not_before=str(said["not_before"]),
        not_after=str(said["not_after"]),
        daily_bytes=int(said["bytes_at_most"]) * int(said["parcels_a_day"]),
    )
