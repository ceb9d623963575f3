"""Envelope keys: the master key wraps a tenant's key, which wraps a key a parcel, a subject, a signer.

The database of the store knows which keys there are and where each lies in the file of slots; the wrapped bytes stand
there and nowhere else. After a destruction all files of the store are searched for them.
"""

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sekisho.adapters.keys.places import digest_of_gone, enter_keys, find_slots
from sekisho.adapters.keys.ports import Destroyed, KeyFault
from sekisho.adapters.keys.searching import HEAD, NONCE, SIGN, found_in, search_files
from sekisho.adapters.keys.slots import SlotFile, slots_of

_TRIES: Final = 20
_BREATH_SECONDS: Final = 0.002
# The log is searched after every destruction, so it is kept short.
_SHORT_LOG: Final = "wal_autocheckpoint=64"
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, key TEXT NOT NULL,"
    " place INTEGER NOT NULL, size INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0, UNIQUE (tenant, key))"
)
_GONE: Final = (
    "CREATE TABLE IF NOT EXISTS gone (tenant TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL,"
    " PRIMARY KEY (tenant, key)) WITHOUT ROWID"
)
_IDS: Final = "SELECT key FROM places WHERE tenant = ? AND substr(key, 1, ?) = ? AND NOT gone"
_FORGET: Final = "UPDATE places SET gone = 1 WHERE tenant = ? AND key = ?"
# What was destroyed and not searched for yet, also when a kill came between: the first bytes of each, as text.
_SOUGHT: Final = (
    "CREATE TABLE IF NOT EXISTS sought (tenant TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL,"
    " PRIMARY KEY (tenant, key, mark)) WITHOUT ROWID"
)
_BY_PLACE: Final = "CREATE INDEX IF NOT EXISTS places_in_order ON places (place)"


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
        message = f"鍵を開けません / key {name} does not open"
        raise KeyFault(message) from fault


def move_into_slots(database: sqlite3.Connection, slots: SlotFile) -> None:
    """Keys of an older store, which stood in the database itself, get places of their own and are overwritten there."""
    old = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'keys'"
    if not database.execute(old).fetchone()[0]:
        return
    with _changing(database):
        rows = database.execute("SELECT tenant, key, wrapped FROM keys ORDER BY id").fetchall()
        for tenant in dict.fromkeys(row[0] for row in rows):
            enter_keys(database, slots, tenant, {row[1]: bytes(row[2]) for row in rows if row[0] == tenant})
        zeros = [(tenant, key) for tenant, key, wrapped in rows if not any(wrapped)]
        database.executemany("UPDATE places SET gone = 1 WHERE tenant = ? AND key = ?", zeros)
        database.execute("UPDATE keys SET wrapped = zeroblob(length(wrapped))")
        database.execute("DROP TABLE keys")
    empty_log(database)


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
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", _SHORT_LOG):
        database.execute(f"PRAGMA {pragma}")
    for table in (_TABLE, _GONE, _SOUGHT, _BY_PLACE):
        database.execute(table)
    return database


@contextmanager
def _changing(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write transaction; whatever goes wrong takes all of it back."""
    with database:
        database.execute("BEGIN IMMEDIATE")
        yield database


def note_destruction(
    database: sqlite3.Connection, digests: Sequence[tuple[str, ...]], marks: Sequence[tuple[str, ...]]
) -> None:
    """Keep digests and what to search for, before anything is overwritten: a kill between the two is made up for."""
    with _changing(database):
        database.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?, ?)", digests)
        database.executemany("INSERT OR IGNORE INTO sought VALUES (?, ?, ?)", marks)


class KeyStore:
    """Makes, opens and destroys keys. Safe to use from several threads and processes."""

    def __init__(self, file: Path, master: bytes) -> None:
        self._file = file
        self._master = AESGCM(master)
        self._local = threading.local()
        self._tenant_keys: dict[str, AESGCM] = {}
        self._slots = SlotFile(slots_of(file))
        move_into_slots(self._database(), self._slots)

    def _database(self) -> sqlite3.Connection:
        """This thread's connection."""
        database: sqlite3.Connection | None = getattr(self._local, "database", None)
        if database is None:
            database = self._local.database = _connect(self._file)
        return database

    def _insert(self, tenant: str, wrapped: Mapping[str, bytes]) -> frozenset[str]:
        """Keep new keys, and answer which are new; one that is there already stays as it is."""
        with _changing(self._database()) as database:
            return enter_keys(database, self._slots, tenant, wrapped)

    def _wrapped(self, tenant: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The wrapped bytes of these keys, as far as they are there and were not destroyed."""
        return self._slots.read(find_slots(self._database(), tenant, keys))

    def _tenant_key(self, tenant: str) -> AESGCM:
        """The key that wraps all keys of a municipality, made at first use."""
        if tenant in self._tenant_keys:
            return self._tenant_keys[tenant]
        name = f"{tenant}/tenant"
        wrapped = self._wrapped(tenant, ["tenant"]).get("tenant")
        if wrapped is None:
            self._insert(tenant, {"tenant": _wrap(self._master, secrets.token_bytes(32), name)})
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
        fresh = {key: secrets.token_bytes(32) for key in sorted(names) if key not in wrapped}  # in the index's order
        made = self._keep(tenant, fresh) if fresh else frozenset()
        wrapped |= self._wrapped(tenant, [key for key in fresh if key not in made])  # somebody else was faster
        opened = {key: _unwrap(self._tenant_key(tenant), each, f"{tenant}/{key}") for key, each in wrapped.items()}
        opened |= {key: fresh[key] for key in made}
        return {key: opened[key] if key in opened else self.open(tenant, key) for key in names}

    def keep_many(self, tenant: str, named: Mapping[str, bytes]) -> None:
        """Keep secrets made elsewhere (a signing key, age identities) under these ids, committed in one go."""
        self._keep(tenant, named)

    def _keep(self, tenant: str, named: Mapping[str, bytes]) -> frozenset[str]:
        """Wrap and keep them; answers which were not there before."""
        wrap = partial(_wrap, self._tenant_key(tenant))
        return self._insert(tenant, {key: wrap(secret, f"{tenant}/{key}") for key, secret in named.items()})

    def open(self, tenant: str, key: str) -> bytes:
        """The key of this id.

        Raises:
            KeyFault: There is none (any more), or it does not open.

        """
        if (wrapped := self._wrapped(tenant, [key]).get(key)) is None:
            message = f"there is no key {tenant}/{key}"
            raise KeyFault(message)
        return _unwrap(self._tenant_key(tenant), wrapped, f"{tenant}/{key}")

    def present(self, tenant: str, keys: Sequence[str]) -> list[str]:
        """Those of these ids of which there is a key."""
        return [key for found in [self._wrapped(tenant, keys)] for key in keys if key in found]

    def ids(self, tenant: str, prefix: str) -> list[str]:
        """All ids of a municipality that begin so."""
        return [row[0] for row in self._database().execute(_IDS, (tenant, len(prefix), prefix))]

    def destroy(self, tenant: str, keys: Sequence[str]) -> list[Destroyed]:
        """Destroy keys for good, and search the files for what is left of them.

        Raises:
            KeyFault: Something of a destroyed key was still found on the disk.

        """
        slots = find_slots(self._database(), tenant, keys)
        wrapped = [(tenant, key, each) for key, each in self._slots.read(slots).items()]
        digests = [(*name, hashlib.sha256(each).hexdigest()) for *name, each in wrapped]
        marks = [(*name, each[:HEAD].hex()) for *name, each in wrapped]
        if wrapped:
            note_destruction(self._database(), digests, marks)
        if slots:
            self._slots.wipe(list(slots.values()))
        left, digest = self._search(tenant, list(slots)), partial(digest_of_gone, self._database(), tenant)
        return [Destroyed(key=key, digest=digest(key), searched=(tenant, key) not in left) for key in keys]

    def _search(self, tenant: str = "", overwritten: Sequence[str] = ()) -> set[tuple[str, str]]:
        """Look for what was not looked for yet; then it is gone for the database too. Answers what is left to seek.

        What others are destroying at this moment is theirs to find. An id that is gone is never given again.
        """
        marks = {row: bytes.fromhex(row[2]) for row in self._database().execute("SELECT tenant, key, mark FROM sought")}
        ours = {(tenant, key) for key in overwritten}
        mine = {mark for row, mark in marks.items() if not ours or row[:2] in ours}
        lying = search_files(self._file, mine, {*marks.values()} - mine)
        done = [row for row, mark in marks.items() if mark not in lying]
        if done or overwritten:
            with _changing(self._database()) as database:
                database.executemany(_FORGET, ours)
                database.executemany("DELETE FROM sought WHERE tenant = ? AND key = ? AND mark = ?", done)
        return {row[:2] for row, mark in marks.items() if mark in lying}

    def found(self, digests: Sequence[str]) -> list[str]:
        """Those of these digests of wrapped keys whose bytes still lie in the store's file or its log."""
        return found_in(self._file, digests)
