"""Erasing our copy: the key first, so that every backup is covered, then the bytes; with proof.

Nothing is destroyed that does not stand on a signed list, and nothing that is on legal hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.carriers.sealing import cargo_key
from sekisho.adapters.database.erasure_lists import objections_to_erasing
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.loan_ends import loan_key
from sekisho.adapters.database.models import ContractorCopyRow, Parcel
from sekisho.adapters.database.passages import find_parcel, proof_of_erasure, waybill_of
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import Destroyed, KeyPort, open_key_store
from sekisho.adapters.objects import remove_bytes
from sekisho.adapters.objects.docks import parcel_key
from sekisho.kernel import ErasureProof, Refused, SekishoError, Waybill


def _by_tenant(waybills: Iterable[Waybill]) -> Mapping[str, list[str]]:
    """The parcels of each municipality."""
    parcels: dict[str, list[str]] = {}
    for each in waybills:
        parcels.setdefault(each.tenant, []).append(each.parcel)
    return parcels


def _never_lent(store: KeyPort, tenant: str, parcels: Sequence[str]) -> list[str]:
    """Keys that were made to be lent and never were: the parcel came to no delivery. The others go by their loan."""
    made = {loan_key(parcel): parcel for parcel in parcels}
    if not (there := store.present(tenant, list(made))):
        return []
    lent = ContractorCopyRow.objects.filter(tenant_id=tenant, parcel__in=parcels, lent_until__isnull=False)
    return [key for key in there if made[key] not in set(lent.values_list("parcel", flat=True))]


@dataclass(frozen=True, slots=True)
class KeyShredder:
    """Destroys a parcel's key, the identity its sealed copy was opened with, and the bytes."""

    home: Home

    def destroy_keys(self, waybills: Sequence[Waybill]) -> dict[str, Destroyed]:
        """Destroy the keys of those that may be erased, a municipality at a time, searched for once; what is gone."""
        store, gone = open_key_store(), dict[str, Destroyed]()
        for tenant, parcels in _by_tenant(waybills).items():
            doubts = objections_to_erasing(tenant, parcels)
            mine = [parcel for parcel in parcels if parcel not in doubts]
            cargo = store.present(tenant, [cargo_key(parcel) for parcel in mine]) + _never_lent(store, tenant, mine)
            keys = {parcel_key(parcel): parcel for parcel in mine}
            for each in store.destroy(tenant, [*keys, *cargo]) if mine else ():
                if each.key in keys:
                    gone[keys[each.key]] = each
        failpoint("erase")
        return gone

    def shred(self, waybill: Waybill, at: datetime) -> ErasureProof:
        """Our copy is gone; a second call answers with the first proof."""
        return self.prove(find_parcel(waybill.parcel), at)

    def prove(self, row: Parcel, at: datetime, gone: Destroyed | None = None) -> ErasureProof:
        """Destroy what is left of a parcel whose row is at hand, and say how we know that it is gone.

        Raises:
            Refused: It is on hold, or on no signed list.
            SekishoError: Nobody could search for what is left of the key yet; it is tried again.

        """
        known = proof_of_erasure(row)
        if known is not None:
            return known
        waybill = waybill_of(row)
        gone = gone or self.destroy_keys([waybill]).get(waybill.parcel)
        if gone is None:
            raise Refused(objections_to_erasing(waybill.tenant, [waybill.parcel]).values())
        if not gone.searched:
            message = f"key {gone.key} is destroyed and not yet searched for; it is tried again"
            raise SekishoError(message)
        removed = remove_bytes(self.home.parcels, row.place)
        removed += len(row.inline or b"") + len(row.cargo_inline or b"")
        removed += remove_bytes(self.home.parcels, f"{waybill.parcel}.sealed")
        return ErasureProof(
            key=gone.key, key_digest=gone.digest, bytes_removed=removed, searched=gone.searched, at=at.isoformat()
        )
