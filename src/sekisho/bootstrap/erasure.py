"""The office that keeps and erases: what is due, what waits for two persons, holds, contractors, certificates.

Import this only once the house is open.
"""

from collections.abc import Sequence
from datetime import datetime

from sekisho.adapters.bundles.certificates import Certificate, certificate_of, open_certificate
from sekisho.adapters.database import contractor_copies
from sekisho.adapters.database.contractor_copies import KEEPERS, read_certificate
from sekisho.adapters.database.council_deeds import Deed, roles_of
from sekisho.adapters.database.erasure_decisions import ListDeed, confirm_stopped, drop_stopped, lists_to_carry_out
from sekisho.adapters.database.erasure_lists import (
    STOPPED,
    Proposal,
    close_list,
    erasure_limits,
    list_verified,
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
from sekisho.adapters.database.key_loans import recall_lent_key
from sekisho.adapters.database.loan_ends import destroy_lent_keys, end_due_loans, list_ended_loans
from sekisho.adapters.database.models import ErasureListRow
from sekisho.adapters.database.queries_erasure import CONFIRMERS
from sekisho.adapters.database.sweeping import list_orphans, sweep_listed
from sekisho.kernel import CopyPlace, ErasureList, ReasonCode, Refused, because

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
    "end_key_loans",
    "erase_due",
    "erasure_limits",
    "late_copies",
    "open_certificate",
    "pass_erasure_dates",
    "read_certificate",
    "recall_key",
    "set_hold",
    "take_certificate",
]


def due_lists(tenant: str, at: datetime) -> tuple[ErasureList, ...]:
    """What would be erased now, place by place; nothing is signed and nothing happens."""
    found = (list_documents(tenant, at), list_orphans(find_home(), tenant, at))
    return tuple(each for each in found if each is not None)


def erase_due(tenant: str, at: datetime, by: str = "") -> tuple[Proposal, ...]:
    """Propose what is due, and carry it out unless the breaker stops it; while a list waits, no second is made."""
    carry_out_waiting(tenant, at)  # first: what could not be erased would stand on a new list at every trial
    waiting = set(ErasureListRow.objects.filter(tenant_id=tenant, state=STOPPED).values_list("place", flat=True))
    proposals = tuple(propose(each, by) for each in due_lists(tenant, at) if str(each.place) not in waiting)
    carry_out_waiting(tenant, at)
    return proposals


def carry_out_waiting(tenant: str, at: datetime) -> int:
    """Carry out every signed list that nothing stops, also one that a kill interrupted; answers how many."""
    count = 0
    for row, copies in lists_to_carry_out(tenant, at):
        _carry_out(row, copies, at)
        count += 1
    return count


def _carry_out(row: ErasureListRow, copies: frozenset[str], at: datetime) -> None:
    """Erase exactly what was signed, as far as it is still due."""
    if row.place == CopyPlace.HOUSE:
        gone = erase_documents(find_home(), row.tenant_id, sorted(copies), at)
    elif row.place == CopyPlace.CONTRACTOR:
        gone = destroy_lent_keys(row.tenant_id, copies, at)
    else:
        gone = sweep_listed(find_home(), row.tenant_id, copies, at)
    close_list(row.tenant_id, row.number, at, **gone)


def _decided(deed: Deed, number: str) -> ListDeed:
    """The deed of somebody who may decide about a list.

    Raises:
        Refused: This person may not.

    """
    if not roles_of(deed) & CONFIRMERS:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="erasure.confirm")])
    return ListDeed(tenant=deed.tenant, number=number, person=deed.person, at=deed.at)


def confirm_list(deed: Deed, number: str) -> bool:
    """Confirm a list that the breaker stopped; with the second person it is carried out. Answers whether it was.

    Raises:
        Refused: This person may not, confirmed already or asked for it, or no such list waits.

    """
    agreed = confirm_stopped(_decided(deed, number))
    if agreed:
        carry_out_waiting(deed.tenant, deed.at)
    return agreed


def drop_list(deed: Deed, number: str) -> None:
    """Drop a list that the breaker stopped; nothing on it is erased, and the next day looks again.

    Raises:
        Refused: This person may not, or no such list waits.

    """
    drop_stopped(_decided(deed, number))


def end_key_loans(tenant: str, at: datetime) -> int:
    """End the loans whose instant is past, and destroy the keys of all that are over; answers how many were ended."""
    count = end_due_loans(tenant, at)
    _destroy_ended(tenant, at)
    return count


def _destroy_ended(tenant: str, at: datetime) -> None:
    """Destroy the keys of the loans that are over: those that a list names already, then the others by a new list."""
    if list_ended_loans(tenant, at) is None:
        return
    carry_out_waiting(tenant, at)
    if left := list_ended_loans(tenant, at):
        list_verified(left, why="loan_over")
        carry_out_waiting(tenant, at)


def recall_key(deed: Deed, parcel: str) -> None:
    """End a loan before its time, and destroy the key.

    Raises:
        Refused: This person may not, there is no such delivery, or no key of it is lent any more.
        SekishoError: The loan is over, and the key is not gone yet; the clock tries again.

    """
    recall_lent_key(deed, parcel)
    _destroy_ended(deed.tenant, deed.at)


def take_certificate(deed: Deed, parcels: Sequence[str], content: bytes) -> str:
    """Keep a contractor's certificate of erasure for these copies; lent keys of theirs go. Answers its digest.

    Raises:
        Refused: This person may not, the file is none, or a copy is not asked after (any more).
        SekishoError: The certificate is kept, and a key is not gone yet; the clock tries again.

    """
    digest = contractor_copies.take_certificate(deed, parcels, content)
    _destroy_ended(deed.tenant, deed.at)
    return digest


def pass_erasure_dates(tenant: str, at: datetime) -> None:
    """What a new day asks: erase what is due, remind contractors, and raise an alarm for what is late."""
    erase_due(tenant, at)
    remind_contractors(tenant, at)
    raise_overdue(tenant, at)
