"""S-701 and S-710 in a browser in which nobody has signed in: in order at two widths, saved, and printed on A4."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.fakes.printed import printed_text
from tests.scenario.browser.conftest import Desk
from tests.scenario.browser.test_screens import assert_in_order
from tests.unit.web.two_offices import NAGASAKI, Belongings

pytestmark = pytest.mark.browser


def test_a_stranger_reads_the_register(stranger: Desk, mine: Belongings) -> None:
    stranger.go("/accounts/login/")
    stranger.page.get_by_role("link", name="通行証の公開台帳").click()
    stranger.page.get_by_role("link", name="長崎市").first.click()  # both made-up cities are called so
    assert stranger.page.get_by_role("heading", level=1).inner_text() == "通行証の公開台帳"
    assert stranger.page.locator("section.register").count() == 3
    assert_in_order(stranger, "S-710")
    stranger.go("/register/")
    assert_in_order(stranger, "S-701")


def test_it_is_saved_as_a_workbook_and_printed_on_a4_as_a_public_paper(stranger: Desk, mine: Belongings) -> None:
    stranger.go(f"/register/{NAGASAKI}/")
    with stranger.page.expect_download() as saved:
        stranger.page.get_by_role("link", name="Excelで保存").click()
    assert Path(str(saved.value.path())).read_bytes()[:2] == b"PK"
    paper = stranger.print("S-710")
    pages = PdfReader(io.BytesIO(paper)).pages
    assert {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in pages} == {(595, 842)}
    text = printed_text(paper)
    assert mine.permit in text
    assert "取扱注意" not in text
    assert "公開" in text
