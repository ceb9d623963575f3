"""Names of computers as logs write them: one spelling to search by, and the text kept as it was received.

Nothing of an address but host and port is kept: a path, a query or a user name may hold personal data.
"""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST: Final = 253
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_MORE: Final = re.compile(r"[/?#@]")
_PORTS: Final = {"http": 80, "https": 443, "ftp": 21, "ws": 80, "wss": 443}
_LARGEST_PORT: Final = 65_535
_PLAIN_PORT: Final = 80
_DOTS: Final = str.maketrans("。．｡", "...")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A host and a port that somebody reached for: the key to search by, and the host as it was received."""

    host: str
    port: int
    received: str


def _address(host: str) -> str:
    """An IP address in its one spelling; nothing if it is none."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return ""


@lru_cache(maxsize=1 << 16)
def host_key(received: str) -> str:
    """The one spelling of a host: small letters, no dot at its end, Japanese names as they go on the wire.

    Nothing if it can be no host.
    """
    host = received.strip().strip("[]").translate(_DOTS).rstrip(".")
    if not host or len(host) > _LONGEST:
        return ""
    if found := _address(host):
        return found
    try:
        name = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return ""
    labels = name.split(".")
    # 1.2.3.300 is a mistyped address, and no name: the last part of a name is never all digits.
    fits = not labels[-1].isdecimal() and all(_LABEL.fullmatch(label) for label in labels)
    return name if fits else ""


def _port(text: str) -> int:
    """A port, or 0 if it is none."""
    fits = text.isascii() and text.isdecimal() and len(text) < len(str(_LARGEST_PORT)) + 1
    return int(text) if fits and int(text) <= _LARGEST_PORT else 0


def _split(authority: str) -> tuple[str, str]:
    """Host and port of `host`, `host:port`, `[address]:port` or a bare IPv6 address."""
    if authority.startswith("["):
        host, _, rest = authority[1:].partition("]")
        return host, rest.removeprefix(":")
    if authority.count(":") > 1 and _address(authority):
        return authority, ""
    host, _, port = authority.rpartition(":")
    return (host, port) if host else (authority, "")


@lru_cache(maxsize=1 << 16)
def _destination(authority: str, otherwise: int) -> Destination | None:
    """A destination from the part of an address that names host and port."""
    host, told = _split(authority)
    key, port = host_key(host), _port(told) if told else otherwise
    return Destination(host=key, port=port, received=host.strip()) if key and port else None


def read_destination(address: str, port: int = 0) -> Destination | None:
    """The host and port of an address, of `host:port` or of a bare host; nothing if there is none in it."""
    if not _MORE.search(address):
        return _destination(address, port or _PLAIN_PORT) if address else None
    scheme = _SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    for mark in "/?#":
        rest = rest.partition(mark)[0]
    # Whoever signs in within an address stands before the @, and is not looked at.
    rest = rest.rpartition("@")[2]
    otherwise = port or (_PORTS.get(scheme[1].lower(), 0) if scheme else _PLAIN_PORT)
    return _destination(rest, otherwise) if rest else None
