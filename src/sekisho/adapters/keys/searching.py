"""Searching a key store's files for destroyed keys: raw bytes, whatever the database says of them."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from sekisho.adapters.keys.ports import KeyFault
from sekisho.adapters.keys.slots import slots_of

NONCE: Final = 12
# Every wrapped key begins with the same sign, so that one pass over the files finds all that lie there, whole or torn.
SIGN: Final = b"\xe9\x96\xa2\x80"
HEAD: Final = len(SIGN) + NONCE
_TAG: Final = 16
# A wrapped key is its head, the secret and a tag. Secrets are keys of 32 bytes, or age identities as text.
_SECRETS: Final = (32, 74)


def files_of(store: Path) -> tuple[Path, ...]:
    """Every file of a store: its slots, its database, and the database's log."""
    return slots_of(store), store, store.with_name(store.name + "-wal")


def heads(content: bytes) -> Iterator[bytes]:
    """The first bytes of everything in a file that begins as a wrapped key does, one pass for all of them."""
    parts = content.split(SIGN)[1:]
    if all(len(part) >= NONCE for part in parts[:-1]):
        yield from [SIGN + part[:NONCE] for part in parts]
        return
    # Two signs so close that one stands in the other's head: looked at one by one.
    place = content.find(SIGN)
    while place >= 0:
        yield content[place : place + HEAD]
        place = content.find(SIGN, place + 1)


@cache
def _reading(file: Path, _device: int, _number: int) -> int:
    """A descriptor of a database that stays open as long as this process lives.

    Closing any descriptor of a file gives back all POSIX locks that this process has on it, those of SQLite among them.
    The next process that closed the store would take itself for the last one and remove the log that we write to.
    """
    return os.open(file, os.O_RDONLY | os.O_CLOEXEC)


def content_of(file: Path) -> bytes:
    """All bytes of a file of a store; none if it is not there."""
    if not file.exists():
        return b""
    if file.suffix != ".sqlite3":
        return file.read_bytes()
    status = file.stat()
    descriptor, pieces, place = _reading(file, status.st_dev, status.st_ino), [], 0
    while piece := os.pread(descriptor, 1 << 20, place):
        pieces.append(piece)
        place += len(piece)
    return b"".join(pieces)


def _lying_in(store: Path, sought: Iterable[bytes]) -> set[bytes]:
    """Those of these destroyed keys, or first bytes of them, that still lie in the store's file or its log."""
    signed = {each for each in sought if each.startswith(SIGN) and len(each) >= HEAD}
    others = [each for each in sought if each not in signed]
    found: set[bytes] = set()
    for file in files_of(store):
        content = content_of(file)
        seen = {each[:HEAD] for each in signed}.intersection(heads(content))
        found |= {each for each in signed if each[:HEAD] in seen}
        found |= {each for each in others if each in content}
    return found


def search_files(store: Path, gone: Collection[bytes], others: Collection[bytes] = ()) -> set[bytes]:
    """Look for destroyed keys, or their first bytes, in the store's file and its log, all in one pass.

    Others are destroying keys at this moment: what of those still lies there is no fault, and is answered.

    Raises:
        KeyFault: Of our own something is still there.

    """
    lying = _lying_in(store, {*gone, *others})
    if not lying.isdisjoint(gone):
        message = "壊した鍵がディスクに残っています / a destroyed key is still on the disk"
        raise KeyFault(message)
    return lying


def digests_in(files: Iterable[Path]) -> set[str]:
    """The digest of everything in these files that could be a whole wrapped key."""
    digests: set[str] = set()
    for file in files:
        content = content_of(file)
        place = content.find(SIGN)
        while place >= 0:
            for length in _SECRETS:
                digests.add(hashlib.sha256(content[place : place + HEAD + length + _TAG]).hexdigest())
            place = content.find(SIGN, place + 1)
    return digests


def found_in(store: Path, digests: Sequence[str]) -> list[str]:
    """Those of these digests of wrapped keys whose bytes still lie in the store's file or its log."""
    lying = digests_in(files_of(store))
    return [digest for digest in digests if digest in lying]
