"""An erasure proof says *searched* only if somebody searched, also after a kill or beside a reader."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sekisho.adapters.keys import KeyFault, KeyStore

TENANT = "422011"


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    """A key store with two keys."""
    made = KeyStore(tmp_path / "keys.sqlite3", b"m" * 32)
    made.make_many(TENANT, ["parcel/1", "parcel/2"])
    return made


def wrapped(tmp_path: Path, key: str) -> bytes:
    """A wrapped key as it lies in the file."""
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3")) as database:
        return bytes(database.execute("SELECT wrapped FROM keys WHERE key = ?", (key,)).fetchone()[0])


def test_beside_a_reader_nothing_is_claimed_and_the_next_time_it_is_made_up_for(
    store: KeyStore, tmp_path: Path
) -> None:
    store._database().execute("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM keys").fetchone()
        assert not store.destroy(TENANT, ["parcel/1"])[0].searched
        assert not store.destroy(TENANT, ["parcel/1"])[0].searched
        reader.execute("COMMIT")
    assert store.destroy(TENANT, ["parcel/1"])[0].searched


def test_a_destruction_that_was_killed_before_the_search_is_searched_when_it_is_repeated(
    store: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = wrapped(tmp_path, "parcel/1")

    class Killed(BaseException):
        """What stands for a kill."""

    def die(self: KeyStore) -> set[tuple[str, str]]:
        raise Killed

    monkeypatch.setattr(KeyStore, "_search", die)
    with pytest.raises(Killed):
        store.destroy(TENANT, ["parcel/1"])
    monkeypatch.undo()
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3")) as copied:
        copied.execute("CREATE TABLE careless AS SELECT ? AS left", (left,))
        copied.commit()
    with pytest.raises(KeyFault):
        store.destroy(TENANT, ["parcel/1"])


def test_a_write_that_fails_leaves_the_store_usable(store: KeyStore) -> None:
    with pytest.raises(sqlite3.Error):
        store._insert([("only", "two")])  # type: ignore[list-item]
    assert len(store.make(TENANT, "parcel/3")) == 32
