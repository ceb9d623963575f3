"""What leaves as a workbook: every value is kept, and none becomes a formula."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from sekisho.adapters.documents.spreadsheet import FORMULA_STARTS, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(content: bytes) -> list[list[tuple[str, str]]]:
    """Every cell of the sheet: its style and its value."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        [(cell.get("s", ""), "".join(cell.itertext())) for cell in row.iter(f"{MAIN}c")]
        for row in sheet.iter(f"{MAIN}row")
    ]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_that_looks_like_a_formula_stays_text(start: str) -> None:
    hostile = f"{start}HYPERLINK(1)"
    [_, [(style, value)]] = cells(workbook("一覧", ["値"], [[hostile]]))
    assert value.replace("\n", "\r") == hostile
    assert style == "1"


def test_no_cell_is_ever_a_formula() -> None:
    content = workbook("一覧", ["値"], [["=1+1"], ["ふつう"], [86]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_stay_numbers_and_texts_keep_their_zeros() -> None:
    [_, row] = cells(workbook("一覧", ["件数", "番号", "空"], [[86, "0012", None]]))
    assert [value for _, value in row] == ["86", "0012", ""]


def test_letters_that_xml_forbids_do_not_break_the_file() -> None:
    [_, [(_, value)]] = cells(workbook("一覧", ["値"], [["髙\x00𠮷<&>"]]))
    assert value == "髙𠮷<&>"
