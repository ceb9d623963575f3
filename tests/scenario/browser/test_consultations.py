"""S-210 of every item of November 2019 in a real browser: axe finds nothing, nothing runs over, all opens."""

import io
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import SHIPPED, Dossier, read_dossier, shipped_dossier
from sekisho.web.pages.council.papers_part import paper_sections
from tests.fakes.printed import printed_text
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order

pytestmark = pytest.mark.browser


def plain(text: str) -> str:
    """Text as it is compared: a printed page breaks lines anywhere and writes some letters as their radicals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


RADICALS = str.maketrans("⻑⺠⻄⻘⻝⻲⻩⻤⺟‧", "長民西青食亀黄鬼母・")


def assert_printed_whole(desk: Desk, dossier: Dossier) -> None:
    """The printed pages are of A4, marked, and hold every field and the name of every arrow."""
    paper = desk.print(f"S-210_{dossier.consultation['consultation']}")
    pages = PdfReader(io.BytesIO(paper)).pages
    assert {(round(float(e.mediabox.width)), round(float(e.mediabox.height))) for e in pages} == {(595, 842)}
    printed = plain(printed_text(paper))
    assert "取扱注意" in printed
    labels = [each.label_ja for each in dossier.chart.connections]
    fields = [line.value for part in paper_sections(dossier.papers) for line in part.lines]
    assert [each for each in (*labels, *fields) if plain(each) not in printed] == []


@pytest.mark.parametrize("number", SHIPPED)
def test_a_consultation_is_in_order_and_prints_whole_with_its_map_and_the_table_that_says_the_same(
    desk: Desk, number: str
) -> None:
    text = shipped_dossier(number)
    dossier = read_dossier(text)
    open_tenant(dossier, text, datetime(2026, 11, 24, tzinfo=UTC))
    desk.go(f"/consultations/{number}/")
    map_room, table = desk.page.locator(".flowmap"), desk.page.get_by_role("region", name="矢印の一覧")
    assert map_room.count() == 1
    badges = set(map_room.locator(".map-badge text").all_text_contents())
    assert badges == set(table.locator("tbody th").all_inner_texts()) == {e.badge for e in dossier.chart.connections}
    unknown = [each for each in dossier.chart.networks if "不明" in {each.owner, each.installer, each.operator}]
    assert bool(unknown) <= (map_room.locator(".map-unknown").count() > 0)
    assert_printed_whole(desk, dossier)
    if number == "61":  # the longest of them, with everything unfolded
        desk.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert_in_order(desk, f"S-210_{number}")
