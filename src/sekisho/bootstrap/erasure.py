"""The office that keeps and erases: what is due, what waits for two persons, holds, contractors, certificates.

Import this only once the house is open.
"""

from datetime import datetime

from sekisho.adapters.bundles.certificates import Certificate, certificate_of, open_certificate
from sekisho.adapters.database.contractor_copies import KEEPERS, read_certificate, take_certificate
from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.erasure_lists import (
    DROPPED,
    SIGNED,
    STOPPED,
    Proposal,
    close_list,
    copies_of,
    erasure_limits,
    propose,
)
from sekisho.adapters.database.holds import agree_to_lift, set_hold
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.keeping import (
    erase_documents,
    late_copies,
    list_documents,
    raise_overdue,
    remind_contractors,
)
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import ErasureListRow
from sekisho.adapters.database.queries_erasure import CONFIRMERS
from sekisho.adapters.database.sweeping import list_orphans, sweep_listed
from sekisho.adapters.database.turns import writing
from sekisho.kernel import PERSONS_NEEDED, CopyPlace, EntryKind, ErasureList, Reason, ReasonCode, Refused, because

__all__ = [
    "CONFIRMERS",
    "KEEPERS",
    "Certificate",
    "Proposal",
    "agree_to_lift",
    "carry_out_waiting",
    "certificate_of",
    "confirm_list",
    "drop_list",
    "due_lists",
    "erase_due",
    "erasure_limits",
    "late_copies",
    "open_certificate",
    "pass_erasure_dates",
    "read_certificate",
    "set_hold",
    "take_certificate",
]


def due_lists(tenant: str, at: datetime) -> tuple[ErasureList, ...]:
    """What would be erased now, place by place; nothing is signed and nothing happens."""
    found = (list_documents(tenant, at), list_orphans(find_home(), tenant, at))
    return tuple(each for each in found if each is not None)


def erase_due(tenant: str, at: datetime, by: str = "") -> tuple[Proposal, ...]:
    """Propose what is due, and carry it out unless the breaker stops it; while a list waits, no second is made."""
    waiting = set(ErasureListRow.objects.filter(tenant_id=tenant, state=STOPPED).values_list("place", flat=True))
    proposals = tuple(propose(each, by) for each in due_lists(tenant, at) if str(each.place) not in waiting)
    carry_out_waiting(tenant, at)
    return proposals


def carry_out_waiting(tenant: str, at: datetime) -> int:
    """Carry out every signed list that nothing stops, also one that a kill interrupted; answers how many."""
    rows = ErasureListRow.objects.filter(tenant_id=tenant, state=SIGNED).order_by("id")
    for row in rows:
        _carry_out(row, at)
    return len(rows)


def _carry_out(row: ErasureListRow, at: datetime) -> None:
    """Erase exactly what was signed, as far as it is still due."""
    copies = copies_of(row)
    if not copies:
        _disown(row, at)
        return
    if row.place == CopyPlace.HOUSE:
        gone = erase_documents(find_home(), row.tenant_id, sorted(copies), at)
    else:
        gone = sweep_listed(find_home(), row.tenant_id, copies, at)
    close_list(row.tenant_id, row.number, at, **gone)


def _disown(row: ErasureListRow, at: datetime) -> None:
    """A list that our deleter's key did not sign is nobody's: nothing is erased, and an alarm says so."""
    with writing():
        ErasureListRow.objects.filter(pk=row.pk).update(state=DROPPED, done_at=at)
        frame = {"kind": str(EntryKind.ERASURE_STOPPED), "tenant": row.tenant_id, "at": at.isoformat()}
        append_entry(row.tenant_id, {**frame, "list": row.number, "place": row.place, "why": "not signed"})


def _stopped(deed: Deed, number: str) -> ErasureListRow:
    """The list that waits, for somebody who may decide about it.

    Raises:
        Refused: This person may not, or no such list waits.

    """
    if not roles_of(deed) & CONFIRMERS:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="erasure.confirm")])
    row = ErasureListRow.objects.select_for_update().filter(tenant_id=deed.tenant, number=number).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=number)])
    if row.state != STOPPED:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=number, state=row.state)])
    return row


def _enter(kind: EntryKind, row: ErasureListRow, deed: Deed) -> None:
    """The entry of a step."""
    frame = {"kind": str(kind), "tenant": deed.tenant, "at": deed.at.isoformat(), "by": {"person": deed.person}}
    append_entry(deed.tenant, {**frame, "list": row.number, "place": row.place, "copies": row.copies})


def confirm_list(deed: Deed, number: str) -> bool:
    """Confirm a list that the breaker stopped; with the second person it is carried out. Answers whether it was.

    Raises:
        Refused: This person may not, confirmed already or asked for it, or no such list waits.

    """
    with writing():
        row = _stopped(deed, number)
        if deed.person in row.agreed_by:
            raise Refused([_twice(deed.person)])
        agreed = [*row.agreed_by, deed.person]
        state = SIGNED if len(agreed) >= PERSONS_NEEDED else STOPPED
        ErasureListRow.objects.filter(pk=row.pk).update(agreed_by=agreed, state=state)
        _enter(EntryKind.ERASURE_CONFIRMED, row, deed)
    if state == SIGNED:
        carry_out_waiting(deed.tenant, deed.at)
    return state == SIGNED


def _twice(person: str) -> Reason:
    """One person is not two."""
    return because(ReasonCode.DUTIES_NOT_SEPARATE, person=person, one="erasure.confirm", other="erasure.confirm")


def drop_list(deed: Deed, number: str) -> None:
    """Drop a list that the breaker stopped; nothing on it is erased, and the next day looks again.

    Raises:
        Refused: This person may not, or no such list waits.

    """
    with writing():
        row = _stopped(deed, number)
        ErasureListRow.objects.filter(pk=row.pk).update(state=DROPPED, done_at=deed.at)
        _enter(EntryKind.ERASURE_DROPPED, row, deed)


def pass_erasure_dates(tenant: str, at: datetime) -> None:
    """What a new day asks: erase what is due, remind contractors, and raise an alarm for what is late."""
    erase_due(tenant, at)
    remind_contractors(tenant, at)
    raise_overdue(tenant, at)
