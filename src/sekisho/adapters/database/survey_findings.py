"""Findings as rows: what is seen is kept once a source, host and port; every step is an entry in the same transaction.

An observation is never deleted, and the same log read twice changes nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from sekisho.adapters.database.council_deeds import Deed, next_number, note, roles_of
from sekisho.adapters.database.models import EgressLogRow, FindingRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.survey_lists import must_survey
from sekisho.adapters.database.turns import writing
from sekisho.business.connection_survey import (
    Judged,
    LogPeriod,
    LogReading,
    Traffic,
    Triage,
    UnreadLine,
    is_seen_again,
)
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import FINDING_TABLE, advance_state

CLOCK: Final = "clock"
LOG: Final = "log"
INVENTORY: Final = "inventory"
_NAME: Final = 200


def find_finding(tenant: str, finding: str) -> FindingRow:
    """A finding of this municipality, locked until the transaction ends.

    Raises:
        Refused: There is none.

    """
    row = FindingRow.objects.select_for_update().filter(tenant_id=tenant, finding=finding).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=finding)])
    return row


def triage_of(row: FindingRow) -> Triage | None:
    """What the secretariat took it for, if it has said."""
    return Triage(row.triage) if row.triage else None


def advance(deed: Deed, row: FindingRow, act: str, *, clock: bool = False, **facts: object) -> None:
    """Take a step of the finding's table and write it down; what the clock does names no person.

    Raises:
        Refused: Not in this state, or not by somebody with these roles.

    """
    before = row.state
    row.state = advance_state(FINDING_TABLE, row.finding, before, act, None if clock else roles_of(deed))
    row.save()
    named = {"finding": row.finding, "act": act, "before": before, "after": row.state}
    where = {"host": row.host, "port": row.port, "permit": row.permit, "connection": row.connection, "why": row.why}
    note(replace(deed, person=CLOCK) if clock else deed, EntryKind.FINDING_ACTED, **named, **where, **facts)


def _moment(second: int) -> datetime:
    """A second as a moment."""
    return datetime.fromtimestamp(second, UTC)


def _passed(traffic: Traffic) -> datetime | None:
    """When something of it last went through, if anything did."""
    return _moment(traffic.passed) if traffic.passed >= 0 else None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later of two moments, either of which may be missing."""
    return max((each for each in (one, other) if each is not None), default=None)


def _added(known: int, more: int) -> int:
    """Bytes together; what no log told stays unknown."""
    return known if more < 0 else max(known, 0) + more


def _begin(deed: Deed, traffic: Traffic, origin: str) -> FindingRow:
    """A finding that was never seen before."""
    return FindingRow(
        tenant_id=deed.tenant,
        finding=f"f{next_number(deed.tenant, 'finding'):04d}",
        source=traffic.source.name[:_NAME],
        department=traffic.source.department,
        host=traffic.host,
        port=traffic.port,
        received=traffic.received[:253],
        origin=origin,
        state=FINDING_TABLE.first,
        first_seen=_moment(traffic.first),
        last_seen=_moment(traffic.last),
    )


def _count(row: FindingRow, judged: Judged) -> None:
    """Add what was seen to what is known, with what is said of it now."""
    traffic = judged.traffic
    row.first_seen = min(row.first_seen, _moment(traffic.first))
    row.last_seen = max(row.last_seen, _moment(traffic.last))
    row.passed_at = _later(row.passed_at, _passed(traffic))
    row.turned_away_at = _later(row.turned_away_at, _moment(traffic.last) if traffic.refused else None)
    row.times, row.turned_away = row.times + traffic.times, row.turned_away + traffic.refused
    row.up, row.down = _added(row.up, traffic.up), _added(row.down, traffic.down)
    row.department = traffic.source.department or row.department
    row.why, row.detail = str(judged.why), judged.detail[:300]
    row.permit, row.connection = judged.permit, judged.connection


def _next_act(row: FindingRow, judged: Judged) -> str:
    """What being seen does to a finding; nothing where people are at work on it."""
    steps = {step.act for step in FINDING_TABLE.steps_from(row.state)}
    if judged.is_covered:
        return "match" if "match" in steps else ""
    if "miss" in steps:
        return "miss"
    return "see_again" if is_seen_again(row.state, triage_of(row), _passed(judged.traffic), row.proved_at) else ""


def observe(deed: Deed, judged: Judged, origin: str) -> FindingRow:
    """Keep one thing that was seen, in a transaction of the caller's."""
    traffic = judged.traffic
    key = {"source": traffic.source.name[:_NAME], "host": traffic.host, "port": traffic.port}
    row = FindingRow.objects.select_for_update().filter(tenant_id=deed.tenant, **key).first()
    row = row or _begin(deed, traffic, origin)
    _count(row, judged)
    if act := _next_act(row, judged):
        if act == "see_again":
            row.triage, row.owner, row.due, row.proof, row.reported_in = "", "", None, "", None
        advance(deed, row, act, clock=True, times=row.times)
    else:
        row.save()
    return row


def was_read(tenant: str, digest: str) -> bool:
    """Was this very log read before?"""
    return EgressLogRow.objects.filter(tenant_id=tenant, digest=digest).exists()


def _told(each: UnreadLine) -> dict[str, object]:
    """A line that could not be read, as it is kept: its number and why."""
    return {"line": each.line, "why": str(each.why)}


def keep_log(
    deed: Deed, name: str, digest: str, reading: LogReading, judged: Iterable[Judged]
) -> tuple[FindingRow, ...] | None:
    """Keep what a log says, once; answers with the findings it touched, with nothing if it was kept before.

    Raises:
        Refused: Not by this person.

    """
    seen = tuple(judged)
    with writing():
        must_survey(deed)
        if was_read(deed.tenant, digest):
            return None
        EgressLogRow.objects.create(
            tenant_id=deed.tenant,
            digest=digest,
            name=name[:_NAME],
            taken_at=deed.at,
            taken_by=deed.person,
            **_facts_of(reading, seen),
        )
        counts = {"lines": reading.lines, "unread": reading.unread_lines(), "connections": len(seen)}
        note(deed, EntryKind.EGRESS_LOG_READ, digest=digest, format=str(reading.format), **counts)
        return tuple(observe(deed, each, LOG) for each in seen)


def _facts_of(reading: LogReading, seen: tuple[Judged, ...]) -> dict[str, Any]:
    """How a log was read, and its period."""
    return {
        "format": str(reading.format),
        "lines": reading.lines,
        "unread": reading.unread_lines(),
        "unread_lines": [_told(each) for each in reading.examples],
        "first_seen": _moment(min(each.traffic.first for each in seen)) if seen else None,
        "last_seen": _moment(max(each.traffic.last for each in seen)) if seen else None,
    }


def periods_of(tenant: str) -> tuple[LogPeriod, ...]:
    """The logs that were read, the earliest first."""
    rows = EgressLogRow.objects.filter(tenant_id=tenant, first_seen__isnull=False).order_by("first_seen", "id")
    return tuple(
        LogPeriod(digest=each.digest, first=each.first_seen, last=each.last_seen)
        for each in rows
        if each.first_seen and each.last_seen
    )


def pass_finding_dates(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: findings whose answer is late become overdue. Answers which."""
    clock, today, passed = Deed(tenant=tenant, person=CLOCK, at=at), office_day(at), []
    with writing():
        late = FindingRow.objects.filter(tenant_id=tenant, state="owner_assigned", due__lt=today)
        rows = late.select_for_update()  # an answer that is just being written down is waited for
        for row in rows.order_by("finding"):
            advance(clock, row, "pass_due_date", clock=True, due=str(row.due))
            passed.append(row.finding)
    return tuple(passed)
