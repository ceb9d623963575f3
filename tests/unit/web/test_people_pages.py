"""People and roles: an administrator sees and changes their own municipality's people, and nobody else's."""

import pytest

from sekisho.adapters.database.models import EntryRow, Person
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices() -> None:
    """Two municipalities."""
    open_office(NAGASAKI)
    open_office(NEIGHBOUR)


def test_an_administrator_sees_the_people_of_their_own_municipality_only() -> None:
    for own, other in (("glover", "dejima_2"), ("glover_2", "dejima")):
        page = client_of(own, "administrator").get("/people/").content.decode()
        mine = "dejima" if own == "glover" else "dejima_2"
        assert f'id="person-{mine}"' in page
        assert f'id="person-{other}"' not in page


@pytest.mark.parametrize("act", ["close", "open", "give_password", "remove_factors", "assign"])
def test_an_administrator_changes_nobody_of_another_municipality(act: str) -> None:
    before = EntryRow.objects.count()
    password = Person.objects.get(username="dejima").password
    answer = client_of("glover_2", "administrator").post(f"/people/dejima/act/{act}/", {"roles": "head"})
    assert answer.status_code == 409
    found = Person.objects.get(username="dejima")
    assert (found.is_active, found.password, found.roles) == (True, password, ["operator"])
    assert EntryRow.objects.count() == before


def test_others_than_administrators_do_not_get_in() -> None:
    client = client_of("inasa", "operator", "head", "auditor")
    assert client.get("/people/").status_code == 403
    assert client.post("/people/dejima/act/close/").status_code == 403
    assert client_of("glover", "administrator").post("/people/dejima/act/dance/").status_code == 404


def test_a_closed_account_is_signed_out() -> None:
    client = client_of("dejima")
    assert client.get("/crossings/").status_code == 200
    assert client_of("glover", "administrator").post("/people/dejima/act/close/").status_code == 302
    assert client.get("/crossings/").status_code in {302, 403}
    assert client_of("glover", "administrator").post("/people/dejima/act/open/").status_code == 302
    assert client.get("/crossings/").status_code == 200


def test_lost_factors_are_gone_and_have_to_be_registered_again() -> None:
    client = client_of("dejima")
    assert client_of("glover", "administrator").post("/people/dejima/act/remove_factors/").status_code == 302
    answer = client.get("/crossings/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
