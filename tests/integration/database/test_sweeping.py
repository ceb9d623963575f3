"""What a killed process left behind goes; what belongs to a parcel, is young, or is not ours, stays."""

from datetime import timedelta
from pathlib import Path

from tests.integration.conftest import NOW, Office
from tests.integration.database.test_journals import land


def sweep_later(office: Office, days: int = 5) -> tuple[int, int]:
    """Sweep as if so many days had gone by."""
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.sweeping import list_orphans, sweep_listed

    at = NOW + timedelta(days=days)
    listed = list_orphans(find_home(), office.tenant, at)
    swept = sweep_listed(find_home(), office.tenant, listed.copies if listed else (), at)
    return swept["keys"], swept["files"]


def test_a_key_and_a_file_without_a_parcel_are_swept_after_a_day(office: Office, home: Path) -> None:
    from sekisho.adapters.keys import open_key_store

    parcel = land(office)
    store = open_key_store()
    store.make(office.tenant, "parcel/p261124-000000000000")
    (home / "parcels").mkdir(exist_ok=True)
    (home / "parcels" / "p261124-000000000000").write_bytes(b"ciphertext")
    assert sweep_later(office, days=0) == (0, 0), "young"
    assert sweep_later(office) == (1, 1)
    assert store.ids(office.tenant, "parcel/") == [f"parcel/{parcel}"]
    assert sweep_later(office) == (0, 0)


def test_what_is_not_ours_is_never_touched(office: Office, home: Path) -> None:
    from sekisho.adapters.keys import open_key_store

    land(office)
    open_key_store().make(office.tenant, "parcel/something-else")
    (home / "parcels").mkdir(exist_ok=True)
    (home / "parcels" / "readme.txt").write_text("not ours")
    assert sweep_later(office) == (0, 0)
    assert (home / "parcels" / "readme.txt").exists()


def test_an_emptied_database_costs_no_key(office: Office) -> None:
    from sekisho.adapters.keys import open_key_store

    open_key_store().make(office.tenant, "parcel/p261124-000000000000")
    assert sweep_later(office) == (0, 0)
    assert open_key_store().present(office.tenant, ["parcel/p261124-000000000000"])


def test_what_got_its_parcel_between_the_list_and_the_sweep_stays(office: Office) -> None:
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.sweeping import sweep_listed
    from sekisho.adapters.keys import open_key_store

    parcel = land(office)
    gone = sweep_listed(find_home(), office.tenant, [f"key parcel/{parcel}"], NOW + timedelta(days=5))
    assert gone == {"keys": 0, "files": 0}
    assert open_key_store().present(office.tenant, [f"parcel/{parcel}"])
