"""With a real database: the clock starts no permit over a stop, after its end, or where the gate would refuse it."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from sekisho.kernel import AssessmentStanding, Coverage, ReasonCode, Refused
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, arrive, entries, told
from tests.integration.permits.test_ends import END, chair, status_of
from tests.integration.permits.test_steps_before_active import FIRST_DAY, NEXT, in_force, issue, kinds, renewed

__all__ = ["chair"]
EVE = FIRST_DAY - timedelta(days=1)
TWO = ("glover", "nabekanmuri")


def stop(office: Office, permit: str = NUMBER, at: datetime = EVE) -> None:
    """One person stops a permit."""
    from sekisho.bootstrap.permits import StopCause, stop_permit

    stop_permit(office.tenant, permit, "glover", StopCause.INCIDENT, at)


def clock(office: Office, at: datetime = FIRST_DAY) -> tuple[str, ...]:
    """What becomes active when the worker looks at the calendar."""
    from sekisho.bootstrap.permits import activate_permits

    return activate_permits(office.tenant, at)


@pytest.fixture
def waits(office: Office) -> Office:
    """The next permit of notices is issued, and waits for its first day."""
    assert issue(office, renewed(office, not_before=FIRST_DAY.isoformat())) == "issued"
    return office


def test_the_clock_does_not_lift_a_stop_and_two_persons_do(waits: Office, caplog: pytest.LogCaptureFixture) -> None:
    """The planted bug: one stops, and at midnight the newer permit opens the gate although nobody started anything."""
    from sekisho.bootstrap.permits import start_permit

    stop(waits)
    before = len(entries())
    with caplog.at_level(logging.WARNING, "sekisho.permits"):
        assert [clock(waits), clock(waits)] == [(), ()]
    assert [each.getMessage() for each in caplog.records if NUMBER in each.getMessage()] != []
    assert (status_of(), status_of(NEXT), len(entries())) == ("suspended", "issued", before)
    with pytest.raises(Refused) as refusal:
        arrive(waits)
    assert told(refusal.value) == [ReasonCode.PERMIT_NOT_ACTIVE]
    assert start_permit(waits.tenant, NUMBER, TWO, FIRST_DAY) == "active"
    assert clock(waits) == (NEXT,)
    assert (status_of(), in_force(waits)) == ("superseded", NEXT)


def test_once_the_stopped_one_is_revoked_the_newer_one_begins(waits: Office, chair: str) -> None:
    from sekisho.bootstrap.permits import StopCause, revoke_permit

    stop(waits)
    assert clock(waits) == ()
    revoke_permit(waits.tenant, NUMBER, chair, StopCause.INCIDENT, FIRST_DAY)
    assert clock(waits) == (NEXT,)
    assert (status_of(), in_force(waits)) == ("revoked", NEXT)


def test_a_stop_outlives_the_end_of_the_permit_until_two_persons_start_the_newer_one(office: Office) -> None:
    from sekisho.bootstrap.permits import expire_permits, start_permit

    assert issue(office, renewed(office, not_before=END.isoformat(), not_after="2040-04-01T00:00:00+09:00")) == "issued"
    stop(office, at=END - timedelta(days=1))
    assert clock(office, END) == ()
    assert NUMBER in expire_permits(office.tenant, END)
    assert clock(office, END) == ()
    stop(office, NEXT, END)
    assert start_permit(office.tenant, NEXT, TWO, END) == "active"


def test_two_signatures_after_the_stop_replace_a_stopped_permit(office: Office) -> None:
    stop(office, at=NOW)
    assert issue(office, renewed(office), NOW + timedelta(hours=1)) == "active"
    assert (status_of(), in_force(office)) == ("superseded", NEXT)


def test_a_stop_that_only_the_row_does_not_show_still_holds(waits: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    stop(waits)
    PermitRow.objects.filter(permit=NUMBER).update(status="revoked")
    assert clock(waits) == ()


def test_after_its_last_day_an_issued_permit_takes_nobody_s_place(office: Office) -> None:
    last = FIRST_DAY + timedelta(days=30)
    issue(office, renewed(office, not_before=FIRST_DAY.isoformat(), not_after=last.isoformat()))
    assert clock(office, last) == ()
    assert (status_of(NEXT), in_force(office)) == ("issued", NUMBER)
    assert clock(office, last - timedelta(microseconds=1)) == (NEXT,)


def test_one_the_gate_would_refuse_leaves_the_one_in_force_in_its_place(office: Office) -> None:
    from sekisho.bootstrap.permits import enter_standing

    approved = renewed(office, not_before=FIRST_DAY.isoformat(), assessment="land-ledger")
    issue(office, approved)
    assert clock(office) == ()
    over = AssessmentStanding(
        assessment="land-ledger",
        in_force_from=datetime(2026, 4, 1, tzinfo=UTC),
        in_force_until=FIRST_DAY,
        coverage=(Coverage(connection=DOWN),),
    )
    enter_standing(office.tenant, over, "megane", NOW)
    assert clock(office) == ()
    enter_standing(office.tenant, replace(over, in_force_until=END, coverage=()), "megane", NOW)
    assert clock(office) == ()
    assert (status_of(NEXT), in_force(office)) == ("issued", NUMBER)
    enter_standing(office.tenant, replace(over, in_force_until=END), "megane", NOW)
    assert clock(office) == (NEXT,)


def test_where_none_is_in_force_a_permit_begins_and_the_gate_itself_refuses(office: Office) -> None:
    stop(office, at=NOW)
    assert issue(office, renewed(office, assessment="land-ledger"), NOW + timedelta(hours=1)) == "active"


def test_a_permit_for_after_the_newer_one_s_end_is_not_retired(office: Office) -> None:
    """The planted bug: what was issued first for later years is retired by a short permit that was issued after it."""
    later = FIRST_DAY + timedelta(days=365)
    assert issue(office, renewed(office, not_before=later.isoformat())) == "issued"
    short = replace(renewed(office, not_after=later.isoformat()), permit="R8-56-09")
    assert issue(office, short, NOW + timedelta(hours=1)) == "active"
    assert (status_of(NEXT), status_of(), in_force(office)) == ("issued", "superseded", "R8-56-09")
    assert clock(office, later) == (NEXT,)
    assert status_of("R8-56-09") == "superseded"


def test_what_was_made_before_is_told_by_the_signed_moment_of_issue(office: Office) -> None:
    """The planted bug: the row that was entered first counts as the earlier permit, though it was signed last."""
    faulty = renewed(office, persons=("newcomer",))
    with pytest.raises(Refused):
        issue(office, faulty)
    from sekisho.adapters.database.models import Person

    other = replace(renewed(office), permit="R8-56-09")
    consultation = replace(other.specification, consultation="57")
    assert issue(office, replace(other, specification=consultation), NOW + timedelta(hours=1)) == "active"
    assert status_of(NEXT) == "compiled", "what nobody has signed for another consultation is left alone"
    Person.objects.create(username="newcomer", tenant_id=office.tenant, password="!")
    assert issue(office, faulty, NOW + timedelta(hours=2)) == "active"
    assert (status_of("R8-56-09"), in_force(office)) == ("superseded", NEXT)


def test_what_was_put_aside_unsigned_is_neither_issued_nor_counted(office: Office) -> None:
    from sekisho.adapters.database.permits import ever_issued
    from sekisho.adapters.database.queries_authority import consultation_row, permit_rows

    faulty = renewed(office, persons=("newcomer",))
    with pytest.raises(Refused):
        issue(office, faulty)
    assert issue(office, replace(renewed(office), permit="R8-56-09"), NOW + timedelta(hours=1)) == "active"
    assert status_of(NEXT) == "superseded"
    with pytest.raises(Refused) as refusal:
        issue(office, faulty, NOW + timedelta(hours=2))
    assert told(refusal.value) == [ReasonCode.NOT_IN_THIS_STATE]
    assert NEXT not in {each.permit.permit for each in permit_rows(office.tenant)}
    assert NEXT not in set(ever_issued().values_list("permit", flat=True))
    assert "permit_issued" not in kinds()
    row = consultation_row(office.tenant, "56")
    assert row is not None
    assert (DOWN, NUMBER) in row.permits


def test_a_consultation_page_names_no_permit_that_nobody_signed(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.queries_authority import consultation_row

    PermitRow.objects.filter(permit=NUMBER).update(status="validated", signatures=[])
    row = consultation_row(office.tenant, "56")
    assert row is not None
    assert (DOWN, NUMBER) not in row.permits


def test_a_compiled_permit_does_not_keep_a_consultation_in_force(office: Office, chair: str) -> None:
    from sekisho.adapters.database.models import Matter, PermitRow
    from sekisho.bootstrap.permits import StopCause, revoke_permit

    matter = Matter.objects.create(tenant_id=office.tenant, matter="m-56", consultation="56", state="in_force")
    PermitRow.objects.exclude(permit=NUMBER).update(status="compiled")
    revoke_permit(office.tenant, NUMBER, chair, StopCause.OTHER, NOW)
    matter.refresh_from_db()
    assert matter.state == "revoked"


@pytest.mark.parametrize("fault", [KeyError("x"), AttributeError("x")])
def test_one_broken_permit_keeps_no_other_one_back(
    waits: Office, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    from sekisho.adapters.database import permit_starts, registers

    up = next(each for each in waits.dossier.approved if each.permit == "R8-56-02")
    later = replace(up.specification, not_before=FIRST_DAY.isoformat())
    issue(waits, replace(up, permit="R9-56-02", specification=later))
    whole = registers.on_file

    def broken(row: Any) -> Any:
        if row.permit == NEXT:
            raise fault
        return whole(row)

    monkeypatch.setattr(permit_starts, "on_file", broken)
    assert clock(waits) == ("R9-56-02",)


def test_the_first_days_come_before_the_rest_of_the_day_s_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from sekisho.worker import days

    done: list[str] = []
    ended = Event()
    ended.set()
    monkeypatch.setattr(days, "begin_permits", lambda *_: done.append("permits"))
    monkeypatch.setattr(days, "end_loans", lambda *_: done.append("loans"))
    monkeypatch.setattr(days, "begin_day", lambda *_: done.append("day"))
    monkeypatch.setattr(days, "sweep_uploads", lambda *_: None)
    days.run_days(ended)
    assert done == ["permits", "loans", "day"]
