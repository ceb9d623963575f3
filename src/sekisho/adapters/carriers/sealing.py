"""Sealing: what was cleared, without what was not approved, encrypted with age to the recipient alone.

Where the approval lends the key, what goes out is a container that opens only with a key that is asked for each time.
"""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

import pyrage

from sekisho.adapters.carriers.addresses import INTAKE, find_counterpart
from sekisho.adapters.carriers.containers import contain, digest_file, is_lent
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.objects import CHUNK, sealed_path
from sekisho.adapters.objects.containers import FORMAT, SUFFIX
from sekisho.adapters.objects.landing import INLINE
from sekisho.adapters.scanners import inspected_by, needs_its_layout, rebuild_again
from sekisho.kernel import Cargo, Clearance, Direction, Recorded, SekishoError
from sekisho.records import RecordsError, mask_items, strip_items


def cargo_key(parcel: str) -> str:
    """The id of the identity that alone opens what was sealed for this house: one a parcel, erased with it."""
    return f"cargo/{parcel}"


def house_identity(tenant: str, parcel: str) -> "pyrage.x25519.Identity":
    """The house's age identity for one parcel, made at first use."""
    make_identities(tenant, [parcel])
    return pyrage.x25519.Identity.from_str(open_key_store().open(tenant, cargo_key(parcel)).decode())


def make_identities(tenant: str, parcels: Sequence[str]) -> None:
    """Make the house's age identities of those of these parcels that have none yet, committed in one go."""
    store, names = open_key_store(), [cargo_key(parcel) for parcel in parcels]
    there = set(store.present(tenant, names))
    if missing := [name for name in names if name not in there]:
        store.keep_many(tenant, {name: str(pyrage.x25519.Identity.generate()).encode() for name in missing})


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


def _as_approved(clearance: Clearance, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes with the values hidden that go along masked (伏せる), and without what was not approved.

    Raises:
        SekishoError: They are no file of the layout that they were inspected by; then nothing goes on.

    """
    try:
        layout, vocabulary = inspected_by(clearance), layouts_in_use().shelf.vocabulary
        if clearance.mask:
            chunks = mask_items(layout, chunks, clearance.mask, vocabulary)
        yield from strip_items(layout, chunks, clearance.strip, vocabulary) if clearance.strip else chunks
    except RecordsError as fault:
        message = f"parcel {clearance.waybill.parcel} cannot be sealed: {fault}"
        raise SekishoError(message) from fault


def _at_once(recipient: str, chunks: Iterable[bytes], file: BinaryIO) -> None:
    """Write few bytes as age seals them to one recipient, in one go."""
    file.write(pyrage.encrypt(b"".join(chunks), [pyrage.x25519.Recipient.from_str(recipient)]))


def _as_it_comes(recipient: str, chunks: Iterable[bytes], file: BinaryIO) -> None:
    """Write bytes as age seals them to one recipient, however many there are."""
    pyrage.encrypt_io(ChunkReader(chunks), file, [pyrage.x25519.Recipient.from_str(recipient)])


@dataclass(frozen=True, slots=True)
class AgeSealer:
    """Seals cleared parcels: small ones for their rows, and larger ones into files of their own."""

    home: Home
    open_parcel: Callable[[Clearance], Iterator[bytes]]
    inline: dict[str, bytes] = field(default_factory=dict)

    @staticmethod
    def expect(clearances: Sequence[Clearance]) -> None:
        """Make what a batch of parcels will be sealed to, a municipality at a time."""
        inward = [each.waybill for each in clearances if each.direction == Direction.INWARD]
        for tenant in {waybill.tenant for waybill in inward}:
            make_identities(tenant, [waybill.parcel for waybill in inward if waybill.tenant == tenant])

    def _recipient(self, clearance: Clearance) -> str:
        """Whose key alone opens it: ours for what comes in, the counterpart's for what goes out."""
        if clearance.direction == Direction.INWARD:
            return str(house_identity(clearance.waybill.tenant, clearance.waybill.parcel).to_public())
        known = find_counterpart(self.home, clearance.counterpart)
        if known.carrier == INTAKE:
            # What S1 answers for is each record, so the carrier opens the parcel while it hands it over.
            return str(house_identity(clearance.waybill.tenant, clearance.waybill.parcel).to_public())
        return known.recipient

    def seal(self, clearance: Clearance) -> Cargo:
        """The sealed bytes, durable before or as they are recorded; sealing again replaces them.

        Raises:
            Refused: The layout by which it was inspected is not here any more; asked before anything is written.

        """
        if needs_its_layout(clearance):
            inspected_by(clearance)
        lent = is_lent(self.home, clearance)
        recipient = FORMAT if lent else self._recipient(clearance)
        chunks = self.open_parcel(clearance)
        if clearance.rebuilt:
            chunks = rebuild_again(clearance, chunks)
        if clearance.strip or clearance.mask:
            chunks = _as_approved(clearance, chunks)
        small = clearance.stored.size <= CHUNK
        age = partial(_at_once if small else _as_it_comes, recipient, chunks)
        sealing = self._into_row if small else self._into_file
        write = partial(contain, clearance.waybill, chunks) if lent else age
        cargo = sealing(clearance.waybill.parcel, recipient, write)
        failpoint("seal")
        return cargo

    def _into_row(self, parcel: str, recipient: str, write: Callable[[BinaryIO], None]) -> Cargo:
        """Keep the sealed bytes at hand; they become durable with the entry that records them."""
        buffer = io.BytesIO()
        write(buffer)
        self.inline[parcel] = sealed = buffer.getvalue()
        digest = hashlib.sha256(sealed).hexdigest()
        return Cargo(place=INLINE, digest=digest, size=len(sealed), recipient=recipient)

    def _into_file(self, parcel: str, recipient: str, write: Callable[[BinaryIO], None]) -> Cargo:
        """Make the sealed bytes durable in a file of their own."""
        place = f"{parcel}.sealed"
        path = sealed_path(self.home.parcels, place)
        self.home.parcels.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{place}.{os.getpid()}")
        with draft.open("wb") as file:
            write(file)
            file.flush()
            os.fdatasync(file.fileno())
        draft.chmod(0o600)
        draft.replace(path)
        with path.open("rb") as file:
            digest = digest_file(file)
        return Cargo(place=place, digest=digest, size=path.stat().st_size, recipient=recipient)


def cargo_name(recorded: Recorded) -> str:
    """What a sealed parcel is called at the counterpart: by how it is opened."""
    return f"{recorded.waybill.parcel}.{SUFFIX if recorded.cargo.recipient == FORMAT else 'age'}"


def _lying(home: Home, recorded: Recorded, row: Parcel | None) -> BinaryIO:
    """What lies where the cargo was recorded; nothing if it is lost."""
    if recorded.cargo.place != INLINE:
        path = sealed_path(home.parcels, recorded.cargo.place)
        return path.open("rb") if path.exists() else io.BytesIO()
    row = row or Parcel.objects.filter(parcel=recorded.waybill.parcel).only("cargo_inline").first()
    return io.BytesIO(bytes(row.cargo_inline or b"") if row else b"")


@contextmanager
def freight(home: Home, recorded: Recorded, row: Parcel | None = None) -> Iterator[BinaryIO]:
    """The sealed bytes as an open file, only if they are those that were recorded; the parcel's row may be at hand.

    Raises:
        SekishoError: They were swapped or lost since.

    """
    with _lying(home, recorded, row) as file:
        if digest_file(file) != recorded.cargo.digest:
            message = f"the sealed bytes of parcel {recorded.waybill.parcel} are not those that were recorded"
            raise SekishoError(message)
        yield file


def open_cargo(home: Home, recorded: Recorded, row: Parcel | None = None) -> bytes:
    """The sealed bytes whole, for whoever opens them here.

    Raises:
        SekishoError: They were swapped or lost since.

    """
    with freight(home, recorded, row) as file:
        return file.read()
