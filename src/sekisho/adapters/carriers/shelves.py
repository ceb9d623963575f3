"""Carriers that put a sealed parcel on a shelf of the counterpart's: SFTP, S3, a shared folder, a medium by hand.

Whatever the shelf, a parcel appears there whole or not at all, never over something else, and what lies there is read
back and compared with what was recorded. A counterpart that signs receipts lays its receipt beside the parcel.
"""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final, Protocol

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.carriers.receipts import read_receipt
from sekisho.adapters.carriers.sealing import cargo_name, freight
from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.turns import writing
from sekisho.kernel import Acknowledgement, EntryKind, ReasonCode, Recorded, Refused, because

SEALED: Final = "sealed"


class Shelf(Protocol):
    """A place at a counterpart where files are laid down; nothing on it is ever written over."""

    def digest(self, name: str) -> str | None:
        """The digest of what lies there under this name, read back; nothing if nothing does."""
        ...

    def put(self, name: str, content: BinaryIO) -> None:
        """Lay a file down, visible only when it is whole; goes on where an earlier try was cut off."""
        ...

    def read(self, name: str) -> bytes | None:
        """What lies there under this name, or nothing."""
        ...


OpenShelf = Callable[[Home, str, Counterpart], AbstractContextManager[Shelf]]
"""(home, municipality, counterpart) -> a shelf that is open for a while."""


@dataclass(frozen=True, slots=True)
class ShelfCarrier:
    """Carries parcels to a shelf."""

    home: Home
    counterpart: Counterpart
    open_shelf: OpenShelf

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """Lay the parcel down once and answer with the receipt, or with what was read back if none is signed.

        Raises:
            Refused: Something else lies there under this parcel's name.
            AwayError: The shelf cannot be reached, or the receipt is not there yet.
            SekishoError: The receipt is not the counterpart's.

        """
        tenant, name = recorded.waybill.tenant, cargo_name(recorded)
        with freight(self.home, recorded) as sealed, self.open_shelf(self.home, tenant, self.counterpart) as shelf:
            if shelf.digest(name) is None:
                shelf.put(name, sealed)
            if shelf.digest(name) != recorded.cargo.digest:
                code = f"{self.counterpart.carrier}/other-bytes"
                raise Refused([because(ReasonCode.COUNTERPART_REFUSED, code=code)])
            if self.counterpart.carrier == SEALED:
                self._enclose(recorded, shelf)
            return self._acknowledged(recorded, shelf)

    def _acknowledged(self, recorded: Recorded, shelf: Shelf) -> Acknowledgement:
        """The receipt that lies beside the parcel; without a receipt key, that the bytes were read back."""
        parcel = recorded.waybill.parcel
        if not self.counterpart.receipt_key:
            if self.counterpart.carrier == SEALED:
                raise AwayError(self.counterpart.counterpart, "no receipt key")
            return Acknowledgement(
                number=f"{self.counterpart.carrier}/{cargo_name(recorded)}", facts={"read_back": "yes"}
            )
        receipt = shelf.read(f"{parcel}.receipt")
        if receipt is None:
            raise AwayError(self.counterpart.counterpart, "no receipt yet")
        return read_receipt(receipt, self.counterpart.receipt_key, recorded)

    def _enclose(self, recorded: Recorded, shelf: Shelf) -> None:
        """A manifest beside the parcel, and the entry that it was written to a medium; once."""
        waybill = recorded.waybill
        manifest = _manifest(recorded, self.counterpart)
        if shelf.digest(f"{waybill.parcel}.manifest") is None:
            shelf.put(f"{waybill.parcel}.manifest", io.BytesIO(manifest))
        digest = hashlib.sha256(manifest).hexdigest()
        at = datetime.now(UTC)
        with writing():
            if first_time(waybill.tenant, waybill.parcel, "sealed-carrier", at):
                frame = {"kind": str(EntryKind.CARRIED_BY_HAND), "tenant": waybill.tenant, "parcel": waybill.parcel}
                facts = {"counterpart": recorded.counterpart, "manifest": digest, "permit": waybill.permit}
                append_entry(waybill.tenant, {**frame, "at": at.isoformat(), **facts})


def _manifest(recorded: Recorded, counterpart: Counterpart) -> bytes:
    """What is on the medium: ids, digest and size, for whom it opens, and the ledger's entry. Nobody's data."""
    waybill, cargo = recorded.waybill, recorded.cargo
    facts: Mapping[str, object] = {
        "format": "sekisho-sealed-carrier/1",
        "tenant": waybill.tenant,
        "parcel": waybill.parcel,
        "connection": waybill.connection,
        "permit": waybill.permit,
        "counterpart": counterpart.counterpart,
        "file": cargo_name(recorded),
        "sha256": cargo.digest,
        "size": cargo.size,
        "recipient": cargo.recipient,
        "entry": recorded.receipt.entry,
        "leaf": recorded.receipt.leaf,
    }
    return (json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
