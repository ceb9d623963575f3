"""Statements written out once say the same as Django's own, on every database."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection

from sekisho.kernel import Credential
from tests.integration.conftest import NOW, Office

TERMINAL, PERSON = "asset-tax-terminal-1", "urakami"


def land(office: Office, parcel: str = "p1", **facts: Any) -> None:
    """A parcel's row, written by a statement of our own."""
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.statements import Insertion

    row: dict[str, Any] = {
        "parcel": parcel,
        "tenant": office.tenant,
        "permit": "R8-56-01",
        "connection": "registry-notices-down",
        "state": "received",
        "outcome": "received",
        "passage": {"route": ["lgwan"], "person": "浦上"},
        "size": 1 << 40,
        "digest": "",
        "place": "",
        "inline": b"\x00\xff",
        "reasons": [],
        "strip": [],
        "found": None,
        "received_at": NOW,
        "received_on": NOW.date(),
        "erase_by": NOW - timedelta(hours=1),
        **facts,
    }
    Insertion(Parcel, *row).write([tuple(row.values())])


def test_what_is_written_out_reads_back_as_it_was(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel

    land(office)
    row = Parcel.objects.get(parcel="p1")
    assert (row.size, bytes(row.inline or b""), row.found, row.reasons) == (1 << 40, b"\x00\xff", None, [])
    assert row.passage == {"route": ["lgwan"], "person": "浦上"}
    assert (row.received_at, row.received_on) == (NOW, date(2026, 11, 24))
    assert Parcel.objects.filter(found__isnull=True, proof__isnull=True).count() == 1


def test_a_row_that_is_there_already_is_refused(office: Office) -> None:
    land(office)
    with pytest.raises(IntegrityError):
        land(office)


def test_the_number_is_the_one_that_the_database_gave(office: Office) -> None:
    from sekisho.adapters.database.models import EntryRow
    from sekisho.adapters.database.statements import Insertion

    writing = Insertion(EntryRow, "tenant", "parcel", "kind", "body", "leaf", "subject")
    numbers = [writing.write_numbered((office.tenant, f"p{each}", "viewed", b"b", b"l", "")) for each in range(3)]
    found = dict(EntryRow.objects.filter(pk__in=numbers).values_list("pk", "parcel"))
    assert [found[number] for number in numbers] == ["p0", "p1", "p2"]


def test_a_change_is_made_only_where_its_condition_holds(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.statements import Change

    land(office)
    change = Change(Parcel, ("found", "state"), "parcel = %s AND state = %s")
    assert not change.make(({"a": 1}, "cleared"), ("p1", "held"))
    assert change.make(({"a": 1}, "cleared"), ("p1", "received"))
    row = Parcel.objects.get(parcel="p1")
    assert (row.state, row.found) == ("cleared", {"a": 1})


def test_only_copies_past_their_date_that_are_still_here_are_overdue(office: Office, neighbour: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.registers import Register

    land(office, "late")
    land(office, "in-time", erase_by=NOW + timedelta(hours=1))
    land(office, "gone")
    land(office, "permit-before", permit="R1-56-01")
    land(office, "other-connection", connection="registry-notices-up", permit="R8-56-02")
    land(neighbour, "elsewhere")
    Parcel.objects.filter(parcel="gone").update(proof={"key": "parcel/gone"})
    assert Register().overdue_erasures(office.tenant, "registry-notices-down", NOW) == 2
    assert Register().parcels_on(office.tenant, "R8-56-01", NOW) == 3
    assert Register().parcels_on(office.tenant, "R8-56-01", NOW + timedelta(hours=15)) == 0


def test_overdue_copies_are_not_looked_for_among_all_that_ever_crossed(office: Office) -> None:
    from sekisho.adapters.database.registers import _OVERDUE

    if connection.vendor != "sqlite":
        pytest.skip("the other database chooses by the size of its tables")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {_OVERDUE}", (office.tenant, "registry-notices-down", "2026-11-24"))
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "parcel_kept (tenant_id=? AND connection=? AND erase_by<?)" in plan


def stands(tenant: str, value: str, kind: str = "shell") -> bool:
    """Does the roster know whoever this is?"""
    from sekisho.adapters.database.registers import Roster

    return Roster().standing(tenant, Credential(kind=kind, value=value)) is not None


def test_somebody_stands_at_the_gate_only_as_an_active_person_at_a_known_terminal_of_the_same_place(
    office: Office, neighbour: Office
) -> None:
    from sekisho.adapters.database.models import Person, Terminal

    Terminal.objects.filter(tenant_id=office.tenant, terminal=TERMINAL).update(fingerprint="f1")
    assert stands(office.tenant, f"{TERMINAL}/{PERSON}")
    assert stands(office.tenant, f"f1/{PERSON}", "certificate")
    strangers = (f"{TERMINAL}/urakami-f", f"{TERMINAL}/", f"elsewhere/{PERSON}", f"/{PERSON}", f"f1/{PERSON}", "")
    assert not any(stands(office.tenant, each) for each in strangers)
    assert not any(stands(office.tenant, each, "certificate") for each in (f"f2/{PERSON}", f"/{PERSON}", PERSON))
    assert not stands(neighbour.tenant, f"f1/{PERSON}", "certificate")
    assert not stands(office.tenant, f"{TERMINAL}/{PERSON}", "word-of-mouth")
    Person.objects.filter(username=PERSON).update(is_active=False)
    assert not stands(office.tenant, f"{TERMINAL}/{PERSON}")


def test_who_stands_there_is_told_with_agency_and_department(office: Office) -> None:
    from sekisho.adapters.database.models import Department
    from sekisho.adapters.database.registers import Roster

    credential = Credential(kind="shell", value=f"{TERMINAL}/{PERSON}")
    found = Roster().standing(office.tenant, credential)
    assert found is not None
    assert (found.person, found.terminal) == (PERSON, TERMINAL)
    assert (found.agency, found.department) == ("mayor", "asset_tax")
    Department.objects.filter(tenant_id=office.tenant).delete()
    found = Roster().standing(office.tenant, credential)
    assert found is not None
    assert found.agency == ""


def test_the_late_copies_of_a_connection_are_those_that_the_lists_show(office: Office) -> None:
    from sekisho.adapters.database.internet_copies import late_copies, overdue_at_internet_side
    from sekisho.adapters.database.models import CopyState, InternetCopyRow, Parcel

    cases = product(CopyState.values, ("", "訴訟"), (-1, 1), ("registry-notices-down", "other"))
    for number, (state, hold, hours, came_by) in enumerate(cases):
        land(office, f"copy{number}", connection=came_by, hold=hold)
        facts = {"document": f"d{number}", "parcel": f"copy{number}", "permit": "p", "layout": "portal.choice"}
        due = NOW + timedelta(hours=hours)
        InternetCopyRow.objects.create(tenant_id=office.tenant, state=state, landed_at=NOW, erase_by=due, **facts)
    for came_by in ("registry-notices-down", "other", "nobody"):
        mine = Parcel.objects.filter(connection=came_by).values("parcel")
        wanted = late_copies(office.tenant, NOW).filter(parcel__in=mine).count()
        assert overdue_at_internet_side(office.tenant, came_by, NOW) == wanted
    assert wanted == 0
    assert overdue_at_internet_side(office.tenant, "other", NOW) == len(CopyState.values) - 1
    assert overdue_at_internet_side("422029", "other", NOW) == 0


def test_a_contractors_copy_is_late_after_its_day_until_it_is_certified(office: Office) -> None:
    from sekisho.adapters.database.contractor_copies import overdue_at_contractor
    from sekisho.adapters.database.models import ContractorCopyRow

    for number, (certified, hours) in enumerate(product((None, NOW), (-1, 0, 1))):
        facts = {"parcel": f"c{number}", "permit": "p", "connection": "notices", "counterpart": "printer"}
        due = NOW + timedelta(hours=hours)
        ContractorCopyRow.objects.create(
            tenant_id=office.tenant, delivered_at=NOW, erase_by=due, certified_at=certified, **facts
        )
    assert overdue_at_contractor(office.tenant, "notices", NOW) == 1
    assert overdue_at_contractor(office.tenant, "notices", NOW + timedelta(hours=2)) == 3
    assert overdue_at_contractor(office.tenant, "other", NOW + timedelta(hours=2)) == 0
