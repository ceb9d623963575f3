"""Where ciphertext lies: up to 64 KiB inline in the row, larger in a file of its own, made once and synced."""

import ctypes
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sekisho.adapters.objects.stream import CHUNK, TAG, Block, Opener, Sealer
from sekisho.kernel import SekishoError, Stored

INLINE: Final = "inline"
EARLY: Final = 4 * 1024 * 1024
_WRITE: Final = 2  # SYNC_FILE_RANGE_WRITE of Linux: begin to write, and wait for nothing
_BEGIN: Final = getattr(ctypes.CDLL(None), "sync_file_range", None)
_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


def sealed_path(folder: Path, place: str) -> Path:
    """The file of a place. Places are made by us; anything else is a fault, never a path."""
    if not place or place[0] == "." or not set(place) <= _SAFE:
        message = "this is not a place in the landing store"
        raise SekishoError(message)
    return folder / place


def _sync_folder(folder: Path) -> None:
    """Make the folder's own entry durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _on_disk() -> Iterator[None]:
    """Whatever the disk says no to is our fault, told without a path."""
    try:
        yield
    except OSError as fault:
        message = f"the landing store cannot be written: {fault.strerror}"
        raise SekishoError(message) from fault


def _begin_to_write(file: int, begin: int, end: int) -> None:
    """Let the disk begin with these bytes while more come, so that the wait at the end is short.

    It is a wish: only what follows it makes the bytes durable, and where the system does not know it nothing is lost.
    """
    if _BEGIN is not None:
        _BEGIN(file, ctypes.c_int64(begin), ctypes.c_int64(end - begin), _WRITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a sink took: size and digest of the plain bytes, the place, and the ciphertext if it is small."""

    stored: Stored
    inline: bytes | None


class Sink:
    """Takes one stream: hashes and encrypts as it comes, spills to a file beyond 64 KiB, never writes plain bytes.

    With `inline` nothing, even the smallest lies in a file.
    """

    def __init__(self, folder: Path, place: str, key: bytes, *, inline: int = CHUNK + TAG) -> None:
        self._folder, self._place, self._inline = folder, place, inline
        self._sealer = Sealer(key, place)
        self._hash = hashlib.sha256()
        self._small = bytearray()
        self._file: int | None = None
        self._written, self._begun = 0, 0
        self.size = 0

    def feed(self, data: Block) -> None:
        """Take some bytes."""
        self._hash.update(data)
        self.size += len(data)
        with _on_disk():
            self._write(self._sealer.feed(data))

    def _write(self, sealed: Block) -> None:
        """Keep ciphertext in memory while it is small, then in the file."""
        if not sealed:
            return
        if self._file is None and len(self._small) + len(sealed) > self._inline:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = sealed_path(self._folder, self._place)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._write_all(self._file, bytes(self._small))
            self._small.clear()
        if self._file is None:
            self._small += sealed
        else:
            self._write_all(self._file, sealed)
            self._written += len(sealed)
            if self._written - self._begun >= EARLY:
                _begin_to_write(self._file, self._begun, self._written)
                self._begun = self._written

    @staticmethod
    def _write_all(file: int, data: Block) -> None:
        """Write every byte."""
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]

    def finish(self) -> Taken:
        """Everything is here: make it durable."""
        with _on_disk():
            self._write(self._sealer.finish())
            if self._file is not None:
                os.fdatasync(self._file)
                os.close(self._file)
                _sync_folder(self._folder)
        digest, inline = self._hash.hexdigest(), bytes(self._small) if self._file is None else None
        self._file = None
        place = self._place if inline is None else INLINE
        return Taken(stored=Stored(size=self.size, digest=digest, place=place), inline=inline)

    def discard(self) -> None:
        """Throw away what came."""
        self._small.clear()
        if self._file is not None:
            os.close(self._file)
            self._file = None
        sealed_path(self._folder, self._place).unlink(missing_ok=True)


def read_sealed(folder: Path, place: str, inline: bytes | None) -> Iterator[bytes]:
    """The ciphertext, in pieces."""
    if place == INLINE:
        yield inline or b""
        return
    with sealed_path(folder, place).open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def open_chunks(folder: Path, stored: tuple[str, bytes | None], name: str, key: bytes) -> Iterator[bytes]:
    """Plain chunks of what a sink stored under this name, in memory only.

    Raises:
        StreamFault: The stored bytes are not whole.

    """
    place, inline = stored
    return Opener(key, name).chunks(read_sealed(folder, place, inline))


def remove_bytes(folder: Path, place: str) -> int:
    """Remove a file in two steps (rename, then unlink); answers how many bytes of ciphertext went. Idempotent."""
    if place in {"", INLINE}:
        return 0
    path = sealed_path(folder, place)
    doomed = sealed_path(folder, f"{place}.shredded")
    if path.exists():
        path.rename(doomed)
        _sync_folder(folder)
    size = doomed.stat().st_size if doomed.exists() else 0
    doomed.unlink(missing_ok=True)
    return size
