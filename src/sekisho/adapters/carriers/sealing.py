"""Sealing: what was cleared, without what was not approved, encrypted with age to the recipient alone."""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyrage

from sekisho.adapters.carriers.addresses import counterparts
from sekisho.adapters.database.home import Home
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects import sealed_path
from sekisho.adapters.scanners import peek
from sekisho.kernel import Cargo, Clearance, Direction, SekishoError
from sekisho.records import strip_items


def cargo_key(parcel: str) -> str:
    """The id of the identity that alone opens what was sealed for this house: one a parcel, erased with it."""
    return f"cargo/{parcel}"


def house_identity(tenant: str, parcel: str) -> "pyrage.x25519.Identity":
    """The house's age identity for one parcel, made at first use."""
    store = open_key_store()
    if not store.has(tenant, cargo_key(parcel)):
        store.keep(tenant, cargo_key(parcel), str(pyrage.x25519.Identity.generate()).encode())
    return pyrage.x25519.Identity.from_str(store.open(tenant, cargo_key(parcel)).decode())


class ChunkReader(io.RawIOBase):
    """Plain chunks as a readable file, in memory only."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        super().__init__()
        self._chunks = iter(chunks)
        self._held = b""

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # any writable buffer
        """Fill the buffer with what comes next."""
        while not self._held:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._held = piece
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count


@dataclass(frozen=True, slots=True)
class AgeSealer:
    """Seals cleared parcels into files of their own."""

    home: Home
    open_parcel: Callable[[Clearance], Iterator[bytes]]

    def _recipient(self, clearance: Clearance) -> str:
        """Whose key alone opens it: ours for what comes in, the counterpart's for what goes out."""
        if clearance.direction == Direction.INWARD:
            return str(house_identity(clearance.waybill.tenant, clearance.waybill.parcel).to_public())
        known = counterparts(self.home).get(clearance.counterpart)
        if known is None:
            message = f"counterpart {clearance.counterpart} has no address yet"
            raise SekishoError(message)
        return known.recipient

    def seal(self, clearance: Clearance) -> Cargo:
        """The sealed bytes, durable before anybody is told of them; sealing again replaces them."""
        recipient = self._recipient(clearance)
        chunks = self.open_parcel(clearance)
        if clearance.strip:
            head, chunks = peek(chunks)
            office = layouts_in_use()
            layout = office.choose(clearance.layout, head).layout
            chunks = strip_items(layout, chunks, clearance.strip, office.shelf.vocabulary)
        place = f"{clearance.waybill.parcel}.sealed"
        path = sealed_path(self.home.parcels, place)
        self.home.parcels.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{place}.{os.getpid()}")
        with draft.open("wb") as file:
            pyrage.encrypt_io(ChunkReader(chunks), file, [pyrage.x25519.Recipient.from_str(recipient)])
            file.flush()
            os.fdatasync(file.fileno())
        draft.chmod(0o600)
        draft.replace(path)
        failpoint("seal")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Cargo(place=place, digest=digest, size=path.stat().st_size, recipient=recipient)


def open_cargo(home: Home, cargo: Cargo) -> bytes:
    """The sealed bytes, only if they are those that were recorded.

    Raises:
        SekishoError: They were swapped or lost since.

    """
    path = sealed_path(home.parcels, cargo.place)
    sealed = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(sealed).hexdigest() != cargo.digest:
        message = f"the sealed bytes at {cargo.place} are not those that were recorded"
        raise SekishoError(message)
    return sealed
