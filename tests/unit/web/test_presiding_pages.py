"""At the screens: a motion is taken back, a member acts for the chair who left, two persons waive a condition."""

import pytest

from sekisho.adapters.database.models import ConditionRow, Matter, Meeting
from tests.fakes.council import Desks, open_council
from tests.unit.web.two_offices import NAGASAKI, client_of, open_office


@pytest.fixture
def mine(db: None) -> Desks:
    open_office(NAGASAKI)
    return open_council(NAGASAKI)


def do(who: str, address: str, **said: str) -> int:
    """The status of what somebody did."""
    return client_of(who).post(address, said).status_code


def page(person: str, address: str) -> str:
    """A page as somebody reads it."""
    return client_of(person).get(address).content.decode()


def test_the_chair_takes_the_motion_back_and_members_judge_again(mine: Desks) -> None:
    at, form = f"/matters/{mine.deliberating}", "record_verdicts"
    assert form not in page("megane", f"{at}/decision/")
    assert "案を取り下げる" in page("oura", f"{at}/decision/")
    assert do("megane", f"{at}/act/withdraw_motion/") == 409
    assert do("oura", f"{at}/act/withdraw_motion/") == 302
    assert form in page("megane", f"{at}/decision/")
    assert Matter.objects.get(matter=mine.deliberating).motion == ""


def test_whoever_acts_for_a_chair_who_left_finds_the_chair_s_forms(mine: Desks) -> None:
    at, meeting = f"/matters/{mine.deliberating}", Matter.objects.get(matter=mine.deliberating).meeting
    assert meeting is not None
    naming, put = "会長の職務代理を指名する", "採決にかける"
    assert naming not in page("kazagashira", f"{at}/decision/")
    assert do("kazagashira", f"/meetings/{meeting.meeting}/act/leave/", person="oura") == 302
    assert naming in page("kazagashira", f"{at}/decision/")
    assert naming not in page("megane", f"{at}/decision/")
    assert do("megane", f"{at}/act/name_acting_chair/", person="megane") == 409
    assert do("kazagashira", f"{at}/act/name_acting_chair/", person="suwa") == 302
    assert put in page("suwa", f"{at}/decision/")
    assert put not in page("oura", f"{at}/decision/")
    assert do("oura", f"{at}/act/put_to_vote/", result="approved") == 409
    assert do("suwa", f"{at}/act/put_to_vote/", result="approved") == 302
    assert do("kazagashira", f"/meetings/{meeting.meeting}/act/name_acting_chair/", person="megane") == 302
    assert Meeting.objects.get(pk=meeting.pk).acting_chair == "megane"
    assert f"/meetings/{meeting.meeting}/act/close/" in page("megane", "/meetings/")
    assert f"/meetings/{meeting.meeting}/act/close/" not in page("suwa", "/meetings/")


def test_the_chair_asks_for_a_waiver_and_the_secretariat_agrees(mine: Desks) -> None:
    at, agree = f"/conditions/{mine.condition}/act", "免除に同意する"
    assert agree not in page("kazagashira", "/conditions/")
    assert do("kazagashira", f"{at}/waive/") == 409
    assert do("oura", f"{at}/ask_waiver/", reason="") == 409
    assert do("oura", f"{at}/ask_waiver/", reason="端末を廃止した") == 302
    shown = page("kazagashira", "/conditions/")
    assert agree in shown
    assert "端末を廃止した" in shown
    assert do("oura", f"{at}/waive/") == 409
    assert do("kazagashira", f"{at}/waive/") == 302
    assert ConditionRow.objects.get(condition=mine.condition).state == "waived"
