"""Given an administrator, when somebody new comes, they are entered, and work with a password of their own."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.scenario.browser.test_sign_in import code_now
from tests.unit.web.two_offices import NAGASAKI, SECRET, Belongings, client_of

pytestmark = pytest.mark.browser


def administrator(desk: Desk) -> Desk:
    """The window of somebody who keeps accounts and nothing else."""
    desk.sit_down(client_of("glover", "administrator"))
    return desk


def fill(desk: Desk, **values: str) -> None:
    """Type into fields by their names."""
    for name, value in values.items():
        desk.page.locator(f"[name={name}]").fill(value)


def enter(desk: Desk, person: str, *roles: str) -> str:
    """Enter somebody; answers the first password, or nothing."""
    desk.go("/people/")
    fill(desk, person=person, label_ja="崇福 学", label_en="Sofuku Manabu")
    for role in roles:
        desk.page.locator(f"#enter-{role}").check()
    desk.page.get_by_role("button", name="登録する").click()
    desk.page.wait_for_load_state("load")
    shown = desk.page.locator("#first-password")
    return shown.inner_text() if shown.count() else ""


def sign_in(desk: Desk, person: str, password: str) -> None:
    """The first factor, in a window that forgot everything."""
    desk.page.context.clear_cookies()
    desk.go("/crossings/")
    fill(desk, login=person, password=password)
    desk.page.get_by_role("button", name="ログイン", exact=True).click()
    desk.page.wait_for_load_state("load")


def change_password(desk: Desk, old: str, new: str) -> None:
    """The form for one's own password."""
    fill(desk, old_password=old, new_password1=new, new_password2=new)
    desk.page.get_by_role("button", name="変更する").click()
    desk.page.wait_for_load_state("load")


def test_somebody_new_works_with_a_password_of_their_own_and_a_second_factor(stranger: Desk, mine: Belongings) -> None:
    from sekisho.adapters.database.models import Person

    assert mine.tenant == NAGASAKI
    desk, own = administrator(stranger), "nagasaki no hashi 29"
    password = enter(desk, "sofuku", "operator")
    assert_in_order(desk, "S-451_first_password")
    sign_in(desk, "sofuku", password)
    desk.go("/crossings/")
    assert desk.page.url.endswith("/accounts/password/change/")
    assert_in_order(desk, "S-452_own_password")
    change_password(desk, password, "sofuku")
    assert desk.page.locator(".wrong").count() > 0
    change_password(desk, password, own)
    assert desk.page.url.endswith("/accounts/2fa/")
    TOTP.activate(Person.objects.get(username="sofuku"), SECRET)
    sign_in(desk, "sofuku", own)
    fill(desk, code=code_now())
    desk.page.get_by_role("button", name="ログイン").first.click()
    desk.page.wait_for_load_state("load")
    assert desk.page.get_by_role("heading", level=1).inner_text() == "通過の記録"


def test_a_page_that_is_not_for_somebody_says_so_in_order(stranger: Desk, mine: Belongings) -> None:
    stranger.sit_down(client_of("urakami"))
    stranger.go("/people/")
    assert stranger.page.get_by_role("heading", level=1).inner_text() == "この画面は使えません"
    stranger.complaints.clear()  # the browser mentions the 403 itself
    assert_in_order(stranger, "S-403_not_for_you")


def test_roles_that_exclude_each_other_are_refused_and_others_assigned(stranger: Desk, mine: Belongings) -> None:
    desk = administrator(stranger)
    assert enter(desk, "sofuku", "secretariat", "council_member") == ""
    assert "secretariat" in desk.page.locator("main").inner_text()
    desk.go("/people/")
    desk.complaints.clear()  # the refusal before this was a 409, which the browser mentions
    assert_in_order(desk, "S-450_people")
    card = desk.page.locator("#person-dejima")
    card.locator("summary").click()
    card.locator("#dejima-head").check()
    card.get_by_role("button", name="この役割にする").click()
    desk.page.wait_for_load_state("load")
    assert "課長" in desk.page.locator("#person-dejima dl").inner_text()
    assert desk.page.locator("#person-glover summary").count() == 0
