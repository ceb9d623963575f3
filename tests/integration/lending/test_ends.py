"""The end of a loan: by the clock, by the certificate; the key is destroyed, searched for, and nowhere; T+1 alarms."""

from datetime import timedelta
from pathlib import Path

import pytest

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.keys.searching import files_of
from sekisho.bootstrap.again import Guard
from tests.fakes.lending import DAYS, TENANT, copy_of, deliver, end_of, entries, prices
from tests.integration.conftest import Office
from tests.integration.lending.conftest import Delivery

PDF = b"%PDF-1.7 made up"
PRINTERS_KEYS = "loan/"


def wrapped_key(home: Path, parcel: str) -> bytes:
    """The lent key as it lies in the store."""
    from sekisho.adapters.keys import KeyStore, open_key_store
    from sekisho.adapters.keys.places import find_slots

    store = open_key_store()
    assert isinstance(store, KeyStore)
    found = store._slots.read(find_slots(store._database(), TENANT, [f"loan/{parcel}"]))
    assert home.exists()
    return found[f"loan/{parcel}"]


def raw(home: Path) -> bytes:
    """Everything that the key store is made of, and everything else in the home folder."""
    files = {*files_of(home / "keys.sqlite3"), *(each for each in home.rglob("*") if each.is_file())}
    return b"".join(each.read_bytes() for each in sorted(files) if each.exists())


def test_the_clock_ends_a_loan_and_no_byte_of_the_key_is_found_afterwards(delivery: Delivery, home: Path) -> None:
    from sekisho.worker.days import end_loans

    parcel, until = delivery.parcel, end_of(delivery.parcel)
    mark = wrapped_key(home, parcel)[:16]
    end_loans(until - timedelta(microseconds=1), Guard("test"))
    assert raw(home).count(mark) == 1, "the search finds it while it is lent"
    end_loans(until, Guard("test"))
    assert raw(home).count(mark) == 0
    told = {each["kind"]: each for each in entries(parcel)}
    assert (told["key_loan_ended"]["why"], told["key_loan_ended"]["by"]) == ("time", {"person": "clock"})
    assert told["lent_key_destroyed"]["searched"] is True
    assert copy_of(parcel).loan_proof["key"] == f"loan/{parcel}"
    before = len(entries(parcel))
    end_loans(until + timedelta(hours=1), Guard("test"))
    assert len(entries(parcel)) == before, "once"


def test_the_key_goes_from_a_signed_list(delivery: Delivery) -> None:
    from sekisho.adapters.database.erasure_lists import copies_of
    from sekisho.adapters.database.models import ErasureListRow
    from sekisho.bootstrap.erasure import end_key_loans

    end_key_loans(TENANT, end_of(delivery.parcel))
    row = ErasureListRow.objects.get(place="contractor")
    assert (copies_of(row), row.state) == (frozenset({delivery.parcel}), "done")


def test_on_legal_hold_the_key_stays_and_still_nobody_opens(delivery: Delivery) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.keys import open_key_store
    from sekisho.bootstrap.erasure import end_key_loans
    from sekisho.kernel import ReasonCode
    from tests.integration.lending.test_door import ask, codes

    until = end_of(delivery.parcel)
    Parcel.objects.filter(parcel=delivery.parcel).update(hold="hold-0001")
    end_key_loans(TENANT, until)
    assert open_key_store().ids(TENANT, PRINTERS_KEYS) == [f"loan/{delivery.parcel}"]
    assert codes(lambda: ask(delivery, until - timedelta(hours=9))) == {ReasonCode.KEY_LOAN_OVER}
    Parcel.objects.filter(parcel=delivery.parcel).update(hold="")
    end_key_loans(TENANT, until)
    assert open_key_store().ids(TENANT, PRINTERS_KEYS) == []


def test_the_contractor_s_certificate_ends_the_loan(delivery: Delivery) -> None:
    from sekisho.adapters.keys import open_key_store
    from sekisho.bootstrap.erasure import take_certificate

    at = end_of(delivery.parcel) - timedelta(hours=9)
    take_certificate(Deed(tenant=TENANT, person="inasa", at=at), [delivery.parcel], PDF)
    assert copy_of(delivery.parcel).loan_end == "certified"
    assert open_key_store().ids(TENANT, PRINTERS_KEYS) == []


def test_a_key_store_that_was_put_back_is_cleared_at_the_next_look(delivery: Delivery, home: Path) -> None:
    import sqlite3

    from sekisho.adapters.keys import open_key_store
    from sekisho.adapters.keys.choosing import _in_a_file
    from sekisho.adapters.keys.slots import slots_of
    from sekisho.bootstrap.erasure import end_key_loans

    until, keys = end_of(delivery.parcel), home / "keys.sqlite3"
    with sqlite3.connect(keys) as source, sqlite3.connect(home / "older.sqlite3") as older:
        source.backup(older)
    slots = slots_of(keys).read_bytes()
    end_key_loans(TENANT, until)
    with sqlite3.connect(home / "older.sqlite3") as older, sqlite3.connect(keys) as source:
        older.backup(source)
    slots_of(keys).write_bytes(slots)
    _in_a_file.cache_clear()
    assert open_key_store().ids(TENANT, PRINTERS_KEYS) == [f"loan/{delivery.parcel}"]
    end_key_loans(TENANT, until + timedelta(minutes=1))
    assert open_key_store().ids(TENANT, PRINTERS_KEYS) == []


def test_a_day_after_the_copy_had_to_be_gone_there_is_an_alarm_and_nothing_more_is_delivered(
    delivery: Delivery,
) -> None:
    from sekisho.bootstrap.erasure import pass_erasure_dates
    from sekisho.kernel import Refused

    row = copy_of(delivery.parcel)
    told = {}
    for day in (DAYS - 1, DAYS, DAYS + 1, DAYS + 2):
        before = len(entries(delivery.parcel))
        pass_erasure_dates(TENANT, row.delivered_at + timedelta(days=day))
        told[day] = [each["kind"] for each in entries(delivery.parcel)[before:]]
    assert "erasure_overdue" not in told[DAYS]
    assert told[DAYS + 1] == ["erasure_overdue"], "the day after, and once"
    assert told[DAYS + 2] == []
    type(row).objects.filter(pk=row.pk).update(erase_by=row.delivered_at - timedelta(days=1))
    with pytest.raises(Refused):
        deliver(prices())


def test_what_cannot_be_sealed_is_not_delivered(lending: Office, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.adapters.database.models import ContractorCopyRow
    from sekisho.kernel import SekishoError

    monkeypatch.delenv("SEKISHO_LOAN_ADDRESS")
    with pytest.raises(SekishoError, match="SEKISHO_LOAN_ADDRESS"):
        deliver(prices())
    assert not ContractorCopyRow.objects.exists()
    assert [each.name for each in (home / "share").iterdir()] == [".sekisho"]
    assert lending.tenant == TENANT


def test_what_was_sealed_in_another_way_than_approved_is_not_delivered(
    lending: Office, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted bug: a sealer that forgets the loan."""
    from sekisho.adapters.carriers import sealing
    from sekisho.kernel import SekishoError

    monkeypatch.setattr(sealing, "is_lent", lambda *_: False)
    with pytest.raises(SekishoError, match="not sealed as permit"):
        deliver(prices())
    assert [each.name for each in (home / "share").iterdir()] == [".sekisho"]
    assert lending.tenant == TENANT


def test_the_keys_of_what_was_never_delivered_go_with_the_parcel(lending: Office) -> None:
    from sekisho.adapters.carriers.shredding import _never_lent
    from sekisho.adapters.keys import open_key_store

    store, parcel = open_key_store(), deliver(prices())
    store.make(TENANT, "loan/p261124-00000000beef")
    assert _never_lent(store, TENANT, [parcel, "p261124-00000000beef"]) == ["loan/p261124-00000000beef"]
    assert lending.tenant == TENANT
