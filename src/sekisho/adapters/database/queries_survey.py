"""What the screens show of the survey: findings, logs that were read, campaigns, lists; and what waits for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sekisho.adapters.database.models import CampaignRow, Department, EgressLogRow, FindingRow, ReturnRow, SurveyListRow
from sekisho.adapters.database.office_time import end_of
from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.adapters.database.survey_findings import triage_of
from sekisho.adapters.database.survey_lists import NETWORKS, TECHNICAL
from sekisho.business.connection_survey import END_OF, GATE, Triage
from sekisho.kernel.council import Role

AT_REST = ("matched", "consult_filed", "stopped_with_proof", "confirmed", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding as it stands."""

    finding: str
    source: str
    department: str
    host: str
    received: str
    port: int
    origin: str
    state: str
    why: str
    permit: str
    connection: str
    detail: str
    first_seen: datetime
    last_seen: datetime
    times: int
    turned_away: int
    up: int
    down: int
    triage: str
    owner: str
    due: date | None
    answer: Mapping[str, Any]
    remark: str
    matter: str
    proof: str
    reported_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """A log that was read, with the lines that could not be."""

    name: str
    digest: str
    format: str
    lines: int
    unread: int
    unread_lines: tuple[Mapping[str, Any], ...]
    first_seen: datetime | None
    last_seen: datetime | None
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnView:
    """A department's answer to a campaign."""

    department: str
    state: str
    systems: int
    signed_by: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A campaign with every department's answer."""

    campaign: str
    label: str
    due: date
    state: str
    returns: tuple[ReturnView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """How many rows a list has, and who kept it when."""

    kind: str
    rows: int
    kept_by: str
    kept_at: datetime | None


_COPIED = tuple(name for name in FindingView.__slots__ if name != "reported_in")


def _view(row: FindingRow) -> FindingView:
    """A finding from its row."""
    meeting = row.reported_in.meeting if row.reported_in else ""
    return FindingView(**{name: getattr(row, name) for name in _COPIED}, reported_in=meeting)


def finding_views(tenant: str) -> tuple[FindingView, ...]:
    """Every finding: what is still to be done first, the covered last."""
    rows = FindingRow.objects.filter(tenant_id=tenant).select_related("reported_in").order_by("finding")
    return tuple(sorted(map(_view, rows), key=lambda each: (each.state == "matched", each.state in AT_REST)))


def department_names(tenant: str) -> dict[str, tuple[str, str]]:
    """What departments are called, by their ids; and the gate, which is a source as well."""
    rows = Department.objects.filter(tenant_id=tenant)
    return {each.department: (each.label_ja, each.label_en) for each in rows} | {GATE: ("関所", "The gate")}


def finding_view(tenant: str, finding: str) -> FindingView | None:
    """One finding of this municipality."""
    row = FindingRow.objects.filter(tenant_id=tenant, finding=finding).select_related("reported_in").first()
    return _view(row) if row else None


def log_views(tenant: str, most: int = 20) -> tuple[LogView, ...]:
    """The logs that were read last."""
    rows = EgressLogRow.objects.filter(tenant_id=tenant).order_by("-id")[:most]
    names = [name for name in LogView.__slots__ if name != "unread_lines"]
    return tuple(
        LogView(**{name: getattr(each, name) for name in names}, unread_lines=tuple(each.unread_lines)) for each in rows
    )


def _return(row: ReturnRow) -> ReturnView:
    """A department's answer from its row."""
    return ReturnView(
        department=row.department,
        state=row.state,
        systems=len(row.systems),
        signed_by=row.signed_by,
        signed_at=row.signed_at,
    )


def campaign_views(tenant: str) -> tuple[CampaignView, ...]:
    """Every campaign, the newest first."""
    rows = CampaignRow.objects.filter(tenant_id=tenant).prefetch_related("returns").order_by("-id")
    return tuple(
        CampaignView(
            campaign=each.campaign,
            label=each.label,
            due=each.due,
            state=each.state,
            returns=tuple(map(_return, sorted(each.returns.all(), key=lambda one: one.department))),
        )
        for each in rows
    )


def list_views(tenant: str) -> tuple[ListView, ...]:
    """The two lists that a survey uses."""
    found = []
    for kind in (NETWORKS, TECHNICAL):
        row = SurveyListRow.objects.filter(tenant_id=tenant, kind=kind).order_by("-id").first()
        facts = (len(row.rows), row.kept_by, row.kept_at) if row else (0, "", None)
        found.append(ListView(kind=kind, rows=facts[0], kept_by=facts[1], kept_at=facts[2]))
    return tuple(found)


def _waiting(task: str, rows: list[FindingRow]) -> Iterator[Waiting]:
    """One line for all findings of a kind, with the earliest day."""
    if rows:
        days = [each.due for each in rows if each.due]
        named = "、".join(each.finding for each in rows[:3])
        due = end_of(min(days)) if days and task == "answer_finding" else None
        yield Waiting(task=task, matter="", consultation="", label_ja=named, label_en=named, count=len(rows), due=due)


def _to_file(worker: Worker, row: FindingRow) -> bool:
    """Does this drafter's department owe the consultation?"""
    fits = triage_of(row) is Triage.MUST_CONSULT and row.department == worker.department
    return Role.DRAFTER in worker.roles and fits


def _to_check(row: FindingRow) -> bool:
    """Is it the secretariat that ends this finding?"""
    kind = triage_of(row)
    return kind is None or END_OF[kind] != "file_consultation"


def survey_tasks(worker: Worker) -> Iterator[Waiting]:
    """What of the survey waits for this person."""
    rows = list(FindingRow.objects.filter(tenant_id=worker.tenant).exclude(state__in=AT_REST).order_by("finding"))
    in_state = {state: [each for each in rows if each.state == state] for state in {each.state for each in rows}}
    answered = in_state.get("answered", [])
    if Role.SECRETARIAT in worker.roles:
        yield from _waiting("triage_finding", [*in_state.get("unmatched", []), *in_state.get("triaged", [])])
        yield from _waiting("check_finding", [each for each in answered if _to_check(each)])
        yield from _waiting("close_finding", in_state.get("reported", []))
    asked = [*in_state.get("owner_assigned", []), *in_state.get("overdue", [])]
    yield from _waiting("answer_finding", [each for each in asked if each.owner == worker.person])
    yield from _waiting("file_finding", [each for each in answered if _to_file(worker, each)])
    if Role.HEAD in worker.roles:
        yield from _returns(worker)


def _returns(worker: Worker) -> Iterator[Waiting]:
    """Campaigns that this head's department has not answered."""
    rows = ReturnRow.objects.filter(
        campaign__tenant_id=worker.tenant, campaign__state="opened", department=worker.department
    ).exclude(state="answered")
    for each in rows.select_related("campaign").order_by("id"):
        label = each.campaign.label
        due = end_of(each.campaign.due)
        yield Waiting(task="sign_return", matter="", consultation="", label_ja=label, label_en=label, due=due)
