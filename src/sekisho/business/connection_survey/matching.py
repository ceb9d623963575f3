"""Observed minus permitted: what a permit in force covers, and for everything else the reason why it is a finding.

A match names permit and arrow. Traffic to an approved host from elsewhere than the gate and the department of the
arrow, against its direction, or far beyond its volume, is a finding as well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sekisho.business.connection_survey.counting import Traffic
from sekisho.business.connection_survey.hosts import host_key
from sekisho.business.connection_survey.inventories import SystemInUse, TechnicalHost
from sekisho.business.connection_survey.seen import OFFICE, Source
from sekisho.kernel import PermitStatus, SekishoError

BEYOND: Final = 2
SLACK: Final = 16 << 20
"""So much a day is protocol: handshakes, pages of a web site around the file, acknowledgements."""


class Why(StrEnum):
    """Why something seen is covered, or is a finding. Stored values are never renamed and never reused."""

    PERMIT = "permit"
    TECHNICAL = "technical"
    NO_PERMIT = "no_permit"
    NOT_IN_FORCE = "not_in_force"
    OUTSIDE_TERM = "outside_term"
    SOURCE_OUTSIDE = "source_outside"
    AGAINST_DIRECTION = "against_direction"
    BEYOND_VOLUME = "beyond_volume"
    REVIEW_PAST = "review_past"


COVERED: Final = frozenset({Why.PERMIT, Why.TECHNICAL})
WHY_WORDS: Final = MappingProxyType(
    {
        Why.PERMIT: ("通行証で認められています", "covered by a permit"),
        Why.TECHNICAL: ("確認済みの技術的な宛先です", "a reviewed technical host"),
        Why.NO_PERMIT: ("通行証がありません", "no permit covers it"),
        Why.NOT_IN_FORCE: ("通行証が効力を持っていません", "its permit is not in force"),
        Why.OUTSIDE_TERM: ("通行証の期間の外です", "outside the term of its permit"),
        Why.SOURCE_OUTSIDE: (
            "認められた所属・関所以外からの通信です",
            "from elsewhere than its department and the gate",
        ),
        Why.AGAINST_DIRECTION: ("認められた向きと違います", "against the approved direction"),
        Why.BEYOND_VOLUME: ("認められた量を大きく超えています", "far beyond the approved volume"),
        Why.REVIEW_PAST: ("技術的な宛先の確認が期限切れです", "the review of this technical host is past"),
    }
)
"""Each reason in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What a permit approves, as a log can show it: host and port, whose arrow, which way, from when until when.

    `daily_bytes` is the most that may cross a day; 0 if whoever wrote it down does not know.
    """

    permit: str
    connection: str
    host: str
    port: int
    status: str = "active"
    department: str = ""
    direction: str = ""
    not_before: str = ""
    not_after: str = ""
    daily_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Something seen, with what is said of it: covered or not, why, and by which permit and arrow."""

    traffic: Traffic
    why: Why
    permit: str = ""
    connection: str = ""
    detail: str = ""

    @property
    def is_covered(self) -> bool:
        """Does it need no finding?"""
        return self.why in COVERED


def _moment(text: str) -> datetime:
    """A moment of a permit; a day is its first instant.

    Raises:
        SekishoError: It is none.

    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as fault:
        message = f"permit: {text[:40]!r} is no time"
        raise SekishoError(message) from fault
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _outside_term(approved: Approved, traffic: Traffic) -> bool:
    """Was any of it seen before the permit began or after it ended?"""
    first, last = (datetime.fromtimestamp(each, UTC) for each in (traffic.first, traffic.last))
    early = bool(approved.not_before) and first < _moment(approved.not_before)
    return early or (bool(approved.not_after) and last >= _moment(approved.not_after))


def _volume(traffic: Traffic, covering: Sequence[Approved]) -> tuple[Why, str] | None:
    """Is it against the direction, or far beyond the volume, of all arrows to this host together?"""
    if any(not each.direction or not each.daily_bytes for each in covering):
        return None
    for seen, way in zip(traffic.busiest(), ("outward", "inward"), strict=True):
        allowed = sum(each.daily_bytes for each in covering if each.direction == way)
        if seen > allowed * BEYOND + SLACK:
            why = Why.BEYOND_VOLUME if allowed else Why.AGAINST_DIRECTION
            return why, f"{way} {seen} > {allowed}"
    return None


class Survey:
    """What may be reached: permits, technical hosts, and whether the sources of traffic are known."""

    def __init__(
        self, approved: Iterable[Approved], technical: Iterable[TechnicalHost], *, sources_known: bool
    ) -> None:
        """Lay the permits out by host and port."""
        self._by_host: dict[tuple[str, int], list[Approved]] = {}
        for each in approved:
            self._by_host.setdefault((each.host, each.port), []).append(each)
        self._technical = tuple(technical)
        self._sources_known = sources_known

    def _fits(self, source: Source, approved: Approved) -> bool:
        """May this source use this arrow? Where no inventory says who sits where, nobody can tell."""
        if not self._sources_known or source.gate or not approved.department:
            return True
        return source.department == approved.department

    def judge(self, traffic: Traffic) -> Judged:
        """What is said of one thing that was seen."""
        known = self._by_host.get((traffic.host, traffic.port), [])
        if not known:
            return self._judge_technical(traffic)
        active = [each for each in known if each.status == PermitStatus.ACTIVE]
        if not active:
            return _judged(traffic, Why.NOT_IN_FORCE, known[0], known[0].status)
        timely = [each for each in active if not _outside_term(each, traffic)]
        if not timely:
            return _judged(traffic, Why.OUTSIDE_TERM, active[0], f"{active[0].not_before}/{active[0].not_after}")
        fitting = [each for each in timely if self._fits(traffic.source, each)]
        if not fitting:
            return _judged(traffic, Why.SOURCE_OUTSIDE, timely[0], traffic.source.department or traffic.source.name)
        if against := _volume(traffic, fitting):
            return _judged(traffic, against[0], fitting[0], against[1])
        return _judged(traffic, Why.PERMIT, fitting[0])

    def _judge_technical(self, traffic: Traffic) -> Judged:
        """Is it a technical host, on the last day on which it was seen?"""
        seen_on: date = datetime.fromtimestamp(traffic.last, OFFICE).date()
        listed = [each for each in self._technical if each.covers(traffic.host)]
        if not listed:
            return Judged(traffic=traffic, why=Why.NO_PERMIT)
        good = [each for each in listed if seen_on <= each.until]
        told = (good or listed)[0]
        why = Why.TECHNICAL if good else Why.REVIEW_PAST
        return Judged(traffic=traffic, why=why, detail=f"{told.owner} {told.reviewed}/{told.until}")

    def names(self, system: SystemInUse, department: str, at: datetime) -> Judged:
        """What is said of a system that a department named, as if it had been seen today."""
        second = int(at.timestamp())
        source = Source(name=department, department=department)
        return self.judge(
            Traffic(source=source, host=system.host, port=system.port, received=system.host, first=second, last=second)
        )


def _judged(traffic: Traffic, why: Why, by: Approved, detail: str = "") -> Judged:
    """What is said, by the permit of which it is said."""
    return Judged(traffic=traffic, why=why, permit=by.permit, connection=by.connection, detail=detail)


def _from_data(each: Mapping[str, Any]) -> Approved:
    """One permit of a file.

    Raises:
        SekishoError: It is none.

    """
    known = {field.name: type(field.default) for field in fields(Approved)}
    whole = {"port", "daily_bytes"}
    fits = {"permit", "host", "port"} <= each.keys() <= known.keys() and all(
        isinstance(value, int if name in whole else str) for name, value in each.items()
    )
    host = host_key(str(each.get("host", ""))) if fits else ""
    if not host:
        message = "通行証のファイルが読めません / the file of permits: permit, host and port of each are needed"
        raise SekishoError(message)
    approved = Approved(**{"connection": "", **each, "host": host})
    for moment in (approved.not_before, approved.not_after):
        if moment:
            _moment(moment)
    return approved


def _from_allow_list(text: str) -> Iterable[Approved]:
    """Permits of an allow-list: `host port permit,permit`, one a line.

    Raises:
        SekishoError: A line is not of this form.

    """
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        host = host_key(words[0])
        if len(words) != 3 or not host or not (words[1].isascii() and words[1].isdecimal()):  # noqa: PLR2004 - three words
            message = f"通行証のファイルの{number}行目が読めません / line {number} is not `host port permits`"
            raise SekishoError(message)
        yield from (Approved(permit=each, connection="", host=host, port=int(words[1])) for each in words[2].split(","))


def read_approved(body: bytes) -> tuple[Approved, ...]:
    """The permits of a file: JSON (a list of objects), or an allow-list as `sekisho donations allow-list` writes it.

    Raises:
        SekishoError: It is neither. Permits that are half understood would cover nothing.

    """
    try:
        text = body.decode("utf-8-sig")
        if not text.lstrip().startswith("["):
            return tuple(_from_allow_list(text))
        rows = json.loads(text)
    except (ValueError, RecursionError) as fault:
        message = "通行証のファイルが読めません / the file of permits cannot be read"
        raise SekishoError(message) from fault
    if not all(isinstance(each, dict) for each in rows):
        message = "通行証のファイルが読めません / the file of permits is no list of objects"
        raise SekishoError(message)
    return tuple(_from_data(each) for each in rows)
