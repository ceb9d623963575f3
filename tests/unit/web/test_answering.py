"""Answering a stopped parcel on its page: send it again without a column, examine it again, or refuse it."""

import pytest
from django.utils import timezone

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import Parcel, Ticket
from sekisho.adapters.database.turns import writing
from sekisho.kernel import Mark, MarkCode, Reason, ReasonCode, because
from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, client_of, open_office

ITEM = because(ReasonCode.ITEM_NOT_APPROVED, item="sex", label="性別")
SILENT = Mark(code=MarkCode.SCANNER_SILENT).reason()


@pytest.fixture
def offices(db: None) -> tuple[Belongings, Belongings]:
    return open_office(NAGASAKI), open_office(NEIGHBOUR)


def stop(mine: Belongings, state: str, *reasons: Reason) -> None:
    """The stopped parcel is stopped for these reasons."""
    told = [reason.as_data() for reason in reasons]
    Parcel.objects.filter(parcel=mine.stopped).update(state=state, outcome=state, reasons=told, permit=mine.permit)
    at = timezone.now().isoformat()
    frame = {"kind": state, "tenant": mine.tenant, "parcel": mine.stopped, "at": at, "permit": mine.permit}
    found = {"items": ["owner_name", "sex"], "records": 3, "profile": ["type"], "removed": ["macro"]}
    with writing():
        append_entry(mine.tenant, {**frame, "found": found, "reasons": told})


def again(mine: Belongings) -> str:
    """The address that sends without the item."""
    return f"/crossings/{mine.stopped}/again/"


def test_a_parcel_refused_for_an_item_offers_to_be_sent_without_it(offices: tuple[Belongings, Belongings]) -> None:
    mine, _ = offices
    stop(mine, "refused", ITEM)
    client = client_of(mine.person, "operator")
    page = client.get(f"/crossings/{mine.stopped}/").content.decode()
    assert f'action="{again(mine)}"' in page
    assert "マクロ" in page, "what was taken out is said"
    assert "ウイルス検査" in page, "what was not there is said"
    answer = client.post(again(mine))
    assert answer.status_code == 200
    assert "性別" in answer.content.decode()
    ticket = Ticket.objects.get()
    assert (ticket.without, ticket.person, ticket.connection) == (["sex"], mine.person, "registry-notices-down")


@pytest.mark.parametrize("more", [SILENT, because(ReasonCode.TOO_MANY_RECORDS, count=3, limit=2)])
def test_a_parcel_stopped_for_more_than_an_item_does_not(offices: tuple[Belongings, Belongings], more: Reason) -> None:
    mine, _ = offices
    stop(mine, "refused", ITEM, more)
    client = client_of(mine.person, "operator")
    assert again(mine) not in client.get(f"/crossings/{mine.stopped}/").content.decode()
    assert client.post(again(mine)).status_code == 409
    assert not Ticket.objects.exists()


def test_nobody_else_may_answer_and_nothing_is_told_to_the_neighbour(offices: tuple[Belongings, Belongings]) -> None:
    mine, other = offices
    stop(mine, "held", SILENT)
    for person, role, expected in ((mine.person, "auditor", 403), (other.person, "head", 404)):
        client = client_of(person, role)
        assert client.post(f"/crossings/{mine.stopped}/answer/", {"answer": "again"}).status_code == expected
        assert client.post(again(mine)).status_code == expected
    assert Parcel.objects.get(parcel=mine.stopped).state == "held"


@pytest.mark.parametrize(
    ("answer", "state", "kind"), [("again", "received", "examined_again"), ("refuse", "refused", "refused")]
)
def test_a_held_parcel_is_answered_once(
    offices: tuple[Belongings, Belongings], answer: str, state: str, kind: str
) -> None:
    from sekisho.adapters.database.models import EntryRow

    mine, _ = offices
    stop(mine, "held", SILENT)
    client, place = client_of(mine.person, "head"), f"/crossings/{mine.stopped}/answer/"
    assert f'action="{place}"' in client.get(f"/crossings/{mine.stopped}/").content.decode()
    assert client.post(place, {"answer": "perhaps"}).status_code == 422
    assert client.post(place, {"answer": answer}).status_code == 302
    assert Parcel.objects.get(parcel=mine.stopped).state == state
    assert EntryRow.objects.filter(parcel=mine.stopped).latest("id").kind == kind
    assert client.post(place, {"answer": answer}).status_code == 409
    assert f'action="{place}"' not in client.get(f"/crossings/{mine.stopped}/").content.decode()
