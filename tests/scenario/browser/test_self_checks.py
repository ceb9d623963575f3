"""Given a permit in force, when the year is over, its department answers beside what the gate knows, by keys too."""

import pytest

from sekisho.adapters.database.models import SelfCheckRow
from tests.fakes.council import enter_people
from tests.fakes.self_checks import CHANGED, answered, called
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import sign_in
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


@pytest.fixture
def number(mine: Belongings) -> str:
    """A self-check that the secretariat has asked for."""
    assert mine.tenant == NAGASAKI
    enter_people(NAGASAKI)
    return called(NAGASAKI)


def press(desk: Desk, person: str, number: str, button: str) -> None:
    """Somebody opens the self-check and presses this button."""
    sign_in(desk, person)
    desk.go(f"/self-checks/{number}/")
    desk.page.get_by_role("button", name=button, exact=True).click()
    desk.page.get_by_role("status").first.wait_for()


def test_the_drafter_answers_by_keys_and_says_of_the_rest_that_it_is_as_approved(stranger: Desk, number: str) -> None:
    sign_in(stranger, "oura")
    stranger.go("/self-checks/")
    assert stranger.page.get_by_text("画面番号 S-225").is_visible()
    assert_in_order(stranger, "S-225")
    sign_in(stranger, "doza")
    stranger.go(f"/self-checks/{number}/")
    assert_in_order(stranger, "S-226_answering")
    stranger.page.get_by_label("必要か この接続 回答").focus()
    for key in ("ArrowDown", "ArrowDown", "Tab"):
        stranger.page.keyboard.press(key)
    stranger.page.keyboard.type("二つの課で使う")
    stranger.page.get_by_role("button", name="残りをすべて「承認どおり」として保存する").press("Enter")
    stranger.page.get_by_role("status").first.wait_for()
    assert stranger.page.get_by_text("足りません：").first.is_visible()
    assert stranger.page.get_by_label("必要か この接続 何が変わったか").input_value() == "二つの課で使う"


def test_it_goes_by_the_head_and_the_secretariat_into_the_report_of_the_year(stranger: Desk, number: str) -> None:
    answered(NAGASAKI, number, CHANGED)
    press(stranger, "inasa", number, "確かめて提出する")
    press(stranger, "kazagashira", number, "確認する")
    assert SelfCheckRow.objects.get(number=number).state == "verified"
    assert_in_order(stranger, "S-226_verified")
    stranger.page.get_by_label("どうしたか").fill("軽微な変更として届出")
    stranger.page.get_by_role("button", name="完了とする", exact=True).click()
    stranger.page.get_by_role("status").first.wait_for()
    stranger.go("/self-checks/report/?year=2020")
    assert stranger.page.get_by_text("軽微な変更として届出").is_visible()
    assert_in_order(stranger, "S-227")
    assert stranger.print("S-227").startswith(b"%PDF")
    stranger.read_english()
    stranger.go(f"/self-checks/{number}/")
    assert stranger.page.get_by_role("heading", name="What the gate knows").is_visible()
    stranger.go("/permits/R1-56-01/")
    assert_in_order(stranger, "S-405_checked")


def test_without_scripts_the_drafter_answers_all_the_same(stranger: Desk, number: str) -> None:
    browser = stranger.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    plain = Desk(page=context.new_page(), home=stranger.home)
    sign_in(plain, "doza")
    plain.go(f"/self-checks/{number}/")
    plain.page.get_by_label("必要か この接続 回答").select_option("as_approved")
    plain.page.get_by_role("button", name="回答を保存する").click()
    plain.page.wait_for_load_state("load")
    assert SelfCheckRow.objects.get(number=number).state in {"answering", "overdue"}
    context.close()
