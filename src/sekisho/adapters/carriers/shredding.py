"""Erasing our copy: the key first, so that every backup is covered, then the bytes; with proof."""

from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.carriers.sealing import cargo_key
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.passages import find_parcel, proof_of_erasure
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import remove_bytes
from sekisho.kernel import ErasureProof, Waybill


def parcel_key(parcel: str) -> str:
    """The id of a parcel's key."""
    return f"parcel/{parcel}"


@dataclass(frozen=True, slots=True)
class KeyShredder:
    """Destroys a parcel's key, the identity its sealed copy was opened with, and the bytes."""

    home: Home

    def shred(self, waybill: Waybill, at: datetime) -> ErasureProof:
        """Our copy is gone; a second call answers with the first proof."""
        row = find_parcel(waybill.parcel)
        known = proof_of_erasure(row)
        if known is not None:
            return known
        store, keys = open_key_store(), [parcel_key(waybill.parcel)]
        if store.has(waybill.tenant, cargo_key(waybill.parcel)):
            keys.append(cargo_key(waybill.parcel))
        gone = store.destroy(waybill.tenant, keys)[0]
        failpoint("erase")
        removed = remove_bytes(self.home.parcels, row.place)
        removed += len(row.inline or b"")
        removed += remove_bytes(self.home.parcels, f"{waybill.parcel}.sealed")
        return ErasureProof(
            key=gone.key, key_digest=gone.digest, bytes_removed=removed, searched=gone.searched, at=at.isoformat()
        )
