"""The dock: where one parcel's bytes land, hashed and encrypted under a key of the parcel's own."""

from collections.abc import Iterator

from sekisho.adapters.database.home import Home
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.landing import Sink
from sekisho.adapters.objects.stream import Block
from sekisho.kernel import Admitted, SekishoError, Stored


def parcel_key(parcel: str) -> str:
    """The id of a parcel's key."""
    return f"parcel/{parcel}"


class LandingDock:
    """Takes one parcel's bytes into the landing store, under a key of the parcel's own: fed, or from `pieces`."""

    def __init__(self, home: Home, tenant: str, parcel: str, key: bytes | None = None) -> None:
        """Make the parcel's key, unless it was made just now together with those of others."""
        self._tenant, self._parcel, self._key = tenant, parcel, parcel_key(parcel)
        self._store = open_key_store(home)
        self._sink = Sink(home.parcels, parcel, key or self._store.make(tenant, self._key))
        self._stored: Stored | None = None
        self.inline: bytes | None = None
        self.pieces: Iterator[bytes] = iter(())

    def feed(self, data: Block) -> None:
        """Some bytes have come."""
        self._sink.feed(data)

    @property
    def size(self) -> int:
        """How many bytes have come so far."""
        return self._sink.size

    def settle(self) -> Stored:
        """Everything has come: make it durable, once; never inside a turn, because this waits for the disk."""
        if self._stored is None:
            for piece in self.pieces:
                self._sink.feed(piece)
            taken = self._sink.finish()
            self.inline, self._stored = taken.inline, taken.stored
        return self._stored

    def take(self, admitted: Admitted) -> Stored:
        """Everything has come: make it durable, unless that was done already."""
        if admitted.waybill.parcel != self._parcel:
            message = "this dock belongs to another parcel"
            raise SekishoError(message)
        return self.settle()

    def discard(self) -> None:
        """Throw away what came, key first; on a full disk the bytes have to go even where the key cannot yet."""
        try:
            self._store.destroy(self._tenant, [self._key])
        finally:
            self._sink.discard()
