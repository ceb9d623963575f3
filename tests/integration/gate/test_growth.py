"""What a crossing asks of the database costs the same beside a long ledger as beside a short one.

Counted in steps of SQLite's own machine, which are the same on every computer, and not in seconds.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from sekisho.kernel import EntryKind, Erased
from tests.integration.conftest import NOW, Office
from tests.integration.gate.test_crossing import notices, send

LONG = 4_000
STRIDE = 50
MOST = 1.5


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many steps of SQLite's machine everything took meanwhile."""
    from django.db import connection

    connection.ensure_connection()
    line, found = connection.connection, [0]
    if not isinstance(line, sqlite3.Connection):
        pytest.skip("the steps of another database are not counted")

    def step() -> int:
        found[0] += STRIDE
        return 0

    line.set_progress_handler(step, STRIDE)
    try:
        yield found
    finally:
        line.set_progress_handler(None, 0)


def steps_of(act: Callable[[], Any]) -> int:
    """What this takes."""
    with counted() as found:
        act()
    return found[0]


def grow(office: Office, count: int) -> None:
    """So many parcels that crossed and were erased long ago, each with the entries of its way, all in the tree."""
    from sekisho.adapters.database.ledgers import append_entry
    from sekisho.adapters.database.models import EntryRow, Parcel
    from sekisho.adapters.database.turns import writing

    before = NOW - timedelta(days=400)
    kept = {
        "tenant_id": office.tenant,
        "connection": "registry-notices-down",
        "permit": "R1-56-01",
        "proof": {"keys": 1},
    }
    days = {"received_at": before, "received_on": before.date(), "erase_by": before + timedelta(days=1)}
    names = [f"p251020-{number:012x}" for number in range(count)]
    with writing():
        for name in names:
            for kind in ("received", "cleared", "leaving", "delivered", "erased"):
                append_entry(office.tenant, {"kind": kind, "parcel": name, "at": before.isoformat()})
        Parcel.objects.bulk_create(
            Parcel(
                parcel=name, state="erased", outcome="erased", passage={}, size=1, reasons=[], strip=[], **kept, **days
            )
            for name in names
        )
    from sekisho.adapters.database.ledgers import sequence

    sequence(office.tenant)
    assert EntryRow.objects.filter(index__isnull=True).count() == 0


def cross(office: Office) -> None:
    """One file of notices goes its whole way, and what it left in the ledger gets its place."""
    from sekisho.adapters.database.adoptions import adoptions
    from sekisho.adapters.database.ledgers import sequence_all

    assert isinstance(send(office, notices(3)), Erased)
    sequence_all()
    adoptions()


def test_a_crossing_beside_a_long_ledger_asks_no_more_than_beside_a_short_one(office: Office) -> None:
    cross(office)
    short = steps_of(lambda: cross(office))
    grow(office, LONG)
    cross(office)
    long = steps_of(lambda: cross(office))
    assert long < MOST * short, f"{short} steps beside a short ledger, {long} beside a long one"


@contextmanager
def without(index: str) -> Iterator[None]:
    """The database without one of its indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index])
        (made,) = cursor.fetchone()
        cursor.execute(f'DROP INDEX "{index}"')
        try:
            yield
        finally:
            cursor.execute(made)


@pytest.mark.parametrize("index", ["entry_subject", "parcel_kept"])
def test_without_one_of_these_indexes_it_would(office: Office, index: str) -> None:
    grow(office, LONG)
    cross(office)
    good = steps_of(lambda: cross(office))
    with without(index):
        assert steps_of(lambda: cross(office)) > MOST * good


def test_what_is_written_about_a_permit_is_found_at_once_and_asked_barely_it_would_not_be(office: Office) -> None:
    from sekisho.adapters.database.ledgers import rows_about
    from sekisho.adapters.database.models import EntryRow

    subject = "permit/R1-56-01"
    short = steps_of(lambda: list(rows_about(office.tenant, subject)))
    grow(office, LONG)
    rows = rows_about(office.tenant, subject)
    assert [each.kind for each in rows][-1] == "permit_activated"
    assert steps_of(lambda: list(rows)) <= MOST * short + STRIDE
    assert steps_of(lambda: rows.reverse().first()) <= MOST * short + STRIDE
    bare = EntryRow.objects.filter(tenant_id=office.tenant, subject=subject).order_by("-id")
    assert steps_of(bare.first) > LONG


def test_acts_of_the_council_are_found_without_the_parcels(office: Office) -> None:
    from sekisho.adapters.database.ledgers import read_acts
    from sekisho.adapters.database.models import EntryRow

    kind = EntryKind.PERMIT_ACTIVATED
    short = steps_of(lambda: list(read_acts(office.tenant, kind)))
    grow(office, LONG)
    assert steps_of(lambda: list(read_acts(office.tenant, kind))) <= MOST * short + STRIDE
    assert {each["kind"] for each in read_acts(office.tenant, kind)} == {str(kind)}
    assert not list(read_acts("422029", kind))
    bare = EntryRow.objects.filter(tenant_id=office.tenant, kind=str(kind)).order_by("id")
    assert steps_of(lambda: list(bare)) > LONG
