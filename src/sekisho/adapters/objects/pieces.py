"""Pieces of an upload that is under way: each its own encrypted stream, under a key that is derived for it alone.

A piece that was cut off by a kill is never continued and never written again: what comes next is another piece, with
another name and therefore another key. So no nonce is ever used for two different plain texts.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sekisho.adapters.objects.landing import Sink, open_chunks, remove_bytes
from sekisho.adapters.objects.stream import Block
from sekisho.kernel import Stored

PIECE: Final = 64 * 1024 * 1024
FORGOTTEN_SECONDS: Final = 600.0
_NAMED: Final = 16


def piece_key(key: bytes, place: str) -> bytes:
    """The key of one piece."""
    return hmac.digest(key, f"sekisho piece {place}".encode(), hashlib.sha256)


class PieceSink:
    """Takes the bytes of one piece."""

    def __init__(self, folder: Path, upload: str, key: bytes) -> None:
        self.place = f"u{upload[:_NAMED]}-{secrets.token_hex(8)}"
        self._sink = Sink(folder, self.place, piece_key(key, self.place), inline=0)

    def feed(self, data: Block) -> None:
        """Some bytes have come."""
        self._sink.feed(data)

    @property
    def size(self) -> int:
        """How many bytes have come so far."""
        return self._sink.size

    def settle(self) -> Stored:
        """This piece is whole: make it durable."""
        return self._sink.finish().stored

    def discard(self) -> None:
        """Throw it away."""
        self._sink.discard()


def read_pieces(folder: Path, places: Iterable[str], key: bytes) -> Iterator[bytes]:
    """The plain bytes of these pieces, one after the other, in memory only.

    Raises:
        StreamFault: A piece is not whole.

    """
    for place in places:
        yield from open_chunks(folder, (place, None), place, piece_key(key, place))


def remove_pieces(folder: Path, places: Iterable[str]) -> int:
    """Remove pieces; answers how many bytes of ciphertext went."""
    return sum(remove_bytes(folder, place) for place in places)


def forgotten_pieces(folder: Path, known: frozenset[str]) -> list[str]:
    """Pieces that no upload knows and that nobody wrote to for ten minutes: a kill cut them off."""
    if not folder.exists():
        return []
    before, found = time.time() - FORGOTTEN_SECONDS, []
    for path in folder.iterdir():
        place = path.name.removesuffix(".shredded")
        if path.name.startswith("u") and place not in known and path.stat().st_mtime < before:
            found.append(place)
    return found
