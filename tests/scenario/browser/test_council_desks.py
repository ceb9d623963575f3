"""Playing the council in a browser: the cards of the demonstration, the tasks of chair and member, what was weighed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from sekisho.adapters.database.models import Person
from sekisho.bootstrap import council
from sekisho.cli.demo.cast import cards_of, write_cards
from tests.fakes.council import Desks, open_council
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, PASSWORD, Belongings, client_of, give_second_factor

pytestmark = pytest.mark.browser


@pytest.fixture
def desks(mine: Belongings) -> Desks:
    return open_council(NAGASAKI)


def test_the_cards_let_a_visitor_in_as_the_chair(
    stranger: Desk, desks: Desks, settings: Settings, tmp_path: Path
) -> None:
    give_second_factor("oura")
    place = tmp_path / "cards.json"
    write_cards(cards_of(Person.objects.filter(tenant_id=NAGASAKI).exclude(label_ja=""), PASSWORD), place)
    settings.SEKISHO_DEMO_CARDS = str(place)
    stranger.go("/accounts/login/")
    assert_in_order(stranger, "demo_cards")
    stranger.page.get_by_role("button", name="この人で入る 大浦 見本").click()
    stranger.page.wait_for_url("**/2fa/**")


def test_chair_and_member_find_their_tasks_and_write_down_what_was_weighed(stranger: Desk, desks: Desks) -> None:
    for person, task in (("oura", "答申書に署名する"), ("megane", "項目ごとに判断する")):
        stranger.sit_down(client_of(person))
        stranger.go("/")
        assert stranger.page.locator(".task b", has_text=task).count() == 1
        assert_in_order(stranger, f"S-001_{person}")
    # Given: the chair takes back what was put to the vote, so that more can be weighed.
    council.withdraw_motion(council.act_as(NAGASAKI, "oura", datetime.now(UTC)), desks.deliberating)
    stranger.go(f"/matters/{desks.deliberating}/decision/")
    form = stranger.page.locator("form", has=stranger.page.get_by_role("button", name="比べて決めたことを記録する"))
    form.get_by_label("より重く見たもの").fill("正しい課税")
    form.get_by_label("譲ったもの").fill("紙の確かさ")
    form.get_by_label("理由").fill("紛失の恐れが減る")
    form.get_by_label("見直す日").fill("2027-04-01")
    form.get_by_role("button").click()
    stranger.page.get_by_text("正しい課税").first.wait_for()
    assert_in_order(stranger, "S-215_weighed")
    for address, name in (("/conditions/", "S-255"), ("/meetings/", "S-230"), ("/consultations/", "S-200")):
        stranger.go(address)
        assert_in_order(stranger, name)
