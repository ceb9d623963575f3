"""Every screen in a real browser: in order as far as a machine can say.

In a wide window by all of axe's rules; on a telephone by those that a width can change, and a few screens by all of
them. At both widths nothing runs over, and the browser complains of nothing, the strict policy included.
"""

import os
import re
from pathlib import Path

import pytest

from tests.scenario.browser.conftest import NARROW, WIDE, Desk
from tests.unit.web.two_offices import Belongings

pytestmark = pytest.mark.browser
SCREENS = {
    "S-001_today": "/",
    "S-100_crossings": "/crossings/",
    "S-110_crossing": "/crossings/{crossing}/",
    "S-120_stopped": "/crossings/{stopped}/",
    "S-105_send": "/send/",
    "S-200_consultations": "/consultations/",
    "S-210_consultation": "/consultations/56/",
    "S-300_notices": "/registry-notices/",
    "S-305_diff": "/registry-notices/{document}/",
    "S-310_documents": "/documents/",
    "S-315_document": "/documents/{document}/",
    "S-400_permits": "/permits/",
    "S-405_permit": "/permits/{permit}/",
    "S-500_evidence": "/evidence/",
    "S-505_verify": "/evidence/verify/?parcel={crossing}",
    "S-450_second_factor": "/accounts/2fa/",
}
# What the product says itself; names and what a notice says stay as they came.
OWN_WORDS = "h1, nav a, button:not([lang=ja]), label, thead th, dt, .chip, .hint, .banner h3, .steps b, .banner-text"
ENGLISH_BY_ALL_RULES = {"S-001_today", "S-110_crossing", "S-405_permit"}
README_PICTURE = Path("docs/images/today.png")


def address_of(screen: str, mine: Belongings) -> str:
    """The address of a screen for this municipality's objects."""
    return SCREENS[screen].format(
        crossing=mine.crossing, stopped=mine.stopped, document=mine.document, permit=mine.permit
    )


def assert_in_order(desk: Desk, picture: str) -> None:
    """What holds for every screen: wide by all rules, on a telephone by those that the width can change."""
    assert_in_order_as_it_is(desk, f"{picture}_{WIDE}")
    desk.resize(NARROW)
    desk.keep(f"{picture}_{NARROW}")
    assert desk.narrow_violations() == [], f"{picture} at {NARROW}"
    assert not desk.runs_over(), f"{picture} at {NARROW}"
    assert desk.complaints == [], f"{picture} at {NARROW}"
    desk.resize(WIDE)


def assert_in_order_by_every_rule(desk: Desk, picture: str) -> None:
    """The same, and on a telephone by all rules too."""
    assert_in_order(desk, picture)
    desk.resize(NARROW)
    assert desk.violations() == [], f"{picture} at {NARROW}"
    desk.resize(WIDE)


def assert_in_order_as_it_is(desk: Desk, picture: str) -> None:
    """What holds for a screen in the window as it is."""
    desk.keep(picture)
    assert desk.violations() == [], picture
    assert not desk.runs_over(), picture
    assert desk.complaints == [], picture


def test_every_screen_is_in_order(desk: Desk, mine: Belongings) -> None:
    for screen in SCREENS:
        desk.go(address_of(screen, mine))
        assert_in_order(desk, screen)
    if os.environ.get("SEKISHO_README_PICTURE"):
        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
        desk.go("/")
        desk.page.screenshot(path=README_PICTURE, full_page=True)


def test_what_goes_wrong_on_a_telephone_alone_is_seen(desk: Desk) -> None:
    desk.go("/")
    desk.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p id=wide>　</p>')")
    desk.page.evaluate("document.getElementById('wide').style.minWidth = '600px'")
    assert_in_order_as_it_is(desk, "planted")
    with pytest.raises(AssertionError, match=f"planted at {NARROW}"):
        assert_in_order(desk, "planted")


def test_what_the_browser_complains_of_on_a_telephone_alone_is_seen(desk: Desk) -> None:
    desk.go("/")
    desk.page.evaluate("window.addEventListener('resize', () => innerWidth < 500 && console.error('planted'))")
    with pytest.raises(AssertionError, match=f"planted at {NARROW}"):
        assert_in_order(desk, "planted")


@pytest.mark.parametrize("screen", ["S-100_crossings", "S-210_consultation", "S-405_permit"])
def test_screens_with_tables_are_in_order_by_every_rule_on_a_telephone_too(
    desk: Desk, mine: Belongings, screen: str
) -> None:
    desk.go(address_of(screen, mine))
    assert_in_order_by_every_rule(desk, screen)


def test_the_way_in_is_in_order(stranger: Desk, mine: Belongings) -> None:
    stranger.go("/")
    assert_in_order(stranger, "S-000_sign_in")


def test_the_step_with_the_file_is_in_order(desk: Desk) -> None:
    desk.go("/send/")
    desk.page.locator("input[name=permit]").first.check()
    desk.page.get_by_role("button", name="次へ").click()
    desk.page.wait_for_load_state("load")
    assert_in_order(desk, "S-105_upload")


def test_an_opened_document_is_in_order(desk: Desk, mine: Belongings) -> None:
    desk.go(f"/documents/{mine.document}/")
    desk.page.get_by_role("button", name="開く（記録に残ります）").click()
    desk.page.wait_for_load_state("load")
    assert_in_order(desk, "S-315_opened")


def choose_english(desk: Desk) -> None:
    """Press the switch that every screen has."""
    desk.go("/")
    desk.page.get_by_role("button", name="English").click()
    desk.page.wait_for_load_state("load")


def test_english_readers_get_every_screen_in_english(desk: Desk, mine: Belongings) -> None:
    choose_english(desk)
    for screen in SCREENS:
        desk.go(address_of(screen, mine))
        words = desk.page.eval_on_selector_all(OWN_WORDS, "all => all.map(each => each.textContent.trim())")
        assert words
        assert [each for each in words if re.search(r"[ぁ-んァ-ヶ一-龯]", each)] == [], screen
        desk.keep(f"{screen}_english")
        assert screen not in ENGLISH_BY_ALL_RULES or desk.violations() == [], screen
        assert not desk.runs_over(), screen
        assert desk.complaints == [], screen


def test_at_twice_the_size_nothing_is_cut_off(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 683, "height": 450})
    for address in ("/", "/crossings/", "/consultations/56/"):
        desk.go(address)
        assert not desk.runs_over(), address


def test_with_forced_colours_the_screens_keep_their_shape(desk: Desk, mine: Belongings) -> None:
    desk.page.emulate_media(forced_colors="active")
    desk.go(f"/crossings/{mine.crossing}/")
    assert_in_order_as_it_is(desk, "S-110_forced_colours")


def test_the_papers_for_the_council_print_on_a4(desk: Desk) -> None:
    desk.go("/consultations/56/")
    paper = desk.page.pdf(prefer_css_page_size=True, print_background=True)
    Path("build/screenshots").mkdir(parents=True, exist_ok=True)
    Path("build/screenshots/S-210.pdf").write_bytes(paper)
    assert paper.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in paper or b"/MediaBox [0 0 595" in paper


def test_the_keyboard_reaches_the_content_first(desk: Desk) -> None:
    desk.go("/")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.className") == "to-main"


def test_on_a_telephone_the_menu_opens_and_closes(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.go("/")
    menu = desk.page.locator("#menu")
    assert not menu.is_visible()
    desk.page.get_by_role("button", name="メニュー").click()
    assert menu.is_visible()
    assert desk.violations() == []
    desk.page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_the_council_finds_every_arrow_of_the_map_in_the_table(desk: Desk) -> None:
    desk.go("/consultations/56/")
    badges = set(desk.page.eval_on_selector_all(".map-badge text", "all => all.map(each => each.textContent)"))
    assert badges
    table = desk.page.get_by_role("region", name="矢印の一覧")
    assert badges <= set(table.locator("tbody th").all_inner_texts())
