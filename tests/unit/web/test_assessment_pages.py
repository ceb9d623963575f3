"""The assessments' screens: the owner reaches them, the neighbour does not, and nobody acts on a neighbour's."""

from datetime import date

import pytest
from django.test import Client

from sekisho.adapters.database.models import EntryRow
from tests.fakes.assessments import in_force, planned
from tests.fakes.council import enter_people, who
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

OFFICES = (NAGASAKI, NEIGHBOUR)
ASSESSMENT_NAMES = {"assessments", "assessment", "assessment_pdf", "assessment_act", "assessment_plan"}
START = date(2026, 9, 1)


@pytest.fixture
def own(db: None) -> dict[str, str]:
    """An assessment in force of either municipality, under different numbers."""
    for tenant in OFFICES:
        open_office(tenant)
        enter_people(tenant)
    planned(NEIGHBOUR, START)
    return {tenant: in_force(tenant, START) for tenant in OFFICES}


def clients(person: str) -> dict[str, Client]:
    """The same person of either municipality, signed in."""
    return {tenant: client_of(who(tenant, person)) for tenant in OFFICES}


def test_the_owner_reaches_every_page_and_the_neighbour_none(own: dict[str, str]) -> None:
    asking = clients("konpira")
    for owner, other in (OFFICES, OFFICES[::-1]):
        page = f"/assessments/{own[owner]}/"
        assert asking[owner].get(page).status_code == 200
        assert page in asking[owner].get("/assessments/").content.decode()
        assert page not in asking[other].get("/assessments/").content.decode() or own[owner] == "a001"
    foreign = own[NEIGHBOUR]
    assert asking[NAGASAKI].get(f"/assessments/{foreign}/").status_code == 404
    assert asking[NAGASAKI].get(f"/assessments/{foreign}/pdf/1/").status_code == 404
    answer = asking[NEIGHBOUR].get(f"/assessments/{foreign}/pdf/1/")
    assert answer.content.startswith(b"%PDF-")
    assert asking[NEIGHBOUR].get(f"/assessments/{foreign}/pdf/7/").status_code == 404


def test_nobody_acts_on_an_assessment_of_the_neighbour(own: dict[str, str]) -> None:
    asking, foreign = clients("doza"), own[NEIGHBOUR]
    before = EntryRow.objects.count()
    assert asking[NAGASAKI].post(f"/assessments/{foreign}/act/check_yearly/").status_code == 404
    assert EntryRow.objects.count() == before
    assert asking[NEIGHBOUR].post(f"/assessments/{foreign}/act/check_yearly/").status_code == 302
    assert EntryRow.objects.count() == before + 1


@pytest.mark.parametrize(
    ("act", "said", "status"),
    [
        ("no_such_act", {}, 404),
        ("begin_draft", {"depth": "deepest"}, 422),
        ("judge_threshold", {"subjects": "-1", "handlers": "2"}, 409),
        ("open_comment", {"opens_on": "いつか", "closes_on": "2026-10-01"}, 409),
        ("record_finding", {"point": "1", "verdict": "splendid"}, 422),
        ("claim", {"place": "Ⅰ.1.①", "ground": "none", "why": "x"}, 422),
        ("write_report", {"report": "a: [b"}, 409),
    ],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    db: None, act: str, said: dict[str, str], status: int
) -> None:
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    assessment, client = planned(NAGASAKI, START), client_of("doza")
    before = EntryRow.objects.count()
    assert client.post(f"/assessments/{assessment}/act/{act}/", said).status_code == status
    assert EntryRow.objects.count() == before
