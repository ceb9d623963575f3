"""The OpenAPI document says what there is: every act of the facade, the roles of each, and only statuses that come."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from sekisho.adapters.database.models import Person
from sekisho.bootstrap import accounts, assessments, council, minutes, self_checks, survey
from sekisho.kernel.council import PermitTerms
from sekisho.web.access import Role
from sekisho.web.api.addresses import document
from sekisho.web.api.bodies import Terms
from sekisho.web.api.doors import Desk
from tests.fakes.council import Desks
from tests.unit.api.operations import Operation, address_of, ask, bodies, operations
from tests.unit.web.two_offices import NAGASAKI, client_of

STORED = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"
ALL = operations(document())
# What the facade holds that nobody does: the clock's work, and setting up an installation.
NOT_AN_ACT = {"act_as", "pass_due_dates", "present_terms", "rules_for", "set_next_consultation"}

# Whole files of rules are entered at the machine.
BY_COMMAND = {"set_rules"}
# By the sign-in's own page, with the present password; and by a command that reads the contractor's certificate.
ELSEWHERE = {"keep_own_password", "enter_contractor_terminal"}
# The other facades, by the word with which their acts begin, and what only sets up an installation or needs an object.
OTHERS: Mapping[str, tuple[ModuleType, set[str]]] = {
    "assessment_": (assessments, {"enter_published", "write_report"}),
    "minutes_": (minutes, {"enter_published_minutes"}),
    "check_": (self_checks, set()),
    "person_": (accounts, ELSEWHERE),
    "terminal_": (accounts, ELSEWHERE),
    "finding_": (survey, {"take_log", "keep_networks", "keep_technical"}),
    "campaign_": (survey, {"take_log", "keep_networks", "keep_technical"}),
}
ALSO = {"person_": "terminal_", "terminal_": "person_", "finding_": "campaign_", "campaign_": "finding_"}


def acts_of(facade: ModuleType | SimpleNamespace, names: list[str]) -> set[str]:
    """What people do by a facade: its functions whose first argument is a deed."""
    verbs = {name: getattr(facade, name) for name in names}
    plain = {name: verb for name, verb in verbs.items() if inspect.isfunction(verb)}
    return {name for name, verb in plain.items() if next(iter(inspect.signature(verb).parameters)) == "deed"}


def acts_told(told: Mapping[str, Any]) -> list[str]:
    """The acts that a document names."""
    return sorted(each.told["x-act"] for each in operations(told) if "x-act" in each.told)


def test_every_act_of_the_facade_has_one_operation() -> None:
    acts = acts_of(council, council.__all__)
    told = set(acts_told(document()))
    assert {each for each in told if not each.startswith(tuple(OTHERS))} == acts - BY_COMMAND
    functions = {name for name in council.__all__ if inspect.isfunction(getattr(council, name))}
    assert functions - acts == NOT_AN_ACT


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_every_act_of_the_other_facades_has_one_operation(kind: str) -> None:
    facade, aside = OTHERS[kind]
    told = {each.partition("_")[2] for each in acts_told(document()) if each.startswith((kind, ALSO.get(kind, kind)))}
    assert told == acts_of(facade, facade.__all__) - aside


def test_the_terms_of_a_permit_have_every_field_that_the_kernel_knows() -> None:
    assert set(Terms.model_fields) == {each.name for each in fields(PermitTerms)}


def test_an_act_without_an_operation_is_found() -> None:
    def widen(deed: council.Deed, matter: str) -> None:
        """Nobody offers this."""

    planted = SimpleNamespace(widen=widen, submit=council.submit)
    assert acts_of(planted, ["widen", "submit"]) - set(acts_told(document())) == {"widen"}


def test_every_operation_names_its_roles_and_the_guard_holds_them() -> None:
    assert all(each.roles and each.roles <= set(Role) for each in ALL)
    assert all({"401", "403"} <= set(each.told["responses"]) for each in ALL)
    assert len({each.name for each in ALL}) == len(ALL) >= 60


def test_the_document_is_served_to_anybody_and_is_the_one_in_the_reference() -> None:
    served = Client().get("/api/openapi.json")
    assert served.status_code == 200
    assert served.json() == json.loads(STORED.read_text(encoding="utf-8"))


def test_each_operation_lets_in_exactly_the_roles_that_it_names(mine: Desks) -> None:
    for role in Role:
        Person.objects.create(username=f"any-{role}", tenant_id=NAGASAKI, department="asset_tax")
        client = client_of(f"any-{role}", str(role))
        for each in ALL:
            status = ask(client, each, address_of(each, mine, "R1-56-01", "doza")).status_code
            assert (status == 403) == (role not in each.roles), (each.name, role, status)


def test_a_guard_that_forgets_its_roles_would_let_a_contractor_in(mine: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    Person.objects.create(username="printer", tenant_id=NAGASAKI, department="asset_tax")
    client = client_of("printer", "contractor")
    assert client.get("/api/permits").status_code == 403
    monkeypatch.setattr(Desk, "authenticate", lambda self, request, key: request.office)
    assert client.get("/api/permits").status_code == 200


def answer_is_told(operation: Operation, status: int, answer: Any) -> bool:
    """Is it a status that the document names, and a no that says why?"""
    known = str(status) in operation.told["responses"]
    return known and (status == 200 or (bool(answer["reasons"]) and all(each["ja"] for each in answer["reasons"])))


def test_whatever_is_sent_the_answer_is_one_that_the_document_names(mine: Desks) -> None:
    told, clients = document(), {}
    for each in ALL:
        for role in sorted(each.roles)[:2]:
            person = f"any-{role}"
            if role not in clients:
                Person.objects.create(username=person, tenant_id=NAGASAKI, department="asset_tax")
                clients[role] = client_of(person, role)
            for body in bodies(each, told, 4 if each.changes_something else 1):
                got = ask(clients[role], each, address_of(each, mine, "R1-56-01", "doza"), body)
                assert answer_is_told(each, got.status_code, got.json()), (each.name, body, got.content.decode())


def test_a_status_that_is_not_in_the_document_is_found() -> None:
    assert not answer_is_told(ALL[0], 500, {"reasons": [{"ja": "x"}]})
    assert not answer_is_told(ALL[0], 403, {"reasons": []})
