"""The dock: where one parcel's bytes land, hashed and encrypted under a key of the parcel's own."""

from collections.abc import Iterator

from sekisho.adapters.database.home import Home
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.landing import Sink
from sekisho.kernel import Admitted, SekishoError, Stored


def parcel_key(parcel: str) -> str:
    """The id of a parcel's key."""
    return f"parcel/{parcel}"


class LandingDock:
    """Takes one parcel's bytes into the landing store, under a key of the parcel's own: fed, or from `pieces`."""

    def __init__(self, home: Home, tenant: str, parcel: str) -> None:
        self._tenant, self._parcel, self._key = tenant, parcel, parcel_key(parcel)
        self._store = open_key_store(home)
        self._sink = Sink(home.parcels, parcel, self._store.make(tenant, self._key))
        self.inline: bytes | None = None
        self.pieces: Iterator[bytes] = iter(())

    def feed(self, data: bytes) -> None:
        """Some bytes have come."""
        self._sink.feed(data)

    @property
    def size(self) -> int:
        """How many bytes have come so far."""
        return self._sink.size

    def take(self, admitted: Admitted) -> Stored:
        """Everything has come: make it durable."""
        if admitted.waybill.parcel != self._parcel:
            message = "this dock belongs to another parcel"
            raise SekishoError(message)
        for piece in self.pieces:
            self._sink.feed(piece)
        taken = self._sink.finish()
        self.inline = taken.inline
        return taken.stored

    def discard(self) -> None:
        """Throw away what came, key first; on a full disk the bytes have to go even where the key cannot yet."""
        try:
            self._store.destroy(self._tenant, [self._key])
        finally:
            self._sink.discard()
