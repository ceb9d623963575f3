"""The receipt of a parcel: a C2SP tlog-proof of its entry, as soon as the entry is in the tree."""

from collections.abc import Mapping
from typing import Any

from sekisho.adapters.database.ledgers import proof_of
from sekisho.adapters.database.models import EntryRow
from sekisho.adapters.database.registers import is_terminal_of
from sekisho.kernel import EntryKind, Refused
from sekisho.lane.answers import Send, send_json, send_refusal, send_text
from sekisho.lane.background import run_short
from sekisho.lane.certificates import fingerprint_of


def receipt_of(parcel: str, fingerprint: str) -> str | None:
    """The proof that a parcel was received; empty while it waits for its place, nothing for strangers."""
    row = EntryRow.objects.filter(parcel=parcel, kind=EntryKind.RECEIVED).values("id", "tenant_id").first()
    if row is None or not is_terminal_of(row["tenant_id"], fingerprint):
        return None
    return proof_of(row["tenant_id"], row["id"]) or ""


async def send_receipt(scope: Mapping[str, Any], send: Send, parcel: str) -> None:
    """GET /parcels/{parcel}/receipt."""
    try:
        proof = await run_short(receipt_of, parcel, fingerprint_of(scope))
    except Refused as refusal:
        await send_refusal(send, refusal)
        return
    if proof is None:
        await send_json(send, 404, {"outcome": "not_found"}, {"connection": "close"})
    elif proof:
        await send_text(send, 200, proof)
    else:
        await send_json(send, 202, {"outcome": "waiting", "parcel": parcel}, {"retry-after": "1"})
