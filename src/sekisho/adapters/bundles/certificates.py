"""The certificate of erasure (削除証明書): a signed page of ids and counts that anybody can check without us.

It is signed with the municipality's ledger key as a note (C2SP signed-note); its first line can never be that of a
checkpoint. The same facts give the same bytes, so a certificate can be made again at any time.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from sekisho.adapters.database.ledgers import ledger_key, ledger_verifier_key, origin
from sekisho.adapters.database.models import EntryRow, Parcel
from sekisho.adapters.database.passages import proof_of_erasure, waybill_of
from sekisho.adapters.keys import holds, open_key_store
from sekisho.adapters.keys.backups import backup_days
from sekisho.adapters.objects.docks import parcel_key
from sekisho.kernel import (
    CERTIFICATE,
    CopyPlace,
    EntryKind,
    ErasedCopy,
    ErasureProof,
    LedgerFault,
    ReasonCode,
    Refused,
    because,
    certificate_text,
    open_note,
    sign_note,
    why_not_certified,
)

_REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A signed certificate: the note, and the facts in it in their order."""

    parcel: str
    note: str
    facts: tuple[tuple[str, str], ...]
    key: str


def read_facts(text: str) -> tuple[tuple[str, str], ...]:
    """The facts of a certificate's text.

    Raises:
        LedgerFault: It is not the text of a certificate.

    """
    first, *lines = text.removesuffix("\n").split("\n")
    pairs = [tuple(line.split(": ", 1)) for line in lines]
    if first != CERTIFICATE or any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a name and a value
        message = "this is not a certificate of erasure"
        raise LedgerFault(message)
    return tuple((name, value) for name, value in pairs)


def open_certificate(note: str, key: str) -> tuple[tuple[str, str], ...]:
    """The facts of a certificate that this verifier key has signed.

    Raises:
        LedgerFault: It is none, or that key did not sign it.

    """
    return read_facts(open_note(note, key, holds))


def _entry(tenant: str, parcel: str, kind: EntryKind) -> tuple[int | None, dict[str, Any]]:
    """The entry of this kind about a parcel, and where it stands in the tree."""
    row = EntryRow.objects.filter(tenant_id=tenant, parcel=parcel, kind=kind).order_by("id").last()
    return (row.index, json.loads(bytes(row.body))) if row else (None, {})


def _still_there(row: Parcel) -> bool:
    """Does the key lie in the store after all, or ciphertext in the row? Then nothing is certified."""
    store = open_key_store()
    alive = store.present(row.tenant_id, [parcel_key(row.parcel)])
    return bool(alive or row.inline or row.cargo_inline or store.found([str((row.proof or {}).get("key_digest", ""))]))


def _copy(row: Parcel, proof: ErasureProof) -> ErasedCopy:
    """What the certificate speaks of, from the ledger and the row.

    Raises:
        Refused: The ledger says something else of the key than the row.

    """
    tenant, parcel = row.tenant_id, row.parcel
    _, received = _entry(tenant, parcel, EntryKind.RECEIVED)
    index, erased = _entry(tenant, parcel, EntryKind.ERASED)
    if (erased.get("key_digest"), erased.get("key")) != (proof.key_digest, proof.key):
        raise Refused([because(ReasonCode.REGISTER_DIFFERS, what=parcel, registered=proof.key_digest, written="-")])
    found = row.found or {}
    return ErasedCopy(
        waybill=waybill_of(row),
        place=CopyPlace.GATE,
        why=_REFUSED if row.outcome == _REFUSED else "delivered",
        kind=str(found.get("layout", "")),
        records=int(found.get("records", 0)),
        by=str(received.get("by", {}).get("terminal", "")),
        receipt="-" if index is None else f"ledger entry {index}",
        backup_days=backup_days(),
    )


def certificate_of(tenant: str, parcel: str) -> Certificate:
    """The certificate that our copy of a crossing is gone.

    Raises:
        Refused: It is not gone, nobody searched for the key, or the key or the bytes were found.

    """
    row = Parcel.objects.filter(tenant_id=tenant, parcel=parcel).first()
    proof = proof_of_erasure(row) if row else None
    if row is None or proof is None:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=parcel, state=row.state if row else "unknown")])
    if reason := why_not_certified(proof):
        raise Refused([reason])
    if _still_there(row):
        raise Refused([because(ReasonCode.ERASURE_NOT_SEARCHED, key=proof.key)])
    copy = _copy(row, proof)
    key = ledger_key(tenant)
    note = sign_note(certificate_text(copy, proof), origin(tenant), key.public, key.sign)
    verifier = ledger_verifier_key(tenant)
    return Certificate(parcel=parcel, note=note, facts=open_certificate(note, verifier), key=verifier)
