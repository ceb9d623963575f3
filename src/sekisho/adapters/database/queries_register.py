"""The public register of permits (通行証の公開台帳): what crosses from where to where, why, and how often.

Counts are counted from the ledger's entries each time the page is asked for. People, terminals and proofs are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Max, QuerySet, Sum
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


def _entries(tenant: str, kind: EntryKind, parcels: QuerySet[Parcel]) -> int:
    """How many of these parcels have an entry of this kind in the ledger."""
    rows = EntryRow.objects.filter(tenant_id=tenant, kind=str(kind), parcel__in=parcels.values("parcel"))
    return rows.values("parcel").distinct().count()


def _at_the_entrance(row: PermitRow) -> QuerySet[Parcel]:
    """Parcels turned away on this connection before a permit was shown, while this permit was the one on file."""
    renewed = PermitRow.objects.filter(
        tenant_id=row.tenant_id, connection=row.connection, issued_at__gte=row.issued_at, pk__gt=row.pk
    ).order_by("pk")
    until = renewed.values_list("issued_at", flat=True).first()
    parcels = Parcel.objects.filter(tenant_id=row.tenant_id, connection=row.connection, permit="")
    parcels = parcels.filter(received_at__gte=row.issued_at)
    return parcels.filter(received_at__lt=until) if until else parcels


def _traffic(row: PermitRow) -> Traffic:
    """What the ledger says of one permit."""
    own = Parcel.objects.filter(tenant_id=row.tenant_id, permit=row.permit)
    delivered = EntryRow.objects.filter(tenant_id=row.tenant_id, kind=str(EntryKind.DELIVERED))
    crossed = own.filter(parcel__in=delivered.values("parcel"))
    counted = crossed.aggregate(records=Sum(Cast(KT("found__records"), BigIntegerField())), last=Max("received_at"))
    last: datetime | None = counted["last"]
    refused = _entries(row.tenant_id, EntryKind.REFUSED, own) + _entries(row.tenant_id, EntryKind.HELD, own)
    return Traffic(
        crossed=crossed.count(),
        refused=refused + _entries(row.tenant_id, EntryKind.REFUSED, _at_the_entrance(row)),
        records=counted["records"] or 0,
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
    stored = {row.permit: row for row in PermitRow.objects.filter(tenant_id=tenant)}
    shown = permit_rows(tenant)
    numbers = sorted({each.consultation for each in shown})
    grounds = {number: _published(tenant, number) or _deliberated(tenant, number) for number in numbers}
    return tuple(
        RegisterRow(permit=each, ground=grounds[each.consultation], traffic=_traffic(stored[each.permit.permit]))
        for each in shown
    )
