"""Lists of what is erased, decided on: two persons confirm one that the breaker stopped, or somebody drops it.

A list that our deleter's key did not sign is nobody's: nothing on it is erased, and an alarm says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.erasure_lists import DROPPED, SIGNED, STOPPED, copies_of
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import ErasureListRow
from sekisho.adapters.database.turns import writing
from sekisho.kernel import PERSONS_NEEDED, EntryKind, ReasonCode, Refused, because


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeed:
    """Who decides about which list, when. Whether they may is asked before."""

    tenant: str
    number: str
    person: str
    at: datetime


def _stopped(deed: ListDeed) -> ErasureListRow:
    """The list that waits.

    Raises:
        Refused: No such list waits.

    """
    row = ErasureListRow.objects.select_for_update().filter(tenant_id=deed.tenant, number=deed.number).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=deed.number)])
    if row.state != STOPPED:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=deed.number, state=row.state)])
    return row


def _enter(kind: EntryKind, row: ErasureListRow, deed: ListDeed) -> None:
    """The entry of a step."""
    frame = {"kind": str(kind), "tenant": deed.tenant, "at": deed.at.isoformat(), "by": {"person": deed.person}}
    append_entry(deed.tenant, {**frame, "list": row.number, "place": row.place, "copies": row.copies})


def confirm_stopped(deed: ListDeed) -> bool:
    """One person confirms a list that the breaker stopped; answers whether it may be carried out now.

    Raises:
        Refused: No such list waits, or this person confirmed it or asked for it already.

    """
    with writing():
        row = _stopped(deed)
        if deed.person in row.agreed_by:
            act = "erasure.confirm"
            raise Refused([because(ReasonCode.DUTIES_NOT_SEPARATE, person=deed.person, one=act, other=act)])
        agreed = [*row.agreed_by, deed.person]
        state = SIGNED if len(agreed) >= PERSONS_NEEDED else STOPPED
        ErasureListRow.objects.filter(pk=row.pk).update(agreed_by=agreed, state=state)
        _enter(EntryKind.ERASURE_CONFIRMED, row, deed)
    return state == SIGNED


def drop_stopped(deed: ListDeed) -> None:
    """Drop a list that the breaker stopped; nothing on it is erased, and the next day looks again.

    Raises:
        Refused: No such list waits.

    """
    with writing():
        row = _stopped(deed)
        ErasureListRow.objects.filter(pk=row.pk).update(state=DROPPED, done_at=deed.at)
        _enter(EntryKind.ERASURE_DROPPED, row, deed)


def _disown(row: ErasureListRow, at: datetime) -> None:
    """Nothing on this list is erased, and an alarm says so."""
    with writing():
        ErasureListRow.objects.filter(pk=row.pk).update(state=DROPPED, done_at=at)
        frame = {"kind": str(EntryKind.ERASURE_STOPPED), "tenant": row.tenant_id, "at": at.isoformat()}
        append_entry(row.tenant_id, {**frame, "list": row.number, "place": row.place, "why": "not signed"})


def lists_to_carry_out(tenant: str, at: datetime) -> Iterator[tuple[ErasureListRow, frozenset[str]]]:
    """Every list that nothing stops, also one that a kill interrupted, with the copies that were signed.

    One that our deleter's key did not sign is dropped on the way.
    """
    for row in list(ErasureListRow.objects.filter(tenant_id=tenant, state=SIGNED).order_by("id")):
        copies = copies_of(row)
        if copies:
            yield row, copies
        else:
            _disown(row, at)
