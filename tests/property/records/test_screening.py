"""The law of the quick ways: whatever stands in a file of any layout, they say what the close look says."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Block, Layout, NumberKind, Partial, check_number, encode_text
from sekisho.records import parts as parts_room
from sekisho.records import screening as screening_room
from sekisho.records import skimming as skimming_room
from sekisho.records.checks import has_check_digit
from sekisho.records.clean import count_clean
from sekisho.records.closely import read_closely
from sekisho.records.columns import Columns, read_columns
from sekisho.records.layout import NumberForm
from sekisho.records.notebook import Notebook
from sekisho.records.parts import screened_part
from sekisho.records.suspicion import suspect_number

SHELF = shipped_layouts()
LAYOUTS = [pytest.param(each, id=f"{each.layout}-{each.version}") for each in SHELF.layouts]
# Values that are odd in one field or another, parted by blanks; and a few that hold blanks or nothing at all.
WITHOUT_BLANKS = """
0 1 9 -1 01 13 29 30 31 32 64 99 375 2026-02-29 2026-02-28 1.5 12345678901234567890 123456789018 0123456789018
7000012050002 422011 42201 =1+1 1,2 a"b １２３４５６７８９０１８ 髙橋 ナガサキ 4201/1/2 1E+12 T1234567890123
二分の一 2分の1 甲123番 無番地 \x01 〜 ー
"""
WITH_BLANKS = ("", " ", "1234 5678 9018", "長崎　太郎", "ﾅｶﾞｻｷ ﾀﾛｳ", "\t", "a\r\nb", "あ" * 200, "x" * 61)
ODD = [*WITHOUT_BLANKS.split(), *WITH_BLANKS]


def in_file(layout: Layout, values: list[str]) -> bytes:
    """One record as anybody might write it: quotation marks where needed, whatever the layout says."""
    quoted = ('"' + value.replace('"', '""') + '"' if set(value) & set(',"\r\n') else value for value in values)
    return b",".join(_written(value, layout.encoding) for value in quoted) + layout.line_end


def _written(value: str, encoding: str) -> bytes:
    """The value in the file's code, or a byte that is no character."""
    try:
        return encode_text(value, encoding)
    except UnicodeEncodeError:
        return b"\xfd"


def columns_of(layout: Layout) -> Columns:
    """The columns of a file of this layout, a stranger among them if it binds by heading."""
    names = [field.header for field in layout.fields] + (["性別"] if layout.header else [])
    return read_columns(layout, in_file(layout, names), SHELF.vocabulary)[0]


def close_look(columns: Columns, data: bytes) -> Partial:
    """What is found record by record."""
    return read_closely(Block(data=data), Notebook(columns, "422011", 1000))


def good_row(layout: Layout) -> list[str]:
    """The values of the golden record that the layout accepts, and of a stranger where columns have names."""
    golden = dict(next((each.values for each in layout.golden if not each.faults), ()))
    return [golden.get(field.name, "") for field in layout.fields] + (["女"] if layout.header else [])


@st.composite
def odd_file(draw: st.DrawFn, layout: Layout) -> bytes:
    """A few records, some values of which were exchanged for odd ones."""
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        row = good_row(layout)
        for place in draw(st.sets(st.integers(0, len(row) - 1), max_size=4)):
            row[place] = draw(st.sampled_from(ODD))
        rows.append(in_file(layout, row))
    return b"".join(rows)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_screened_block_is_found_as_by_the_close_look(layout: Layout, data: st.DataObject) -> None:
    columns, content = columns_of(layout), data.draw(odd_file(layout))
    screened = screened_part(content, Notebook(columns, "422011", 1000))
    close = close_look(columns, content)
    assert screened is None or screened == close
    count = count_clean(columns, content, "422011")
    assert count is None or (count, close.fault_count, close.foreign) == (close.rows, 0, 0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_records_in_order_are_screened_and_no_fault_is_found(layout: Layout) -> None:
    content = in_file(layout, good_row(layout))
    screened = screened_part(content * 3, Notebook(columns_of(layout), "", 10))
    assert screened is not None
    assert (screened.rows, screened.fault_count) == (3, 0)


@pytest.mark.parametrize("form", list(NumberForm))
@given(text=st.text("0123456789T", min_size=5, max_size=14))
def test_no_number_with_a_wrong_check_digit_goes_unsuspected(form: NumberForm, text: str) -> None:
    frame = pl.DataFrame({"value": [text, "123456789018", "0123456789018", "7000012050002", "422011"]})
    suspected = frame.select(suspect_number(pl.col("value"), form).alias("value"))["value"].to_list()
    for value, doubt in zip(frame["value"], suspected, strict=True):
        assert doubt or has_check_digit(form, value)


def test_right_numbers_are_not_suspected() -> None:
    right = {
        NumberForm.INDIVIDUAL: "123456789018",
        NumberForm.PADDED_INDIVIDUAL: "0123456789018",
        NumberForm.CORPORATE: "7000012050002",
        NumberForm.MUNICIPALITY: "422011",
        NumberForm.INVOICE: "T7000012050002",
    }
    for form, value in right.items():
        frame = pl.DataFrame({"value": [value]})
        assert frame.select(suspect_number(pl.col("value"), form).alias("value"))["value"].to_list() == [False]
    assert check_number(NumberKind.MUNICIPALITY, "422011").valid


def test_a_screening_that_forgot_a_check_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = SHELF.find("registry_notice")
    columns = columns_of(layout)
    row = good_row(layout)
    row[[field.name for field in layout.fields].index("received_on")] = "2026-02-31"
    content = in_file(layout, row)
    found = screened_part(content, Notebook(columns, "", 10))
    assert found is not None
    assert found == read_closely(Block(data=content), Notebook(columns, "", 10))
    assert found.fault_count
    monkeypatch.setattr(screening_room, "_suspect_filled", lambda *_: [])
    assert screened_part(content, Notebook(columns_of_anew(layout), "", 10)) == found  # it was skimmed before
    monkeypatch.setattr(skimming_room, "compile_bytes", lambda *_: ())
    blind = screened_part(content, Notebook(columns_of_anew(layout), "", 10))
    assert blind is not None
    assert blind.fault_count < found.fault_count


def test_what_is_not_skimmed_is_screened(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = SHELF.find("registry_notice")
    content = in_file(layout, good_row(layout))
    skimmed = screened_part(content, Notebook(columns_of(layout), "", 10))
    monkeypatch.setattr(parts_room, "skim", lambda *_: None)
    assert skimmed == screened_part(content, Notebook(columns_of(layout), "", 10))
    monkeypatch.setattr(screening_room, "_suspect_filled", lambda *_: [])
    row = good_row(layout)
    row[[field.name for field in layout.fields].index("received_on")] = "2026-02-31"
    blind = screened_part(in_file(layout, row), Notebook(columns_of_anew(layout), "", 10))
    assert blind is not None
    assert blind.fault_count == 0


def columns_of_anew(layout: Layout) -> Columns:
    """The same columns, for which nothing was put together yet."""
    known = columns_of(layout)
    return Columns(layout=known.layout, known=known.known, recognised=True, rules=known.rules)
