"""AES-256-GCM in the STREAM construction: 64 KiB chunks, nonce = 11-byte counter ‖ last-chunk flag, a key a parcel.

Dropping, swapping, repeating or appending a chunk does not open; neither does a stream without its last chunk.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sekisho.kernel import SekishoError

Block = bytes | bytearray | memoryview
CHUNK: Final = 65_536
TAG: Final = 16


class StreamFault(SekishoError):
    """Stored bytes do not open: cut, swapped, changed, or under another key."""


def _nonce(counter: int, *, last: bool) -> bytes:
    """Eleven bytes of counter, one byte that says whether it is the last."""
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class Sealer:
    """Encrypts a stream chunk by chunk; `name` is bound to every chunk."""

    def __init__(self, key: bytes, name: str) -> None:
        self._cipher = AESGCM(key)
        self._name = name.encode()
        self._counter = 0
        self._held = bytearray()
        self._ready = memoryview(b"")

    def feed(self, data: Block) -> memoryview:
        """Take plain bytes; answers the ciphertext that is ready, in a buffer that the next feed uses again."""
        if len(self._held) + len(data) <= CHUNK:
            self._held += data
            return memoryview(b"")
        size = (len(self._held) + len(data) - 1) // CHUNK * (CHUNK + TAG)
        if len(self._ready) < size:
            self._ready = memoryview(bytearray(size))
        left, sealed = memoryview(data), self._ready
        if self._held:
            missing = CHUNK - len(self._held)
            self._held += left[:missing]
            self._seal_into(self._held, sealed)
            left, sealed = left[missing:], sealed[CHUNK + TAG :]
            self._held.clear()
        while len(left) > CHUNK:
            self._seal_into(left[:CHUNK], sealed)
            left, sealed = left[CHUNK:], sealed[CHUNK + TAG :]
        self._held += left
        return self._ready[:size]

    def finish(self) -> bytes:
        """The last chunk; it may be empty."""
        return self._cipher.encrypt(_nonce(self._counter, last=True), bytes(self._held), self._name)

    def _seal_into(self, chunk: bytearray | memoryview, place: memoryview) -> None:
        """One chunk that is not the last."""
        self._cipher.encrypt_into(_nonce(self._counter, last=False), chunk, self._name, place[: CHUNK + TAG])
        self._counter += 1


class Opener:
    """Decrypts what `Sealer` made."""

    def __init__(self, key: bytes, name: str) -> None:
        self._cipher = AESGCM(key)
        self._name = name.encode()

    def chunks(self, sealed: Iterable[bytes], first: int = 0) -> Iterator[bytes]:
        """Plain chunks, in order; the ciphertext may begin at a later chunk than the first.

        Raises:
            StreamFault: The stream is not whole.

        """
        held, counter = bytearray(), first
        for data in sealed:
            held += data
            while len(held) > CHUNK + TAG:
                yield self._open(bytes(held[: CHUNK + TAG]), counter, last=False)
                del held[: CHUNK + TAG]
                counter += 1
        yield self._open(bytes(held), counter, last=True)

    def _open(self, chunk: bytes, counter: int, *, last: bool) -> bytes:
        """One chunk."""
        try:
            return self._cipher.decrypt(_nonce(counter, last=last), chunk, self._name)
        except (InvalidTag, ValueError) as fault:
            message = f"stored bytes do not open at chunk {counter}"
            raise StreamFault(message) from fault
