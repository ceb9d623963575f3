"""A workbook (.xlsx, ECMA-376) of one sheet, written in memory: text stays text, so that no cell can be a formula."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPE: Final = f"{_KIND}.sheet"
# What a spreadsheet, or a CSV saved from it, would take for a formula; full-width signs too.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PLAIN, _QUOTED, _BOLD = 0, 1, 2

_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font>'
        '<font><b/><sz val="11"/><name val="Yu Gothic"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
        '<xf xfId="0" quotePrefix="1"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def _cell(value: str | int | None, style: int) -> str:
    """One cell: numbers as numbers, everything else as text that stays text."""
    if value is None:
        return "<c/>"
    if isinstance(value, int):
        return f'<c s="{style}"><v>{value}</v></c>'
    kept = "".join(letter for letter in value if letter in "\t\n\r" or letter >= " ")
    shown = _QUOTED if kept.startswith(FORMULA_STARTS) else style
    return f'<c t="inlineStr" s="{shown}"><is><t xml:space="preserve">{escape(kept)}</t></is></c>'


def _row(values: Iterable[str | int | None], style: int = _PLAIN) -> str:
    """One row."""
    return f"<row>{''.join(_cell(value, style) for value in values)}</row>"


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """A workbook with a bold, fixed first row."""
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/>'
        f'<cols><col min="1" max="{len(header)}" width="22" customWidth="1"/></cols><sheetData>'
        f"{_row(header, _BOLD)}{''.join(_row(row) for row in rows)}</sheetData></worksheet>"
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{escape(title, {chr(34): ""})[:31]}" '
        'sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    taken = io.BytesIO()
    with zipfile.ZipFile(taken, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, _HEAD + text)
    return taken.getvalue()
