"""The public register of permits (通行証の公開台帳): what crosses from where to where, why, and how often.

Counts are counted from the ledger's entries each time the page is asked for. People, terminals and proofs are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sekisho.adapters.database.council_conditions import condition_of
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import (
    ConditionRow,
    Consultation,
    DecisionRow,
    EntryRow,
    Matter,
    Parcel,
    PermitRow,
    Tenant,
)
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_authority import permit_rows
from sekisho.adapters.database.queries_rows import PermitRow as ShownPermit
from sekisho.adapters.dossiers import read_dossier
from sekisho.kernel import Chart, EntryKind
from sekisho.kernel.council import Condition, Dossier

_NOT_ADOPTED = ("proposed", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality that keeps a register here."""

    tenant: str
    label_ja: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What happened under a permit, counted from the ledger."""

    crossed: int
    refused: int
    records: int
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What was put to the council and decided: its papers, who decided when, and on what conditions."""

    title_ja: str
    title_en: str
    decided_by_ja: str
    decided_by_en: str
    decided_on: str
    dossier: Dossier
    conditions: tuple[Condition, ...]

    @property
    def chart(self) -> Chart:
        """The chart that was put to the council."""
        return self.dossier.chart


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One permit of the register; a permit without papers here has no ground."""

    permit: ShownPermit
    ground: Ground | None
    traffic: Traffic


def municipalities() -> tuple[Municipality, ...]:
    """The municipalities that have issued a permit here."""
    issuing = PermitRow.objects.values("tenant_id")
    rows = Tenant.objects.filter(code__in=issuing).order_by("code")
    return tuple(Municipality(tenant=each.code, label_ja=each.label_ja, label_en=each.label_en) for each in rows)


def _with_entry(tenant: str, kind: EntryKind) -> Exists:
    """Has a parcel an entry of this kind in the ledger?"""
    return Exists(EntryRow.objects.filter(tenant_id=tenant, kind=str(kind), parcel=OuterRef("parcel")))


def _turned_away(tenant: str) -> dict[str, int]:
    """Parcels turned away before a permit was shown, by the permit that was the last one issued for the connection."""
    issued = PermitRow.objects.filter(tenant_id=tenant, connection=OuterRef("connection"))
    issued = issued.filter(issued_at__lte=OuterRef("received_at")).order_by("-issued_at", "-pk")
    parcels = Parcel.objects.filter(_with_entry(tenant, EntryKind.REFUSED), tenant_id=tenant, permit="")
    parcels = parcels.annotate(on_file=Subquery(issued.values("permit")[:1]))
    return dict(parcels.order_by().values("on_file").annotate(count=Count("pk")).values_list("on_file", "count"))


def _traffics(tenant: str) -> dict[str, Traffic]:
    """What the ledger says of every permit under which something happened, in two questions."""
    crossed = Q(delivered=True)
    flagged = Parcel.objects.filter(tenant_id=tenant).exclude(permit="")
    flagged = flagged.annotate(
        delivered=_with_entry(tenant, EntryKind.DELIVERED),
        refused=_with_entry(tenant, EntryKind.REFUSED),
        held=_with_entry(tenant, EntryKind.HELD),
    )
    counted = (
        flagged.order_by()
        .values("permit")
        .annotate(
            crossings=Count("pk", filter=crossed),
            stops=Count("pk", filter=Q(refused=True)),
            holds=Count("pk", filter=Q(held=True)),
            records=Sum(Cast(KT("found__records"), BigIntegerField()), filter=crossed),
            last=Max("received_at", filter=crossed),
        )
    )
    away, rows = _turned_away(tenant), {each["permit"]: each for each in counted}
    return {permit: _traffic(rows.get(permit, {}), away.get(permit, 0)) for permit in {*rows, *away} if permit}


def _traffic(row: Mapping[str, Any], away: int) -> Traffic:
    """What was counted of one permit; nothing, where nothing happened."""
    last: datetime | None = row.get("last")
    return Traffic(
        crossed=row.get("crossings", 0),
        refused=row.get("stops", 0) + row.get("holds", 0) + away,
        records=row.get("records") or 0,
        last=office_day(last) if last else None,
    )


def _adopted(tenant: str, consultation: str) -> Iterable[Condition]:
    """The conditions of a consultation that the council adopted, as they stand."""
    rows = ConditionRow.objects.filter(tenant_id=tenant, consultation=consultation).exclude(state__in=_NOT_ADOPTED)
    return (condition_of(each) for each in rows.order_by("condition"))


def _published(tenant: str, consultation: str) -> Ground | None:
    """The ground of a permit whose consultation was published with its minutes."""
    row = Consultation.objects.filter(tenant_id=tenant, consultation=consultation).first()
    if row is None:
        return None
    found = read_dossier(row.dossier)
    meeting = found.consultation["meeting"]
    return Ground(
        title_ja=row.label_ja,
        title_en=row.label_en,
        decided_by_ja=meeting["ja"],
        decided_by_en=meeting["en"],
        decided_on=str(found.consultation["result"]["decided"]),
        dossier=found.papers.dossier,
        conditions=(*found.papers.annex.conditions, *_adopted(tenant, consultation)),
    )


def _deliberated(tenant: str, consultation: str) -> Ground | None:
    """The ground of a permit that was decided here."""
    matter = Matter.objects.filter(tenant_id=tenant, consultation=consultation).select_related("meeting").first()
    decision = DecisionRow.objects.filter(matter=matter).order_by("ballot_round").last() if matter else None
    if matter is None or decision is None or matter.meeting is None:
        return None
    return Ground(
        title_ja=matter.label_ja,
        title_en=matter.label_en,
        decided_by_ja=matter.meeting.label_ja,
        decided_by_en=matter.meeting.label_en,
        decided_on=office_day(decision.decided_at).isoformat(),
        dossier=read_paper(matter, decision.version).dossier,
        conditions=tuple(_adopted(tenant, consultation)),
    )


def register_rows(tenant: str) -> tuple[RegisterRow, ...]:
    """Every permit that a municipality ever issued, with what it rests on and what happened under it."""
    shown, traffics, nothing = permit_rows(tenant), _traffics(tenant), _traffic({}, 0)
    numbers = sorted({each.consultation for each in shown})
    grounds = {number: _published(tenant, number) or _deliberated(tenant, number) for number in numbers}
    return tuple(
        RegisterRow(permit=each, ground=grounds[each.consultation], traffic=traffics.get(each.permit.permit, nothing))
        for each in shown
    )
