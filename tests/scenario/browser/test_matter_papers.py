"""S-210 of a matter on A4: every field of dossier and terms, and every arrow, is on the paper that members hold."""

import re
import unicodedata

import pytest

from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.models import Matter
from sekisho.bootstrap import council
from sekisho.web.pages.council.whole_paper import whole_paper
from tests.fakes.council import act, enter_people, paper_56
from tests.fakes.printed import printed_text
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_council_screens import sign_in
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser
RADICALS = str.maketrans("⻑⺠⻄⻘⻝⻲⻩⻤⺟‧", "長民西青食亀黄鬼母・")


def plain(text: str) -> str:
    """Text as it is compared: a printed page breaks lines anywhere and writes some letters as their radicals."""
    return re.sub(r"[\s\ufffe\u200b]", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


def test_the_papers_of_a_matter_print_whole(stranger: Desk, mine: Belongings) -> None:
    enter_people(mine.tenant)
    matter = council.draft(act(NAGASAKI, "doza"), paper_56())
    paper = read_paper(Matter.objects.get(matter=matter))
    sign_in(stranger, "doza")
    stranger.go(f"/matters/{matter}/")
    assert not stranger.runs_over()
    printed = plain(printed_text(stranger.print("S-210_matter")))
    assert "取扱注意" in printed
    values = [line.value for part in whole_paper(paper, NAGASAKI) for line in part.lines]
    labels = [each.label_ja for each in paper.dossier.chart.connections]
    assert "67,108,864" in values
    assert [each for each in (*labels, *values) if plain(each) not in printed] == []
