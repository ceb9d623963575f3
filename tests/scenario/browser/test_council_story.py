"""Given a council, when ten people sign in and do their part in the browser, then a parcel crosses."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Thread

import pytest
import uvicorn
from django.utils import timezone
from playwright.sync_api import Locator
from pytest_django import Settings

from sekisho.adapters.database.ledgers import sequence
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.layouts import shipped_layouts
from sekisho.bootstrap import STEPS, council
from sekisho.bootstrap.council_example import play_meeting
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.lane.application import Lane
from sekisho.lane.protocol import GuardedProtocol
from tests.fakes.council import DOWN, MEMBERS, UP, enter_people
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import sign_in
from tests.scenario.browser.test_sign_in import code_now, give_password
from tests.unit.web.two_offices import NAGASAKI, Belongings, give_second_factor

pytestmark = pytest.mark.browser


def press(desk: Desk, button: str, within: Locator | None = None) -> None:
    """Press a button, and see that the office did it."""
    (within or desk.page).get_by_role("button", name=button, exact=True).click()
    desk.page.wait_for_load_state("load")
    assert desk.page.get_by_role("status").first.is_visible(), (button, desk.page.title())


def at(desk: Desk, person: str, address: str) -> None:
    """Somebody who has signed in sits down at this window and opens a page; in this story nobody does, but others."""
    sign_in(desk, person)
    desk.go(address)


class Room:
    """Everybody of the story, each at a window of their own, where they sign in once and stay."""

    def __init__(self, new_window: Callable[[], Desk]) -> None:
        self._new_window = new_window
        self._desks: dict[str, Desk] = {}

    def at(self, person: str, address: str) -> Desk:
        """Somebody opens a page at their window; the first time, the sign-in page stands before it."""
        if person in self._desks:
            self._desks[person].go(address)
            return self._desks[person]
        desk = self._desks[person] = self._new_window()
        give_second_factor(person)
        desk.go(address)
        give_password(desk, person)
        desk.page.locator("input[name=code]").fill(code_now())
        desk.page.get_by_role("button", name="ログイン").first.click()
        desk.page.wait_for_url(f"{desk.home}{address}")
        return desk

    def signed_in(self) -> set[str]:
        """Who has signed in."""
        return set(self._desks)


def decided_in_2019() -> str:
    """The meeting of November 2019 takes consultation 56 to its permits, act by act; answers it as a precedent."""
    dossier = read_dossier(shipped_dossier())
    last_terms = tuple(dossier.terms_of(each)[-1] for each in (DOWN, UP))
    held = play_meeting(NAGASAKI, (replace(dossier, approved=last_terms),))
    return f"m-{held.items[0].matter}"


def drafted(room: Room, precedent: str) -> str:
    """When the division drafts the consultation from its precedent, under the law of today; then it has a page."""
    desk = room.at("doza", "/matters/new/")
    desk.page.get_by_label("先例").select_option(precedent)
    desk.page.get_by_role("button", name="起案を始める").click()
    desk.page.wait_for_url("**/edit/")
    desk.page.get_by_label("手続").select_option("act_2023")
    desk.page.get_by_label("目的").first.fill("固定資産税の課税客体の把握")
    press(desk, "保存する")
    return desk.page.url.removeprefix(desk.home)


def test_from_a_draft_to_a_crossing_by_ten_people_who_each_sign_in(
    new_window: Callable[[], Desk], mine: Belongings, settings: Settings
) -> None:
    enter_people(NAGASAKI)
    precedent, room = decided_in_2019(), Room(new_window)
    council.set_next_consultation(NAGASAKI, 62)
    matter = drafted(room, precedent)
    _taken_in(room, matter)
    _asked_and_answered(room, matter)
    _opened(room, matter)
    _decided(room, matter)
    operator = room.at("urakami", "/send/")
    with lane_beside(operator.home) as forms:
        settings.SEKISHO_LANE_URL = forms
        parcel = _handed_over(operator)
    _taken_further(parcel)
    operator.page.reload()
    operator.keep("S-110_crossed_under_the_new_permit")
    told = operator.page.locator("main")
    assert told.locator("h1 .chip").inner_text() == "通過・削除済み"
    assert told.get_by_role("link", name="R8-62-01", exact=True).is_visible()
    assert "検査待ち" not in told.inner_text()
    assert told.get_by_role("link", name="登記通知の異動案").is_visible(), "the division's own work can begin"
    assert mine.permit != "R8-62-01"
    assert len(room.signed_in()) == 10


@contextmanager
def lane_beside(home: str) -> Iterator[str]:
    """The lane's own application and protocol on loopback, beside the screens and over their database; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(Lane(home), http=GuardedProtocol, lifespan="off", log_level="warning")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://localhost:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _handed_over(desk: Desk) -> str:
    """The operator chooses the new permit and hands the file to the lane; answers the parcel."""
    desk.go("/send/")
    desk.page.get_by_label("R8-62-01").check()
    desk.page.get_by_role("button", name="次へ").click()
    rows = make_rows(Random(2), make_ledger(Random(1), 100), 5, misfits=0.0)
    body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
    desk.page.set_input_files("#file", {"name": "notices.csv", "mimeType": "text/csv", "buffer": body})
    desk.page.get_by_role("button", name="関所に渡す").click()
    desk.page.wait_for_url(f"{desk.home}/crossings/*/")
    assert "検査待ち" in desk.page.locator("main").inner_text()
    return desk.page.url.rstrip("/").rpartition("/")[2]


def _taken_further(parcel: str) -> None:
    """What the worker does with it: examine, deliver, erase; then the sequencer puts the entries into the tree."""
    for step in STEPS.values():
        step([parcel])
    sequence(NAGASAKI)


def _taken_in(room: Room, matter: str) -> None:
    """The head submits, the secretariat takes it in, calls the council and sends the papers."""
    desk = room.at("inasa", matter)
    press(desk, "提出する")
    desk = room.at("kazagashira", matter)
    press(desk, "受理する")
    desk.go("/meetings/")
    day = (timezone.now() + timedelta(days=2)).date().isoformat()
    for label, value in (
        ("会議の名前※", "令和8年度第3回"),
        ("会議の名前（英語）", "Third"),
        ("場所", "研修室"),
        ("開催日", day),
    ):
        desk.page.get_by_label(label).fill(value)
    press(desk, "会議を招集する")
    desk.go(matter)
    press(desk, "議題にする")
    desk.page.get_by_label("書面意見の締切").fill(day)
    press(desk, "資料を送る")


def _asked_and_answered(room: Room, matter: str) -> None:
    """A member asks about a network, the division cites the chart, another member writes an opinion."""
    desk_of_member = matter.replace("/matters/", "/portal/")
    desk = room.at("megane", desk_of_member)
    desk.page.get_by_text("質問する").first.click()
    desk.page.get_by_label("どの記載について").select_option("chart.networks[lgwan].operator")
    desk.page.get_by_label("質問※").fill("だれが管理しているのか")
    press(desk, "質問する")
    desk = room.at("doza", matter)
    desk.page.get_by_label("回答※").fill("J-LIS が一元的に管理している")
    press(desk, "回答する")
    desk = room.at("suwa", desk_of_member)
    desk.page.get_by_label("書面の意見").fill("端末は一台に限るべき")
    press(desk, "意見を出す")


def _opened(room: Room, matter: str) -> None:
    """Everybody is in the room; the chair opens, takes the matter up, and ends the questions."""
    desk = room.at("kazagashira", "/meetings/")
    here = desk.page.locator("form", has=desk.page.get_by_role("button", name="出席を記録する")).first
    for person in (*MEMBERS, "oura"):
        here.get_by_label("委員※").select_option(person)
        press(desk, "出席を記録する")
    desk = room.at("oura", "/meetings/")
    press(desk, "開会する")
    desk.go(matter)
    press(desk, "審議を開く")
    press(desk, "質疑を終える")


def _decided(room: Room, matter: str) -> None:
    """Every item is kept, all vote for it, and two persons sign."""
    desk = room.at("megane", f"{matter}decision/")
    desk.page.get_by_label("未定の項目は").check()
    press(desk, "判断を記録する")
    desk = room.at("oura", f"{matter}decision/")
    desk.page.get_by_label("結果の案").select_option("opinion_no_objection")
    press(desk, "採決にかける")
    for person in MEMBERS:
        desk = room.at(person, matter.replace("/matters/", "/portal/"))
        desk.page.get_by_label("とすることについて").select_option("for")
        press(desk, "投票する")
    desk = room.at("oura", f"{matter}decision/")
    press(desk, "数えて決定を告げる")
    press(desk, "答申書に署名する")
    desk = room.at("kazagashira", f"{matter}decision/")
    press(desk, "答申書に署名する")
    desk = room.at("nabekanmuri", f"{matter}decision/")
    press(desk, "決裁して署名する")
    desk = room.at("glover", f"{matter}decision/")
    press(desk, "決裁に署名し、通行証を発行する")
    desk.keep("S-215_signed_by_both")
    assert desk.page.get_by_role("link", name="R8-62-01").is_visible()
