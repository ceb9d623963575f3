"""The evidence of one crossing as one file: entries, proofs, signed checkpoint, permit; anybody can check it alone."""

import json
from typing import Any, Final

from sekisho.adapters.database.ledgers import Nodes, latest_checkpoint, ledger_verifier_key
from sekisho.adapters.database.models import EntryRow, Parcel, PermitRow
from sekisho.adapters.database.queries_rows import VerdictRow
from sekisho.adapters.keys import holds
from sekisho.kernel import (
    LedgerFault,
    includes,
    leaf_hash,
    open_note,
    prove_inclusion,
    read_checkpoint,
)

FORMAT: Final = "sekisho-evidence/1"


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
    size = newest.size if newest else 0
    rows = EntryRow.objects.filter(tenant_id=tenant, parcel=parcel, index__lt=size).order_by("index")
    entries = [
        {
            "body": bytes(row.body).decode(),
            "index": row.index,
            "proof": [each.hex() for each in prove_inclusion(int(row.index or 0), size, Nodes(tenant))],
        }
        for row in rows
    ]
    found = Parcel.objects.filter(tenant_id=tenant, parcel=parcel).first()
    return {
        "format": FORMAT,
        "tenant": tenant,
        "parcel": parcel,
        "checkpoint": newest.note if newest else "",
        "verifier_key": ledger_verifier_key(tenant),
        "entries": entries,
        "permit": _permit(tenant, found.permit) if found and found.permit else None,
    }


def _holds_together(entry: dict[str, Any], size: int, root: bytes) -> bool:
    """Does the way from this entry up lead to the signed root?"""
    proof = [bytes.fromhex(each) for each in entry["proof"]]
    return includes(leaf_hash(str(entry["body"]).encode()), int(entry["index"]), size, proof, root)


def verdict_on_evidence(tenant: str, content: bytes) -> VerdictRow | None:
    """What an evidence file proves, checked with our own ledger's key; nothing if it is not such a file."""
    try:
        evidence = json.loads(content)
        entries = list(evidence["entries"])
        known = evidence["format"] == FORMAT and evidence["tenant"] == tenant
        checkpoint = read_checkpoint(open_note(evidence["checkpoint"], ledger_verifier_key(tenant), holds))
        in_tree = all(_holds_together(entry, checkpoint.size, checkpoint.root) for entry in entries)
        size, genuine = checkpoint.size, True
    except LedgerFault:
        known, in_tree, genuine, size, entries = True, False, False, 0, [{}]
    except (ValueError, KeyError, TypeError):
        return None
    if not known or not entries:
        return None
    return VerdictRow(digests_match=in_tree, in_tree=in_tree, signature_valid=genuine, tree_size=size, waiting=0)
