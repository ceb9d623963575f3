"""The key store: keys are made once, open again, and when destroyed are gone from the disk as well."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from sekisho.adapters.keys import KeyFault, KeyStore, holds, signing_key
from sekisho.adapters.keys.searching import search_files

MASTER = b"m" * 32


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    """An empty key store."""
    return KeyStore(tmp_path / "keys.sqlite3", MASTER)


def wrapped_in(file: Path) -> list[bytes]:
    """Every wrapped key as it lies in the file of slots."""
    content = file.with_suffix(".slots").read_bytes()
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT place, size FROM places WHERE key != 'tenant' ORDER BY id")
        return [content[place : place + size] for place, size in rows]


def test_a_key_is_made_once_and_opens_again(store: KeyStore, tmp_path: Path) -> None:
    key = store.make("422011", "parcel/1")
    assert len(key) == 32
    assert store.make("422011", "parcel/1") == key
    assert KeyStore(tmp_path / "keys.sqlite3", MASTER).open("422011", "parcel/1") == key


def test_each_municipality_has_its_own_keys(store: KeyStore) -> None:
    assert store.make("422011", "parcel/1") != store.make("401307", "parcel/1")
    assert store.ids("401307", "parcel/") == ["parcel/1"]


def test_many_keys_are_made_in_one_go_and_are_all_different(store: KeyStore) -> None:
    keys = store.make_many("422011", [f"subject/{number}" for number in range(100)])
    assert len(set(keys.values())) == 100


def test_many_keys_lie_as_they_were_made_also_beside_those_that_were_there(store: KeyStore, tmp_path: Path) -> None:
    before = store.make_many("422011", ["subject/5", "subject/500"])
    store.destroy("422011", ["subject/500"])
    keys = store.make_many("422011", [f"subject/{number}" for number in range(499, -1, -1)])
    assert list(keys) == [f"subject/{number}" for number in range(499, -1, -1)]
    assert keys["subject/5"] == before["subject/5"]
    again = KeyStore(tmp_path / "keys.sqlite3", MASTER)
    assert {name: again.open("422011", name) for name in keys} == keys
    assert again.make_many("422011", list(keys)) == keys


def test_of_two_who_make_the_same_key_at_once_both_have_the_one_that_is_kept(
    store: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, look = KeyStore(tmp_path / "keys.sqlite3", MASTER), store._wrapped
    faster: dict[str, bytes] = {}

    def look_and_be_overtaken(tenant: str, keys: Sequence[str]) -> dict[str, bytes]:
        found = look(tenant, keys)
        if not faster:
            faster.update(other.make_many(tenant, ["subject/1", "subject/2"]))
        return found

    store.make("422011", "parcel/1")
    monkeypatch.setattr(store, "_wrapped", look_and_be_overtaken)
    keys = store.make_many("422011", ["subject/1", "subject/3"])
    assert keys["subject/1"] == faster["subject/1"]
    assert other.make_many("422011", ["subject/3", "subject/1"]) == {**keys}


def test_another_master_key_opens_nothing(store: KeyStore, tmp_path: Path) -> None:
    store.make("422011", "parcel/1")
    with pytest.raises(KeyFault):
        KeyStore(tmp_path / "keys.sqlite3", b"x" * 32).open("422011", "parcel/1")


def test_a_wrapped_key_moved_under_another_name_does_not_open(store: KeyStore, tmp_path: Path) -> None:
    store.make("422011", "parcel/1")
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3")) as database:
        database.execute("UPDATE places SET key = 'parcel/2' WHERE key = 'parcel/1'")
        database.commit()
    with pytest.raises(KeyFault):
        store.open("422011", "parcel/2")


def test_a_destroyed_key_is_gone_from_the_disk_and_the_search_would_find_it(store: KeyStore, tmp_path: Path) -> None:
    for number in range(20):
        store.make("422011", f"parcel/{number}")
    (first, *_) = before = wrapped_in(tmp_path / "keys.sqlite3")
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert all(each in everything for each in before), "before, each is found"
    gone = store.destroy("422011", [f"parcel/{number}" for number in range(20)])
    assert all(each.searched for each in gone)
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(each in everything for each in before)
    with pytest.raises(KeyFault):
        store.open("422011", "parcel/0")
    assert first not in everything


def test_destroying_twice_answers_with_the_first_digest(store: KeyStore) -> None:
    store.make("422011", "parcel/1")
    first = store.destroy("422011", ["parcel/1"])[0]
    assert store.destroy("422011", ["parcel/1"])[0].digest == first.digest
    with pytest.raises(KeyFault):
        store.destroy("422011", ["never"])


def test_without_secure_deletion_the_search_finds_what_is_left(tmp_path: Path) -> None:
    careless = KeyStore(tmp_path / "keys.sqlite3", MASTER)
    careless.make("422011", "parcel/1")
    wrapped = wrapped_in(tmp_path / "keys.sqlite3")
    (tmp_path / "keys.sqlite3-wal").write_bytes(wrapped[0])
    with pytest.raises(KeyFault, match="still on the disk"):
        search_files(tmp_path / "keys.sqlite3", wrapped)


def test_signatures_hold_only_for_what_was_signed(store: KeyStore) -> None:
    key = signing_key(store, "422011", "issuer/chair")
    signature = key.sign(b"permit")
    assert holds(key.public, signature, b"permit")
    assert not holds(key.public, signature, b"permit.")
    assert not holds(b"short", signature, b"permit")
    assert signing_key(store, "422011", "issuer/chair").public == key.public
    assert "_seed" not in repr(key)


def test_keys_made_and_destroyed_in_any_order_leave_nothing(store: KeyStore, tmp_path: Path) -> None:
    import random

    chance = random.Random(7)
    alive: list[str] = []
    for number in range(600):
        name = f"parcel/{chance.getrandbits(64):x}"
        store.make_many("422011", [name, f"subject/{chance.getrandbits(64):x}"])
        alive.append(name)
        if number % 3 == 0:
            doomed = alive.pop(chance.randrange(len(alive)))
            assert store.destroy("422011", [doomed])[0].searched
    for first in range(0, len(alive), 16):
        assert all(each.searched for each in store.destroy("422011", alive[first : first + 16]))
    assert store.ids("422011", "parcel/") == []
    assert len(store.ids("422011", "subject/")) == 600


def test_a_destroyed_key_is_never_made_again(store: KeyStore) -> None:
    store.make("422011", "parcel/1")
    store.destroy("422011", ["parcel/1"])
    assert not store.present("422011", ["parcel/1"])
    with pytest.raises(KeyFault):
        store.make("422011", "parcel/1")


def test_no_wrapped_key_ever_stands_in_the_database_or_its_log(store: KeyStore, tmp_path: Path) -> None:
    store.make_many("422011", [f"parcel/{number}" for number in range(50)])
    store.destroy("422011", ["parcel/7"])
    alive = [each for each in wrapped_in(tmp_path / "keys.sqlite3") if any(each)]
    assert len(alive) == 49
    slots = (tmp_path / "keys.slots").read_bytes()
    others = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".slots")
    assert all(each in slots for each in alive)
    assert not any(each[:16] in others for each in alive)


def test_a_store_of_before_moves_its_keys_into_slots_and_leaves_none_where_they_were(tmp_path: Path) -> None:
    new = KeyStore(tmp_path / "keys.sqlite3", MASTER)
    keys = new.make_many("422011", ["parcel/1", "parcel/2"])
    new.destroy("422011", ["parcel/2"])
    content = (tmp_path / "keys.slots").read_bytes()
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3")) as old:
        old.execute("PRAGMA secure_delete=ON")
        old.execute("CREATE TABLE keys (id INTEGER PRIMARY KEY, tenant TEXT, key TEXT, wrapped BLOB)")
        for tenant, key, place, size in old.execute("SELECT tenant, key, place, size FROM places").fetchall():
            wrapped = content[place : place + size]
            old.execute("INSERT INTO keys (tenant, key, wrapped) VALUES (?, ?, ?)", (tenant, key, wrapped))
        old.execute("DELETE FROM places")
        old.commit()
    (tmp_path / "keys.slots").unlink()
    moved = KeyStore(tmp_path / "keys.sqlite3", MASTER)
    assert moved.open("422011", "parcel/1") == keys["parcel/1"]
    assert moved.ids("422011", "parcel/") == ["parcel/1"]
    with pytest.raises(KeyFault):
        moved.make("422011", "parcel/2")
    wrapped = wrapped_in(tmp_path / "keys.sqlite3")[0]
    others = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".slots")
    assert wrapped[:16] not in others


def test_a_place_that_a_kill_left_without_a_key_is_given_again(store: KeyStore, tmp_path: Path) -> None:
    store.make("422011", "parcel/1")
    with (tmp_path / "keys.slots").open("ab") as slots:
        slots.write(b"left by a kill" * 9)
    key = store.make("422011", "parcel/2")
    assert KeyStore(tmp_path / "keys.sqlite3", MASTER).open("422011", "parcel/2") == key
    assert len(set(wrapped_in(tmp_path / "keys.sqlite3"))) == 2
