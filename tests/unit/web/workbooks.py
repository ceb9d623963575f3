"""Opening a workbook of ours again, as a spreadsheet would."""

import io
from collections.abc import Iterator

import openpyxl

Cell = str | int | None


def rows_of(content: bytes) -> list[dict[str, Cell]]:
    """Every row by its headings; a workbook that is broken does not open."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def formulas_in(content: bytes) -> Iterator[str]:
    """The cells that a spreadsheet would calculate."""
    for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                yield str(cell.coordinate)
