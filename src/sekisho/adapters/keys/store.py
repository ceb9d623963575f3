"""Envelope keys: the master key wraps a tenant's key, which wraps a key a parcel, a subject, a signer.

Keys live in a file of their own with secure deletion; after a destruction the write-ahead log is emptied into the
file and both are searched for the wrapped bytes, because a deleted row alone is still on the disk.
"""

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sekisho.adapters.keys.ports import Destroyed, KeyFault
from sekisho.adapters.keys.searching import HEAD, NONCE, SIGN, found_in, search_files

_TRIES: Final = 20
_AT_ONCE: Final = 400
_BREATH_SECONDS: Final = 0.002
# A wrapped key never moves: rows are only appended, and a destroyed one is overwritten with zeros where it lies. When
# SQLite splits or joins pages it copies rows, and a copy left in unused space would outlive its key.
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, key TEXT NOT NULL,"
    " wrapped BLOB NOT NULL, UNIQUE (tenant, key))"
)
_GONE: Final = (
    "CREATE TABLE IF NOT EXISTS gone (tenant TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL,"
    " PRIMARY KEY (tenant, key)) WITHOUT ROWID"
)
_IDS: Final = "SELECT key FROM keys WHERE tenant = ? AND substr(key, 1, ?) = ? AND wrapped != zeroblob(length(wrapped))"
_OVERWRITE: Final = "UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE tenant = ? AND key = ?"
# What was destroyed and not searched for yet, also when a kill came between: the first bytes of each, as text.
_SOUGHT: Final = (
    "CREATE TABLE IF NOT EXISTS sought (tenant TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL,"
    " PRIMARY KEY (tenant, key, mark)) WITHOUT ROWID"
)


def _wrap(outer: AESGCM, secret: bytes, name: str) -> bytes:
    """Lock a key with another; the name is bound to it."""
    nonce = secrets.token_bytes(NONCE)
    return SIGN + nonce + outer.encrypt(nonce, secret, name.encode())


def _unwrap(outer: AESGCM, wrapped: bytes, name: str) -> bytes:
    """Unlock a key."""
    nonce, locked = wrapped[len(SIGN) : HEAD], wrapped[HEAD:]
    try:
        return outer.decrypt(nonce, locked, name.encode())
    except (InvalidTag, ValueError) as fault:
        message = f"key {name} does not open"
        raise KeyFault(message) from fault


def digest_of_gone(database: sqlite3.Connection, tenant: str, key: str) -> str:
    """The digest that was kept when a key was destroyed; a second destruction answers like the first.

    Raises:
        KeyFault: There never was such a key.

    """
    row = database.execute("SELECT digest FROM gone WHERE tenant = ? AND key = ?", (tenant, key)).fetchone()
    if row is None:
        message = f"there never was a key {tenant}/{key}"
        raise KeyFault(message)
    return str(row[0])


def find_wrapped(database: sqlite3.Connection, tenant: str, keys: Sequence[str]) -> dict[str, bytes]:
    """The wrapped bytes of these keys, as far as they are there and were not destroyed."""
    found: dict[str, bytes] = {}
    for first in range(0, len(keys), _AT_ONCE):
        names = keys[first : first + _AT_ONCE]
        question = f"SELECT key, wrapped FROM keys WHERE tenant = ? AND key IN ({', '.join('?' * len(names))})"  # noqa: S608 - only places for values
        rows = database.execute(question, (tenant, *names))
        found.update((key, bytes(wrapped)) for key, wrapped in rows if any(wrapped))
    return found


def empty_log(database: sqlite3.Connection) -> bool:
    """Empty the write-ahead log into the file; answers whether it is empty. Somebody else at it is waited for."""
    for _ in range(_TRIES):
        if not database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return True
        time.sleep(_BREATH_SECONDS)
    return False


def _connect(file: Path) -> sqlite3.Connection:
    """A connection to the store's file, which is made at first use, for its owner only."""
    database = sqlite3.connect(file, timeout=60, isolation_level=None)
    file.chmod(0o600)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    for table in (_TABLE, _GONE, _SOUGHT):
        database.execute(table)
    return database


@contextmanager
def _changing(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write transaction; whatever goes wrong takes all of it back."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        yield database


def overwrite(
    database: sqlite3.Connection, digests: Sequence[tuple[str, ...]], marks: Sequence[tuple[str, ...]]
) -> None:
    """Overwrite keys where they lie, and keep their digests and what to search for."""
    with _changing(database):
        database.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?, ?)", digests)
        database.executemany("INSERT OR IGNORE INTO sought VALUES (?, ?, ?)", marks)
        database.executemany(_OVERWRITE, [(tenant, key) for tenant, key, _ in digests])


class KeyStore:
    """Makes, opens and destroys keys. Safe to use from several threads and processes."""

    def __init__(self, file: Path, master: bytes) -> None:
        self._file = file
        self._master = AESGCM(master)
        self._local = threading.local()
        self._tenant_keys: dict[str, AESGCM] = {}
        self._database()

    def _database(self) -> sqlite3.Connection:
        """This thread's connection."""
        database: sqlite3.Connection | None = getattr(self._local, "database", None)
        if database is None:
            database = self._local.database = _connect(self._file)
        return database

    def _insert(self, rows: Sequence[tuple[str, str, bytes]]) -> None:
        """Keep new keys; one that is there already stays as it is."""
        with _changing(self._database()) as database:
            database.executemany("INSERT OR IGNORE INTO keys (tenant, key, wrapped) VALUES (?, ?, ?)", rows)

    def _wrapped(self, tenant: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The wrapped bytes of these keys, as far as they are there and were not destroyed."""
        return find_wrapped(self._database(), tenant, keys)

    def _tenant_key(self, tenant: str) -> AESGCM:
        """The key that wraps all keys of a municipality, made at first use."""
        if tenant in self._tenant_keys:
            return self._tenant_keys[tenant]
        name = f"{tenant}/tenant"
        wrapped = self._wrapped(tenant, ["tenant"]).get("tenant")
        if wrapped is None:
            self._insert([(tenant, "tenant", _wrap(self._master, secrets.token_bytes(32), name))])
            wrapped = self._wrapped(tenant, ["tenant"])["tenant"]
        self._tenant_keys[tenant] = AESGCM(_unwrap(self._master, wrapped, name))
        return self._tenant_keys[tenant]

    def make(self, tenant: str, key: str) -> bytes:
        """A fresh key under this id, or the one that is there."""
        return self.make_many(tenant, [key])[key]

    def make_many(self, tenant: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Fresh keys, committed before anybody uses them; ids that are there keep their key."""
        names = list(dict.fromkeys(keys))
        wrapped = self._wrapped(tenant, names)
        if missing := [key for key in names if key not in wrapped]:
            self.keep_many(tenant, {key: secrets.token_bytes(32) for key in missing})
            wrapped |= self._wrapped(tenant, missing)
        outer = self._tenant_key(tenant)
        return {
            key: _unwrap(outer, wrapped[key], f"{tenant}/{key}") if key in wrapped else self.open(tenant, key)
            for key in names
        }

    def keep_many(self, tenant: str, named: Mapping[str, bytes]) -> None:
        """Keep secrets made elsewhere (a signing key, age identities) under these ids, committed in one go."""
        outer = self._tenant_key(tenant)
        self._insert([(tenant, key, _wrap(outer, secret, f"{tenant}/{key}")) for key, secret in named.items()])

    def open(self, tenant: str, key: str) -> bytes:
        """The key of this id.

        Raises:
            KeyFault: There is none (any more), or it does not open.

        """
        wrapped = self._wrapped(tenant, [key]).get(key)
        if wrapped is None:
            message = f"there is no key {tenant}/{key}"
            raise KeyFault(message)
        return _unwrap(self._tenant_key(tenant), wrapped, f"{tenant}/{key}")

    def present(self, tenant: str, keys: Sequence[str]) -> list[str]:
        """Those of these ids of which there is a key."""
        found = self._wrapped(tenant, keys)
        return [key for key in keys if key in found]

    def ids(self, tenant: str, prefix: str) -> list[str]:
        """All ids of a municipality that begin so."""
        found = self._database().execute(_IDS, (tenant, len(prefix), prefix))
        return [row[0] for row in found]

    def destroy(self, tenant: str, keys: Sequence[str]) -> list[Destroyed]:
        """Destroy keys for good, and search the files for what is left of them.

        Raises:
            KeyFault: Something of a destroyed key was still found on the disk.

        """
        wrapped = [(tenant, key, each) for key, each in self._wrapped(tenant, keys).items()]
        digests = [(*name, hashlib.sha256(each).hexdigest()) for *name, each in wrapped]
        marks = [(*name, each[:HEAD].hex()) for *name, each in wrapped]
        if wrapped:
            overwrite(self._database(), digests, marks)
        left = self._search()
        return [
            Destroyed(key=key, digest=digest_of_gone(self._database(), tenant, key), searched=(tenant, key) not in left)
            for key in keys
        ]

    def _search(self) -> set[tuple[str, str]]:
        """Empty the log, then look for what was not looked for yet; answers what readers of the log kept us from."""
        sought = self._database().execute("SELECT tenant, key, mark FROM sought").fetchall()
        if not sought:
            return set()
        if not empty_log(self._database()):
            return {(tenant, key) for tenant, key, _ in sought}
        search_files(self._file, [bytes.fromhex(mark) for _, _, mark in sought])
        with _changing(self._database()) as database:
            database.executemany("DELETE FROM sought WHERE tenant = ? AND key = ? AND mark = ?", sought)
        return set()

    def found(self, digests: Sequence[str]) -> list[str]:
        """Those of these digests of wrapped keys whose bytes still lie in the store's file or its log."""
        return found_in(self._file, digests)
