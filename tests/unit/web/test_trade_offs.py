"""What a member weighed is written down while it is deliberated, and stays with decision, letter and dossier."""

from datetime import UTC, datetime

import pytest

from sekisho.adapters.database.models import EntryRow, TradeOffRow
from sekisho.bootstrap import council
from sekisho.kernel import EntryKind
from sekisho.kernel.council import Choice
from tests.fakes.council import MEMBERS, Desks, act, judge_items, open_council
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office

SAID = {
    "about": "registry-notices-down",
    "prevailed": "通知の遅れによる課税誤りを防ぐこと",
    "yielded": "紙で受け取る確かさ",
    "why": "紛失の恐れが減り、経路は閉域である",
    "review_on": "令和9年4月1日",
    "back": "matter_decision",
}


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    desks = open_council(NAGASAKI)
    # What is voted on does not change: the chair takes the motion back, so that something more can be weighed.
    council.withdraw_motion(act(NAGASAKI, "oura", 0, datetime.now(UTC)), desks.deliberating)
    return desks


def weigh(person: str, matter: str, **changes: str) -> int:
    """The status of what somebody wrote in the form."""
    said = {**SAID, **changes}
    return client_of(person).post(f"/matters/{matter}/act/record_trade_off/", said).status_code


def page(person: str, address: str) -> str:
    """A page as somebody reads it."""
    return client_of(person).get(address).content.decode()


def test_a_member_writes_it_down_and_everybody_reads_it(mine: Desks) -> None:
    at = f"/matters/{mine.deliberating}/"
    assert "比べて決めたことを記録する" in page("megane", f"{at}decision/")
    assert "比べて決めたことを記録する" not in page("oura", f"{at}decision/")
    assert "比べて決めたことを記録する" not in page("megane", f"/matters/{mine.circulated}/decision/")
    assert weigh("megane", mine.deliberating) == 302
    for address in (at, f"{at}decision/"):
        shown = page("konpira", address)
        for words in (SAID["prevailed"], SAID["yielded"], SAID["why"], "令和9年4月1日"):
            assert words in shown, (address, words)
    assert EntryRow.objects.filter(kind=str(EntryKind.TRADE_OFF_RECORDED)).count() == 1


@pytest.mark.parametrize(
    ("changes", "status"), [({"why": " "}, 409), ({"prevailed": ""}, 409), ({"review_on": "some day"}, 409)]
)
def test_one_that_does_not_say_why_or_until_when_is_refused(mine: Desks, changes: dict[str, str], status: int) -> None:
    assert weigh("megane", mine.deliberating, **changes) == status
    assert not TradeOffRow.objects.exists()


def test_the_chair_and_the_secretariat_do_not_write_it(mine: Desks) -> None:
    assert weigh("oura", mine.deliberating) == 409
    assert weigh("kazagashira", mine.deliberating) == 409
    assert weigh("megane", mine.circulated) == 409
    council.put_to_vote(act(NAGASAKI, "oura", 0, datetime.now(UTC)), mine.deliberating, "opinion_no_objection")
    assert weigh("megane", mine.deliberating) == 409
    assert "比べて決めたことを記録する" not in page("megane", f"/matters/{mine.deliberating}/decision/")
    assert not TradeOffRow.objects.exists()


def test_it_stays_with_the_decision_and_is_in_the_letter_that_is_signed(mine: Desks) -> None:
    now, matter = datetime.now(UTC), mine.deliberating
    assert weigh("megane", matter) == 302
    judge_items(NAGASAKI, matter, day=now)
    council.put_to_vote(act(NAGASAKI, "oura", 0, now), matter, "opinion_no_objection")
    for person in MEMBERS:
        council.vote(act(NAGASAKI, person, 1, now), matter, Choice.FOR)
    decision = council.decide(act(NAGASAKI, "oura", 2, now), matter)
    assert [each.why for each in decision.trade_offs] == [SAID["why"]]
    letter = client_of("konpira").get(f"/api/matters/{matter}/decision").json()["letter"]
    assert letter["decision"]["trade_offs"][0]["review_on"] == "2027-04-01"
    shown = page("konpira", f"/matters/{matter}/decision/")
    assert shown.count(SAID["why"]) == 2, "once for reading, once in what is signed"
