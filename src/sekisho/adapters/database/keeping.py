"""Whose time is over: documents in the house past their keeping period, and everything that is late.

What is late is an alarm in the ledger, once; the gate refuses the next crossing of the same permit until it is gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.erasure_lists import new_number
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.internet_copies import not_yet_verified, note_erased
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import ContractorCopyRow, Document, Parcel, ParcelState
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import remove_bytes
from sekisho.kernel import CopyPlace, EntryKind, ErasureList, ErasureProof, SekishoError

REMINDERS: Final = (timedelta(days=7), timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCopy:
    """A copy that should be gone: where it lies, of which crossing, since when it is late, and with whom."""

    place: CopyPlace
    parcel: str
    permit: str
    due: datetime
    holder: str


def _held(tenant: str) -> set[str]:
    """The crossings on legal hold."""
    return set(Parcel.objects.filter(tenant_id=tenant, hold__gt="").values_list("parcel", flat=True))


def list_documents(tenant: str, at: datetime) -> ErasureList | None:
    """The documents in the house whose keeping period is over and that are not on hold; or nothing."""
    kept = Document.objects.filter(tenant_id=tenant, proof__isnull=True)
    held = _held(tenant)
    due = kept.filter(erase_by__lte=at).exclude(document__in=not_yet_verified(tenant))
    rows = due.order_by("document").values_list("document", "parcel")
    copies = tuple(document for document, parcel in rows if parcel not in held)
    if not copies:
        return None
    return ErasureList(
        number=new_number(at), tenant=tenant, place=CopyPlace.HOUSE, copies=copies, kept=kept.count(), at=at
    )


def erase_documents(home: Home, tenant: str, documents: Sequence[str], at: datetime) -> dict[str, int]:
    """Destroy the keys of listed documents, then their bytes; those on hold or not yet due by now stay.

    Raises:
        SekishoError: Nobody could search for what is left of a key yet; it is tried again.

    """
    held = _held(tenant)
    rows = Document.objects.filter(tenant_id=tenant, document__in=documents, proof__isnull=True, erase_by__lte=at)
    rows = rows.exclude(document__in=not_yet_verified(tenant))
    doomed = {f"document/{row.document}": row for row in rows if row.parcel not in held}
    gone = open_key_store().destroy(tenant, list(doomed))
    if not all(each.searched for each in gone):
        message = "keys of documents are destroyed and not yet searched for; it is tried again"
        raise SekishoError(message)
    for each in gone:
        row = doomed[each.key]
        removed = remove_bytes(home.parcels, row.place) + len(row.inline or b"")
        proof = ErasureProof(
            key=each.key, key_digest=each.digest, bytes_removed=removed, searched=True, at=at.isoformat()
        )
        with writing():
            Document.objects.filter(pk=row.pk).update(proof=asdict(proof), inline=None, place="")
            note_erased(row.document, at)
    return {"documents": len(gone)}


def late_copies(tenant: str, at: datetime) -> tuple[LateCopy, ...]:
    """Everything that should be gone and is not on hold, the latest first."""
    return tuple(sorted(_late(tenant, at), key=lambda each: each.due))


def _late(tenant: str, at: datetime) -> Iterator[LateCopy]:
    """At the gate, in the house, at a contractor."""
    parcels = Parcel.objects.filter(tenant_id=tenant, erase_by__lt=at, proof__isnull=True, hold="")
    for parcel, permit, due in parcels.exclude(state=ParcelState.TURNED_AWAY).values_list(
        "parcel", "permit", "erase_by"
    ):
        yield LateCopy(place=CopyPlace.GATE, parcel=parcel, permit=permit, due=due or at, holder="")
    held = _held(tenant)
    documents = Document.objects.filter(tenant_id=tenant, erase_by__lt=at, proof__isnull=True)
    for parcel, due in documents.values_list("parcel", "erase_by"):
        if parcel not in held:
            yield LateCopy(place=CopyPlace.HOUSE, parcel=parcel, permit="", due=due, holder="")
    copies = ContractorCopyRow.objects.filter(tenant_id=tenant, erase_by__lt=at, certified_at__isnull=True)
    for row in copies.defer("certificate"):
        place = CopyPlace.CONTRACTOR
        yield LateCopy(place=place, parcel=row.parcel, permit=row.permit, due=row.erase_by, holder=row.counterpart)


def raise_overdue(tenant: str, at: datetime) -> int:
    """One alarm for each copy that is late, once; answers how many are new."""
    raised = 0
    for late in late_copies(tenant, at):
        with writing():
            if first_time(tenant, late.parcel, f"overdue-{late.place}", at):
                frame = {"kind": str(EntryKind.ERASURE_OVERDUE), "tenant": tenant, "parcel": late.parcel}
                facts = {"place": str(late.place), "permit": late.permit, "holder": late.holder}
                append_entry(tenant, {**frame, "at": at.isoformat(), "due": late.due.isoformat(), **facts})
                raised += 1
    return raised


def remind_contractors(tenant: str, at: datetime) -> int:
    """A reminder a week and a day before a contractor's copy has to be gone, once each; answers how many are new."""
    reminded = 0
    waiting = ContractorCopyRow.objects.filter(tenant_id=tenant, certified_at__isnull=True, erase_by__gte=at)
    for row in waiting.filter(erase_by__lte=at + max(REMINDERS)).defer("certificate"):
        days = min(each.days for each in REMINDERS if row.erase_by <= at + each)
        with writing():
            if first_time(tenant, row.parcel, f"remind-{days}", at):
                frame = {"kind": str(EntryKind.CONTRACTOR_REMINDED), "tenant": tenant, "parcel": row.parcel}
                facts = {"counterpart": row.counterpart, "permit": row.permit, "erase_by": row.erase_by.isoformat()}
                append_entry(tenant, {**frame, "at": at.isoformat(), **facts})
                reminded += 1
    return reminded
