"""One command serves the screens: sign in with a finger, hand a file to the lane without a script, get the answer."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.scenario.browser.test_sign_in import AUTHENTICATOR

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where the screens are, and the password that the command printed."""

    home: str
    password: str


def two_free_ports() -> int:
    """A port whose neighbour is free too: the lane's forms are served next to the screens."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@contextmanager
def demonstration(folder: Path) -> Iterator[Served]:
    """`sekisho demo`, until the test is done."""
    port, log = two_free_ports(), folder / "demo.log"
    command = [sys.executable, "-m", "sekisho", "demo", "--home", str(folder / "home"), "--notices", "20"]
    command += ["--donations", "0"]
    with log.open("w") as output:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=output, stderr=output)
    try:
        yield Served(home=f"http://localhost:{port}", password=password_in(log, process))
    finally:
        process.send_signal(2)
        process.wait(timeout=60)


def password_in(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the command says who can sign in."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        found = re.search(r"inasa .*合言葉 (\S+)", log.read_text("utf-8"))
        if found and "初回に" in log.read_text("utf-8"):
            return found[1]
        time.sleep(0.3)
    pytest.fail(log.read_text("utf-8")[-2000:])


def enrol_a_finger(page: Page, served: Served) -> None:
    """Sign in with the password and register a passkey, as everybody must at first."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(served.home)
    page.locator("input[name=login]").first.fill("inasa")
    page.locator("input[name=password]").first.fill(served.password)
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.goto(f"{served.home}/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(served.password)
        page.locator("main form button").first.click()
    page.locator("input[name=name]").fill("指紋")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")


def without_script(browser: Browser, signed_in: BrowserContext) -> Page:
    """The same session in a window that runs no script at all."""
    plain = browser.new_context(java_script_enabled=False, locale="ja-JP")
    for each in signed_in.cookies():
        plain.add_cookies([{"name": each["name"], "value": each["value"], "url": "http://localhost"}])
    return plain.new_page()


def hand_over(page: Page, served: Served, content: bytes) -> str:
    """Choose the first permit, hand over a file, and wait until the gate has answered."""
    page.goto(f"{served.home}/send/")
    page.locator("input[name=permit]").first.check()
    page.get_by_role("button", name="次へ").click()
    page.set_input_files("#file", {"name": "notices.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="関所に渡す").click()
    page.wait_for_url("**/crossings/**")
    for _ in range(60):
        if "検査待ち" not in page.locator("h1").inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    return page.locator("main").inner_text()


def test_a_file_handed_over_in_the_browser_gets_the_gates_answer(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(locale="ja-JP")
    with demonstration(tmp_path) as served:
        page = context.new_page()
        enrol_a_finger(page, served)
        plain = without_script(browser, context)
        answer = hand_over(plain, served, "通知番号,性別\r\nN-1,女\r\n".encode("cp932"))
        assert "関所で止めました" in answer
        assert "ファイルはどこにも届いていません" in answer
        plain.goto(f"{served.home}/crossings/?state=delivered")
        assert plain.locator("tbody tr").count() == 2
        plain.context.close()
    context.close()
