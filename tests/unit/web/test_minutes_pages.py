"""The minutes' screens and the public pages: no neighbour's draft, nothing but what was published, no person's name."""

import pytest
from django.test import Client

from sekisho.adapters.database.models import CouncilNumber, EntryRow
from sekisho.bootstrap import council
from tests.fakes.council import NAMES, enter_people, open_council, who
from tests.fakes.minutes import edited, published
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, client_of, open_office

MINUTES_NAMES = {"all_minutes", "minutes", "minutes_act", "minutes_draft"}


@pytest.fixture
def own(db: None) -> dict[str, str]:
    """Minutes that are being confirmed in either municipality, under different numbers."""
    found = {}
    for tenant, first in ((NAGASAKI, 62), (NEIGHBOUR, 162)):
        open_office(tenant)
        enter_people(tenant)
        council.set_next_consultation(tenant, first)
        for series in ("matter", "meeting"):
            CouncilNumber.objects.create(tenant_id=tenant, series=series, next=first)
        found[tenant] = published(tenant) if tenant == NEIGHBOUR else edited(tenant)
    return found


def test_nobody_reads_or_changes_the_minutes_of_the_neighbour(own: dict[str, str]) -> None:
    for owner, other in ((NAGASAKI, NEIGHBOUR), (NEIGHBOUR, NAGASAKI)):
        ours, theirs = (client_of(who(each, "kazagashira")) for each in (owner, other))
        page = f"/minutes/{own[owner]}/"
        assert ours.get(page).status_code == 200
        assert theirs.get(page).status_code == 404
        assert page in ours.get("/minutes/").content.decode()
        assert page not in theirs.get("/minutes/").content.decode()
        before = EntryRow.objects.count()
        assert theirs.post(f"{page}act/edit/", {"text": "x"}).status_code == 404
        assert theirs.post("/minutes/draft/", {"meeting": own[owner], "page_id": "034465"}).status_code == 409
        assert EntryRow.objects.count() == before


def test_the_public_reads_what_was_published_and_nothing_else(own: dict[str, str]) -> None:
    anybody = Client()
    register = anybody.get(f"/public/{NEIGHBOUR}/")
    assert register.status_code == 200
    out = f"/public/{NEIGHBOUR}/minutes/{own[NEIGHBOUR]}/1/"
    assert out in register.content.decode()
    assert anybody.get(out).status_code == 200
    assert anybody.get(f"{out}pdf/").content.startswith(b"%PDF-")
    for address in (
        f"/public/{NAGASAKI}/minutes/{own[NAGASAKI]}/1/",
        f"/public/{NAGASAKI}/minutes/{own[NAGASAKI]}/1/pdf/",
        f"/public/{NAGASAKI}/minutes/{own[NEIGHBOUR]}/1/",
        f"/public/{NEIGHBOUR}/minutes/{own[NEIGHBOUR]}/2/",
        f"/public/{NEIGHBOUR}/assessments/a001/",
        "/public/999999/",
    ):
        assert anybody.get(address).status_code == 404, address


def test_a_decision_is_public_once_both_have_signed_and_names_no_person(db: None) -> None:
    open_office(NAGASAKI)
    desks = open_council(NAGASAKI)
    anybody, address = Client(), f"/public/{NAGASAKI}/decisions/{desks.decided}/"
    assert anybody.get(address).status_code == 404
    council.sign_letter(council.act_as(NAGASAKI, "oura"), desks.decided)
    answer = anybody.get(address)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "外す" in shown
    assert "端末の置き場所の写真を出すこと" in shown
    people = (*NAMES, *NAMES.values(), "kazagashira", "風頭")
    assert [each for each in people if each in shown] == []
    assert address in anybody.get(f"/public/{NAGASAKI}/").content.decode()
    assert anybody.get(f"/public/{NAGASAKI}/decisions/{desks.deliberating}/").status_code == 404


@pytest.mark.parametrize("page_id", ["", "12345", "1234567", "０３４４６５", "<script>"])
def test_a_page_id_is_six_digits(db: None, page_id: str) -> None:
    open_office(NAGASAKI)
    answer = client_of("kazagashira").post("/minutes/draft/", {"meeting": "k001", "page_id": page_id})
    assert answer.status_code == 422
