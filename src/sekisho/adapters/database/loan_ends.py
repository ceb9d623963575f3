"""The end of a loan (鍵の貸出しの終わり): written down first, then the key is destroyed from a signed list, with proof.

From the first entry on nobody opens. A loan whose instant is past is ended by the clock; the door does not wait for it.
What is on legal hold keeps its key, and is not opened either.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.erasure_lists import erasure_limits, new_number
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import ContractorCopyRow, Parcel
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import Destroyed, check_searched, open_key_store
from sekisho.kernel import CopyPlace, EntryKind, ErasureList, LoanEnd

LOANS: Final = "loan/"
CLOCK: Final = "clock"


def loan_key(parcel: str) -> str:
    """The id of the key that is lent for one delivery."""
    return f"{LOANS}{parcel}"


def end_loan(row: ContractorCopyRow, why: LoanEnd, at: datetime, by: str) -> bool:
    """End a loan in the transaction of its cause; answers whether there was one to end."""
    lent = ContractorCopyRow.objects.filter(pk=row.pk, lent_until__isnull=False, loan_ended_at__isnull=True)
    if not lent.update(loan_ended_at=at, loan_end=str(why), loan_ended_by=by):
        return False
    frame = {"kind": str(EntryKind.KEY_LOAN_ENDED), "tenant": row.tenant_id, "parcel": row.parcel}
    facts = {"permit": row.permit, "counterpart": row.counterpart, "why": str(why), "by": {"person": by}}
    append_entry(row.tenant_id, {**frame, "at": at.isoformat(), **facts, "openings": row.openings})
    return True


def end_due_loans(tenant: str, at: datetime) -> int:
    """End the loans whose instant is past; answers how many."""
    due = ContractorCopyRow.objects.filter(tenant_id=tenant, lent_until__lte=at, loan_ended_at__isnull=True)
    count = 0
    for row in due.defer("certificate"):
        with writing():
            count += end_loan(row, LoanEnd.TIME, at, CLOCK)
    return count


def _ended(tenant: str, parcels: Collection[str]) -> dict[str, ContractorCopyRow]:
    """Those of these deliveries whose loan was ended, and that are not on hold."""
    held = set(
        Parcel.objects.filter(tenant_id=tenant, parcel__in=parcels, hold__gt="").values_list("parcel", flat=True)
    )
    rows = ContractorCopyRow.objects.filter(tenant_id=tenant, parcel__in=parcels, loan_ended_at__isnull=False)
    return {row.parcel: row for row in rows.defer("certificate") if row.parcel not in held}


def list_ended_loans(tenant: str, at: datetime) -> ErasureList | None:
    """The keys in the store whose loan is over, also those that a restored store brought back; or nothing."""
    there = [key.removeprefix(LOANS) for key in open_key_store().ids(tenant, LOANS)]
    copies = sorted(_ended(tenant, there))[: max(1, erasure_limits().copies)]
    if not copies:
        return None
    number, place = new_number(at), CopyPlace.CONTRACTOR
    return ErasureList(number=number, tenant=tenant, place=place, copies=tuple(copies), kept=len(there), at=at)


def destroy_lent_keys(tenant: str, parcels: Collection[str], at: datetime) -> dict[str, int]:
    """Destroy the keys of listed loans that are over, and write the proof of each down once.

    Raises:
        SekishoError: Nobody could search for what is left of a key yet; it is tried again.

    """
    rows = _ended(tenant, parcels)
    gone = open_key_store().destroy(tenant, [loan_key(parcel) for parcel in rows])
    check_searched(gone)
    for each in gone:
        _prove(rows[each.key.removeprefix(LOANS)], each, at)
    return {"keys": len(gone)}


def _prove(row: ContractorCopyRow, gone: Destroyed, at: datetime) -> None:
    """The proof that one key is gone, in its row and in the ledger."""
    facts = {"key": gone.key, "key_digest": gone.digest, "searched": gone.searched}
    with writing():
        if first_time(row.tenant_id, row.parcel, "lent-key", at):
            ContractorCopyRow.objects.filter(pk=row.pk).update(loan_proof={**facts, "at": at.isoformat()})
            frame = {"kind": str(EntryKind.LENT_KEY_DESTROYED), "tenant": row.tenant_id, "parcel": row.parcel}
            append_entry(row.tenant_id, {**frame, "at": at.isoformat(), "permit": row.permit, **facts})
