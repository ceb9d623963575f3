"""Given a draft before the public, a resident without an account comments, and the drafter, who sees who, answers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sekisho.adapters.database.models import AssessmentVersion
from sekisho.adapters.database.office_time import office_day
from tests.fakes.assessments import commenting
from tests.fakes.council import enter_people
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_story import at, press
from tests.scenario.browser.test_screens import assert_in_order_by_every_rule
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser
NAME = "浦上 仮名子"


def comment(stranger: Desk) -> None:
    """Somebody sends too long a name first, then a comment, and is told its number."""
    said, name = stranger.page.locator("[name=text]"), stranger.page.get_by_label("氏名")
    said.fill("委託先での管理はどうなるか")
    name.fill("あ" * 101)
    stranger.page.get_by_role("button", name="意見を送る").click()
    assert stranger.page.get_by_text("その欄を直して、もう一度送ってください").is_visible()
    assert said.input_value() == "委託先での管理はどうなるか"
    assert [each for each in stranger.complaints if "422" not in each] == []
    stranger.complaints.clear()  # the refusal itself was a 422, which the browser mentions
    assert_in_order_by_every_rule(stranger, "S-706_refused")
    name.fill(NAME)
    stranger.page.get_by_role("button", name="意見を送る").click()
    assert stranger.page.get_by_text("意見1として受け付けました").is_visible()
    assert_in_order_by_every_rule(stranger, "S-706_taken")


def close(stranger: Desk, assessment: str) -> None:
    """The last day passes, and the secretariat closes the comment."""
    over = office_day(timezone.now()) - timedelta(days=1)
    AssessmentVersion.objects.filter(assessment__assessment=assessment).update(comment_closes=over)
    at(stranger, "kazagashira", f"/assessments/{assessment}/")
    press(stranger, "募集を終え回答する")
    stranger.page.context.clear_cookies()


def test_from_a_resident_s_comment_to_its_published_answer(stranger: Desk, mine: Belongings) -> None:
    # Given a draft that the public is asked about,
    enter_people(NAGASAKI)
    assessment = commenting(NAGASAKI, office_day(timezone.now()) - timedelta(days=3))
    # when somebody without an account finds it among what is published, reads it, and comments,
    stranger.go(f"/public/{NAGASAKI}/")
    stranger.page.get_by_role("link", name="個人住民税課税事務", exact=True).click()
    assert_in_order_by_every_rule(stranger, "S-706_open")
    with stranger.page.expect_download() as saved:
        stranger.page.get_by_role("link", name="評価書（案）を読む").click()
    assert Path(str(saved.value.path())).read_bytes()[:5] == b"%PDF-"
    comment(stranger)
    # then no cookie says who they are; the secretariat does not see it either, the drafter does, and answers;
    assert {each["name"] for each in stranger.page.context.cookies()} <= {"sekisho_csrf", "sekisho_language"}
    at(stranger, "kazagashira", f"/assessments/{assessment}/")
    assert stranger.page.get_by_text("委託先での管理はどうなるか").is_visible()
    assert NAME not in stranger.page.content()
    at(stranger, "doza", f"/assessments/{assessment}/")
    assert stranger.page.get_by_text(NAME).is_visible()
    assert_in_order_by_every_rule(stranger, "S-275_answering")
    stranger.page.get_by_label("回答").fill("契約で定める")
    press(stranger, "回答する")
    # and once the comment has closed, anybody reads the answer and nobody the name.
    close(stranger, assessment)
    stranger.go(f"/public/{NAGASAKI}/assessments/{assessment}/comments/")
    for words in ("契約で定める", "いまは意見を受け付けていません"):
        assert stranger.page.get_by_text(words).is_visible()
    assert NAME not in stranger.page.content()
    assert_in_order_by_every_rule(stranger, "S-706_answered")
    assert stranger.complaints == []
