"""A fault of any kind, planted in any column of any record of a file of any layout, is found at its very byte.

The file is cut into blocks of any size, so that most faults lie behind the border of a block.
"""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import FaultCode, Layout, Partial, merge, part
from sekisho.records.blocks import cut_blocks
from sekisho.records.columns import Columns, read_columns

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layouts"
LAYOUTS = [each for each in shipped_layouts().layouts if each.layout != "registry_notice"]
SIZES = (40, 700, 9_000, 70_000)
ODD = {"undecodable": b"\xff", "control": b"\x01", "empty": b"", "letters": b"zz", "long": b"9" * 70}
OTHER_ENDS = {b"\r\n": b"\n", b"\n": b"\r\n"}
Planted = tuple[bytes, int, int, FaultCode | None]


def good_file(layout: Layout) -> tuple[Columns, list[list[bytes]]]:
    """The columns of the good file of a layout, and its records that need no quotation marks."""
    folder = GOLDEN / f"{layout.layout.replace('.', '_')}_{layout.effective_from.year}"
    lines = next(folder.glob("good.*")).read_bytes().removeprefix(b"\xef\xbb\xbf").split(layout.line_end)
    columns, _ = read_columns(layout, lines[0], ())
    return columns, [line.split(b",") for line in lines[layout.header :] if line and b'"' not in line]


def plant(columns: Columns, row: list[bytes], column: int, kind: str) -> Planted:
    """The record with the fault in it, the column and the byte at which it must be found, and its code."""
    layout, width = columns.layout, len(row)
    record, start = b",".join(row), sum(len(value) + 1 for value in row[: column - 1])
    if kind == "surplus":
        return record + b"," + layout.line_end, width + 1, 0, FaultCode.COLUMN_COUNT
    if kind == "missing":
        return b",".join(row[:-1]) + layout.line_end, width, 0, FaultCode.COLUMN_COUNT
    if kind == "line end":
        return record + OTHER_ENDS[layout.line_end], width, len(record), FaultCode.LINE_END
    changed = b",".join([*row[: column - 1], ODD[kind], *row[column:]]) + layout.line_end
    code = columns.known[column - 1].check(ODD[kind].decode("ascii", "replace"))
    return changed, column, start, FaultCode.NOT_DECODABLE if kind == "undecodable" else code


def found_in(columns: Columns, data: bytes, size: int) -> Partial:
    """What is found in a file that is cut into blocks of about this size."""
    total = Partial()
    for block in cut_blocks([data], size=size, quotes=columns.quotes):
        total = merge(total, part(columns, block, ""))
    return total


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: f"{each.layout}-{each.version}")
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_fault_planted_anywhere_is_found_at_its_byte(layout: Layout, data: st.DataObject) -> None:
    columns, rows = good_file(layout)
    count = data.draw(st.integers(1, 150))
    at, column = data.draw(st.integers(0, count - 1)), data.draw(st.integers(1, len(rows[0])))
    kind = data.draw(st.sampled_from([*ODD, "surplus", "missing", "line end"]))
    record, column, byte, code = plant(columns, rows[at % len(rows)], column, kind)
    assume(code is not None)
    before = [b",".join(rows[number % len(rows)]) + layout.line_end for number in range(count)]
    start = sum(map(len, before[:at]))
    content = b"".join((*before[:at], record, *before[at + 1 :]))
    seen = found_in(columns, content, data.draw(st.sampled_from(SIZES)))
    assert seen.rows == count
    assert {each.row for each in seen.faults} == {at + 1}
    assert (column, start + byte, code) in {(each.column, each.byte, each.code) for each in seen.faults}
