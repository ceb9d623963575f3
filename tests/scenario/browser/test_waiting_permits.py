"""Given issued permits that wait, when an officer looks, then page and list say for what, and lead to it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.council import adopted_and_signed, open_council
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import sign_in
from tests.scenario.browser.test_screens import assert_in_order, choose_english
from tests.unit.web.test_waiting_permits import FIRST, NEXT, renew
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


def test_what_a_permit_waits_for_is_read_on_its_page_and_in_the_list(stranger: Desk, mine: Belongings) -> None:
    from sekisho.bootstrap.permits import StopCause, stop_permit

    desks = open_council(NAGASAKI)
    permit, *_ = adopted_and_signed(NAGASAKI, desks)
    renew(datetime.now(UTC) + timedelta(days=30))
    stop_permit(NAGASAKI, FIRST, "glover", StopCause.INCIDENT, datetime.now(UTC))
    sign_in(stranger, "inasa")
    stranger.go("/permits/")
    assert_in_order(stranger, "S-400_waiting")
    stranger.go(f"/permits/{NEXT}/")
    stranger.page.get_by_text("次のことを待っています").wait_for()
    assert_in_order(stranger, "S-405_waiting_for_a_stop")
    stranger.go(f"/permits/{permit}/")
    assert_in_order(stranger, "S-405_waiting_for_a_condition")
    stranger.page.get_by_role("link", name=f"「{desks.condition}」").click()
    stranger.page.wait_for_url(f"**/conditions/#{desks.condition}")
    choose_english(stranger)
    stranger.go(f"/permits/{NEXT}/")
    stranger.page.get_by_text("It becomes active by itself on").wait_for()
    assert_in_order(stranger, "S-405_waiting_en")
