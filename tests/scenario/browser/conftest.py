"""Debian's chromium against the real screens on loopback; every report of the strict policy fails the test."""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python import base as axe_package
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.unit.web.two_offices import NAGASAKI, NEIGHBOUR, Belongings, client_of, open_office

# Playwright keeps an event loop in this thread; Django's own calls beside it are meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# The same browser without its own windows, menus and buttons needs half the processor time.
SHELL, WHOLE = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
CHROMIUM = SHELL if Path(SHELL).exists() else WHOLE
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(axe_package.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a narrow window can change of a page that was found in order in a wide one.
NARROW_RULES = ["target-size", "scrollable-region-focusable", "meta-viewport", "bypass", "css-orientation-lock"]
WIDE, NARROW = 1366, 390
PATIENCE = 120_000  # milliseconds; a loaded machine is no fault of a screen
SHOTS = Path("build/screenshots")


@dataclass(slots=True)
class Desk:
    """An officer's desk: a browser window, the addresses, and every complaint that the browser made."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open a page of ours."""
        self.page.goto(self.home + address)
        self.page.wait_for_load_state("load")

    def sit_down(self, client: Client) -> None:
        """Somebody who has signed in sits down at this window; whoever sat here before is gone."""
        name = "sekisho_session"
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.home}])

    def read_english(self) -> None:
        """Whoever sits here reads English from the next page on."""
        self.page.context.add_cookies([{"name": "sekisho_language", "value": "en", "url": self.home}])

    def violations(self) -> list[str]:
        """What axe finds, evaluated through the debugger, so that the strict policy stays on."""
        return self._found({"type": "tag", "values": RULES})

    def narrow_violations(self) -> list[str]:
        """What axe finds of what depends on the width."""
        return self._found({"type": "rule", "values": NARROW_RULES})

    def resize(self, width: int) -> None:
        """Make the window so wide."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def _found(self, only: dict[str, object]) -> list[str]:
        """What axe finds of these rules."""
        if not self.page.evaluate("() => typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
        return [
            f"{each['id']}: {json.dumps([node['html'][:160] for node in each['nodes'][:3]])}"
            for each in found["violations"]
        ]

    def runs_over(self) -> bool:
        """Does the page scroll sideways?"""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def keep(self, name: str) -> None:
        """Keep a picture for whoever asked for pictures: to take one costs as much as to open the page."""
        if "SEKISHO_TEST_PICTURES" in os.environ:
            SHOTS.mkdir(parents=True, exist_ok=True)
            picture = SHOTS / f"{name}.jpg"  # takes half as long as a PNG
            self.page.screenshot(path=picture, full_page=True, type="jpeg", quality=80)

    def print(self, name: str) -> bytes:
        """Print the page as the office's printer would, and keep that too."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        printed = self.page.pdf(prefer_css_page_size=True)
        (SHOTS / f"{name}.pdf").write_bytes(printed)
        return printed


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Keys and ciphertext of a test lie in its own folder."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    settings.SEKISHO_DEMO_TERMINAL = "asset-tax-terminal-1"


@pytest.fixture
def mine(transactional_db: None) -> Belongings:
    """Nagasaki with one object of every kind, beside a neighbour."""
    open_office(NEIGHBOUR)
    return open_office(NAGASAKI)


def _window(browser: Browser) -> BrowserContext:
    """A fresh window; its folder is thrown away with it."""
    window = browser.new_context(viewport={"width": WIDE, "height": 900}, locale="ja-JP")
    window.set_default_timeout(PATIENCE)
    return window


def _listen(desk: Desk) -> None:
    """Gather what the browser complains of."""

    def note(kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            desk.complaints.append(text)

    desk.page.on("console", lambda message: note(message.type, message.text))
    desk.page.on("pageerror", lambda fault: note("error", str(fault)))


@pytest.fixture
def new_window(
    browser: Browser, live_server: LiveServer, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[], Desk]]:
    """Opens windows in which nobody has signed in, as many as there are people; at the end none has complained."""
    desks: list[Desk] = []

    def opened() -> Desk:
        home = live_server.url.replace("127.0.0.1", "localhost")
        desks.append(Desk(page=_window(browser).new_page(), home=home))
        _listen(desks[-1])
        return desks[-1]

    with caplog.at_level(logging.ERROR, logger="sekisho.web.policy"):
        yield opened
    for each in desks:
        each.page.context.close()
    assert [record.message for record in caplog.records if record.name == "sekisho.web.policy"] == []
    complaints = [text for each in desks for text in each.complaints]
    assert [text for text in complaints if "Content Security Policy" in text] == []


@pytest.fixture
def stranger(new_window: Callable[[], Desk]) -> Desk:
    """A window in which nobody has signed in."""
    return new_window()


@pytest.fixture
def desk(stranger: Desk, mine: Belongings) -> Desk:
    """A window in which the head of the division has signed in with both factors."""
    stranger.sit_down(client_of(mine.person, "operator", "head", "auditor"))
    assert mine.tenant == NAGASAKI
    return stranger
