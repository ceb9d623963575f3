"""Crossings of one municipality, for lists and for the page of one crossing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sekisho.adapters.database.keeping import late_copies
from sekisho.adapters.database.models import EntryRow as StoredEntry
from sekisho.adapters.database.models import Parcel, ParcelState
from sekisho.adapters.database.queries_authority import all_labels
from sekisho.adapters.database.queries_rows import EntryRow, ParcelRow
from sekisho.kernel import ALARM_CODES, VOLUME_CODES, Reason, decode_entry, leaf_hash, reason_from_data

_IN_THE_GATE = (ParcelState.RECEIVED, ParcelState.CLEARED, ParcelState.LEAVING)
_CROSSED = (ParcelState.DELIVERED, ParcelState.ERASING, ParcelState.ERASED)
_STOPPED = (ParcelState.REFUSED, ParcelState.TURNED_AWAY, ParcelState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingFilter:
    """What a reader of the list is looking for; empty fields ask for nothing."""

    state: str = ""
    direction: str = ""
    permit: str = ""
    since: date | None = None
    parcel: str = ""


def _state(parcel: Parcel) -> str:
    """How far a parcel came; a stopped one stays stopped although its copy is gone since."""
    if parcel.outcome in _STOPPED:
        return "held" if parcel.outcome == ParcelState.HELD else "refused"
    return str(parcel.state)


def _records(parcel: Parcel) -> int | None:
    """How many records inspection counted."""
    found: Mapping[str, Any] = parcel.found or {}
    return int(found["records"]) if "records" in found else None


def _alarmed(parcel: Parcel) -> bool:
    """Were the two opinions on this parcel not one?"""
    return any(each["code"] in ALARM_CODES for each in parcel.reasons)


def _beyond(parcel: Parcel) -> bool:
    """Did more come than was declared to the council?"""
    return any(each["code"] in VOLUME_CODES for each in parcel.reasons)


def _row(parcel: Parcel, labels: Mapping[str, tuple[str, str]]) -> ParcelRow:
    """A parcel as lists show it."""
    passage: Mapping[str, Any] = parcel.passage or {}
    label = labels.get(parcel.connection, (parcel.connection, parcel.connection))
    place = str(passage.get("counterpart", ""))
    counterpart = labels.get(place, (place, place))
    return ParcelRow(
        parcel=parcel.parcel,
        connection=parcel.connection,
        label_ja=label[0],
        label_en=label[1],
        permit=parcel.permit,
        state=_state(parcel),
        at=parcel.received_at,
        direction=str(passage.get("direction", "")),
        counterpart_ja=counterpart[0],
        counterpart_en=counterpart[1],
        alarmed=_alarmed(parcel),
        beyond=_beyond(parcel),
        records=_records(parcel),
    )


def _in_state(parcels: QuerySet[Parcel], state: str) -> QuerySet[Parcel]:
    """Narrow down to a state as the list names it."""
    if state == "refused":
        return parcels.filter(outcome__in=_STOPPED)
    moving = parcels.exclude(outcome__in=_STOPPED)
    if state == "received":
        return moving.filter(state__in=_IN_THE_GATE)
    return moving.filter(state__in=_CROSSED) if state == "delivered" else moving.filter(state=state)


def _found(tenant: str, wanted: CrossingFilter) -> QuerySet[Parcel]:
    """The parcels of a municipality that match."""
    parcels = Parcel.objects.filter(tenant_id=tenant)
    if wanted.state:
        parcels = _in_state(parcels, wanted.state)
    if wanted.direction:
        parcels = parcels.filter(passage__direction=wanted.direction)
    if wanted.permit:
        parcels = parcels.filter(permit=wanted.permit)
    if wanted.since:
        parcels = parcels.filter(received_on__gte=wanted.since)
    if wanted.parcel:
        parcels = parcels.filter(parcel__icontains=wanted.parcel)
    return parcels.order_by("-received_at", "-parcel")


def crossing_rows(tenant: str, wanted: CrossingFilter, *, first: int, count: int) -> tuple[int, tuple[ParcelRow, ...]]:
    """How many parcels match, and one page of them, the latest first."""
    parcels = _found(tenant, wanted)
    labels = all_labels(tenant)
    return parcels.count(), tuple(_row(parcel, labels) for parcel in parcels[first : first + count])


def crossings_of_day(tenant: str, day: date) -> tuple[ParcelRow, ...]:
    """Every parcel of a day, the latest first."""
    labels = all_labels(tenant)
    parcels = Parcel.objects.filter(tenant_id=tenant, received_on=day).order_by("-received_at", "-parcel")
    return tuple(_row(parcel, labels) for parcel in parcels[:2500])


def crossing_row(tenant: str, parcel: str) -> ParcelRow | None:
    """One parcel of a municipality; nobody else's is ever found."""
    found = Parcel.objects.filter(tenant_id=tenant, parcel=parcel).first()
    return _row(found, all_labels(tenant)) if found else None


def overdue_copies(tenant: str, at: datetime) -> int:
    """How many copies are past their erasure date: here, in the house, at a contractor; not what is on hold."""
    return len(late_copies(tenant, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """Is our copy of a crossing erased with proof, and if it is on its way out, why does its delivery wait?"""

    erased: bool
    reasons: tuple[Reason, ...]


def why_waiting(tenant: str, parcel: str) -> WaitView:
    """Why a parcel that is on its way out has not arrived yet, with the next try."""
    row = Parcel.objects.filter(tenant_id=tenant, parcel=parcel).first()
    if row is None:
        return WaitView(erased=False, reasons=())
    leaving = row.state == ParcelState.LEAVING
    reasons = tuple(reason_from_data(each) for each in row.reasons) if leaving else ()
    return WaitView(erased=row.proof is not None, reasons=reasons)


def entry_row(stored: StoredEntry) -> EntryRow:
    """A stored entry as screens show it."""
    data = decode_entry(bytes(stored.body)) if stored.body else {}
    at = datetime.fromisoformat(str(data["at"])) if "at" in data else timezone.now()
    return EntryRow(
        kind=stored.kind,
        at=at,
        parcel=stored.parcel,
        data=data,
        index=stored.index,
        leaf=bytes(stored.leaf).hex(),
        intact=not stored.body or leaf_hash(bytes(stored.body)) == bytes(stored.leaf),
        pruned=not stored.body,
    )


def entries_of_parcel(tenant: str, parcel: str) -> Sequence[EntryRow]:
    """The ledger's entries about a parcel, in the order in which they were written; not those that were pruned."""
    entries = StoredEntry.objects.filter(tenant_id=tenant, parcel=parcel).exclude(body=b"").order_by("id")
    return [entry_row(stored) for stored in entries]
