"""The council's screens in a real browser, in order (see test_screens): all rules wide, those of the width narrow."""

import re
from collections.abc import Iterator

import pytest

from tests.fakes.council import Desks, open_council
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import OWN_WORDS, assert_in_order, choose_english
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of

pytestmark = pytest.mark.browser
# Screen: who looks at it, and where it is.
SCREENS = {
    "S-001_tasks": ("oura", "/"),
    "S-200_matters": ("doza", "/consultations/"),
    "S-205_new": ("doza", "/matters/new/"),
    "S-205_edit": ("doza", "/matters/{draft}/edit/"),
    "S-210_draft": ("doza", "/matters/{draft}/"),
    "S-210_circulated": ("doza", "/matters/{circulated}/"),
    "S-215_verdicts": ("megane", "/matters/{deliberating}/decision/"),
    "S-215_letter": ("oura", "/matters/{decided}/decision/"),
    "S-220_changes": ("doza", "/matters/{circulated}/changes/?before=1&after=1"),
    "S-222_precedent": ("doza", "/matters/{circulated}/precedent/?precedent=c-56"),
    "S-230_meetings": ("kazagashira", "/meetings/"),
    "S-255_conditions": ("doza", "/conditions/"),
    "S-260_portal": ("suwa", "/portal/"),
    "S-260_opinion": ("suwa", "/portal/{circulated}/"),
    "S-260_vote": ("suwa", "/portal/{deliberating}/"),
}


@pytest.fixture
def council(mine: Belongings) -> Desks:
    """Nagasaki's council with one matter at each stage."""
    return open_council(NAGASAKI)


def sign_in(desk: Desk, person: str) -> None:
    """This person sits down at the window, signed in with both factors."""
    desk.sit_down(client_of(person))


def go(desk: Desk, council: Desks, screen: str) -> None:
    """Open a screen as whoever it is for."""
    person, address = SCREENS[screen]
    sign_in(desk, person)
    desk.go(
        address.format(
            draft=council.draft,
            circulated=council.circulated,
            deliberating=council.deliberating,
            decided=council.decided,
        )
    )


def test_every_screen_of_the_council_is_in_order(stranger: Desk, council: Desks) -> None:
    for screen in SCREENS:
        go(stranger, council, screen)
        assert_in_order(stranger, screen)


def japanese_of_our_own(desk: Desk) -> Iterator[str]:
    """Words of the product that an English reader would get in Japanese."""
    words = desk.page.eval_on_selector_all(OWN_WORDS, "all => all.map(each => each.textContent.trim())")
    assert words
    yield from (each for each in words if re.search(r"[ぁ-んァ-ヶ一-龯]", each))


def test_english_readers_get_the_council_in_english(stranger: Desk, council: Desks) -> None:
    sign_in(stranger, "suwa")
    choose_english(stranger)
    for screen, (person, _) in SCREENS.items():
        go(stranger, council, screen)
        stranger.read_english()
        stranger.page.reload()
        assert list(japanese_of_our_own(stranger)) == [], (screen, person)
