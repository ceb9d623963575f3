"""The doors of the API are those of the screens: two factors, a session that ends, a token, one municipality."""

import json
from random import Random

from django.test import Client
from django.utils import timezone

from sekisho.adapters.database.models import EntryRow, Person
from sekisho.web.api.addresses import document
from tests.fakes.council import Desks, who
from tests.unit.api.operations import Operation, address_of, ask, made_up, operations
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, PASSWORD, client_of

ALL = operations(document())
OFFICES = (NAGASAKI, NEIGHBOUR)
PERMITS = {NAGASAKI: "R1-56-01", NEIGHBOUR: "R1-156-01"}
NOT_YET = {"read_opinions", "minutes_pdf", "internal_decision_pdf"}
"""What there is nothing of yet; the reading tests have it."""
# What is about to be redacted names whoever spoke.
UNREDACTED = {"minutes_draft"}
# Addresses of which both municipalities have one of the same name, and those that show whoever asks.
SAME_NAME = {"consultation": "諮問第56号"}


class Callers:
    """People of either municipality with one role each; everybody signs in once."""

    def __init__(self) -> None:
        self.clients: dict[tuple[str, str], Client] = {}

    def somebody(self, tenant: str, role: str) -> Client:
        if (tenant, role) not in self.clients:
            name = f"{role}-{tenant}"
            Person.objects.create(username=name, tenant_id=tenant, department="asset_tax")
            self.clients[tenant, role] = client_of(name, role)
        return self.clients[tenant, role]

    def reach(self, tenant: str, role: str, operation: Operation, mine: Desks, owner: str) -> tuple[int, str]:
        """What somebody of a municipality gets at the address of an owner's thing."""
        address = address_of(operation, mine, PERMITS[owner], who(owner, "doza"))
        got = ask(self.somebody(tenant, role), operation, address)
        return got.status_code, got.content.decode()


def with_an_id() -> list[tuple[Operation, str]]:
    """Every operation on a thing, with each role that may ask for it."""
    asked = [each for each in ALL if "{" in each.path and each.name not in SAME_NAME]
    return [(each, role) for each in asked for role in sorted(each.roles)]


def foreign(operation: Operation) -> set[int]:
    """What a neighbour may be told: there is nothing, or, before that is asked, that the body is not understood."""
    return {404, 422} if operation.body_schema() else {404}


def test_the_neighbour_finds_nothing_at_any_address(desks: dict[str, Desks]) -> None:
    callers, tried = Callers(), 0
    for owner, other in (OFFICES, OFFICES[::-1]):
        before = EntryRow.objects.count()
        for operation, role in with_an_id():
            status, said = callers.reach(other, role, operation, desks[owner], owner)
            assert status in foreign(operation), (operation.name, role, status, said)
            tried += 1
        assert EntryRow.objects.count() == before
    assert tried > 500


def test_the_neighbour_finds_nothing_with_a_body_that_is_understood_either(desks: dict[str, Desks]) -> None:
    callers, told, chance = Callers(), document(), Random(56)
    for operation in ALL:
        schema = operation.body_schema()
        if schema and "{" in operation.path:
            body = made_up(schema, told["components"]["schemas"], chance, slips=0)
            client = callers.somebody(NEIGHBOUR, min(operation.roles))
            address = address_of(operation, desks[NAGASAKI], PERMITS[NAGASAKI], "doza")
            answer = ask(client, operation, address, body)
            # Roles that exclude each other are refused before anybody looks for whom they are.
            codes = {each["code"] for each in answer.json().get("reasons", [])}
            assert answer.status_code in {404, 422} or codes == {"duties_not_separate"}, operation.name


def test_the_owner_reads_at_every_address(desks: dict[str, Desks]) -> None:
    callers = Callers()
    for operation in ALL:
        if not operation.changes_something and operation.name not in NOT_YET:
            for owner in OFFICES:
                role = min(operation.roles)
                assert callers.reach(owner, role, operation, desks[owner], owner)[0] == 200, operation.name


def test_lists_hold_only_what_is_one_s_own(desks: dict[str, Desks]) -> None:
    callers = Callers()
    for operation in ALL:
        if operation.method == "get" and "{" not in operation.path:
            _, said = callers.reach(NEIGHBOUR, min(operation.roles), operation, desks[NAGASAKI], NAGASAKI)
            theirs = {desks[NAGASAKI].draft, desks[NAGASAKI].condition, PERMITS[NAGASAKI], "oura", "doza"}
            assert [each for each in theirs if f'"{each}"' in said] == [], operation.name


def test_without_a_session_every_address_says_so_in_both_languages(mine: Desks) -> None:
    for operation in ALL:
        got = ask(Client(), operation, address_of(operation, mine, "R1-56-01", "doza"))
        assert got.status_code == 401
        assert [each["code"] for each in got.json()["reasons"]] == ["not_identified"]
        assert got.json()["reasons"][0]["ja"]
        assert got.json()["reasons"][0]["en"]


def test_a_password_alone_opens_nothing(mine: Desks) -> None:
    person = Person.objects.get(username="urakami")
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": "urakami", "password": PASSWORD})
    assert client.get("/api/permits").status_code == 403


def test_a_session_that_nobody_used_is_over(mine: Desks) -> None:
    client = client_of("urakami")
    assert client.get("/api/permits").status_code == 200
    session = client.session
    session["last_act"] = timezone.now().timestamp() - 1801
    session.save()
    assert client.get("/api/permits").status_code == 401


def test_an_act_without_the_token_is_refused_and_with_it_is_done(mine: Desks) -> None:
    signed_in = client_of("inasa")
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in.cookies
    address = f"/api/matters/{mine.draft}/withdraw"
    assert client.post(address, content_type="application/json").status_code == 403
    token = client.get("/api/session").json()["csrf_token"]
    done = client.post(address, content_type="application/json", headers={"x-csrftoken": token})
    assert (done.status_code, done.json()["act"]) == (200, "withdraw")


def test_a_refusal_of_the_office_says_every_reason(mine: Desks) -> None:
    got = client_of("inasa").post(f"/api/matters/{mine.draft}/submit", content_type="application/json")
    reasons = got.json()["reasons"]
    assert got.status_code == 409
    assert len(reasons) > 3
    assert {each["code"] for each in reasons} == {"dossier_incomplete"}
    assert all(each[name] for each in reasons for name in ("ja", "en", "next_ja", "next_en"))


def test_an_unknown_field_and_a_body_that_is_no_json_are_told(mine: Desks) -> None:
    client, address = client_of("megane"), f"/api/matters/{mine.deliberating}/vote"
    wrong = client.post(address, json.dumps({"choice": "for", "twice": True}), content_type="application/json")
    assert (wrong.status_code, wrong.json()["reasons"][0]["facts"]["where"]) == (422, "body.body.twice")
    torn = client.post(address, "{", content_type="application/json")
    assert (torn.status_code, torn.json()["reasons"][0]["code"]) == (422, "input_not_understood")


def test_no_name_of_a_person_is_in_any_answer(mine: Desks) -> None:
    names = [name for name in Person.objects.values_list("label_ja", flat=True) if name]
    assert names
    callers = Callers()
    for operation in ALL:
        if operation.method == "get" and operation.name not in {*SAME_NAME, *UNREDACTED}:
            client = callers.somebody(NAGASAKI, min(operation.roles))
            said = ask(client, operation, address_of(operation, mine, "R1-56-01", "doza")).content.decode()
            assert [name for name in names if name in said] == [], operation.name
