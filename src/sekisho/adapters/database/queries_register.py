"""The public register of permits (通行証の公開台帳): what crosses from where to where, why, and how often.

Counts are counted from the ledger's entries each time the page is asked for. People, terminals and proofs are left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sekisho.adapters.database.council_papers import read_paper, read_version
from sekisho.adapters.database.council_proposals import condition_of
from sekisho.adapters.database.models import (
    ConditionRow,
    Consultation,
    DecisionRow,
    DossierVersion,
    EntryRow,
    Parcel,
    Tenant,
)
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.permits import ever_issued
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
    issuing = ever_issued().values("tenant_id")
    rows = Tenant.objects.filter(code__in=issuing).order_by("code")
    return tuple(Municipality(tenant=each.code, label_ja=each.label_ja, label_en=each.label_en) for each in rows)


def _with_entry(tenant: str, kind: EntryKind) -> Exists:
    """Has a parcel an entry of this kind in the ledger?"""
    return Exists(EntryRow.objects.filter(tenant_id=tenant, kind=str(kind), parcel=OuterRef("parcel")))


def _turned_away(tenant: str) -> dict[str, int]:
    """Parcels turned away before a permit was shown, by the permit that was the last one issued for the connection."""
    issued = ever_issued().filter(tenant_id=tenant, connection=OuterRef("connection"))
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


def _adopted(tenant: str) -> dict[str, list[Condition]]:
    """The conditions that the council adopted, as they stand, by consultation."""
    found: dict[str, list[Condition]] = {}
    for row in ConditionRow.objects.filter(tenant_id=tenant).exclude(state__in=_NOT_ADOPTED).order_by("condition"):
        found.setdefault(row.consultation, []).append(condition_of(row))
    return found


def _as_they_stand(published: Iterable[Condition], adopted: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions of published papers, each as it stands today if it is followed here, and whatever came later."""
    today = {each.condition: each for each in adopted}
    return (*(today.pop(each.condition, each) for each in published), *today.values())


def _published(row: Consultation, adopted: Sequence[Condition]) -> Ground:
    """The ground of a permit whose consultation was published with its minutes."""
    found = read_dossier(row.dossier)
    meeting = found.consultation["meeting"]
    return Ground(
        title_ja=row.label_ja,
        title_en=row.label_en,
        decided_by_ja=meeting["ja"],
        decided_by_en=meeting["en"],
        decided_on=str(found.consultation["result"]["decided"]),
        dossier=found.papers.dossier,
        conditions=_as_they_stand(found.papers.annex.conditions, adopted),
    )


def _deliberated(decision: DecisionRow, version: DossierVersion, adopted: Sequence[Condition]) -> Ground | None:
    """The ground of a permit that was decided here."""
    matter = decision.matter
    if matter.meeting is None:
        return None
    dossier = read_version(matter, version).dossier  # as approved: the matter's own title may be that of a later draft
    return Ground(
        title_ja=dossier.title_ja,
        title_en=dossier.title_en,
        decided_by_ja=matter.meeting.label_ja,
        decided_by_en=matter.meeting.label_en,
        decided_on=office_day(decision.decided_at).isoformat(),
        dossier=dossier,
        conditions=tuple(adopted),
    )


def _grounds(tenant: str, numbers: Collection[str]) -> dict[str, Ground | None]:
    """What the permits of these consultations rest on, in four questions: what was decided here counts first."""
    adopted, found = _adopted(tenant), dict[str, Ground | None]()
    for row in Consultation.objects.filter(tenant_id=tenant, consultation__in=numbers):
        found[row.consultation] = _published(row, adopted.get(row.consultation, ()))
    rows = DecisionRow.objects.filter(matter__tenant_id=tenant, matter__consultation__in=numbers)
    decisions = tuple(rows.select_related("matter__meeting").order_by("ballot_round"))
    circulated = DossierVersion.objects.filter(matter__in=[each.matter_id for each in decisions])
    versions = {(each.matter_id, each.version): each for each in circulated}
    for each in decisions:
        version, number = versions.get((each.matter_id, each.version)), each.matter.consultation
        if version is not None:
            found[number] = _deliberated(each, version, adopted.get(number, ()))
    return found


def decided_titles(tenant: str) -> dict[str, tuple[str, str]]:
    """What each matter was called when it was decided last, whatever its draft is called since."""
    decisions = DecisionRow.objects.filter(matter__tenant_id=tenant).select_related("matter").order_by("ballot_round")
    decided = ((each.matter.matter, read_paper(each.matter, each.version).dossier) for each in decisions)
    return {matter: (dossier.title_ja, dossier.title_en) for matter, dossier in decided}


def register_rows(tenant: str) -> tuple[RegisterRow, ...]:
    """Every permit that a municipality ever issued, with what it rests on and what happened under it."""
    shown, counted, nothing = permit_rows(tenant), _traffics(tenant), _traffic({}, 0)
    grounds = _grounds(tenant, {each.consultation for each in shown})
    return tuple(
        RegisterRow(
            permit=each,
            ground=grounds.get(each.consultation),
            traffic=counted.get(each.permit.permit, nothing),
        )
        for each in shown
    )
