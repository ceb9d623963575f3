"""What departments and information systems write down: systems in use, networks of ours, known technical hosts.

A department's answer to the survey is a list of its systems with what they send where, since when and by which law.
A technical host (updates, time) is known only while its review by a named owner is not past.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.business.connection_survey.hosts import host_key, read_destination
from sekisho.business.connection_survey.seen import Source
from sekisho.business.connection_survey.tables import Aliases, read_table
from sekisho.kernel import SekishoError
from sekisho.records import RecordsError, read_date

GATE: Final = "gate"
_WEB: Final = 443
_REMEMBERED: Final = 1 << 17
SYSTEM_ALIASES: Final[Aliases] = MappingProxyType(
    {
        "system": ("system", "システム", "システム名", "業務", "業務名"),
        "destination": ("destination", "宛先", "接続先", "相手先", "送信先", "host"),
        "data": ("data", "what data", "データ", "取り扱う情報", "個人情報の項目", "項目"),
        "since": ("in use since", "since", "利用開始", "使用開始", "いつから", "利用開始日"),
        "basis": ("legal basis", "basis", "根拠", "根拠法令", "法的根拠"),
    }
)
NETWORK_ALIASES: Final[Aliases] = MappingProxyType(
    {
        "network": ("network", "cidr", "ネットワーク", "アドレス範囲", "address"),
        "department": ("department", "所属", "課", "担当所属"),
        "name": ("name", "label", "名称", "用途"),
    }
)
TECHNICAL_ALIASES: Final[Aliases] = MappingProxyType(
    {
        "host": ("host", "destination", "宛先", "接続先", "ホスト名"),
        "purpose": ("purpose", "用途", "目的", "理由"),
        "owner": ("owner", "責任者", "所管", "確認者"),
        "reviewed": ("reviewed on", "reviewed", "確認日", "点検日"),
        "until": ("until", "valid until", "有効期限", "次回確認日"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemInUse:
    """A system as its department names it: where it sends, what data, since when, by which law."""

    system: str
    host: str
    port: int
    data: str
    since: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNetwork:
    """A network of ours: its addresses, and the department or the gate that sits there."""

    network: str
    department: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalHost:
    """A host for updates or time, no personal data: why, who answers for it, when it was reviewed, until when."""

    host: str
    purpose: str
    owner: str
    reviewed: date
    until: date

    def covers(self, host: str) -> bool:
        """Is it this host? One that begins with a dot stands for all below it."""
        return host == self.host or (self.host.startswith(".") and host.endswith(self.host))


def _told(number: int, ja: str, en: str) -> SekishoError:
    """What is wrong with a row."""
    return SekishoError(f"{number}行目: {ja} / line {number}: {en}")


def read_systems(body: bytes) -> tuple[SystemInUse, ...]:
    """A department's inventory.

    Raises:
        SekishoError: It is no such table, or a destination cannot be read.

    """
    found = []
    for number, row in read_table(body, SYSTEM_ALIASES, ("system", "destination", "data")):
        there = read_destination(row["destination"], 0 if ":" in row["destination"] else _WEB)
        if there is None or not row["system"]:
            raise _told(number, "システム名か接続先が読めません", "no system, or no readable destination")
        found.append(
            SystemInUse(
                system=row["system"],
                host=there.host,
                port=there.port,
                data=row["data"],
                since=row.get("since", ""),
                basis=row.get("basis", ""),
            )
        )
    return tuple(found)


def read_networks(body: bytes) -> tuple[OwnNetwork, ...]:
    """The inventory of our networks; the department `gate` is the gate itself.

    Raises:
        SekishoError: It is no such table, or a network is none.

    """
    found = []
    for number, row in read_table(body, NETWORK_ALIASES, ("network", "department")):
        try:
            network = ipaddress.ip_network(row["network"], strict=False)
        except ValueError as fault:
            raise _told(number, "アドレス範囲ではありません", "not a range of addresses") from fault
        name = row.get("name") or row["department"]
        found.append(OwnNetwork(network=str(network), department=row["department"], name=name))
    return tuple(found)


def _day(number: int, text: str) -> date:
    """A day of the list.

    Raises:
        SekishoError: It is none.

    """
    try:
        day = read_date(text).whole
    except RecordsError:
        day = None
    if day is None:
        raise _told(number, "日付は 2026-11-27 の形で", "write days as 2026-11-27")
    return day


def read_technical(body: bytes) -> tuple[TechnicalHost, ...]:
    """The reviewed list of technical hosts.

    Raises:
        SekishoError: It is no such table, nobody answers for a host, or the review is of no known day.

    """
    found = []
    for number, row in read_table(body, TECHNICAL_ALIASES, ("host", "purpose", "owner", "reviewed", "until")):
        host = row["host"].removeprefix("*")
        key = f".{host_key(host[1:])}" if host.startswith(".") else host_key(host)
        if key in {"", "."} or not row["owner"] or not row["purpose"]:
            raise _told(number, "宛先・用途・責任者が必要です", "host, purpose and owner are needed")
        days = _day(number, row["reviewed"]), _day(number, row["until"])
        if days[0] > days[1]:
            raise _told(number, "有効期限が確認日より前です", "it ends before it was reviewed")
        found.append(
            TechnicalHost(host=key, purpose=row["purpose"], owner=row["owner"], reviewed=days[0], until=days[1])
        )
    return tuple(found)


class SourceBook:
    """Which department sits at which address, by the narrowest network that holds it."""

    def __init__(self, networks: Iterable[OwnNetwork]) -> None:
        """Sort the networks, the narrowest first."""
        known = [(ipaddress.ip_network(each.network), each) for each in networks]
        self._known = sorted(known, key=lambda pair: -pair[0].prefixlen)
        self._found: dict[str, Source] = {}

    @property
    def is_empty(self) -> bool:
        """Is nothing known of any network?"""
        return not self._known

    def source_of(self, address: str) -> Source:
        """Where this address is; an address that is in no network stands for itself."""
        found = self._found.get(address)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[address] = self._look(address)
        return found

    def _look(self, address: str) -> Source:
        """Look through the networks."""
        try:
            there = ipaddress.ip_address(address)
        except ValueError:
            return Source(name=address)
        for network, own in self._known:
            if there.version == network.version and there in network:
                gate = own.department == GATE
                return Source(name=own.department, department="" if gate else own.department, gate=gate)
        return Source(name=address)
