"""The allow-list of the security cloud, written from the permits: a host stands on it while a permit covers it.

Import this only once the house is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sekisho.adapters.carriers import counterparts
from sekisho.adapters.carriers.calling import DIRECT
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import ConnectorMode, ConnectorRow, PermitRow
from sekisho.business.hometown_donations.donations import PORTALS
from sekisho.kernel import PermitStatus

_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A host and port that may be reached, and the permits because of which it may."""

    host: str
    port: int
    permits: tuple[str, ...]

    def line(self) -> str:
        """As it stands in the allow-list."""
        return f"{self.host} {self.port} {','.join(self.permits)}"


def _address(url: str) -> tuple[str, int] | None:
    """Host and port of an address, if it is one of the web."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return parts.hostname, parts.port or _PORTS[parts.scheme]


def _reasons() -> Iterator[tuple[tuple[str, int], str]]:
    """Each address with one active permit that covers it; what is called directly needs no way out."""
    entered = counterparts(find_home()).items()
    known = {name: each for name, each in entered if each.settings.get("proxy") != DIRECT}
    robots = list(ConnectorRow.objects.filter(mode=ConnectorMode.ROBOT))
    for permit in PermitRow.objects.filter(status=PermitStatus.ACTIVE).order_by("permit"):
        said = permit.specification
        counterpart = known.get(str(said["counterpart"]))
        if said["direction"] == "outward" and counterpart and (there := _address(counterpart.url)):
            yield there, permit.permit
        for row in robots:
            fits = PORTALS[row.portal].layout in said["layouts"] and row.tenant_id == permit.tenant_id
            if said["direction"] == "inward" and fits and (there := _address(row.url)):
                yield there, permit.permit


def ways_out() -> tuple[WayOut, ...]:
    """Every host that a permit covers today; where no permit is active, nothing."""
    found: dict[tuple[str, int], set[str]] = {}
    for there, permit in _reasons():
        found.setdefault(there, set()).add(permit)
    return tuple(
        WayOut(host=host, port=port, permits=tuple(sorted(permits))) for (host, port), permits in sorted(found.items())
    )


def allow_list() -> str:
    """The allow-list as a file."""
    head = "# 通行証から作った許可リスト / written from the permits: host port permits\n"
    return head + "".join(f"{each.line()}\n" for each in ways_out())
