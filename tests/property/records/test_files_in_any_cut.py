"""Laws of reading: a file cut in any way gives one answer, what is written can be read, no planted fault hides."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import FaultCode, Partial, RecordsError, examine, merge, part, read, write
from sekisho.records.blocks import Block, cut_blocks, split_fields, split_records, unquote
from sekisho.records.characters import windows_codes
from sekisho.records.closely import read_closely
from sekisho.records.columns import read_columns
from sekisho.records.notebook import Notebook
from sekisho.records.screening import screen

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "records"
FILES = sorted(path.name for path in GOLDEN.glob("*.csv"))
GOOD = (GOLDEN / "good.csv").read_bytes()
SHELF = shipped_layouts()
NOTICE = SHELF.find("registry_notice")
HEADING, *ROWS = GOOD.splitlines(keepends=True)
COLUMNS, _ = read_columns(NOTICE, HEADING, ())

LETTERS = st.sampled_from('あ髙﨑德①～－,"\r\n a0ー') | st.sampled_from(sorted(windows_codes()))
RECORDS = st.lists(
    st.fixed_dictionaries({field.name: st.text(LETTERS, max_size=4) for field in NOTICE.fields[::5]}), max_size=5
)
ANYTHING = st.binary(max_size=60) | st.lists(
    st.sampled_from([b'"', b",", b"\r\n", b"\n", b"\xfb", b"\xfc", b"\xf0@", b"\xfd", b"=1", *ROWS]), max_size=12
).map(b"".join)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """The same bytes, cut at these places."""
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]


@given(name=st.sampled_from(FILES), cuts=st.lists(st.integers(0, 3000), max_size=8))
def test_a_file_is_examined_alike_however_it_is_cut(name: str, cuts: list[int]) -> None:
    data = (GOLDEN / name).read_bytes()
    whole = examine(NOTICE, [data], vocabulary=SHELF.vocabulary, municipality="422011")
    assert examine(NOTICE, pieces(data, cuts), vocabulary=SHELF.vocabulary, municipality="422011") == whole


@given(tail=ANYTHING, cuts=st.lists(st.integers(0, 3000), max_size=5))
def test_any_bytes_are_examined_alike_however_they_are_cut(tail: bytes, cuts: list[int]) -> None:
    data = HEADING + tail
    assert examine(NOTICE, pieces(data, cuts)) == examine(NOTICE, [data])
    try:
        list(read(NOTICE, [data]))
    except RecordsError:
        assert examine(NOTICE, [data]).fault_count


@given(tail=ANYTHING)
def test_the_quick_way_and_the_close_look_say_the_same(tail: bytes) -> None:
    for block in cut_blocks([tail]):
        close = read_closely(block, Notebook(COLUMNS, "422011", 100))
        assert part(COLUMNS, block, "422011") == close
        screening = None if block.torn else screen(COLUMNS, block.data, "422011")
        if screening is not None:
            assert screening.frame.height == close.rows
            assert {fault.row - 1 for fault in close.faults} <= set(screening.suspicions)


@given(
    rows=st.lists(st.sampled_from([*ROWS, b"x\r\n", ROWS[0].replace(b"422011", b"422029")]), max_size=9),
    at=st.integers(0, 9),
)
def test_two_parts_merged_are_the_whole(rows: list[bytes], at: int) -> None:
    one, other = (Block(data=b"".join(some)) for some in (rows[:at], rows[at:]))
    merged = merge(part(COLUMNS, one, "422011"), part(COLUMNS, other, "422011"))
    assert merged == part(COLUMNS, Block(data=b"".join(rows)), "422011")


PARTIALS = st.sampled_from([part(COLUMNS, Block(data=row), "422029") for row in (*ROWS, b"x\r\n", b"=\xf0@\r\n")])


@given(one=PARTIALS, two=PARTIALS, three=PARTIALS)
def test_it_does_not_matter_which_parts_are_merged_first(one: Partial, two: Partial, three: Partial) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert merge(Partial(), one) == one == merge(one, Partial())


@given(records=RECORDS, cuts=st.lists(st.integers(0, 3000), max_size=5))
def test_what_is_written_is_read_again_value_for_value(records: list[dict[str, str]], cuts: list[int]) -> None:
    data = b"".join(write(NOTICE, records))
    again = [record.values for record in read(NOTICE, pieces(data, cuts))]
    assert [{name: values[name] for name in records[0]} for values in again] == records if records else again == []


@given(data=ANYTHING)
def test_no_byte_is_lost_between_records_and_fields(data: bytes) -> None:
    assert b"".join(raw for _, raw in split_records(data)) == data
    assert all(data[offset : offset + len(raw)] == raw for offset, raw in split_records(data))
    assert b",".join(raw for _, raw in split_fields(data)) == data


@given(value=st.text(LETTERS, max_size=12))
def test_a_value_between_quotation_marks_comes_out_as_it_went_in(value: str) -> None:
    raw = value.encode("cp932")
    assert unquote(b'"' + raw.replace(b'"', b'""') + b'"') == raw


@given(count=st.integers(1, 400), at=st.integers(0, 399))
def test_a_fault_planted_at_any_row_of_a_long_file_is_found_there(count: int, at: int) -> None:
    rows = [ROWS[number % 3] for number in range(count)]
    at %= count
    rows[at] = ROWS[0].replace(b"2026-05-03", b"2026-05-32")
    fault = examine(NOTICE, [HEADING, *rows]).faults
    byte = len(HEADING) + sum(map(len, rows[:at])) + ROWS[0].index(b"2026-05-03")
    assert [(each.row, each.column, each.byte, each.code) for each in fault] == [(at + 2, 8, byte, FaultCode.NOT_DATE)]
