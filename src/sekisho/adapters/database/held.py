"""Answering what is held (保留): it is examined once more, or it is refused and then erased like any other refusal."""

from collections.abc import Mapping
from datetime import datetime

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Effect, Parcel, ParcelState
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, Standing, because


def _entry(row: Parcel, kind: EntryKind, standing: Standing, at: datetime) -> Mapping[str, object]:
    """Who answered, and how."""
    return {
        "kind": str(kind),
        "tenant": row.tenant_id,
        "parcel": row.parcel,
        "connection": row.connection,
        "permit": row.permit,
        "digest": row.digest,
        "at": at.isoformat(timespec="milliseconds"),
        "by": {"person": standing.person, "terminal": standing.terminal},
    }


def _take(tenant: str, parcel: str, **facts: object) -> Parcel:
    """Move a held parcel on; somebody else may have answered already.

    Raises:
        Refused: It is not held, or not this municipality's.

    """
    mine = Parcel.objects.filter(tenant_id=tenant, parcel=parcel)
    row = mine.first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=parcel)])
    if not mine.filter(state=ParcelState.HELD).update(**facts):
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=parcel, state=row.state)])
    return row


def examine_again(tenant: str, parcel: str, standing: Standing, at: datetime) -> None:
    """Have a held parcel examined once more, with what this machine has by now. Every caveat is asked again.

    Raises:
        Refused: It is not held.

    """
    with writing():
        row = _take(tenant, parcel, state=ParcelState.RECEIVED, outcome=ParcelState.RECEIVED, reasons=[], found=None)
        Effect.objects.filter(workflow=parcel, step="examine").delete()
        append_entry(tenant, _entry(row, EntryKind.EXAMINED_AGAIN, standing, at))


def refuse_held(tenant: str, parcel: str, standing: Standing, at: datetime) -> None:
    """Refuse a held parcel; the worker then erases our copy with proof.

    Raises:
        Refused: It is not held.

    """
    with writing():
        row = _take(tenant, parcel, state=ParcelState.REFUSED, outcome=ParcelState.REFUSED)
        entry = {**_entry(row, EntryKind.REFUSED, standing, at), "hall": "held", "reasons": row.reasons}
        append_entry(tenant, entry)
