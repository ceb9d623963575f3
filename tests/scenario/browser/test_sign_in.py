"""Signing in as the office does: a password and a code, or a finger; never a password alone."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

from tests.scenario.browser.conftest import Desk
from tests.unit.web.two_offices import PASSWORD, SECRET, Belongings, give_second_factor

pytestmark = pytest.mark.browser
SHORTEST = 3
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_now() -> str:
    """What the authenticator app shows (RFC 6238); at the end of its half minute an officer waits for the next."""
    left = 30 - time.time() % 30
    time.sleep(left if left < SHORTEST else 0)
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def give_password(desk: Desk, person: str) -> None:
    """The first factor."""
    desk.page.locator("input[name=login]").fill(person)
    desk.page.locator("input[name=password]").fill(PASSWORD)
    desk.page.get_by_role("button", name="ログイン", exact=True).click()
    desk.page.wait_for_load_state("load")


def test_a_password_and_a_code_open_the_gate(stranger: Desk, mine: Belongings) -> None:
    give_second_factor("urakami")
    stranger.go("/crossings/")
    give_password(stranger, "urakami")
    assert "/accounts/2fa/authenticate/" in stranger.page.url
    stranger.page.locator("input[name=code]").fill(code_now())
    stranger.page.get_by_role("button", name="ログイン").first.click()
    stranger.page.wait_for_url(f"{stranger.home}/crossings/")
    assert stranger.page.get_by_role("heading", level=1).inner_text() == "通過の記録"


def test_a_wrong_code_opens_nothing(stranger: Desk, mine: Belongings) -> None:
    give_second_factor("urakami")
    stranger.go("/")
    give_password(stranger, "urakami")
    stranger.page.locator("input[name=code]").fill("000000")
    stranger.page.get_by_role("button", name="ログイン").first.click()
    stranger.page.wait_for_load_state("load")
    stranger.go("/crossings/")
    assert "/accounts/" in stranger.page.url
    assert "通過の記録" not in stranger.page.locator("main").inner_text()


def test_somebody_without_a_second_factor_registers_a_passkey_and_signs_in_with_a_finger(
    stranger: Desk, mine: Belongings
) -> None:
    from sekisho.adapters.database.models import Person

    person = Person.objects.get(username="dejima")
    person.set_password(PASSWORD)
    person.save()
    session = stranger.page.context.new_cdp_session(stranger.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    stranger.go("/")
    give_password(stranger, "dejima")
    assert stranger.page.url.endswith("/accounts/2fa/")
    assert "二つ目の確認手段" in stranger.page.content()
    stranger.go("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in stranger.page.url:
        stranger.page.locator("input[name=password]").fill(PASSWORD)
        stranger.page.locator("main form button").first.click()
        stranger.page.wait_for_load_state("load")
    stranger.page.locator("input[name=name]").fill("指紋")
    stranger.page.locator("input[name=passwordless]").check()
    stranger.page.locator("#mfa_webauthn_add").click()
    stranger.page.wait_for_url("**/recovery-codes/**")
    stranger.keep("S-450_recovery_codes")
    stranger.page.context.clear_cookies()
    stranger.go("/")
    stranger.page.get_by_role("button", name="パスキーでログイン").click()
    stranger.page.wait_for_url(f"{stranger.home}/")
    assert "出島 薫" in stranger.page.content()
