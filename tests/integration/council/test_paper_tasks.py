"""Given an assessment and minutes on their way, whoever has to go on finds it among their tasks, and nobody else."""

from datetime import timedelta

from sekisho.adapters.database.queries_rows import Worker
from tests.fakes.assessments import AT, START, in_force, on
from tests.fakes.council import PEOPLE
from tests.fakes.minutes import confirmed, drafted, edited


def tasks(tenant: str, person: str, days: int = 60) -> list[str]:
    """What of assessments and minutes waits for somebody of the council's cast."""
    from sekisho.adapters.database.queries_tasks import tasks_of

    department, roles = PEOPLE[person]
    worker = Worker(tenant=tenant, person=person, department=department, roles=tuple(roles))
    own = ("assess", "find", "check_yearly", "minutes", "confirm_minutes")
    return [
        each.task for each in tasks_of(worker, on(tenant, person, START + timedelta(days=days)).at) if each.task in own
    ]


def test_each_stage_of_an_assessment_waits_for_whoever_takes_the_next_step(city: str) -> None:
    for stage, persons in (
        ("planned", {"doza"}),
        ("drafting", {"inasa"}),
        ("public_comment", {"kazagashira"}),
        ("third_party_check", {"oura", "megane", "suwa", "sofuku"}),
    ):
        AT[stage](city)
        waiting = {person for person in PEOPLE if tasks(city, person)}
        assert waiting == persons, stage
        from sekisho.adapters.database.models import AssessmentRow

        AssessmentRow.objects.update(state="ended")


def test_a_report_in_force_waits_for_its_drafter_once_a_year(city: str) -> None:
    in_force(city)
    assert tasks(city, "doza", 100) == []
    assert tasks(city, "doza", 500) == ["check_yearly"]
    assert tasks(city, "inasa", 500) == []


def test_minutes_wait_for_the_secretariat_then_for_each_attendee_and_again_for_the_secretariat(city: str) -> None:
    drafted(city)
    assert tasks(city, "kazagashira") == ["minutes"]
    assert tasks(city, "megane") == []


def test_a_draft_waits_for_those_who_attended(city: str) -> None:
    edited(city)
    assert {person for person in PEOPLE if "confirm_minutes" in tasks(city, person)} >= {"oura", "megane", "suwa"}
    assert "confirm_minutes" not in tasks(city, "doza")


def test_what_all_have_confirmed_waits_for_the_secretariat_again(city: str) -> None:
    confirmed(city)
    assert tasks(city, "kazagashira") == ["minutes"]
    assert tasks(city, "megane") == []
