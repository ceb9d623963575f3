"""A deleter that wants too much stops, and acts only on what stands in a signed list (K-17)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sekisho.bootstrap import STEPS
from sekisho.kernel import ReasonCode, Refused, SekishoError
from tests.integration.conftest import NOW, Office
from tests.integration.database.test_journals import land
from tests.integration.erasure.conftest import HEAD, MANAGER, OPERATOR, act, enter_documents, entry_kinds
from tests.integration.erasure.test_holds import alive, delivered

LATER = NOW + timedelta(days=400)


def kept(office: Office) -> int:
    """How many documents still have their key."""
    from sekisho.adapters.keys import open_key_store

    return len(open_key_store().ids(office.tenant, "document/"))


def test_few_documents_whose_time_is_over_go_at_once(office: Office) -> None:
    from sekisho.adapters.database.models import Document
    from sekisho.bootstrap.erasure import erase_due

    enter_documents(office, 3, NOW + timedelta(days=365))
    (proposal,) = erase_due(office.tenant, LATER)
    assert proposal.stopped is None
    assert kept(office) == 0
    assert {row.inline for row in Document.objects.all()} == {None}
    assert entry_kinds(office)[-2:] == ["erasure_listed", "copies_erased"]
    assert erase_due(office.tenant, LATER) == ()


def test_a_clock_that_jumped_costs_no_document_until_two_persons_say_so(office: Office) -> None:
    from sekisho.bootstrap.erasure import confirm_list, erase_due

    enter_documents(office, 40, NOW + timedelta(days=365))
    (proposal,) = erase_due(office.tenant, LATER)
    assert proposal.stopped is not None
    assert proposal.stopped.code == ReasonCode.ERASURE_TOO_LARGE
    assert (kept(office), entry_kinds(office)[-1]) == (40, "erasure_stopped")
    assert erase_due(office.tenant, LATER) == (), "one list waits, and no second is made"
    for nobody in (OPERATOR,):
        with pytest.raises(Refused):
            confirm_list(act(office, nobody, LATER), proposal.number)
    assert not confirm_list(act(office, HEAD, LATER), proposal.number)
    with pytest.raises(Refused):
        confirm_list(act(office, HEAD, LATER), proposal.number)
    assert kept(office) == 40
    assert confirm_list(act(office, MANAGER, LATER), proposal.number)
    assert kept(office) == 0


def test_a_list_that_was_dropped_erases_nothing(office: Office) -> None:
    from sekisho.bootstrap.erasure import carry_out_waiting, confirm_list, drop_list, erase_due

    enter_documents(office, 40, NOW + timedelta(days=365))
    (proposal,) = erase_due(office.tenant, LATER)
    drop_list(act(office, HEAD, LATER), proposal.number)
    with pytest.raises(Refused):
        confirm_list(act(office, MANAGER, LATER), proposal.number)
    carry_out_waiting(office.tenant, LATER)
    assert kept(office) == 40


def test_a_confirmed_list_erases_only_what_is_due_by_then(office: Office) -> None:
    from sekisho.adapters.database.models import Document
    from sekisho.bootstrap.erasure import confirm_list, erase_due

    enter_documents(office, 40, NOW + timedelta(days=365))
    (proposal,) = erase_due(office.tenant, LATER)
    Document.objects.filter(document__lt="doc-p261124-000000000020").update(erase_by=LATER + timedelta(days=9))
    confirm_list(act(office, HEAD, LATER), proposal.number)
    confirm_list(act(office, MANAGER, LATER), proposal.number)
    assert kept(office) == 20


def test_a_list_that_was_edited_in_the_database_erases_nothing_and_is_an_alarm(office: Office) -> None:
    from sekisho.adapters.database.models import ErasureListRow
    from sekisho.bootstrap.erasure import carry_out_waiting, erase_due

    names = enter_documents(office, 40, NOW + timedelta(days=365))
    (proposal,) = erase_due(office.tenant, LATER)
    row = ErasureListRow.objects.get(number=proposal.number)
    note = row.note.replace(names[-1], names[-1].upper())
    ErasureListRow.objects.filter(pk=row.pk).update(state="signed", note=note)
    carry_out_waiting(office.tenant, LATER)
    assert (kept(office), entry_kinds(office)[-1]) == (40, "erasure_stopped")


def wrong_case() -> None:
    """Rename every id in the database, as a tool that knows no case would see it."""
    from sekisho.adapters.database.models import Parcel

    for row in Parcel.objects.all():
        Parcel.objects.filter(pk=row.pk).update(parcel=row.parcel.upper())


def empty_mount() -> None:
    """Keep one parcel of all: what a database on the wrong mount looks like."""
    from sekisho.adapters.database.models import Parcel

    first = Parcel.objects.order_by("parcel").first()
    Parcel.objects.exclude(pk=first.pk if first else "").delete()


@pytest.mark.parametrize("bug", [wrong_case, empty_mount])
def test_a_deleter_that_is_asked_for_everything_stops_with_nothing_gone(
    office: Office, home: Path, bug: Callable[[], None]
) -> None:
    from sekisho.adapters.keys import open_key_store
    from sekisho.bootstrap.erasure import erase_due

    for number in range(24):
        land(office, 500 if number % 8 == 0 else 1)
    bug()
    before = (len(open_key_store().ids(office.tenant, "parcel/")), sorted((home / "parcels").iterdir()))
    proposals = erase_due(office.tenant, NOW + timedelta(days=5))
    assert [each.stopped is not None for each in proposals] == [True]
    assert (len(open_key_store().ids(office.tenant, "parcel/")), sorted((home / "parcels").iterdir())) == before


def test_the_same_bug_with_a_wide_open_limit_does_erase_so_the_stop_is_the_breaker_s(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.keys import open_key_store
    from sekisho.bootstrap.erasure import erase_due

    for _ in range(8):
        land(office, 1)
    wrong_case()
    monkeypatch.setenv("SEKISHO_ERASE_PERCENT", "100")
    erase_due(office.tenant, NOW + timedelta(days=5))
    assert open_key_store().ids(office.tenant, "parcel/") == []


def test_a_parcel_that_stands_on_no_list_keeps_its_key_whoever_calls(office: Office) -> None:
    from sekisho.adapters.carriers import KeyShredder
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.passages import find_parcel, waybill_of

    parcel = delivered(office)
    row = find_parcel(parcel)
    shredder = KeyShredder(find_home())
    assert shredder.destroy_keys([waybill_of(row)]) == {}
    with pytest.raises(Refused) as refused:
        shredder.prove(row, NOW)
    assert refused.value.reasons[0].code == ReasonCode.NOT_ON_ERASURE_LIST
    assert alive(office, parcel)


def test_asked_for_everything_the_worker_erases_only_what_has_come_so_far(office: Office) -> None:
    waiting, done = land(office), delivered(office)
    assert STEPS["erase"]([waiting, done]) == {waiting: "received", done: "erased"}
    assert alive(office, waiting)


@pytest.mark.parametrize("said", ["-1", "many", "5.5"])
def test_a_limit_that_is_no_number_is_said_so(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    from sekisho.adapters.database.erasure_lists import erasure_limits

    monkeypatch.setenv("SEKISHO_ERASE_COPIES", said)
    with pytest.raises(SekishoError, match="SEKISHO_ERASE_COPIES"):
        erasure_limits()
