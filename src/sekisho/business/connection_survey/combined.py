"""The combined format of proxies and web servers: client, user, [time], "request", status, bytes.

Only a proxy writes whole addresses. A line whose request names no host is of a web server, and says nothing of egress.
"""

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sekisho.business.connection_survey.hosts import host_key, read_destination
from sekisho.business.connection_survey.seen import NoTraffic, Seen, Unread

_LINE: Final = re.compile(r'(\S+) \S+ \S+ \[([^\]]{20,40})\] "([^"]*)" ([0-9]{3}) ([0-9]{1,18}|-)(.*)')
_TIME: Final = re.compile(
    r"([0-9]{2})/([A-Z][a-z]{2})/([0-9]{4}):([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})"
)
_NAMES: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS: Final = MappingProxyType({name: number for number, name in enumerate(_NAMES, start=1)})
_TUNNEL_PORT: Final = 443
_REQUEST_WORDS: Final = 2


@lru_cache(maxsize=4096)
def _second(text: str) -> int:
    """The second that a time of this format names; -1 if it names none. Months are English whatever the machine."""
    found = _TIME.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        return -1
    day, month, year, hour, minute, second, sign, east, more = found.groups()
    ahead = timedelta(hours=int(east), minutes=int(more))
    try:
        zone = timezone(-ahead if sign == "-" else ahead)
        at = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=zone)
        return int(at.timestamp())
    except (ValueError, OverflowError):
        return -1


def read_combined(text: str) -> Seen | NoTraffic | Unread:
    """One line of the combined format."""
    found = _LINE.fullmatch(text)
    if found is None:
        return Unread.SHAPE
    second, source = _second(found[2]), host_key(found[1])
    if second < 0 or not source:
        return Unread.TIME if second < 0 else Unread.SOURCE
    request = found[3].split()
    if len(request) < _REQUEST_WORDS or request[1].startswith("error:"):
        return NoTraffic.NO_REQUEST
    method, address = request[0], request[1]
    whole = method == "CONNECT" or "://" in address
    port = _TUNNEL_PORT if method == "CONNECT" and ":" not in address else 0
    destination = read_destination(address, port) if whole else None
    if destination is None:
        return Unread.DESTINATION
    down = 0 if found[5] == "-" else int(found[5])
    return Seen(second, source, destination, -1, down, "DENIED" in found[6].rpartition('"')[2])
