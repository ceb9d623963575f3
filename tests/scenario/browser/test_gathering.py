"""S-235 and S-240 in a browser: questions are given out, answered, accepted; a letter is prepared, sealed, issued."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from sekisho.adapters.database.models import QuestionRow
from tests.fakes.council import Desks, decided_on_condition, open_council
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import OWN_WORDS, assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of

pytestmark = pytest.mark.browser
# The paper of the council is in Japanese whatever the reader's language, and says so.
PAPER = "[lang=ja], [lang=ja] *"


@pytest.fixture
def desks(mine: Belongings) -> Desks:
    return open_council(NAGASAKI)


def sit(desk: Desk, person: str, address: str) -> None:
    """Somebody opens a page."""
    desk.sit_down(client_of(person))
    desk.go(address)


def press(desk: Desk, name: str) -> None:
    """Press a button and wait for the next page."""
    desk.page.get_by_role("button", name=name, exact=True).first.click()
    desk.page.wait_for_load_state("load")


def japanese_words(desk: Desk) -> list[str]:
    """Words of the product that an English reader would get in Japanese, but for those of a paper."""
    words = desk.page.eval_on_selector_all(
        OWN_WORDS,
        "(all, paper) => all.filter(each => !each.matches(paper)).map(each => each.textContent.trim())",
        PAPER,
    )
    assert words
    return [each for each in words if re.search(r"[ぁ-んァ-ヶ一-龯]", each)]


def test_a_question_is_given_out_answered_and_accepted(stranger: Desk, desks: Desks) -> None:
    asked = QuestionRow.objects.get(matter__matter=desks.circulated, answer="")
    # Given: the secretariat names who answers the open question.
    sit(stranger, "kazagashira", "/questions/")
    assert_in_order(stranger, "S-235_secretariat")
    press(stranger, "回答者を決める")
    # When: the drafter finds it among the tasks and answers it in the list, by keyboard.
    sit(stranger, "doza", "/")
    stranger.page.locator(".task", has_text="質問に答える").get_by_role("link").click()
    stranger.page.wait_for_load_state("load")
    stranger.page.get_by_label(re.compile("^回答")).first.fill("課税のほかには使わない")
    assert_in_order(stranger, "S-235_drafter")
    stranger.page.get_by_role("button", name="回答する", exact=True).first.focus()
    stranger.page.keyboard.press("Enter")
    stranger.page.get_by_text("課税のほかには使わない").first.wait_for()
    # Then: the member who asked accepts it on the desk, and it is over.
    sit(stranger, "suwa", f"/portal/{desks.circulated}/")
    assert_in_order(stranger, "S-260_answered")
    press(stranger, "了承する")
    asked.refresh_from_db()
    assert (asked.answer, asked.settled) == ("課税のほかには使わない", "accepted")
    stranger.read_english()
    sit(stranger, "megane", "/questions/")
    stranger.read_english()
    stranger.page.reload()
    assert japanese_words(stranger) == []


def test_a_letter_is_prepared_sealed_and_followed_by_permits(stranger: Desk, desks: Desks) -> None:
    sit(stranger, "kazagashira", "/letters/")
    assert_in_order(stranger, "S-240_letters")
    # Given: a letter that the secretariat has signed; the chair still has to.
    stranger.go(f"/letters/{desks.decided}/")
    assert stranger.page.get_by_role("link", name="会長の署名").count() == 1
    assert_in_order(stranger, "S-240_half_signed")
    # Given: another without any signature, of which the secretariat words a condition anew.
    matter, condition = decided_on_condition(NAGASAKI, datetime.now(UTC) - timedelta(hours=1))
    stranger.go(f"/letters/{matter}/")
    stranger.page.get_by_text(f"条件 {condition} を改める").click()
    assert_in_order(stranger, "S-240_open")
    form = stranger.page.locator("form[action*='/amend/']")
    form.get_by_label(re.compile("^条件")).fill("端末の置き場所が分かる写真を出すこと")
    form.get_by_role("button").click()
    stranger.page.get_by_text("を付けるかどうか、会長が決める").wait_for()
    # When: the chair adopts it, and both sign.
    sit(stranger, "oura", f"/letters/{matter}/")
    press(stranger, "付ける")
    assert stranger.page.url.endswith(f"/letters/{matter}/")
    assert stranger.page.locator(".paper", has_text="端末の置き場所が分かる写真を出すこと").count() == 1
    press(stranger, "答申書に署名する")
    sit(stranger, "kazagashira", f"/letters/{matter}/")
    press(stranger, "答申書に署名する")
    for person, act in (("nabekanmuri", "決裁して署名する"), ("glover", "決裁に署名し、通行証を発行する")):
        sit(stranger, person, f"/letters/{matter}/")
        press(stranger, act)
    # Then: the permits are there, and the open condition keeps them closed.
    assert stranger.page.get_by_role("link", name="通行証を見る").count() == 2
    assert stranger.page.locator(".steps [aria-current]").inner_text() == "有効"
    assert_in_order(stranger, "S-240_issued")
    stranger.read_english()
    stranger.page.reload()
    assert japanese_words(stranger) == []
    assert_in_order(stranger, "S-240_english")


def test_both_pages_work_without_scripts(stranger: Desk, desks: Desks) -> None:
    context = stranger.page.context.browser.new_context(java_script_enabled=False, locale="ja-JP")  # type: ignore[union-attr]
    try:
        plain = Desk(page=context.new_page(), home=stranger.home)
        sit(plain, "kazagashira", "/questions/?state=asked")
        press(plain, "回答者を決める")
        assert QuestionRow.objects.filter(answerer="doza").count() == 1
        plain.go(f"/letters/{desks.decided}/")
        assert plain.page.locator(".paper").count() == 1
    finally:
        context.close()
