"""Squid's configuration for an allow-list: one line a host and port, everything else denied, nothing kept."""

import getpass
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_HEAD = """# Written by the security cloud; do not edit.
http_port 127.0.0.1:{port}
pid_filename {home}/squid.pid
cache_log {home}/cache.log
logformat survey %ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru - %Sh/%<a %mt %>st
access_log stdio:{home}/access.log survey
logfile_rotate 0
hosts_file {home}/hosts
strip_query_terms on
cache deny all
cache_mem 1 MB
max_filedescriptors 1024
netdb_filename none
coredump_dir {home}
shutdown_lifetime 0 seconds
via off
forwarded_for delete
visible_hostname security-cloud.example
{user}
"""


@dataclass(frozen=True, slots=True)
class Permitted:
    """A host that may be reached, at one port, and the permits because of which it may."""

    host: str
    port: int
    permits: str


def read_allowed(lines: Iterable[str]) -> list[Permitted]:
    """The allow-list: `host port permit,permit`, one a line; # begins a comment.

    Raises:
        ValueError: A line is not of this form. An allow-list that is half understood lets nothing out.

    """
    found = []
    for number, line in enumerate(lines, start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 3 or not _HOST.fullmatch(words[0]) or not words[1].isdecimal():  # noqa: PLR2004 - three words
            message = f"line {number} of the allow-list is not `host port permits`"
            raise ValueError(message)
        found.append(Permitted(words[0], int(words[1]), words[2]))
    return found


def write_configuration(home: Path, port: int, allowed: Iterable[Permitted]) -> str:
    """The text of squid.conf: a host is allowed at its own port only."""
    user = "" if os.geteuid() else "cache_effective_user proxy"
    text = _HEAD.format(port=port, home=home, user=user)
    for number, each in enumerate(allowed):
        text += f"# {each.permits}\nacl host{number} dstdomain -n {each.host}\nacl port{number} port {each.port}\n"
        text += f"http_access allow host{number} port{number}\n"
    return f"{text}http_access deny all\n"


def write_hosts(names: Iterable[str]) -> str:
    """The names that this network knows by itself; in the demonstration they are all on this machine."""
    return "".join(f"127.0.0.1 {name}\n" for name in sorted(set(names)))


def who() -> str:
    """Under whose name Squid writes its files."""
    return "proxy" if os.geteuid() == 0 else getpass.getuser()
