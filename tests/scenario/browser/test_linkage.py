"""The review queue of S1, in order (see test_screens): two records side by side, answered and undone by keyboard."""

import pytest

from tests.fakes.donations import NAGASAKI, NOW, S1_URLS, deliver, officer_of, open_area, parcel_of, record
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import client_of

pytestmark = [pytest.mark.browser, pytest.mark.urls(S1_URLS)]
HER = {"name": "髙橋　花子", "kana": "タカハシ　ハナコ", "street": "桜町2番22号", "birth": "1980-04-01"}
MAYBE = {**HER, "name": "高橋　華子", "mail": "hanako@example.invalid", "telephone": "080-0000-0007", "birth": ""}


def ask_one() -> int:
    """An area with one question that waits; answers its number."""
    from sekisho.adapters.donations.linking import link_waiting
    from sekisho.adapters.donations.models import QuestionRow

    open_area(NAGASAKI)
    again = {**HER, "portal": "rakuten"}
    place = {"prefecture": "長崎県", "city": "長崎市"}
    rows = [record(0, **HER, **place), record(0, **again, **place), record(4, **MAYBE, **place)]
    deliver(NAGASAKI, "p261127-000000000001", parcel_of(rows))
    link_waiting(NAGASAKI, NOW)
    return int(QuestionRow.objects.get(state="open").pk)


def press_button(stranger: Desk, words: str) -> None:
    """Tab to a button and press Enter; no mouse."""
    for _ in range(80):
        stranger.page.keyboard.press("Tab")
        if words in str(stranger.page.evaluate("document.activeElement.textContent")):
            break
    assert words in str(stranger.page.evaluate("document.activeElement.textContent"))
    with stranger.page.expect_navigation():
        stranger.page.keyboard.press("Enter")


def test_the_queue_the_question_and_the_report_are_accessible_and_fit(stranger: Desk, transactional_db: None) -> None:
    number = ask_one()
    stranger.sit_down(client_of(officer_of(NAGASAKI)))
    for name, address in {
        "queue": "/linkage/",
        "question": f"/linkage/{number}/",
        "measured": "/linkage/measured/",
    }.items():
        stranger.go(address)
        assert_in_order(stranger, f"s1-linkage-{name}")


def test_an_officer_says_the_same_and_takes_it_back_by_keyboard_alone(stranger: Desk, transactional_db: None) -> None:
    from sekisho.adapters.donations.models import DonationRow

    number = ask_one()
    stranger.sit_down(client_of(officer_of(NAGASAKI)))
    stranger.go(f"/linkage/{number}/")
    assert "髙橋　花子" in stranger.page.content()
    press_button(stranger, "同じ人です")
    assert DonationRow.objects.values("donor").distinct().count() == 1
    stranger.go(f"/linkage/{number}/")
    press_button(stranger, "答えを取り消す")
    assert DonationRow.objects.values("donor").distinct().count() == 2
    assert "未確認" in stranger.page.content()


def test_an_officer_doubts_a_link_by_keyboard_alone(stranger: Desk, transactional_db: None) -> None:
    from sekisho.adapters.donations.models import QuestionRow

    number = ask_one()
    stranger.sit_down(client_of(officer_of(NAGASAKI)))
    stranger.go(f"/linkage/{number}/")
    stranger.page.focus("select[name=why]")
    stranger.page.keyboard.press("ArrowDown")
    press_button(stranger, "この結び付きは疑わしい")
    assert "家族など別の人らしい" in stranger.page.content()
    assert QuestionRow.objects.get(source="officer").why == "family"
    assert_in_order(stranger, "s1-linkage-doubted")
