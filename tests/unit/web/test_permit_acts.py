"""S-405: whoever may stop, start or revoke a permit finds the button there, and nobody else does."""

import pytest

from sekisho.adapters.database.models import PermitRow, Person
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

pytestmark = pytest.mark.django_db
PAGE = "/permits/R1-56-01/"
SUSPEND, RESUME, REVOKE = (f"{PAGE}act/{act}/" for act in ("suspend", "resume", "revoke"))


@pytest.fixture(autouse=True)
def office() -> None:
    """Nagasaki with its permits, a chair, and two who may start a permit."""
    open_office(NAGASAKI)
    for person, roles in (("oura", ["chair"]), ("ohato", ["protection_manager"])):
        known = {"tenant_id": NAGASAKI, "department": "general_affairs", "roles": roles}
        Person.objects.update_or_create(username=person, defaults=known)


def status() -> str:
    """Where the permit stands."""
    return str(PermitRow.objects.get(tenant_id=NAGASAKI, permit="R1-56-01").status)


def offered(person: str) -> set[str]:
    """The acts for which somebody finds a button."""
    page = client_of(person).get(PAGE).content.decode()
    return {act for act in ("suspend", "resume", "revoke") if f'action="{PAGE}act/{act}/"' in page}


def test_each_finds_what_is_theirs_to_do() -> None:
    assert offered("glover") == {"suspend"}
    assert offered("kazagashira") == {"suspend"}
    assert offered("oura") == {"revoke"}
    assert offered("urakami") == offered("konpira") == set()


def test_one_stops_two_start_and_the_chair_revokes() -> None:
    assert client_of("glover").post(SUSPEND, {"cause": "incident"}).status_code == 302
    assert status() == "suspended"
    assert offered("glover") == {"resume"}
    assert client_of("glover").post(RESUME).status_code == 302
    assert status() == "suspended"
    assert client_of("glover").post(RESUME).status_code == 409
    assert client_of("ohato").post(RESUME).status_code == 302
    assert status() == "active"
    assert client_of("oura").post(REVOKE, {"cause": "other"}).status_code == 302
    assert status() == "revoked"
    assert offered("oura") == offered("glover") == set()


def test_what_is_not_theirs_is_refused_and_nothing_changes() -> None:
    assert client_of("urakami").post(SUSPEND, {"cause": "other"}).status_code == 409
    assert client_of("glover").post(REVOKE, {"cause": "other"}).status_code == 409
    assert client_of("glover").post(SUSPEND, {"cause": "because"}).status_code == 422
    assert client_of("glover").post(f"{PAGE}act/nonsense/").status_code == 404
    assert client_of("glover").post("/permits/R9-99-01/act/suspend/", {"cause": "other"}).status_code == 404
    assert status() == "active"


def test_nobody_acts_on_the_neighbour_s_permit() -> None:
    theirs = open_office(NEIGHBOUR).permit
    assert client_of("glover").post(f"/permits/{theirs}/act/suspend/", {"cause": "other"}).status_code == 404
    assert PermitRow.objects.get(tenant_id=NEIGHBOUR, permit=theirs).status == "active"
