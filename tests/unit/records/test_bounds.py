"""What a file costs is bounded by its bytes, whatever its sender wrote: memory, and the work that is done on it."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import FaultCode, closely, examine, narrow, screening
from sekisho.records.blocks import Block, cut_blocks
from sekisho.records.closely import read_closely
from sekisho.records.columns import read_columns
from sekisho.records.notebook import Notebook
from sekisho.records.parts import part

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layouts"
NTA = shipped_layouts().find("nta.375")
COLUMNS, _ = read_columns(NTA, b"", ())
GOOD = (GOLDEN / "nta_375_2025" / "good.txt").read_bytes()
ROWS = GOOD.count(b"\n")
MEBIBYTE = 1 << 20
MOST_MEMORY = 200  # MiB more than before the file was read
CHILD = """
import resource, sys
from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import examine
layout, good = shipped_layouts().find("nta.375"), sys.stdin.buffer.read()
examine(layout, [good])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
seen = examine(layout, [good, {junk} * {count}], keep=10)
print(seen.fault_count, len(seen.faults), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def measured(junk: bytes, count: int) -> list[int]:
    """Faults, kept faults and MiB of memory for a good file with this behind it, read in a process of its own."""
    program = CHILD.format(junk=repr(junk), count=count)
    done = subprocess.run([sys.executable, "-c", program], input=GOOD, capture_output=True, check=True)
    return [int(word) for word in done.stdout.split()]


@pytest.mark.parametrize(("junk", "each"), [(b"\n", 2), (b"a,\r\n", 1)])
def test_a_tail_of_tiny_records_costs_no_more_memory_than_a_good_file_of_its_size(junk: bytes, each: int) -> None:
    count = 3 * MEBIBYTE // len(junk)
    faults, kept, memory = measured(junk, count)
    assert (faults, kept) == (each * count, 10)
    assert memory < MOST_MEMORY


def test_no_table_is_built_of_records_that_have_too_few_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(*_: object, **__: object) -> None:
        pytest.fail("a table was built")

    monkeypatch.setattr("polars.read_csv", planted)
    for junk in (b"\n", b"\r\n", b"a,b,c\r\n", b'"a"\r\n', b",\n"):
        assert screening.screen(COLUMNS, GOOD + junk * 5000, "") is None


@pytest.mark.parametrize("megabytes", [1, 4, 20])
def test_few_of_many_empty_lines_are_read_closely_and_all_are_counted(
    megabytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Mock(wraps=closely.read_values)
    monkeypatch.setattr(closely, "read_values", look)
    seen = examine(NTA, [GOOD, *[b"\n" * 1_000_000] * megabytes], keep=100)
    assert seen.records == ROWS + megabytes * 1_000_000
    assert seen.fault_count == 2 * megabytes * 1_000_000
    assert [(each.row, each.code) for each in seen.faults[:2]] == [
        (ROWS + 1, FaultCode.COLUMN_COUNT),
        (ROWS + 1, FaultCode.LINE_END),
    ]
    assert len(seen.faults) == 100
    assert look.call_count < 20_000


@pytest.mark.parametrize("keep", [0, 7, 5000, 100_000])
@pytest.mark.parametrize(
    "tail",
    [
        b"\n" * 20_000,
        b"\r\n" * 10_000 + b"\n\r\n" * 500 + b"\r",
        (b"a\n" * 3000 + GOOD + b"\x83\x40,\xff\r\n\r\n") * 3,
        b'a"\n' * 20_000,
        b"x,\xf0\x40\n=1,2\r\n" * 3000 + b"y",
    ],
)
def test_what_is_passed_over_is_counted_as_the_close_look_counts_it(tail: bytes, keep: int) -> None:
    for block in cut_blocks([GOOD, tail], quotes=NTA.quotes):
        assert part(COLUMNS, block, "422011", keep) == read_closely(block, Notebook(COLUMNS, "422011", keep))


def test_records_with_quotation_marks_or_other_than_ascii_are_never_passed_over() -> None:
    for tail in (b'"\n', b"\x82\xa0\n", b"\xfd\r\n"):
        block, notes = Block(data=b"\n" + tail), Notebook(COLUMNS, "", 0)
        close = read_closely(block, Notebook(COLUMNS, "", 0))
        assert narrow.pass_over(block, notes) == close


def test_no_block_grows_with_the_chunk_that_it_is_cut_from() -> None:
    blocks = list(cut_blocks([GOOD * (4 * MEBIBYTE // len(GOOD))]))
    assert max(len(each.data) for each in blocks) <= 2 * MEBIBYTE
    assert b"".join(each.data for each in blocks) == GOOD * (4 * MEBIBYTE // len(GOOD))
