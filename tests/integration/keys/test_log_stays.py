"""After a search for destroyed keys the store's log is still ours: another process that goes does not take it along."""

import sqlite3
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from sekisho.adapters.keys import KeyStore
from sekisho.adapters.keys import store as key_stores

_LOOK = (
    "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); print([k for (k,) in d.execute('select key from places')])"
)


def look(file: Path) -> str:
    """Which keys another process sees; it opens the store and closes it again."""
    ended = subprocess.run([sys.executable, "-c", _LOOK, str(file)], check=True, capture_output=True, text=True)
    return ended.stdout


def search_carelessly(store: Path, gone: Collection[bytes], others: Collection[bytes] = ()) -> set[bytes]:
    """The planted bug: read the store's file and close it, which gives back SQLite's own locks."""
    assert not any(each in store.read_bytes() for each in (*gone, *others))
    return set()


@pytest.mark.parametrize("careless", [False, True])
def test_a_key_made_after_a_search_is_seen_by_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, careless: bool
) -> None:
    if careless:
        monkeypatch.setattr(key_stores, "search_files", search_carelessly)
    file = tmp_path / "keys.sqlite3"
    store = KeyStore(file, b"m" * 32)
    store.make("422011", "parcel/1")
    store.destroy("422011", ["parcel/1"])
    look(file)
    log = file.with_name(file.name + "-wal")
    assert log.exists() is not careless
    try:
        store.make("422011", "parcel/2")
    except sqlite3.Error:
        assert careless
    assert ("parcel/2" in look(file)) is not careless
