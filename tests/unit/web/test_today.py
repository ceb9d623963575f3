"""S-001: what waits for each role, by when and where; and the banners that everybody must see."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from sekisho.adapters.database.models import ConditionRow, Parcel, PermitRow
from sekisho.bootstrap import council
from sekisho.kernel import ALARM_CODES, ReasonCode, because
from sekisho.web.pages.council.permit_page import is_altered
from sekisho.web.pages.deliberation.tasks import _TASKS
from sekisho.web.pages.today import today_page
from tests.fakes.council import Desks, act, decided_by_agency, open_council
from tests.unit.web.two_offices import NAGASAKI, Belongings, client_of, open_office

TASK = re.compile(
    r'<div class="task">.*?<b>([^<]+)</b><span class="task-more">(.*?)</span>'
    r'<span class="task-act">(.*?)</span></div>',
    re.DOTALL,
)
ALARM = "二つの判断が一致しなかったものが1件あります"
OWED = {
    "oura": ["会議を開く", "書面の意見を出す", "数えて決定を告げる", "答申書に署名する"],
    "megane": ["書面の意見を出す", "投票する", "項目ごとに判断する", "回答を確かめる"],
    "kazagashira": ["質問の回答者を決める"],
    "inasa": ["起案を確かめて提出する"],
    "doza": ["起案を仕上げる", "質問に答える", "条件の証拠を出す"],
    "konpira": [],
    "glover": [],
}


@pytest.fixture
def office(db: None) -> Belongings:
    return open_office(NAGASAKI)


@pytest.fixture
def desks(office: Belongings) -> Desks:
    return open_council(NAGASAKI)


def page(person: str = "konpira") -> str:
    """S-001 as this person reads it."""
    return client_of(person).get("/").content.decode()


def tasks(person: str) -> dict[str, tuple[str, str]]:
    """The council's tasks on somebody's first page: their more, and where they lead."""
    known = {str(words.ja) for words, _, _ in _TASKS.values()}
    return {title: (more, link) for title, more, link in TASK.findall(page(person)) if title in known}


@pytest.mark.parametrize("person", list(OWED))
def test_each_role_finds_what_waits_for_it(desks: Desks, person: str) -> None:
    assert sorted(tasks(person)) == sorted(OWED[person])


def test_each_task_says_its_fact_its_date_its_next_act_and_the_way_there(desks: Desks) -> None:
    more, link = tasks("oura")["書面の意見を出す"]
    assert "諮問第62号" in more
    assert "期限：令和" in more
    assert f'href="{reverse("portal_matter", args=[desks.circulated])}"' in link
    assert "書く" in link
    more, link = tasks("doza")["条件の証拠を出す"]
    assert "期限：令和" in more
    assert f'href="{reverse("conditions")}"' in link
    assert all("href=" in link for person in OWED for _, link in tasks(person).values())


def test_a_date_that_has_passed_is_said_so(desks: Desks) -> None:
    ConditionRow.objects.update(due=datetime.now(UTC).date() - timedelta(days=2))
    more, _ = tasks("doza")["条件の証拠を出す"]
    assert "を過ぎています" in more
    assert "task-late" in more


def test_the_menu_counts_what_waits_behind_each_line(desks: Desks) -> None:
    shown = page("megane")
    counts = dict(re.findall(r'<a href="(/[^"]*)"[^>]*>(?:(?!</a>).)*<span class="count[^>]*>(\d+)', shown, re.DOTALL))
    assert counts == {"/": "4", "/portal/": "3", "/consultations/": "1"}
    assert 'class="count' not in page("konpira")


def test_what_was_handed_in_waits_for_its_verifier_and_then_for_the_secretariat(desks: Desks) -> None:
    now = datetime.now(UTC)
    council.sign_letter(act(NAGASAKI, "oura", 0, now), desks.decided)
    decided_by_agency(NAGASAKI, desks.decided, now)
    council.submit_proof(act(NAGASAKI, "doza", 1, now), desks.condition, "写真")
    assert list(tasks("glover")) == ["条件の証拠を確かめる"]
    council.verify_proof(act(NAGASAKI, "glover", 2, now), desks.condition)
    assert list(tasks("kazagashira")) == ["質問の回答者を決める", "確かめた条件を閉じる"]


def raise_alarm(office: Belongings, code: ReasonCode) -> None:
    """The two opinions on today's stopped parcel were not one."""
    facts = {"municipality": "422029", "count": 1} if code is ReasonCode.FOREIGN_CANARY else {"permit": office.permit}
    reason = because(code, **facts)
    Parcel.objects.filter(parcel=office.stopped).update(reasons=[reason.as_data()])


def alarm_is_shown(office: Belongings) -> bool:
    """Does everybody's first page say so, with the way to the record?"""
    shown = unescape(page())
    found = re.search(rf'<section class="banner banner-stop">.*?{ALARM}.*?href="([^"]+)"', shown, re.DOTALL)
    return found is not None and found[1] == f"/crossings/{office.stopped}/"


@pytest.mark.parametrize("code", sorted(ALARM_CODES))
def test_an_alarm_is_on_everybody_s_first_page(office: Belongings, code: ReasonCode) -> None:
    assert not alarm_is_shown(office)
    raise_alarm(office, code)
    assert alarm_is_shown(office)


def test_more_than_was_declared_is_on_everybody_s_first_page(
    office: Belongings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "申告した量を超えたものが1件あります"
    assert said in page()
    monkeypatch.setattr(today_page, "_banners", without_alarms)
    assert said not in page()
    monkeypatch.undo()
    Parcel.objects.filter(parcel=office.stopped).update(reasons=[])
    assert said not in page()


def without_alarms(day: today_page.Day) -> tuple[today_page.Banner, ...]:
    """What somebody would write who forgot the alarms."""
    return tuple(today_page._altered(row) for row in day.permits if is_altered(row))


def with_the_wrong_way(alarmed: object) -> today_page.Banner:
    """What somebody would write who sends the reader to the list, where the record is one of thousands."""
    made: Callable[..., today_page.Banner] = today_page._overdue
    return made(1)


@pytest.mark.parametrize(("name", "bug"), [("_banners", without_alarms), ("_alarms", with_the_wrong_way)])
def test_a_page_that_forgets_the_alarm_is_found(
    office: Belongings, monkeypatch: pytest.MonkeyPatch, name: str, bug: object
) -> None:
    raise_alarm(office, ReasonCode.OPINIONS_DIFFER)
    monkeypatch.setattr(today_page, name, bug)
    assert not alarm_is_shown(office)


def test_an_overdue_copy_and_an_altered_permit_are_said_too(office: Belongings) -> None:
    assert "banner-stop" not in page()
    Parcel.objects.filter(parcel=office.stopped).update(erase_by=datetime(2026, 1, 1, tzinfo=UTC))
    assert "削除の期限を過ぎた写しが1件あります" in page()
    row = PermitRow.objects.get(tenant_id=NAGASAKI, permit=office.permit)
    row.specification["records_at_most"] = 1
    row.save()
    assert f"通行証 {office.permit} の登録内容が、承認と一致しません" in page()
