"""What the page of connectors shows: each connector with its last run, and each internet-side copy. Counts and yen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Sum

from sekisho.adapters.database.internet_copies import late_copies
from sekisho.adapters.database.models import ConnectorRow, ConnectorRunRow, CopyState, InternetCopyRow, RunOutcome

COPIES_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """What one run of a connector did."""

    run: int
    started_at: datetime
    outcome: str
    first: date | None
    last: date | None
    parcels: Sequence[str]
    donations: int
    amount: int
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorView:
    """One connector with its newest runs."""

    connector: str
    portal: str
    mode: str
    person: str
    host: str
    every_hours: int
    next_run: datetime | None
    fetched_until: date | None
    runs: tuple[RunView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One internet-side copy."""

    parcel: str
    layout: str
    state: str
    landed_at: datetime
    erase_by: datetime
    sent_as: str
    donations: int
    amount: int
    fault: str
    erased_at: datetime | None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTotals:
    """All copies together: how many came, how many are erased, how many are late, and what they come to."""

    copies: int
    erased: int
    late: int
    donations: int
    amount: int


def _run_view(row: ConnectorRunRow, copies: Mapping[str, tuple[int, int]]) -> RunView:
    """A run; what its files came to is told by their copies."""
    told = [copies.get(parcel, (0, 0)) for parcel in row.parcels]
    return RunView(
        run=row.pk,
        started_at=row.started_at,
        outcome=row.outcome,
        first=row.first_day,
        last=row.last_day,
        parcels=tuple(row.parcels),
        donations=row.donations or sum(each[0] for each in told),
        amount=row.amount or sum(each[1] for each in told),
        detail=row.detail,
    )


def connector_views(tenant: str) -> tuple[ConnectorView, ...]:
    """Every connector of a municipality, by portal."""
    rows = list(ConnectorRow.objects.filter(tenant_id=tenant).order_by("portal", "connector"))
    runs = {row.pk: list(row.runs.order_by("-started_at")[:5]) for row in rows}
    parcels = [parcel for each in runs.values() for run in each for parcel in run.parcels]
    found = InternetCopyRow.objects.filter(tenant_id=tenant, parcel__in=parcels)
    copies = {parcel: (count, amount) for parcel, count, amount in found.values_list("parcel", "donations", "amount")}
    return tuple(
        ConnectorView(
            connector=row.connector,
            portal=row.portal,
            mode=row.mode,
            person=row.person,
            host=row.url,
            every_hours=row.every_hours,
            next_run=row.next_run,
            fetched_until=row.fetched_until,
            runs=tuple(_run_view(run, copies) for run in runs[row.pk]),
        )
        for row in rows
    )


def copy_views(tenant: str, at: datetime) -> tuple[CopyView, ...]:
    """The newest copies; those that are still here first."""
    names = (
        "parcel",
        "layout",
        "state",
        "landed_at",
        "erase_by",
        "sent_as",
        "donations",
        "amount",
        "fault",
        "erased_at",
    )
    rows = InternetCopyRow.objects.filter(tenant_id=tenant)
    here = list(rows.exclude(state=CopyState.ERASED).order_by("landed_at").values(*names)[:COPIES_SHOWN])
    gone = list(rows.filter(state=CopyState.ERASED).order_by("-erased_at").values(*names)[:COPIES_SHOWN])
    late = set(late_copies(tenant, at).values_list("parcel", flat=True))
    return tuple(CopyView(**each, late=each["parcel"] in late) for each in (*here, *gone))


def copy_totals(tenant: str, at: datetime) -> CopyTotals:
    """All copies together."""
    rows = InternetCopyRow.objects.filter(tenant_id=tenant)
    late = late_copies(tenant, at).count()
    told = rows.aggregate(copies=Count("document"), donations=Sum("donations"), amount=Sum("amount"))
    erased = rows.filter(state=CopyState.ERASED).count()
    return CopyTotals(
        copies=told["copies"],
        erased=erased,
        late=late,
        donations=told["donations"] or 0,
        amount=told["amount"] or 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRun:
    """A run that waits for its columns to be mapped."""

    run: int
    connector: str
    portal: str
    mode: str
    detail: Mapping[str, Any]


def waiting_run(tenant: str, run: int) -> WaitingRun | None:
    """A run of this municipality that waits for its columns to be mapped."""
    rows = ConnectorRunRow.objects.select_related("connector")
    row = rows.filter(tenant_id=tenant, pk=run, outcome=RunOutcome.MISMATCH).first()
    if row is None:
        return None
    said = row.connector
    return WaitingRun(run=row.pk, connector=said.connector, portal=said.portal, mode=said.mode, detail=row.detail)


def has_connector(tenant: str, connector: str, mode: str) -> bool:
    """Has this municipality a connector of this name and mode?"""
    return ConnectorRow.objects.filter(tenant_id=tenant, connector=connector, mode=mode).exists()
