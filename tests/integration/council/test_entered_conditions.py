"""Conditions of what was decided before its procedure was kept here are rows: proved, verified, due again, overdue."""

from datetime import date, datetime, time
from typing import Any

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import ReasonCode
from sekisho.kernel.council import Condition
from tests.integration.conftest import NOW
from tests.integration.council.conftest import why

PHOTO, SHARED = "r1-57-photo", "r1-57-shared-login"


@pytest.fixture
def entered(city: str) -> str:
    """The municipality with consultation 57, its people, its permits, and its conditions as the council left them."""
    from sekisho.adapters.database.council_entered import enter_conditions
    from sekisho.adapters.database.setup import issue_permit, open_tenant

    dossier = read_dossier(shipped_dossier("57"))
    open_tenant(dossier, shipped_dossier("57"), NOW)
    for approved in dossier.approved:
        issue_permit(approved, dossier.issuers, NOW)
    assert len(enter_conditions(deed(city, "kazagashira", date(2019, 11, 19)), dossier.papers)) == 4
    assert enter_conditions(deed(city, "kazagashira", date(2019, 11, 19)), dossier.papers) == ()
    return city


def deed(tenant: str, person: str, on: date) -> Any:
    """Somebody acts on this day."""
    from sekisho.adapters.database.office_time import OFFICE_TIME
    from sekisho.bootstrap import council

    return council.act_as(tenant, person, datetime.combine(on, time(12), OFFICE_TIME))


def stopped(tenant: str, on: date) -> set[str]:
    """The conditions that keep the first permit of consultation 57 from the gate on a day."""
    from sekisho.adapters.database.council_conditions import why_stopped

    return {reason.facts["condition"] for reason in why_stopped(tenant, "57", "personnel-etax", on)}


def prove(tenant: str, condition: str, on: date) -> None:
    """The owner hands in, the verifier verifies."""
    from sekisho.adapters.database.models import ConditionRow
    from sekisho.bootstrap import council

    row = ConditionRow.objects.get(condition=condition)
    council.submit_proof(deed(tenant, row.owner, on), condition, "写真")
    council.verify_proof(deed(tenant, row.verifier, on), condition)


def row_of(condition: str) -> tuple[str, date]:
    """Where a condition stands, and until when."""
    from sekisho.adapters.database.models import ConditionRow

    row = ConditionRow.objects.get(condition=condition)
    return row.state, row.due


def test_a_recurring_condition_comes_due_again_and_stops_the_permit_when_it_is_overdue(entered: str) -> None:
    for other in ("r1-57-own-login", "r1-57-own-login-waterworks", SHARED):
        prove(entered, other, date(2020, 3, 24))
    assert stopped(entered, date(2020, 11, 19)) == set()
    assert stopped(entered, date(2020, 11, 20)) == {PHOTO}
    prove(entered, PHOTO, date(2020, 11, 12))
    assert row_of(PHOTO) == ("open", date(2021, 11, 12))
    assert stopped(entered, date(2021, 11, 12)) == set()
    assert stopped(entered, date(2021, 11, 13)) == {PHOTO}


def test_the_day_after_a_promised_end_the_permit_stops_until_it_is_proved(entered: str) -> None:
    from sekisho.adapters.database.models import ConditionRow

    ends = {SHARED, "r1-57-own-login", "r1-57-own-login-waterworks"}
    assert stopped(entered, date(2020, 3, 31)) == set()
    assert stopped(entered, date(2020, 4, 1)) == ends
    prove(entered, SHARED, date(2020, 3, 24))
    assert stopped(entered, date(2020, 4, 1)) == ends - {SHARED}
    assert set(ConditionRow.objects.filter(condition__in=ends).values_list("connection", flat=True)) == {""}


def test_the_gate_itself_refuses_today_what_nobody_proved(entered: str) -> None:
    from sekisho.adapters.database.registers import Register

    found = Register.permit_numbered(entered, "R1-57-01")
    assert found is not None
    assert {reason.code for reason in found.stopped_by} == {ReasonCode.CONDITION_OPEN}
    assert {reason.facts["condition"] for reason in found.stopped_by} == stopped(entered, date(2026, 1, 1))


def test_only_the_owner_hands_in_and_only_another_verifies(entered: str) -> None:
    from sekisho.adapters.database.models import Person
    from sekisho.bootstrap import council

    day = date(2020, 3, 24)
    act = {name: deed(entered, name, day) for name in ("hoshitori", "katsuyama", "kazagashira", "glover", "oura")}
    assert why(lambda: council.submit_proof(act["katsuyama"], PHOTO, "x")) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.submit_proof(act["kazagashira"], PHOTO, "x")) == {ReasonCode.NOT_ALLOWED}
    council.submit_proof(act["hoshitori"], PHOTO, "x")
    assert why(lambda: council.verify_proof(act["glover"], PHOTO)) == {ReasonCode.NOT_ALLOWED}
    assert why(lambda: council.verify_proof(act["hoshitori"], PHOTO)) == {ReasonCode.NOT_ALLOWED}
    Person.objects.filter(username="hoshitori").update(roles=["drafter", "information_systems"])
    assert why(lambda: council.verify_proof(act["hoshitori"], PHOTO)) == {ReasonCode.DUTIES_NOT_SEPARATE}
    assert why(lambda: council.adopt_condition(act["oura"], PHOTO)) == {ReasonCode.NOT_IN_THIS_STATE}
    council.verify_proof(act["kazagashira"], PHOTO)


@pytest.mark.parametrize(
    "changes", [{"due": date(2036, 1, 1)}, {"kind": "report_only"}, {"connection": "moon"}, {"state": "waived"}]
)
def test_editing_the_row_of_a_condition_closes_the_gate(entered: str, changes: dict[str, object]) -> None:
    from sekisho.adapters.database.models import ConditionRow
    from sekisho.adapters.database.standings import conditions_differ

    assert conditions_differ(entered, "57", "personnel-etax") == ()
    ConditionRow.objects.filter(condition=SHARED).update(**changes)
    reasons = conditions_differ(entered, "57", "personnel-etax")
    assert {reason.code for reason in reasons} == {ReasonCode.REGISTER_DIFFERS}
    assert {reason.facts["what"] for reason in reasons} == {SHARED}


def test_whoever_cannot_do_what_is_asked_owes_nothing_and_a_stranger_enters_nothing(city: str) -> None:
    from sekisho.adapters.database.council_entered import enter_conditions
    from sekisho.adapters.database.models import ConditionRow, Person

    papers = read_dossier(shipped_dossier("57")).papers
    assert ReasonCode.NOT_FOUND in why(lambda: enter_conditions(deed(city, "kazagashira", date(2019, 11, 19)), papers))
    for person in ("hoshitori", "katsuyama"):
        Person.objects.create(username=person, tenant_id=city, department="personnel", roles=["drafter"])
    assert why(lambda: enter_conditions(deed(city, "oura", date(2019, 11, 19)), papers)) == {ReasonCode.NOT_ALLOWED}
    assert not ConditionRow.objects.exists()


def test_a_task_and_the_screen_know_a_condition_without_a_matter(entered: str) -> None:
    from sekisho.adapters.database.queries_council import condition_views
    from sekisho.adapters.database.queries_rows import Worker
    from sekisho.adapters.database.queries_tasks import tasks_of

    worker = Worker(tenant=entered, person="hoshitori", department="information_systems", roles=("drafter",))
    (task,) = tasks_of(worker, NOW)
    assert (task.task, task.matter, task.consultation) == ("prove", "", "57")
    assert task.label_ja.startswith("法定調書")
    assert {each.matter for each in condition_views(entered, NOW)} == {""}


def test_the_public_register_says_where_each_condition_stands_and_says_it_once(entered: str) -> None:
    from sekisho.adapters.database.queries_register import register_rows

    prove(entered, PHOTO, date(2020, 11, 12))
    row = next(each for each in register_rows(entered) if each.permit.permit.permit == "R1-57-01")
    assert row.ground is not None
    photos: list[Condition] = [each for each in row.ground.conditions if each.condition == PHOTO]
    assert [each.due for each in photos] == [date(2021, 11, 12)]
    assert len(row.ground.conditions) == 4
