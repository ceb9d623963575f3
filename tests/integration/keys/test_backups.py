"""Backups of keys: whole, few, short-lived; a restored one opens what was alive, and an expired one is nowhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sekisho.adapters.database.home import Home, find_home
from sekisho.adapters.keys import KeyFault, KeyStore
from sekisho.adapters.keys.backups import expire_backups, make_backup, pass_backup_day

TENANT, AT = "422011", datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose key store lies in a folder of its own."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEKISHO_KEYS_FOLDER", str(tmp_path / "volume"))
    return find_home()


def test_the_setting_puts_the_keys_on_a_volume_of_their_own(house: Home, tmp_path: Path) -> None:
    KeyStore(house.keys, b"m" * 32).make(TENANT, "parcel/1")
    assert sorted(path.name for path in (tmp_path / "volume").iterdir())[:2] == ["keys.slots", "keys.sqlite3"]
    assert not list((tmp_path).glob("home/keys*"))


def test_a_backup_opens_what_was_alive_and_holds_no_master_key(house: Home, tmp_path: Path) -> None:
    store = KeyStore(house.keys, b"m" * 32)
    key = store.make(TENANT, "parcel/1")
    place = make_backup(house, tmp_path / "backups", AT)
    store.destroy(TENANT, ["parcel/1"])
    assert place.stat().st_mode & 0o777 == 0o600
    assert b"m" * 32 not in place.read_bytes()
    assert KeyStore(place, b"m" * 32).open(TENANT, "parcel/1") == key


def test_backups_past_their_days_are_destroyed_and_nothing_else(
    house: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    monkeypatch.setenv("SEKISHO_KEY_BACKUPS", str(folder))
    KeyStore(house.keys, b"m" * 32).make(TENANT, "parcel/1")
    pass_backup_day(house, AT)
    (folder / "keys-of-the-cabinet.sqlite3").write_text("not ours")
    pass_backup_day(house, AT + timedelta(days=7))
    assert len(list(folder.glob("keys-2*.sqlite3"))) == 2
    found = pass_backup_day(house, AT + timedelta(days=8))
    assert found is not None
    assert len(found.destroyed) == 1
    assert len(found.kept) == 2
    assert len(list(folder.glob("keys-2*.slots"))) == 2
    assert (folder / "keys-of-the-cabinet.sqlite3").exists()


@pytest.mark.parametrize("days", ["32", "-1", "many"])
def test_backups_cannot_be_kept_for_so_long_that_a_certificate_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: str
) -> None:
    monkeypatch.setenv("SEKISHO_KEY_BACKUP_DAYS", days)
    with pytest.raises(KeyFault):
        expire_backups(tmp_path, AT)


def test_without_a_store_there_is_nothing_to_back_up(house: Home, tmp_path: Path) -> None:
    with pytest.raises(KeyFault):
        make_backup(house, tmp_path / "backups", AT)
