"""Consultation 56 through the API alone, from the draft to its permits; then one is stopped and started again."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sekisho.adapters.database.models import PermitRow
from sekisho.bootstrap import council
from sekisho.kernel.council import dossier_to_data
from tests.fakes.council import MEMBERS, enter_people, paper_56
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


class Program:
    """Somebody's program: it signs in once and asks."""

    def __init__(self, person: str, *roles: str) -> None:
        self.client: Client = client_of(person, *roles)

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def does(self, path: str, status: int = 200, **body: object) -> Any:
        answer = self.client.post(f"/api/{path}", json.dumps(body, default=str), content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        said = answer.json()
        return said["result"] if status == 200 else [each["code"] for each in said["reasons"]]


@pytest.fixture
def council_56(db: None) -> None:
    open_office(NAGASAKI)
    enter_people(NAGASAKI)
    council.set_next_consultation(NAGASAKI, 62)


def paper() -> dict[str, object]:
    """The papers of consultation 56 as a program sends them."""
    whole = paper_56("act_2023")
    return {"dossier": dossier_to_data(whole.dossier), "terms": [asdict(each) for each in whole.terms]}


def to_the_table() -> tuple[str, str]:
    """From the draft to the end of the questions; answers (matter, meeting)."""
    office, head, drafter, chair = Program("kazagashira"), Program("inasa"), Program("doza"), Program("oura")
    (matter,) = drafter.does("matters", paper=paper())
    head.does(f"matters/{matter}/submit")
    assert office.does(f"matters/{matter}/accept") == ["62"]
    due = timezone.now() + timedelta(hours=1)
    called: dict[str, Any] = {"label_ja": "第1回", "label_en": "First", "place": "研修室", "due_on": due}
    assert office.does("meetings", 409, **called, rule="nobody_knows") == ["rule_not_in_force"]
    (usual,) = office.get("council-rules")
    (meeting,) = office.does("meetings", **called, rule=usual["rule"])
    assert office.get("meetings")[0]["rule"] == usual
    office.does(f"matters/{matter}/put-on-agenda", meeting=meeting)
    office.does(f"matters/{matter}/circulate", until=due)
    (question,) = Program("megane").does(f"matters/{matter}/ask", about="purpose", text="ほかの目的は")
    drafter.does(f"matters/{matter}/answer", question=question, text="ない", cites="purpose")
    for person in MEMBERS:
        Program(person).does(f"matters/{matter}/give-opinion", text="支障ない")
    Program("oura").does(f"matters/{matter}/give-opinion", text="支障ない")
    assert len(Program("megane").get(f"matters/{matter}/opinions")) == 4
    for person in (*MEMBERS, "oura"):
        office.does(f"meetings/{meeting}/arrive", person=person)
    chair.does(f"meetings/{meeting}/open-meeting")
    chair.does(f"matters/{matter}/open-session")
    chair.does(f"matters/{matter}/close-questions")
    return matter, meeting


def judge(matter: str) -> None:
    """Every item is kept, and what was weighed is written down."""
    megane = Program("megane")
    for arrow in paper_56().dossier.chart.under_review():
        for each in arrow.items:
            body: dict[str, Any] = {"connection": arrow.connection, "item": each.item, "verdict": "keep"}
            megane.does(f"matters/{matter}/record-verdict", **body)
    weighed: dict[str, Any] = {
        "about": "registry-notices-down",
        "prevailed": "正確な課税",
        "yielded": "紙の確実さ",
        "why": "紛失が減る",
    }
    megane.does(f"matters/{matter}/record-trade-off", **weighed, review_on="2027-04-01")


def test_from_the_draft_to_the_permits_by_programs_alone(council_56: None) -> None:
    matter, meeting = to_the_table()
    judge(matter)
    chair = Program("oura")
    chair.does(f"matters/{matter}/put-to-vote", result="opinion_no_objection")
    assert chair.does(f"matters/{matter}/vote", 409, choice="for") != []
    for person in MEMBERS:
        Program(person).does(f"matters/{matter}/vote", choice="for")
    assert Program("suwa").does(f"matters/{matter}/vote", 409, choice="for") == ["not_allowed"]
    assert chair.does(f"matters/{matter}/decide") == ["opinion_no_objection"]
    chair.does(f"meetings/{meeting}/close-meeting")
    chair.does(f"matters/{matter}/sign-letter")
    assert Program("kazagashira").does(f"matters/{matter}/sign-letter") == []
    manager = Program("nabekanmuri")
    assert manager.does(f"matters/{matter}/decide-internally", 409, outcome="declines") == ["dossier_incomplete"]
    assert manager.does(f"matters/{matter}/decide-internally", 422, outcome="maybe") == ["input_not_understood"]
    manager.does(f"matters/{matter}/decide-internally", outcome="opens")
    permits = Program("glover").does(f"matters/{matter}/countersign")
    assert permits == [f"R{timezone.now().year - 2018}-62-01", f"R{timezone.now().year - 2018}-62-02"]
    decision = Program("konpira").get(f"matters/{matter}/decision")
    assert (decision["in_favour"], decision["signed_by"]) == (3, {"chair": "oura", "secretariat": "kazagashira"})
    agency = decision["agency"]
    assert (agency["outcome"], agency["departs"]) == ("opens", False)
    assert agency["signed_by"] == {"protection_manager": "nabekanmuri", "information_systems": "glover"}
    assert decision["trade_offs"][0]["why"] == "紛失が減る"
    assert decision["letter"]["decision"]["result"] == "opinion_no_objection"
    assert Program("konpira").get(f"permits/{permits[0]}")["status"] == "active"


def test_one_stops_a_permit_and_two_start_it(council_56: None) -> None:
    office, glover, konpira = Program("kazagashira"), Program("glover"), Program("konpira")
    deputy = Program("dejima", "protection_manager")
    assert konpira.does("permits/R1-56-01/stop-permit", 409, cause="alarm") == ["not_allowed"]
    assert office.does("permits/R1-56-01/stop-permit", cause="alarm") == ["suspended"]
    assert office.does("permits/R1-56-01/agree-to-start", 409) == ["not_allowed"]
    assert glover.does("permits/R1-56-01/agree-to-start") == ["suspended"]
    assert glover.does("permits/R1-56-01/agree-to-start", 409) == ["duties_not_separate"]
    assert deputy.does("permits/R1-56-01/agree-to-start") == ["active"]
    assert office.does("permits/R1-56-01/stop-permit", cause="other") == ["suspended"]
    assert deputy.does("permits/R1-56-01/agree-to-start") == ["suspended"], "the word for the stop before is gone"
    assert PermitRow.objects.get(tenant_id=NAGASAKI, permit="R1-56-01").status == "suspended"


def test_the_word_for_one_permit_does_not_start_another(council_56: None) -> None:
    office, glover, deputy = Program("kazagashira"), Program("glover"), Program("dejima", "protection_manager")
    one, other = PermitRow.objects.filter(tenant_id=NAGASAKI, status="active").values_list("permit", flat=True)
    for permit in (one, other):
        office.does(f"permits/{permit}/stop-permit", cause="incident")
    glover.does(f"permits/{one}/agree-to-start")
    assert deputy.does(f"permits/{other}/agree-to-start") == ["suspended"]
    assert deputy.does("permits/moon/agree-to-start", 404) == ["not_found"]


def test_a_permit_is_revoked_by_the_chair_for_good(council_56: None) -> None:
    office, chair = Program("kazagashira"), Program("oura")
    assert office.does("permits/R1-56-01/revoke-permit", 409, cause="other") == ["not_allowed"]
    assert chair.does("permits/R1-56-01/revoke-permit", cause="other") == ["revoked"]
    assert chair.does("permits/R1-56-01/revoke-permit", 409, cause="other") == ["not_in_this_state"]


def test_roles_are_given_by_an_administrator_and_never_together_where_duties_part(council_56: None) -> None:
    keeper = Program("glover", "administrator")
    assert keeper.does("people/urakami/assign-roles", 409, roles=["drafter", "chair"]) == ["duties_not_separate"]
    keeper.does("people/urakami/assign-roles", roles=["operator", "drafter"])
    held = {each["person"]: each["roles"] for each in keeper.get("people")}
    assert held["urakami"] == ["drafter", "operator"]
    assert keeper.does("people/nobody/assign-roles", 404, roles=["operator"]) == ["not_found"]
