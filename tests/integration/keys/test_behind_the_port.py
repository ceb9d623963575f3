"""The gate knows the key port only: another store behind it carries a whole crossing, signatures of the permit too."""

import json
from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.keys import KEY_STORES, KeyFault, KeyPort, KeyStore, open_key_store, signing_key
from sekisho.kernel import Erased
from tests.fakes.keys import KeysInMemory
from tests.integration.conftest import Office, enter
from tests.integration.gate.test_crossing import notices, send


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyPort:
    """Everything that can stand behind the port."""
    return KeyStore(tmp_path / "keys.sqlite3", b"m" * 32) if request.param == "file" else KeysInMemory()


def test_whatever_keeps_the_keys_keeps_the_promises_of_the_port(store: KeyPort) -> None:
    key = store.make("422011", "parcel/1")
    assert store.make_many("422011", ["parcel/1", "parcel/2"])["parcel/1"] == key != store.open("422011", "parcel/2")
    assert sorted(store.ids("422011", "parcel/")) == ["parcel/1", "parcel/2"]
    assert store.ids("401307", "parcel/") == []
    store.keep_many("422011", {"age": b"made elsewhere"})
    store.keep_many("422011", {"age": b"another"})
    assert store.open("422011", "age") == b"made elsewhere"
    (first,) = store.destroy("422011", ["parcel/1"])
    assert store.destroy("422011", ["parcel/1"]) == [first]
    assert not store.present("422011", ["parcel/1"])
    with pytest.raises(KeyFault):
        store.open("422011", "parcel/1")


def test_a_crossing_goes_through_with_keys_from_elsewhere(
    home: Path, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.models import PermitRow

    keys = KeysInMemory()
    monkeypatch.setitem(KEY_STORES, "memory", lambda _home: keys)
    monkeypatch.setenv("SEKISHO_KEYS", "memory")
    office: Office = enter(read_dossier(shipped_dossier()), shipped_dossier())
    outcome = send(office, notices())
    assert isinstance(outcome, Erased)
    assert (office.tenant, f"parcel/{outcome.waybill.parcel}") in keys.gone
    assert not (home / "keys.sqlite3").exists(), "nothing went round the port"
    signatures = PermitRow.objects.get(permit="R1-56-01").signatures
    signatures = json.loads(signatures) if isinstance(signatures, str) else signatures
    for each in signatures:
        assert each["key"] == signing_key(keys, office.tenant, f"issuer/{each['signer']}").public.hex()


def test_a_store_that_is_not_there_is_said_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_KEYS", "token")
    with pytest.raises(KeyFault, match="token"):
        open_key_store()
