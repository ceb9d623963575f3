"""What the gate itself knows of a connection in the period of a self-check, laid beside the answers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, IntegerField, Max, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from sekisho.adapters.database.council_proposals import condition_of
from sekisho.adapters.database.ledgers import rows_about
from sekisho.adapters.database.models import ConditionRow, Parcel, ParcelState, PermitRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.registers import Register
from sekisho.adapters.database.self_check_papers import permits_alive
from sekisho.kernel import EntryKind, decode_entry
from sekisho.kernel.council import Dossier, is_overdue, to_report

_STOPPED: Final = (ParcelState.REFUSED, ParcelState.TURNED_AWAY, ParcelState.HELD)
_STOPS: Final = (EntryKind.PERMIT_SUSPENDED, EntryKind.PERMIT_CHANGE_PENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How often a reason stopped a parcel, and the last time as it was said: ids, labels and counts, nobody's data."""

    count: int
    last: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowFacts:
    """One arrow in the period: what came and crossed, why what was stopped, against what the council was told."""

    connection: str
    permit: str
    status: str
    came: int
    crossed: int
    stopped: int
    reasons: tuple[ReasonCount, ...]
    records: int
    most_records: int
    busiest_day: int
    parcels_a_year: int
    records_a_year: int
    records_at_most: int
    parcels_a_day: int
    late_copies: int
    people: Mapping[str, int]
    stopped_on: str
    stop_cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """Everything that the gate knows: each arrow, and the conditions of the consultation that are not settled."""

    since: str
    until: str
    arrows: tuple[ArrowFacts, ...]
    conditions: int
    conditions_overdue: int

    @property
    def came(self) -> int:
        """How many parcels came in all."""
        return sum(each.came for each in self.arrows)

    @property
    def crossed(self) -> int:
        """How many crossed."""
        return sum(each.crossed for each in self.arrows)

    @property
    def stopped(self) -> int:
        """How many were stopped."""
        return sum(each.stopped for each in self.arrows)


def facts_to_data(facts: CheckFacts) -> dict[str, Any]:
    """The facts as plain data, to be kept with what was submitted."""
    return asdict(facts)


def facts_from_data(data: Mapping[str, Any]) -> CheckFacts:
    """Read facts that were kept."""
    return CheckFacts(**{**data, "arrows": tuple(_arrow_from(each) for each in data["arrows"])})


def _arrow_from(data: Mapping[str, Any]) -> ArrowFacts:
    """One arrow's facts that were kept."""
    return ArrowFacts(**{**data, "reasons": tuple(ReasonCount(**each) for each in data["reasons"])})


def _reasons(stopped: QuerySet[Parcel]) -> tuple[ReasonCount, ...]:
    """How often each reason stopped a parcel, the most frequent first; the last one stands for all of its code."""
    found, last = Counter[str](), dict[str, dict[str, Any]]()
    for said in stopped.order_by("received_at").values_list("reasons", flat=True):
        for each in said:
            found[each["code"]] += 1
            last[each["code"]] = each
    return tuple(ReasonCount(count=count, last=last[code]) for code, count in sorted(found.items(), key=_most_first))


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    """The order of reasons."""
    return -counted[1], counted[0]


def _people(parcels: QuerySet[Parcel]) -> dict[str, int]:
    """Who came, and how often."""
    counted = parcels.exclude(passage__person=None).values_list("passage__person").annotate(times=Count("parcel"))
    return {str(person): times for person, times in counted.order_by("passage__person") if person}


def _last_stop(tenant: str, permit: str) -> tuple[str, str]:
    """When this permit was stopped last, and by which cause."""
    rows = rows_about(tenant, f"permit/{permit}").filter(kind__in=_STOPS).reverse()
    body = rows.values_list("body", flat=True).first()
    if body is None:
        return "", ""
    entry = decode_entry(bytes(body))
    on = office_day(datetime.fromisoformat(str(entry["at"])))
    return on.isoformat(), str(entry.get("cause", entry["kind"]))


def _counts(parcels: QuerySet[Parcel]) -> dict[str, int]:
    """How many came, crossed and were stopped, how many records, and how many on the busiest day."""
    crossed = parcels.filter(acknowledgement__isnull=False) | parcels.filter(outcome=ParcelState.DELIVERED)
    records = Cast(KT("found__records"), IntegerField())
    told = crossed.aggregate(records=Sum(records), most=Max(records))
    days = parcels.values("received_on").annotate(parcels=Count("parcel")).order_by("-parcels")
    busiest = days.values_list("parcels", flat=True).first()
    return {
        "came": parcels.count(),
        "crossed": crossed.count(),
        "stopped": parcels.filter(outcome__in=_STOPPED).count(),
        "records": told["records"] or 0,
        "most_records": told["most"] or 0,
        "busiest_day": busiest or 0,
    }


def _declared(dossier: Dossier, permit: PermitRow) -> dict[str, int]:
    """What the council was told of the volume, and what it allowed at once."""
    sheet, approved = dossier.sheet_of(permit.connection), permit.specification
    return {
        "parcels_a_year": sheet.parcels_a_year if sheet else 0,
        "records_a_year": sheet.records_a_year if sheet else 0,
        "records_at_most": approved["records_at_most"],
        "parcels_a_day": approved["parcels_a_day"],
    }


def _arrow(permit: PermitRow, dossier: Dossier, since: date, at: datetime) -> ArrowFacts:
    """What the gate knows of one arrow."""
    tenant = permit.tenant_id
    parcels = Parcel.objects.filter(tenant_id=tenant, connection=permit.connection, received_on__gte=since)
    parcels = parcels.filter(received_on__lte=office_day(at))
    stopped_on, cause = _last_stop(tenant, permit.permit)
    return ArrowFacts(
        connection=permit.connection,
        permit=permit.permit,
        status=permit.status,
        reasons=_reasons(parcels.filter(outcome__in=_STOPPED)),
        late_copies=Register().overdue_erasures(tenant, permit.connection, at),
        people=_people(parcels),
        stopped_on=stopped_on,
        stop_cause=cause,
        **_counts(parcels),
        **_declared(dossier, permit),
    )


def gate_facts(tenant: str, dossier: Dossier, since: date, at: datetime) -> CheckFacts:
    """Everything that the gate knows of a consultation from a day until now."""
    permits: Sequence[PermitRow] = permits_alive(tenant, dossier.consultation)
    rows = ConditionRow.objects.filter(tenant_id=tenant, consultation=dossier.consultation)
    today = office_day(at)
    waiting = to_report([condition_of(each) for each in rows], today)
    return CheckFacts(
        since=since.isoformat(),
        until=today.isoformat(),
        arrows=tuple(_arrow(each, dossier, since, at) for each in permits),
        conditions=len(waiting),
        conditions_overdue=sum(is_overdue(each, today) for each in waiting),
    )
