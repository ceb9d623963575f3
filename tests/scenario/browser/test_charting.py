"""Given nothing, when a drafter draws consultation 56 by forms, then it is its dossier's chart, and is submitted."""

from collections.abc import Iterator, Mapping

import pytest

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.council_precedents import empty_paper
from sekisho.adapters.database.models import EntryRow, Matter
from sekisho.bootstrap import council
from sekisho.kernel import Thing
from sekisho.web.pages.charting.values import values_of
from sekisho.web.pages.charting.words import SORTS, things_of
from tests.fakes.council import DOWN, Desks, act, adopted_and_signed, enter_people, open_council, paper_56
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import japanese_of_our_own, sign_in
from tests.scenario.browser.test_screens import assert_in_order, choose_english
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser
CHART = paper_56().dossier.chart
# What a drafter writes in a field of the dossier's form, by the last word of its name.
WRITTEN = {
    "subjects": "土地家屋の所有者",
    "operators": "urakami\ninasa",
    "factors": "password",
    "terminals": "asset-tax-terminal-1",
    "layouts": "registry_notice",
    "types": "text/csv",
    "not_before": "2019-11-19T00:00:00+09:00",
    "not_after": "2035-04-01T00:00:00+09:00",
    "regime": "ordinance",
    "feasibility": "done",
}


def fill(desk: Desk, typed: Mapping[str, str]) -> None:
    """Write in the fields of a form; what is not written stays as it is."""
    for name, value in typed.items():
        field = desk.page.locator(f'[id="chart-{name}"]')
        if value and field.count():
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)


def save(desk: Desk) -> None:
    """Save what is written, by the keyboard."""
    desk.page.get_by_role("button", name="保存する", exact=True).last.press("Enter")
    desk.page.wait_for_url("**/chart/")


def add(desk: Desk, sort: str, thing: Thing) -> None:
    """Add a thing to the chart; an arrow with as many rows as it has items."""
    desk.page.get_by_role("link", name=str(SORTS[sort].add), exact=True).click()
    desk.page.wait_for_url("**/new/")  # a click does not wait, and a field that is not there yet is left out
    typed = values_of(thing)
    rows = sum(name.endswith(".item") for name in typed)
    for _ in range(rows // 10 + 1 if rows else 0):
        with desk.page.expect_navigation():
            desk.page.get_by_role("button", name="行を増やす").click()
    fill(desk, typed)
    save(desk)


FILL_IN = """([fields, written]) => fields.filter(each => ["", "0"].includes(each.value) || each.tagName === "SELECT")
.filter(each => !/^(login\\.2|note)\\.|(shared_with|exception|exception_until)$/.test(each.name))
.forEach(each => {
  const last = each.name.split(".").pop();
  each.value = written[last] || (each.type === "number" ? "24" : "なし");
})"""


def write_the_dossier(desk: Desk) -> None:
    """Write in everything that is still empty beside the chart: some two hundred fields, at one stroke."""
    desk.page.get_by_role("link", name="諮問書を書く").click()
    desk.page.wait_for_url("**/edit/")
    script = f"written => ({FILL_IN})([[...document.querySelectorAll('main .field [name]')], written])"
    desk.page.evaluate(script, WRITTEN)
    desk.page.get_by_role("button", name="保存する", exact=True).click()
    desk.page.wait_for_load_state("load")


@pytest.fixture
def plain(stranger: Desk) -> Iterator[Desk]:
    """A window in which no script of ours runs."""
    browser = stranger.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 900}, locale="ja-JP")
    yield Desk(page=context.new_page(), home=stranger.home)
    context.close()


def test_from_nothing_a_drafter_draws_the_chart_of_56_and_its_head_submits_it(plain: Desk, mine: Belongings) -> None:
    enter_people(NAGASAKI)
    sign_in(plain, "doza")
    plain.go("/matters/new/")
    plain.page.get_by_role("button", name="起案を始める").click()
    plain.page.wait_for_url("**/chart/")
    matter = plain.page.url.split("/")[-3]
    for sort in SORTS:
        for thing in things_of(CHART, sort):
            add(plain, sort, thing)
    assert read_paper(Matter.objects.get(matter=matter)).dossier.chart == CHART
    assert EntryRow.objects.filter(kind="consultation_revised").count() == 13
    assert plain.page.get_by_text("概要図に足りないものはありません").is_visible()
    plain.keep("S-206_whole")
    write_the_dossier(plain)
    plain.go(f"/matters/{matter}/")
    assert plain.page.get_by_text("まだ書かれていない事項").count() == 0
    sign_in(plain, "inasa")
    plain.go(f"/matters/{matter}/")
    plain.page.get_by_role("button", name="提出する").click()
    plain.page.wait_for_load_state("load")
    assert Matter.objects.get(matter=matter).state == "submitted"


def test_every_screen_of_the_drawing_is_in_order(stranger: Desk, mine: Belongings) -> None:
    desks: Desks = open_council(NAGASAKI)
    empty = council.draft(act(NAGASAKI, "doza"), empty_paper())
    sign_in(stranger, "doza")
    home = f"/matters/{desks.draft}/chart/"
    for name, address in (
        ("S-206_empty", f"/matters/{empty}/chart/"),
        ("S-206", home),
        ("S-207_network", f"{home}networks/lgwan/"),
        ("S-207_arrow", f"{home}arrows/{DOWN}/"),
        ("S-208", f"{home}computers/linkage_platform/remove/"),
    ):
        stranger.go(address)
        assert_in_order(stranger, name)
    stranger.go(f"{home}computers/new/")
    stranger.page.get_by_label("置かれているネットワーク").select_option("lgwan")
    stranger.page.get_by_label("市のものか").select_option("yes")
    with stranger.page.expect_response(lambda answer: answer.request.method == "POST"):
        stranger.page.get_by_label("名称※必須").fill("新しい端末")
        stranger.page.get_by_label("名称※必須").press("Tab")
    stranger.page.locator("#drawn", has_text="新しい端末").wait_for()
    stranger.page.get_by_label("名称※必須").evaluate("each => each.removeAttribute('required')")
    stranger.page.get_by_label("名称※必須").fill("")
    stranger.page.get_by_role("button", name="保存する", exact=True).first.press("Enter")
    stranger.page.get_by_role("alert").wait_for()
    assert stranger.page.get_by_label("市のものか").input_value() == "yes"
    # The browser itself notes that the page came with status 422.
    assert [text for text in stranger.complaints if "422" not in text] == []
    stranger.complaints.clear()
    assert_in_order(stranger, "S-207_faults")


def test_english_readers_draw_and_change_in_english(stranger: Desk, mine: Belongings) -> None:
    desks: Desks = open_council(NAGASAKI)
    permit, *_ = adopted_and_signed(NAGASAKI, desks)
    home = f"/matters/{desks.draft}/chart/"
    sign_in(stranger, "doza")
    choose_english(stranger)
    for person, address in (
        ("doza", home),
        ("doza", f"{home}networks/lgwan/"),
        ("doza", f"{home}arrows/{DOWN}/"),
        ("doza", f"{home}computers/linkage_platform/remove/"),
        ("inasa", f"/permits/{permit}/change/"),
    ):
        sign_in(stranger, person)
        stranger.read_english()
        stranger.go(address)
        assert list(japanese_of_our_own(stranger)) == [], address
