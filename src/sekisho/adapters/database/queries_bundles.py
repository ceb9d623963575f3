"""The evidence of one crossing as one file: entries, proofs, signed checkpoint, permit; anybody can check it alone."""

from typing import Any, Final

from sekisho.adapters.database.ledgers import latest_checkpoint, ledger_verifier_key, stored_nodes
from sekisho.adapters.database.models import EntryRow, Parcel, PermitRow
from sekisho.adapters.database.witnesses import cosigned_note
from sekisho.kernel import EntryKind, prove_inclusion

FORMAT: Final = "sekisho-evidence/1"
# The steps of a crossing itself. Who looked at it or exported it afterwards is in the ledger too, but is not its story.
STEPS: Final = (
    EntryKind.RECEIVED,
    EntryKind.CLEARED,
    EntryKind.HELD,
    EntryKind.REFUSED,
    EntryKind.LEAVING,
    EntryKind.PROPOSED,
    EntryKind.DELIVERED,
    EntryKind.ERASING,
    EntryKind.ERASED,
)


def _permit(tenant: str, number: str) -> dict[str, Any] | None:
    """The permit as it was signed, with its signatures and what is on file."""
    row = PermitRow.objects.filter(tenant_id=tenant, permit=number).first()
    if row is None:
        return None
    document = bytes(row.document).decode()
    return {"document": document, "signatures": row.signatures, "specification": row.specification}


def evidence_of_parcel(tenant: str, parcel: str) -> dict[str, Any]:
    """Everything that proves what happened to a parcel; entries that are not bound in yet are left out."""
    newest = latest_checkpoint(tenant)
    size, nodes = newest.size if newest else 0, stored_nodes(tenant)
    rows = EntryRow.objects.filter(tenant_id=tenant, parcel=parcel, index__lt=size, kind__in=STEPS)
    entries = [
        {
            "body": bytes(row.body).decode(),
            "index": row.index,
            "proof": [each.hex() for each in prove_inclusion(int(row.index or 0), size, nodes)],
        }
        for row in rows.exclude(body=b"").order_by("index")
    ]
    found = Parcel.objects.filter(tenant_id=tenant, parcel=parcel).first()
    return {
        "format": FORMAT,
        "tenant": tenant,
        "parcel": parcel,
        "checkpoint": cosigned_note(tenant, newest) if newest else "",
        "verifier_key": ledger_verifier_key(tenant),
        "entries": entries,
        "permit": _permit(tenant, found.permit) if found and found.permit else None,
    }
