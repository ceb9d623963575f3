"""An erasure proof says *searched* only if somebody searched, also after a kill or beside a reader."""

import sqlite3
from collections.abc import Sequence
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
    """A wrapped key as it lies in the file of slots."""
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3")) as database:
        place, size = database.execute("SELECT place, size FROM places WHERE key = ?", (key,)).fetchone()
    return (tmp_path / "keys.slots").read_bytes()[place : place + size]


def test_a_reader_of_the_database_keeps_nobody_from_destroying_and_searching(store: KeyStore, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "keys.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM places").fetchone()
        left = wrapped(tmp_path, "parcel/1")
        assert store.destroy(TENANT, ["parcel/1"])[0].searched
        assert left[:16] not in (tmp_path / "keys.slots").read_bytes()


def test_a_destruction_that_was_killed_before_the_overwriting_is_made_up_for(
    store: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.keys.slots import SlotFile

    class Killed(BaseException):
        """What stands for a kill."""

    def die(self: SlotFile, slots: object) -> None:
        raise Killed

    left = wrapped(tmp_path, "parcel/1")
    monkeypatch.setattr(SlotFile, "wipe", die)
    with pytest.raises(Killed):
        store.destroy(TENANT, ["parcel/1"])
    with pytest.raises(KeyFault):
        store._search()
    monkeypatch.undo()
    gone = store.destroy(TENANT, ["parcel/1"])[0]
    assert gone.searched
    assert store.found([gone.digest]) == []
    assert left not in (tmp_path / "keys.slots").read_bytes()


def test_what_others_are_destroying_at_this_moment_is_not_ours_to_find(
    store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.keys.slots import Slot, SlotFile

    store.make(TENANT, "parcel/2")
    wipe, answers = SlotFile.wipe, []

    def destroy_another_first(self: SlotFile, slots: Sequence[Slot]) -> None:
        monkeypatch.setattr(SlotFile, "wipe", wipe)
        answers.extend(store.destroy(TENANT, ["parcel/2"]))
        wipe(self, slots)

    monkeypatch.setattr(SlotFile, "wipe", destroy_another_first)
    answers.extend(store.destroy(TENANT, ["parcel/1"]))
    assert [(each.key, each.searched) for each in answers] == [("parcel/2", True), ("parcel/1", True)]
    assert store.ids(TENANT, "parcel/") == []
    assert store._search() == set()


def test_a_destruction_that_was_killed_before_the_search_is_searched_when_it_is_repeated(
    store: KeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = wrapped(tmp_path, "parcel/1")

    class Killed(BaseException):
        """What stands for a kill."""

    def die(self: KeyStore, tenant: str, overwritten: object) -> set[tuple[str, str]]:
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
        store._insert(TENANT, {None: b"x"})  # type: ignore[dict-item]
    assert len(store.make(TENANT, "parcel/3")) == 32


@pytest.mark.parametrize("place", ["keys.slots", "keys.sqlite3", "keys.sqlite3-wal"])
@pytest.mark.parametrize("before", [b"", b"\xe9\x96\xa2", b"\xe9\x96\xa2\x80"])
def test_one_pass_finds_a_torn_key_among_many_wherever_it_lies(tmp_path: Path, place: str, before: bytes) -> None:
    from sekisho.adapters.keys.searching import search_files

    gone = [b"\xe9\x96\xa2\x80" + bytes([number]) * 12 for number in range(60)]
    file = tmp_path / place
    file.write_bytes(b"x" * 5000 + gone[40][:15] + b"y" + gone[41][1:])
    search_files(tmp_path / "keys.sqlite3", gone)
    file.write_bytes(b"x" * 5000 + before + gone[59])
    with pytest.raises(KeyFault, match="still on the disk"):
        search_files(tmp_path / "keys.sqlite3", gone)


def test_bytes_without_the_sign_are_searched_for_as_well(tmp_path: Path) -> None:
    from sekisho.adapters.keys.searching import search_files

    (tmp_path / "keys.sqlite3").write_bytes(b"before" + b"twelve bytes" + b"after")
    search_files(tmp_path / "keys.sqlite3", [b"other  bytes"])
    with pytest.raises(KeyFault):
        search_files(tmp_path / "keys.sqlite3", [b"other  bytes", b"twelve bytes"])


def test_every_wrapped_key_begins_with_the_sign_that_is_searched_for(store: KeyStore, tmp_path: Path) -> None:
    from sekisho.adapters.keys.searching import heads

    store.make_many(TENANT, [f"parcel/{number}" for number in range(50)])
    store.keep_many(TENANT, {"cargo/1": b"an identity made elsewhere"})
    found = set(heads((tmp_path / "keys.slots").read_bytes()))
    assert {wrapped(tmp_path, key)[:16] for key in (*store.ids(TENANT, ""),)} <= found


def test_what_is_kept_in_one_go_leaves_keys_that_are_there(store: KeyStore) -> None:
    first = store.open(TENANT, "parcel/1")
    store.keep_many(TENANT, {"parcel/1": b"another", "cargo/1": b"new"})
    assert (store.open(TENANT, "parcel/1"), store.open(TENANT, "cargo/1")) == (first, b"new")
    assert store.present(TENANT, ["cargo/2", "cargo/1", "parcel/1"]) == ["cargo/1", "parcel/1"]
    assert store.present(TENANT, []) == []
