"""Given a permit in force, when its head changes it, then the page says first what becomes of it, and takes it back."""

import pytest

from sekisho.adapters.database.models import Matter, PermitRow
from tests.fakes.council import Desks, adopted_and_signed, open_council, prove_condition
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import sign_in
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


def test_a_change_is_weighed_put_to_the_council_and_withdrawn(stranger: Desk, mine: Belongings) -> None:
    desks: Desks = open_council(NAGASAKI)
    # An earlier permit of the connection is in force: while a condition is open, the new one would wait behind it.
    prove_condition(NAGASAKI, desks)
    permit, *_ = adopted_and_signed(NAGASAKI, desks)
    stranger.go(f"/public/{NAGASAKI}/decisions/{desks.decided}/")
    assert stranger.page.get_by_text("画面番号 S-704").is_visible()
    assert_in_order(stranger, "S-704")
    sign_in(stranger, "inasa")
    stranger.go(f"/permits/{permit}/")
    assert_in_order(stranger, "S-405_in_force")
    stranger.page.get_by_role("link", name="変更する").click()
    stranger.page.wait_for_url("**/change/")
    assert_in_order(stranger, "S-406")
    stranger.page.get_by_label("項目26：項目の名称").fill("電話番号")
    stranger.page.get_by_label("項目26：使い道").fill("所有者への照会")
    stranger.page.get_by_role("button", name="重さを確かめる").last.click()
    stranger.page.get_by_text("重要な変更です").wait_for()
    assert_in_order(stranger, "S-406_weighed")
    assert PermitRow.objects.get(permit=permit).status == "active"
    stranger.page.get_by_role("button", name="この変更を諮る").click()
    stranger.page.get_by_text("変更の諮問中です").wait_for()
    assert_in_order(stranger, "S-405_pending")
    assert PermitRow.objects.get(permit=permit).status == "change_pending"
    stranger.page.get_by_role("button", name="変更の諮問を取り下げる").click()
    stranger.page.get_by_role("status").first.wait_for()
    assert_in_order(stranger, "S-405_withdrawn")
    assert PermitRow.objects.get(permit=permit).status == "suspended"
    assert Matter.objects.get(matter=desks.decided).state == "in_force"
