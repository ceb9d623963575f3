"""Given an affair, when five people do their part in the browser, then its assessment is in force."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sekisho.adapters.database.office_time import office_day
from sekisho.bootstrap import assessments as office
from sekisho.kernel.council import report_to_data
from tests.fakes.assessments import AT, find_all, in_force, on, planned, worked
from tests.fakes.council import enter_people
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import japanese_of_our_own, sign_in
from tests.scenario.browser.test_council_story import at, press
from tests.scenario.browser.test_screens import assert_in_order, choose_english
from tests.unit.kernel.assessment_story import AFTER
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


@pytest.fixture
def stages(mine: Belongings) -> dict[str, str]:
    """One assessment at each stage, begun so that each can go on today; and the example of the seed."""
    enter_people(NAGASAKI)
    today = office_day(timezone.now())
    found = {stage: begin(NAGASAKI, today - timedelta(days=40)) for stage, begin in AT.items()}
    return {**found, "example": worked(NAGASAKI)}


SCREENS = {
    "S-270_assessments": ("doza", "/assessments/"),
    "S-275_example": ("konpira", "/assessments/{example}/"),
    "S-275_planned": ("doza", "/assessments/{planned}/"),
    "S-275_drafting": ("doza", "/assessments/{drafting}/"),
    "S-275_comment": ("kazagashira", "/assessments/{public_comment}/"),
    "S-275_check": ("megane", "/assessments/{third_party_check}/"),
    "S-275_in_force": ("inasa", "/assessments/{in_force}/"),
}


def test_every_screen_of_the_assessments_is_in_order(stranger: Desk, stages: dict[str, str]) -> None:
    for screen, (person, address) in SCREENS.items():
        sign_in(stranger, person)
        stranger.go(address.format(**stages))
        assert_in_order(stranger, screen)


def test_english_readers_get_the_assessments_in_english(stranger: Desk, stages: dict[str, str]) -> None:
    sign_in(stranger, "doza")
    choose_english(stranger)
    for screen, (person, address) in SCREENS.items():
        sign_in(stranger, person)
        stranger.read_english()
        stranger.go(address.format(**stages))
        assert list(japanese_of_our_own(stranger)) == [], screen


def test_from_a_plan_to_a_review_by_two_people(stranger: Desk, mine: Belongings) -> None:
    # Given a division that plans the assessment of an affair,
    enter_people(NAGASAKI)
    at(stranger, "doza", "/assessments/")
    stranger.page.get_by_label("事務の名称※").fill("個人住民税課税事務")
    stranger.page.get_by_role("button", name="評価を計画する").click()
    stranger.page.wait_for_url("**/assessments/a*/")
    address = stranger.page.url.removeprefix(stranger.home)
    # when its drafter judges the threshold, then the rule is shown;
    stranger.page.get_by_label("対象人数").fill("430000")
    stranger.page.get_by_label("取扱者数").fill("120")
    press(stranger, "しきい値を判断する")
    assert stranger.page.get_by_text("対象人数が30万人以上: 全項目評価").is_visible()
    # when the report is begun and written,
    stranger.page.get_by_text("評価書を作り始める").first.click()
    press(stranger, "評価書を作り始める")
    assert stranger.page.get_by_text("まだ書かれていない").is_visible()
    _write_everything(stranger)
    # then the head reviews it, and the secretariat can open it to comment.
    at(stranger, "inasa", address)
    press(stranger, "庁内で点検する")
    at(stranger, "kazagashira", address)
    today = office_day(timezone.now())
    stranger.page.get_by_label("開始日").fill(today.isoformat())
    stranger.page.get_by_label("終了日").fill((today + timedelta(days=29)).isoformat())
    stranger.page.get_by_role("button", name="意見を募集する").click()
    assert stranger.page.get_by_text("意見募集が29日間です").is_visible()
    stranger.go(address)
    stranger.page.get_by_label("開始日").fill(today.isoformat())
    stranger.page.get_by_label("終了日").fill((today + timedelta(days=30)).isoformat())
    press(stranger, "意見を募集する")


def _write_everything(desk: Desk) -> None:
    """The drafter takes every answer from a file."""
    import json

    text = json.dumps(report_to_data(AFTER), ensure_ascii=False, indent=1)
    desk.page.get_by_text("データから書く").first.click()
    desk.page.get_by_label("評価書のデータ").fill(text)
    press(desk, "データから書く")


def test_from_the_check_to_publication_by_four_people(stranger: Desk, mine: Belongings) -> None:
    # Given a report that lies before the council, with a finding on all points but one,
    enter_people(NAGASAKI)
    today = office_day(timezone.now())
    assessment = AT["third_party_check"](NAGASAKI, today - timedelta(days=40))
    address = f"/assessments/{assessment}/"
    # when a member finds the last point to be mended, with a remark,
    at(stranger, "megane", address)
    stranger.page.get_by_label("観点").select_option("9")
    stranger.page.get_by_label("判断※").select_option("to_mend")
    stranger.page.get_by_label("所見（").fill("業者の手元にデータが渡る点を確かめること")
    press(stranger, "所見を記録する")
    find_rest(assessment)
    # and the chair gives the opinion, the division revises, the secretariat files and publishes,
    at(stranger, "oura", address)
    stranger.page.get_by_label("意見※").fill("分けていたのは性格ではなく量なので、問題ないと思う")
    press(stranger, "意見を述べる")
    at(stranger, "doza", address)
    press(stranger, "修正する")
    at(stranger, "kazagashira", address)
    press(stranger, "委員会へ提出する")
    press(stranger, "公表する")
    # then it is in force, what was found and said stands on the page, and it can be had as PDF.
    assert stranger.page.get_by_text("公表・有効").first.is_visible()
    assert stranger.page.get_by_text("業者の手元にデータが渡る点を確かめること").is_visible()
    assert stranger.page.locator("blockquote").inner_text() == "分けていたのは性格ではなく量なので、問題ないと思う"
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="第1版のPDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def find_rest(assessment: str) -> None:
    """The other points are found suitable, the one that was found to be mended stays."""
    from sekisho.adapters.database.models import PointFindingRow

    today = office_day(timezone.now())
    kept = PointFindingRow.objects.get(version__assessment__assessment=assessment, point="9")
    find_all(NAGASAKI, assessment, today)
    kept.save()


def test_the_example_shows_what_changed_and_why_it_is_material(stranger: Desk, mine: Belongings) -> None:
    # Given the seed's opinion worked through, when anybody opens it,
    enter_people(NAGASAKI)
    assessment = worked(NAGASAKI)
    at(stranger, "konpira", f"/assessments/{assessment}/")
    shown = stranger.page.locator("main").inner_text()
    # then the change, its weight, the comment, the check point by point and the opinion stand there,
    for words in (
        "普通徴収の対象者及び特別徴収の対象者",
        "重要な変更に当たるため、変更前に評価を再実施する",
        "委託先での管理はどうなるか",
        "業者の手元にデータが渡る点が評価の対象になる",
        "分けていたのは情報の性格ではなく量による",
        "special-collection-print",
    ):
        assert words in shown, words
    # and the older version can be opened, compared, and is no longer in force.
    stranger.page.get_by_role("link", name="第1版", exact=True).click()
    assert "引き受けられる業者がない" in stranger.page.locator("main").inner_text()


def test_in_the_next_version_a_material_change_asks_for_a_new_assessment(stranger: Desk, mine: Belongings) -> None:
    enter_people(NAGASAKI)
    today = office_day(timezone.now())
    assessment = in_force(NAGASAKI, today - timedelta(days=80))
    address = f"/assessments/{assessment}/"
    at(stranger, "doza", address)
    press(stranger, "次の版を書き始める")
    stranger.page.get_by_text("項目を書く").first.click()
    stranger.page.get_by_label("項目※").select_option("Ⅱ.4.委託[1].②.本人の範囲")
    stranger.page.get_by_label("記載（").fill("普通徴収の対象者")
    press(stranger, "項目を書く")
    stranger.page.get_by_role("button", name="軽微な修正をする").click()
    assert stranger.page.get_by_text("重要な変更に当たります").is_visible()
    at(stranger, "inasa", address)
    press(stranger, "重要な変更をする")
    assert stranger.page.get_by_text("第1版が有効").count() == 0
    stranger.go("/assessments/")
    assert stranger.page.get_by_text("第1版が有効").is_visible()
    assert stranger.page.get_by_text("第2版を作成中").is_visible()


def test_a_drafter_of_nothing_sees_no_form(stranger: Desk, mine: Belongings) -> None:
    enter_people(NAGASAKI)
    assessment = planned(NAGASAKI, office_day(timezone.now()))
    office.judge(on(NAGASAKI, "doza", office_day(timezone.now())), assessment, office.Numbers(subjects=10, handlers=1))
    at(stranger, "konpira", f"/assessments/{assessment}/")
    assert stranger.page.locator("form.act").count() == 0
