"""Given a meeting that was held, when its minutes go from draft to page, then anybody reads them without the secret."""

import pytest

from sekisho.bootstrap import council
from sekisho.bootstrap import minutes as office
from tests.fakes.council import MEMBERS, act, enter_people
from tests.fakes.minutes import confirmed, drafted, edited, held, published
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import japanese_of_our_own, sign_in
from tests.scenario.browser.test_council_story import at, press
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


@pytest.fixture
def people(mine: Belongings) -> None:
    """Nagasaki's council."""
    enter_people(NAGASAKI)
    council.set_next_consultation(NAGASAKI, 62)


SCREENS = {
    "S-245_list": ("kazagashira", "/minutes/"),
    "S-245_edit": ("kazagashira", "/minutes/{drafted}/"),
    "S-245_confirm": ("suwa", "/minutes/{edited}/"),
    "S-245_redaction": ("oura", "/minutes/{confirmed}/"),
    "S-245_published": ("konpira", "/minutes/{published}/"),
    "S-700_register": ("", "/public/422011/"),
    "S-702_minutes": ("", "/public/422011/minutes/{published}/1/"),
}


def stages() -> dict[str, str]:
    """Minutes at each stage, and a closed meeting without any."""
    found = {name: make(NAGASAKI) for name, make in STAGES.items()}
    held(NAGASAKI)
    return found


STAGES = {"drafted": drafted, "edited": edited, "confirmed": confirmed, "published": published}


def open_screen(desk: Desk, found: dict[str, str], screen: str) -> None:
    """Open a screen as whoever it is for; some need nobody."""
    person, address = SCREENS[screen]
    if person:
        sign_in(desk, person)
    else:
        desk.page.context.clear_cookies()
    desk.go(address.format(**found))


def test_every_screen_of_the_minutes_is_in_order(stranger: Desk, people: None) -> None:
    found = stages()
    for screen in SCREENS:
        open_screen(stranger, found, screen)
        assert_in_order(stranger, screen)
        if screen == "S-702_minutes":
            continue  # the page itself is Japanese; what stands around it was tried on the others
        stranger.read_english()
        stranger.page.reload()
        assert list(japanese_of_our_own(stranger)) == [], screen
        stranger.page.context.clear_cookies(name="sekisho_language")


def test_from_a_closed_meeting_to_a_public_page_by_six_people(stranger: Desk, people: None) -> None:
    # Given a closed meeting in which a name was said, when the secretariat drafts and edits its minutes,
    held(NAGASAKI)
    at(stranger, "kazagashira", "/minutes/")
    stranger.page.get_by_label("ページID").fill("034465")
    stranger.page.get_by_role("button", name="会議録の案を作る").click()
    stranger.page.wait_for_url("**/minutes/k*/")
    address = stranger.page.url.removeprefix(stranger.home)
    assert "見本 花子さんの件" in stranger.page.get_by_label("会議録の本文").input_value()
    stranger.page.get_by_label("非公開とする語").fill("見本 花子")
    press(stranger, "整理して出席者に送る")
    # and each of those present confirms,
    for person in (*MEMBERS, "oura"):
        at(stranger, person, address)
        assert "［非公開］さんの件" in stranger.page.locator("pre").first.inner_text()
        press(stranger, "確認する")
    # and two persons and the machine check the redaction,
    at(stranger, "suwa", address)
    press(stranger, "公開する文面を読み、問題なしとする")
    at(stranger, "kazagashira", address)
    press(stranger, "非公開部分を確かめる(二人と機械)")
    press(stranger, "公開する")
    # then anybody reads the page and the PDF without signing in, and the name is in neither.
    stranger.page.get_by_role("link", name="第1版の公開ページ").click()
    public = stranger.page.url
    stranger.page.context.clear_cookies()
    stranger.page.goto(public)
    shown = stranger.page.content()
    assert "［非公開］さんの件は、だれが管理しているのか" in shown
    assert "花子" not in shown
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_a_correction_names_what_changed_and_the_older_version_says_so(stranger: Desk, people: None) -> None:
    from tests.fakes.minutes import SECRET, confirm_all, go_out, text_now

    minutes = published(NAGASAKI)
    at(stranger, "kazagashira", f"/minutes/{minutes}/")
    stranger.page.get_by_label("訂正する理由").fill("名称の誤り")
    press(stranger, "新しい版で訂正する")
    changed = text_now(NAGASAKI, minutes).replace("J-LIS が", "機構が")
    office.edit_minutes(act(NAGASAKI, "kazagashira", 300), minutes, changed, [SECRET])
    confirm_all(NAGASAKI, minutes, 310)
    go_out(NAGASAKI, minutes, 320)
    stranger.page.context.clear_cookies()
    stranger.go(f"/public/{NAGASAKI}/minutes/{minutes}/1/")
    assert stranger.page.get_by_text("この版は訂正されています").is_visible()
    stranger.page.get_by_role("link", name="第2版を読む").click()
    table = stranger.page.locator("table").first.inner_text()
    assert "J-LIS が一元的に管理している" in table
    assert "機構が一元的に管理している" in table
    assert_in_order(stranger, "S-702_corrected")


def test_the_draft_is_nobody_s_who_does_not_work_on_it(stranger: Desk, people: None) -> None:
    minutes = edited(NAGASAKI)
    at(stranger, "konpira", f"/minutes/{minutes}/")
    assert "花子" not in stranger.page.content()
    assert stranger.page.locator("pre").count() == 0
    stranger.page.context.clear_cookies()
    stranger.go(f"/public/{NAGASAKI}/minutes/{minutes}/1/")
    assert "花子" not in stranger.page.content()
