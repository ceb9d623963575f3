"""At the screens: a motion is taken back, a member acts for the chair who left, two persons waive a condition."""

from datetime import UTC, datetime

import pytest

from sekisho.adapters.database.models import ConditionRow, Matter, Meeting
from sekisho.bootstrap import council
from tests.fakes.council import Desks, act, open_council, proposed
from tests.unit.web.letter_desk import decided, sign
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
    offered = page("suwa", f"{at}/decision/").partition("/act/put_to_vote/")[2].partition("</form>")[0]
    assert 'value="opinion_objection"' in offered
    assert 'value="approved"' not in offered, "the act of 2023 leaves the decision with the agency"
    assert do("suwa", f"{at}/act/put_to_vote/", result="approved") == 409
    assert do("oura", f"{at}/act/put_to_vote/", result="opinion_objection") == 409
    assert do("suwa", f"{at}/act/put_to_vote/", result="opinion_objection") == 302
    assert do("kazagashira", f"/meetings/{meeting.meeting}/act/name_acting_chair/", person="megane") == 302
    assert Meeting.objects.get(pk=meeting.pk).acting_chair == "megane"
    assert f"/meetings/{meeting.meeting}/act/close/" in page("megane", "/meetings/")
    assert f"/meetings/{meeting.meeting}/act/close/" not in page("suwa", "/meetings/")


def test_the_chair_asks_for_a_waiver_and_the_secretariat_agrees(mine: Desks) -> None:
    at, agree = f"/conditions/{mine.condition}/act", "免除に同意する"
    assert do("oura", f"{at}/ask_waiver/", reason="端末を廃止した") == 409, "its letter is not signed by both"
    assert sign("oura", mine.decided) == 302
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


def test_whoever_acts_for_the_chair_adopts_what_a_member_raised(mine: Desks) -> None:
    at, meeting = f"/matters/{mine.deliberating}", Matter.objects.get(matter=mine.deliberating).meeting
    assert meeting is not None
    assert do("oura", f"{at}/act/withdraw_motion/") == 302
    raised = council.propose_condition(act(NAGASAKI, "megane", 0, datetime.now(UTC)), mine.deliberating, proposed())
    adopt = f"/conditions/{raised}/act/adopt/"
    assert adopt in page("oura", "/conditions/")
    assert do("kazagashira", f"/meetings/{meeting.meeting}/act/leave/", person="oura") == 302
    assert do("kazagashira", f"{at}/act/name_acting_chair/", person="suwa") == 302
    assert adopt in page("suwa", "/conditions/")
    assert adopt not in page("sofuku", "/conditions/")
    assert do("suwa", adopt) == 302
    assert ConditionRow.objects.get(condition=raised).state == "open"


def test_where_the_rule_says_so_the_chair_finds_a_ballot_and_a_task(mine: Desks) -> None:
    at, rule = f"/portal/{mine.deliberating}/", {"chair_votes": True}
    vote = f"/matters/{mine.deliberating}/act/vote/"
    assert vote not in page("oura", at)
    assert "投票する" not in page("oura", "/")
    meeting = Matter.objects.get(matter=mine.deliberating).meeting
    assert meeting is not None
    meeting.rule |= rule
    meeting.save()
    assert vote in page("oura", at)
    assert "投票する" in page("oura", "/")
    assert do("oura", vote, choice="for") == 302
    assert vote not in page("oura", at)


def test_an_objection_without_any_permit_still_waits_for_the_agency(mine: Desks) -> None:
    matter = decided("opinion_objection")
    decide = f"/matters/{matter}/act/decide_internally/"
    assert (sign("kazagashira", matter), sign("oura", matter)) == (302, 302)
    assert decide in page("nabekanmuri", f"/matters/{matter}/decision/")
    assert do("nabekanmuri", decide, outcome="declines", reason="") == 302
    assert Matter.objects.get(matter=matter).state == "agency_declined"
    assert decide not in page("nabekanmuri", f"/matters/{matter}/decision/")
