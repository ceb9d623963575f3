"""S-250 on screen: what a log found, a finding answered and consulted by forms alone, departments asked."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from tests.fakes.council import Desks, act, open_council
from tests.fakes.survey import LINE, surveyed
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of

pytestmark = pytest.mark.browser


@pytest.fixture
def finding(mine: Belongings) -> str:
    """Nagasaki with a council, a log that was read and a campaign; answers the finding."""
    desks: Desks = open_council(NAGASAKI)
    assert desks.draft
    found, _ = surveyed(NAGASAKI)
    return found


def test_the_survey_is_accessible_fits_and_prints(stranger: Desk, finding: str) -> None:
    stranger.sit_down(client_of("kazagashira", "secretariat"))
    stranger.go("/survey/")
    assert_in_order(stranger, "survey")
    expect(stranger.page.get_by_role("row", name=finding)).to_contain_text("hoken.example:443")
    assert stranger.print("survey")
    stranger.go(f"/survey/{finding}/")
    assert_in_order(stranger, "finding")
    stranger.read_english()
    stranger.go("/survey/")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Survey (connections never consulted)")
    stranger.sit_down(client_of("inasa", "head", "operator"))
    stranger.go("/survey/")
    assert_in_order(stranger, "survey-head")


def test_from_a_log_to_a_draft_by_forms(stranger: Desk, finding: str) -> None:
    page = stranger.page
    stranger.sit_down(client_of("kazagashira", "secretariat"))
    stranger.go("/survey/")
    late = LINE.replace("hoken.example", "okiba.example").encode()
    log = FilePayload(name="later.log", mimeType="text/plain", buffer=late + b"cut off\n")
    page.get_by_label("出口の通信記録").set_input_files(log)
    page.get_by_role("button", name="通信記録を調べる").click()
    expect(page.get_by_text("通行証のない接続 1件、読めない行 1行")).to_be_visible()
    page.get_by_role("link", name=finding).click()
    page.get_by_label("この接続は").select_option("must_consult")
    page.get_by_role("button", name="仕分ける").press("Enter")
    page.get_by_label("回答する人").select_option("doza")
    page.get_by_label("回答期限").fill((datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="所属に照会する").press("Enter")
    stranger.sit_down(client_of("doza", "drafter"))
    stranger.go(f"/survey/{finding}/")
    page.get_by_label("どんな情報を扱っているか").fill("被保険者番号")
    page.get_by_label("いつから使っているか").fill("平成27年度")
    page.get_by_role("button", name="回答する").press("Enter")
    page.get_by_role("button", name="諮問を起案する").press("Enter")
    page.wait_for_url("**/matters/*/**")
    expect(page.locator("main")).to_contain_text(finding)


def test_a_head_says_that_there_is_none_and_signs(stranger: Desk, finding: str) -> None:
    from sekisho.adapters.database.models import ReturnRow

    assert act(NAGASAKI, "inasa").tenant == NAGASAKI
    assert finding
    page = stranger.page
    stranger.sit_down(client_of("inasa", "head", "operator"))
    stranger.go("/survey/")
    page.get_by_label("庁外の電子計算機と接続しているシステムはありません").check()
    page.get_by_role("button", name="署名して回答する").press("Enter")
    expect(page.get_by_text("該当なし")).to_be_visible()
    assert ReturnRow.objects.get(department="asset_tax", state="answered").signed_by == "inasa"
