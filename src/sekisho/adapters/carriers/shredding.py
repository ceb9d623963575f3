"""Erasing our copy: the key first, so that every backup is covered, then the bytes; with proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.carriers.sealing import cargo_key
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.database.passages import find_parcel, proof_of_erasure, waybill_of
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects import remove_bytes
from sekisho.adapters.objects.docks import parcel_key
from sekisho.kernel import ErasureProof, Waybill


@dataclass(frozen=True, slots=True)
class KeyShredder:
    """Destroys a parcel's key, the identity its sealed copy was opened with, and the bytes."""

    home: Home

    def destroy_keys(self, waybills: Sequence[Waybill]) -> None:
        """Destroy the keys of a batch, a municipality at a time; those that are gone already stay gone."""
        store = open_key_store()
        for tenant in {waybill.tenant for waybill in waybills}:
            names = [
                name(each.parcel) for each in waybills if each.tenant == tenant for name in (parcel_key, cargo_key)
            ]
            if alive := store.present(tenant, names):
                store.destroy(tenant, alive)
        failpoint("erase")

    def shred(self, waybill: Waybill, at: datetime) -> ErasureProof:
        """Our copy is gone; a second call answers with the first proof."""
        return self.prove(find_parcel(waybill.parcel), at)

    def prove(self, row: Parcel, at: datetime) -> ErasureProof:
        """Destroy what is left of a parcel whose row is at hand, and say how we know that it is gone."""
        known = proof_of_erasure(row)
        if known is not None:
            return known
        waybill = waybill_of(row)
        self.destroy_keys([waybill])
        gone = open_key_store().destroy(waybill.tenant, [parcel_key(waybill.parcel)])[0]
        removed = remove_bytes(self.home.parcels, row.place)
        removed += len(row.inline or b"") + len(row.cargo_inline or b"")
        removed += remove_bytes(self.home.parcels, f"{waybill.parcel}.sealed")
        return ErasureProof(
            key=gone.key, key_digest=gone.digest, bytes_removed=removed, searched=gone.searched, at=at.isoformat()
        )
