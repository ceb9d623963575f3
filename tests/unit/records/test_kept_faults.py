"""Of the faults that only the whole file shows all are counted and the first are kept, as of all others."""

import tracemalloc
from array import array
from pathlib import Path

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Declared, FaultCode, examine
from sekisho.records.tallies import Keys, second_places

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layouts"
ELTAX = shipped_layouts().find("eltax.315")
ROW = (GOLDEN / "eltax_315_2021" / "good.txt").read_bytes().splitlines(keepends=True)[0]
MOST_A_RECORD = 40  # bytes besides the keys themselves


def keys(digests: list[int], rule: int = 0, row: int = 0) -> Keys:
    """Keys of one part, each in a row of its own."""
    rows = range(1, len(digests) + 1)
    places = array("Q", (10 * each for each in rows))
    return Keys(
        rule=rule, column=3, digests=array("Q", digests), rows=array("Q", rows), bytes=places, row=row, byte=10 * row
    )


@pytest.mark.parametrize("keep", [0, 1, 100])
def test_of_many_records_that_stand_twice_so_many_are_kept(keep: int) -> None:
    seen = examine(ELTAX, [ROW] * 5000, keep=keep, declared=Declared(records=1))
    assert seen.fault_count == 4999 + 1
    assert len(seen.faults) == keep
    assert [(each.row, each.code) for each in seen.faults] == [(row, FaultCode.DUPLICATE) for row in range(2, keep + 2)]


def test_faults_of_the_file_and_of_its_records_are_kept_in_the_order_of_their_rows() -> None:
    torn = b"x\r\n"
    seen = examine(ELTAX, [ROW, torn, ROW, torn, ROW], keep=3, declared=Declared(records=1))
    assert [(each.row, each.code) for each in seen.faults] == [
        (2, FaultCode.COLUMN_COUNT),
        (3, FaultCode.DUPLICATE),
        (4, FaultCode.COLUMN_COUNT),
    ]
    assert seen.fault_count == 5


def test_second_places_are_those_of_every_part_and_rule() -> None:
    parts = [keys([7, 8, 7]), keys([7], rule=1), keys([]), keys([8, 9, 2**64 - 1, 2**64 - 1], row=3)]
    assert second_places(parts, 9) == (3, [(3, 3, 30), (4, 3, 40), (7, 3, 70)])
    assert second_places(parts, 1) == (3, [(3, 3, 30)])
    assert second_places([], 1) == (0, [])


def test_finding_what_stands_twice_takes_few_bytes_a_record() -> None:
    count = 200_000
    parts = [keys([each % (count // 2) for each in range(count)])]
    tracemalloc.start()
    try:
        assert second_places(parts, 100)[0] == count // 2
        assert tracemalloc.get_traced_memory()[1] < MOST_A_RECORD * count
    finally:
        tracemalloc.stop()
