"""A firewall's CSV, by the names of its headings: every maker has its own, so each fact has several names.

One physical line is one record. Times without a zone are the office's.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sekisho.business.connection_survey.hosts import host_key, read_destination
from sekisho.business.connection_survey.seen import OFFICE, NoTraffic, Seen, Unread
from sekisho.business.connection_survey.tables import columns_of, facts_by_heading, fold

_LARGEST_PORT: Final = 65_535
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_EPOCH: Final = re.compile(r"[0-9]{9,11}(\.[0-9]{1,6})?")
_ONE_DIGIT: Final = re.compile(r"(?<![0-9.])([0-9])(?![0-9])")
ALIASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "time": ("time", "timestamp", "date time", "datetime", "receive time", "start time",
                 "日時", "時刻", "発生日時"),
        "day": ("date", "日付", "年月日"),
        "source": ("source", "src", "src ip", "srcip", "source ip", "source address", "client", "送信元", "送信元ip",
                   "送信元アドレス", "送信元ipアドレス", "発信元"),
        "host": ("destination host", "dst host", "hostname", "host", "url", "sni", "domain", "fqdn", "宛先ホスト",
                 "宛先ホスト名", "ホスト名", "宛先名", "ドメイン"),
        "address": ("destination", "dst", "dst ip", "dstip", "destination ip", "destination address", "宛先", "宛先ip",
                    "宛先アドレス", "宛先ipアドレス", "送信先"),
        "port": ("port", "dst port", "dstport", "destination port", "dpt", "宛先ポート", "ポート", "宛先ポート番号"),
        "up": ("bytes sent", "sent bytes", "sentbyte", "bytes out", "bytes up", "送信バイト", "送信バイト数"),
        "down": ("bytes received", "received bytes", "rcvdbyte", "bytes in", "bytes down",
                 "受信バイト", "受信バイト数"),
        "both": ("bytes", "total bytes", "バイト", "バイト数", "通信量"),
        "action": ("action", "act", "status", "result", "disposition", "動作", "処理", "アクション", "判定"),
    }
)  # fmt: skip
"""Which headings name which fact."""
_STOPPED: Final = frozenset(
    {"deny", "denied", "drop", "dropped", "block", "blocked", "reject", "rejected", "reset", "遮断", "拒否", "破棄"}
)


_BY_HEADING: Final = facts_by_heading(ALIASES)


def split_row(text: str) -> list[str] | None:
    """The cells of one line; nothing if it is no line of a CSV."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error:
        return None
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 else None


@lru_cache(maxsize=4096)
def _second(text: str) -> int:
    """The second that a time names; -1 if it names none.

    In ISO 8601, with slashes, as a spreadsheet shows it (2026/1/5 9:03:01), or counted from 1970.
    """
    if _EPOCH.fullmatch(text):
        return int(text.partition(".")[0])
    try:
        at = datetime.fromisoformat(_ONE_DIGIT.sub(r"0\1", text.replace("/", "-")))
        return int((at if at.tzinfo else at.replace(tzinfo=OFFICE)).timestamp())
    except (ValueError, OverflowError):
        return -1


@dataclass(frozen=True, slots=True, kw_only=True)
class FirewallReader:
    """Reads the lines below one heading."""

    columns: Mapping[str, int]
    width: int

    def read(self, text: str) -> Seen | NoTraffic | Unread:
        """One line of the table, by the places of its headings."""
        cells = split_row(text)
        if cells is None or len(cells) != self.width:
            return Unread.SHAPE
        said = {fact: cells[place] for fact, place in self.columns.items()}
        if _BY_HEADING.get(fold(cells[self.columns["source"]])) == "source":
            return NoTraffic.HEADING
        return _seen(said)


def _seen(said: Mapping[str, str]) -> Seen | Unread:
    """What the facts of one line say."""
    second = _second(f"{said.get('day', '')} {said.get('time', '')}".strip())
    if second < 0:
        return Unread.TIME
    source = host_key(said["source"])
    if not source:
        return Unread.SOURCE
    port = said.get("port", "")
    if any(said.get(name) and not _NUMBER.fullmatch(said[name]) for name in ("up", "down", "both", "port")):
        return Unread.NUMBER
    there = next((said[name] for name in ("host", "address") if said.get(name, "") not in {"", "-"}), "")
    named = bool(there) and (not port or 0 < int(port) <= _LARGEST_PORT)
    destination = read_destination(there, int(port) if port else 0) if named else None
    if destination is None:
        return Unread.DESTINATION
    up, down = (int(said[name]) if said.get(name) else -1 for name in ("up", "down"))
    # A total is counted as sent: what is not known to have come in may have left.
    up = int(said["both"]) if up < 0 and said.get("both") else up
    return Seen(second, source, destination, up, down, said.get("action", "").lower() in _STOPPED)


def firewall_reader(heading: str) -> FirewallReader | None:
    """How to read what stands below this heading; nothing if it names no time, source and destination."""
    cells = split_row(heading)
    if cells is None:
        return None
    columns = columns_of(cells, _BY_HEADING)
    named = {"source"} <= columns.keys() and columns.keys() & {"time", "day"} and columns.keys() & {"host", "address"}
    return FirewallReader(columns=MappingProxyType(columns), width=len(cells)) if named else None
