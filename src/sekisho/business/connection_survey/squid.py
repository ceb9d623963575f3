"""Squid's own access.log: time, duration, client, result/status, bytes, method, address, user, way, type.

Squid counts the bytes that it gave the client. An eleventh column, `%>st` of its logformat, is what came from the
client; without it nobody can say how much left us.
"""

import re
from typing import Final

from sekisho.business.connection_survey.hosts import host_key, read_destination
from sekisho.business.connection_survey.seen import NoTraffic, Seen, Unread

_COLUMNS: Final = 10
_TIME: Final = re.compile(r"[0-9]{9,11}(\.[0-9]{1,6})?")
_RESULT: Final = re.compile(r"[A-Z_]+/[0-9]{1,3}")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_TUNNEL_PORT: Final = 443
_DENIED: Final = ("TCP_DENIED", "TCP_REDIRECT", "TAG_NONE", "NONE_NONE", "NONE/")


def read_native(text: str) -> Seen | NoTraffic | Unread:
    """One line of Squid's access.log."""
    words = text.split()
    if len(words) < _COLUMNS or not _TIME.fullmatch(words[0]) or not _RESULT.fullmatch(words[3]):
        return Unread.SHAPE
    if not _NUMBER.fullmatch(words[4]):
        return Unread.NUMBER
    if words[6].startswith("error:"):
        # A client that said nothing, or nothing that Squid understands: no host was asked for, and none was reached.
        return NoTraffic.NO_REQUEST
    source = host_key(words[2])
    if not source:
        return Unread.SOURCE
    tunnel = words[5] == "CONNECT" and ":" not in words[6]
    destination = read_destination(words[6], _TUNNEL_PORT if tunnel else 0)
    if destination is None:
        return Unread.DESTINATION
    up = int(words[10]) if len(words) > _COLUMNS and _NUMBER.fullmatch(words[10]) else -1
    refused = words[3].startswith(_DENIED)
    return Seen(int(words[0].partition(".")[0]), source, destination, up, int(words[4]), refused)
