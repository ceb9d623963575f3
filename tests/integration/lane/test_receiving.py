"""Receiving in groups, at the rows: what goes together, what goes alone, and what must never be thrown away."""

from dataclasses import replace
from datetime import datetime

import pytest

from sekisho.kernel import Landed, Refused
from tests.fakes.arrivals import arrival_at
from tests.integration.conftest import NOW, Office

BODY = b"ten bytes!"


def waiting(office: Office, number: int, key: str = "", size: int = len(BODY), at: datetime = NOW) -> object:
    """Somebody at the desk with a small parcel."""
    from sekisho.adapters.database.entrances import Once
    from sekisho.lane.receiving import Waiting

    arrival = arrival_at(at, BODY, parcel=f"p261124-{number:012d}")
    arrival = replace(arrival, announced_size=size)
    return Waiting(arrival=arrival, once=Once(bearer="terminal", key=key or f"key-{number}"), body=BODY)


def keys_of(office: Office) -> set[str]:
    """The keys of parcels that are there."""
    from sekisho.adapters.keys import open_key_store

    return set(open_key_store().ids(office.tenant, "parcel/"))


def test_each_of_a_group_gets_its_own_outcome(office: Office) -> None:
    from sekisho.adapters.database.entrances import Answered
    from sekisho.adapters.database.models import EntryRow, Parcel
    from sekisho.lane.receiving import receive_group

    group = [waiting(office, 1), waiting(office, 2, "key-1"), waiting(office, 3, size=11), waiting(office, 4)]
    outcomes = receive_group(group)  # type: ignore[arg-type]  # imported late, for Django
    assert [type(each) for each in outcomes] == [Landed, Answered, Refused, Landed]
    assert set(Parcel.objects.filter(state="received").values_list("parcel", flat=True)) == {
        "p261124-000000000001",
        "p261124-000000000004",
    }
    kinds = EntryRow.objects.filter(parcel__startswith="p261124").order_by("parcel").values_list("parcel", "kind")
    assert [kind for _, kind in kinds] == ["received", "refused", "received"]
    assert keys_of(office) == {"parcel/p261124-000000000001", "parcel/p261124-000000000004"}


def test_a_group_that_cannot_be_written_goes_one_by_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.lane import receiving

    first = waiting(office, 1)
    assert isinstance(receiving.receive_group([first])[0], Landed)  # type: ignore[list-item]  # as above
    monkeypatch.setattr(receiving, "remembered_of", lambda _: {})  # another process answers at this very moment
    outcomes = receiving.receive_group([waiting(office, 2, "key-1"), waiting(office, 3)])  # type: ignore[list-item]
    assert [type(each).__name__ for each in outcomes] == ["Answered", "Landed"]
    assert keys_of(office) == {"parcel/p261124-000000000001", "parcel/p261124-000000000003"}


def test_a_commit_that_was_done_after_all_keeps_its_key(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.lane import receiving

    done = waiting(office, 1)
    assert isinstance(receiving.receive_group([done])[0], Landed)  # type: ignore[list-item]  # as above
    monkeypatch.setattr(receiving, "remembered_of", lambda _: {})  # we were told that it failed, and try again
    (outcome,) = receiving.receive_group([done])  # type: ignore[list-item]  # as above
    assert getattr(outcome, "parcel", "") == "p261124-000000000001"
    assert keys_of(office) == {"parcel/p261124-000000000001"}, "what landed can still be opened"
