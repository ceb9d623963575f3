"""What a meeting is told when it opens: open conditions, changes that did not come before it, late self-checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sekisho.adapters.database.council_deeds import Deed, note
from sekisho.adapters.database.council_proposals import condition_of
from sekisho.adapters.database.ledgers import read_acts
from sekisho.adapters.database.models import (
    ConditionRow,
    FindingRow,
    LighterChangeRow,
    Meeting,
    SelfCheckRow,
)
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.survey_acts import findings_to_report, report_findings
from sekisho.kernel import EntryKind
from sekisho.kernel.council import Condition, is_check_overdue, is_overdue, to_report

MINOR = "minor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCondition:
    """A condition as a meeting heard of it."""

    condition: str
    consultation: str
    state: str
    due: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """A minor change as a meeting heard of it: the version that it made, and how many fields differ."""

    consultation: str
    matter: str
    version: int
    fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCheck:
    """A self-check past its day as a meeting heard of it."""

    number: str
    consultation: str
    state: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """A connection that was never put to the council, as a meeting heard of it."""

    finding: str
    department: str
    host: str
    state: str
    triage: str
    due: str
    matter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport:
    """What a meeting hears, or heard, beside its agenda."""

    conditions: tuple[ToldCondition, ...] = ()
    changes: tuple[ToldChange, ...] = ()
    checks: tuple[ToldCheck, ...] = ()
    findings: tuple[ToldFinding, ...] = ()


def _told(condition: Condition, today: date) -> ToldCondition:
    """A condition as it stands today."""
    return ToldCondition(
        condition=condition.condition,
        consultation=condition.consultation,
        state=condition.state,
        due=condition.due.isoformat(),
        overdue=is_overdue(condition, today),
    )


def _late_checks(tenant: str, today: date) -> tuple[ToldCheck, ...]:
    """Every self-check that is past its day and not verified."""
    rows = SelfCheckRow.objects.filter(tenant_id=tenant, due__lt=today).order_by("due", "id")
    late = (each for each in rows if is_check_overdue(each.state, each.due, today))
    return tuple(
        ToldCheck(number=each.number, consultation=each.consultation, state=each.state, due=each.due.isoformat())
        for each in late
    )


def report_due(tenant: str, today: date) -> MeetingReport:
    """What the next meeting hears: conditions not settled, minor changes no meeting heard of, late self-checks."""
    rows = ConditionRow.objects.filter(tenant_id=tenant)
    conditions = to_report([condition_of(each) for each in rows], today)
    changes = LighterChangeRow.objects.filter(matter__tenant_id=tenant, reported_in=None, weight=MINOR)
    return MeetingReport(
        checks=_late_checks(tenant, today),
        conditions=tuple(_told(each, today) for each in conditions),
        changes=tuple(
            ToldChange(
                consultation=each.matter.consultation,
                matter=each.matter.matter,
                version=each.version,
                fields=len(each.fields),
            )
            for each in changes.select_related("matter").order_by("id")
        ),
        findings=tuple(_told_finding(each) for each in findings_to_report(tenant)),
    )


def _told_finding(row: FindingRow) -> ToldFinding:
    """A finding as it stands today."""
    return ToldFinding(
        finding=row.finding,
        department=row.department,
        host=f"{row.host}:{row.port}",
        state=row.state,
        triage=row.triage,
        due=row.due.isoformat() if row.due else "",
        matter=row.matter,
    )


def report_to(deed: Deed, meeting: Meeting) -> None:
    """Tell the meeting that opens, and write down what it was told, inside its transaction."""
    due = report_due(deed.tenant, office_day(deed.at))
    if not (due.conditions or due.changes or due.checks or due.findings):
        return
    note(
        deed,
        EntryKind.REPORTED_TO_MEETING,
        meeting=meeting.meeting,
        conditions=[{name: getattr(each, name) for name in ToldCondition.__slots__} for each in due.conditions],
        changes=[{name: getattr(each, name) for name in ToldChange.__slots__} for each in due.changes],
        checks=[{name: getattr(each, name) for name in ToldCheck.__slots__} for each in due.checks],
        findings=[{name: getattr(each, name) for name in ToldFinding.__slots__} for each in due.findings],
    )
    report_findings(deed, meeting)
    heard = LighterChangeRow.objects.filter(matter__tenant_id=deed.tenant, reported_in=None, weight=MINOR)
    heard.update(reported_in=meeting)


def _report_in(entry: Mapping[str, Any]) -> MeetingReport:
    """What an entry says a meeting was told."""
    return MeetingReport(
        conditions=tuple(ToldCondition(**each) for each in entry["conditions"]),
        changes=tuple(ToldChange(**each) for each in entry["changes"]),
        checks=tuple(ToldCheck(**each) for each in entry.get("checks", ())),  # not told before there were any
        # Meetings of before the survey was kept here heard of none.
        findings=tuple(ToldFinding(**each) for each in entry.get("findings", ())),
    )


def reports_of(tenant: str) -> Mapping[str, MeetingReport]:
    """What each meeting was told, as the ledger has it."""
    return {str(each["meeting"]): _report_in(each) for each in read_acts(tenant, EntryKind.REPORTED_TO_MEETING)}
