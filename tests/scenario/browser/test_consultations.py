"""S-210 of every item of November 2019 in a real browser: axe finds nothing, nothing runs over, all opens."""

import io
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.web.pages.council.papers_part import paper_sections
from tests.scenario.browser.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 390])
def test_every_consultation_of_the_meeting_is_in_order(desk: Desk, width: int) -> None:
    for number in SHIPPED:
        text = shipped_dossier(number)
        open_tenant(read_dossier(text), text, datetime(2026, 11, 24, tzinfo=UTC))
        desk.go(f"/consultations/{number}/")
        desk.keep(f"S-210_{number}_{width}")
        assert desk.violations() == [], number
        assert not desk.runs_over(), number
        assert desk.page.locator(".flowmap").count() == 1
    desk.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert desk.violations() == []
    assert not desk.runs_over()
    assert desk.complaints == []


def plain(text: str) -> str:
    """Text as it is compared: a printed page breaks lines anywhere and writes some letters as their radicals."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


RADICALS = str.maketrans("⻑⺠⻄⻘⻝⻲⻩⻤⺟‧", "長民西青食亀黄鬼母・")


def test_every_dossier_prints_whole_on_a4_with_its_map_and_the_table_that_says_the_same(desk: Desk) -> None:
    for number in SHIPPED:
        text = shipped_dossier(number)
        dossier = read_dossier(text)
        open_tenant(dossier, text, datetime(2026, 11, 24, tzinfo=UTC))
        desk.go(f"/consultations/{number}/")
        map_room, table = desk.page.locator(".flowmap"), desk.page.get_by_role("region", name="矢印の一覧")
        badges = set(map_room.locator(".map-badge text").all_text_contents())
        assert (
            badges == set(table.locator("tbody th").all_inner_texts()) == {e.badge for e in dossier.chart.connections}
        )
        unknown = [each for each in dossier.chart.networks if "不明" in {each.owner, each.installer, each.operator}]
        assert bool(unknown) <= (map_room.locator(".map-unknown").count() > 0), number
        pages = PdfReader(io.BytesIO(desk.print(f"S-210_{number}"))).pages
        assert {(round(float(e.mediabox.width)), round(float(e.mediabox.height))) for e in pages} == {(595, 842)}
        printed = plain("".join(each.extract_text() for each in pages))
        assert "取扱注意" in printed
        labels = [each.label_ja for each in dossier.chart.connections]
        fields = [line.value for part in paper_sections(dossier.papers) for line in part.lines]
        assert [each for each in (*labels, *fields) if plain(each) not in printed] == [], number
