"""Reading and writing: hashed to the end, bounded memory, nothing replaced, columns taken out."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import FaultCode, Hashed, RecordsError, encode_text, examine, read, strip_items, write
from sekisho.records.blocks import LONGEST_RECORD, cut_blocks

GOOD = (Path(__file__).resolve().parents[2] / "golden" / "records" / "good.csv").read_bytes()
SHELF = shipped_layouts()
NOTICE = SHELF.find("registry_notice")


def test_the_records_are_read_in_order_with_their_rows() -> None:
    records = list(read(NOTICE, [GOOD]))
    assert [record.row for record in records] == [2, 3, 4]
    assert [record.values["owner_name"] for record in records] == ["髙島 遥", "浦上 さくら", "德永 翼"]
    assert records[1].values["remarks"] == "相続人2名, 持分は等しい"


def test_what_was_read_is_written_with_the_same_bytes() -> None:
    assert b"".join(write(NOTICE, [record.values for record in read(NOTICE, [GOOD])])) == GOOD


def test_letters_are_written_with_the_bytes_that_windows_writes() -> None:
    assert encode_text("髙﨑德瀨彅薰", "cp932").hex() == "fbfcfab1fabafb50fa67fb9e"
    assert encode_text("①㈱Ⅰ№㍻", "cp932").hex() == "8740878a87548782877e"
    assert encode_text("～－∥", "cp932").hex() == "8160817c8161"


@pytest.mark.parametrize("letter", ["𠮷", "鷗", "—", "㋿", "𠮟", "ゔ", "−"])
def test_what_cannot_be_written_is_refused_and_never_replaced(letter: str) -> None:
    with pytest.raises(RecordsError, match="owner_name") as refused:
        list(write(NOTICE, [{"owner_name": f"{letter}田"}]))
    assert letter not in str(refused.value)


def test_a_field_that_the_layout_does_not_have_is_not_written() -> None:
    with pytest.raises(RecordsError, match="sex"):
        list(write(NOTICE, [{"sex": "女"}]))


def test_the_bytes_are_hashed_if_somebody_asks_for_it() -> None:
    pieces = [GOOD[:100], GOOD[100:]]
    told, untold = examine(NOTICE, Hashed(pieces)), examine(NOTICE, pieces)
    assert told.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert untold == replace(told, sha256="")


@pytest.mark.parametrize("stray", [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"])
def test_bytes_that_python_lets_through_are_no_characters(stray: bytes) -> None:
    seen = examine(NOTICE, [GOOD.replace(b"\xfb\xfc", stray + b"\xfb\xfc")])
    assert [(fault.code, fault.byte) for fault in seen.faults] == [(FaultCode.NOT_DECODABLE, GOOD.index(b"\xfb\xfc"))]
    with pytest.raises(RecordsError, match="row 2"):
        list(read(NOTICE, [GOOD.replace(b"\xfb\xfc", stray + b"\xfb\xfc")]))


def endless_quote(pieces: int) -> Iterator[bytes]:
    """A file whose last value never ends."""
    yield GOOD + b'"'
    for _ in range(pieces):
        yield b"\n," * 5000


def test_a_value_that_never_ends_is_one_fault_at_its_beginning_and_the_file_is_hashed_to_its_end() -> None:
    seen = examine(NOTICE, Hashed(endless_quote(120)))
    whole = b"".join(endless_quote(120))
    assert len(whole) > LONGEST_RECORD
    assert [(fault.row, fault.byte, fault.code) for fault in seen.faults] == [(5, len(GOOD), FaultCode.RECORD_TOO_LONG)]
    assert (seen.size, seen.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())


def test_no_more_than_one_record_and_one_chunk_are_held() -> None:
    held = [len(block.data) for block in cut_blocks(endless_quote(1000), longest=50_000)]
    assert held == [len(GOOD), 50_000]


def test_a_record_that_is_too_long_is_too_long_however_the_file_comes() -> None:
    whole = GOOD + b"x" * (LONGEST_RECORD + 1) + b"\r\n" + GOOD
    pieces = [whole[at : at + 70_001] for at in range(0, len(whole), 70_001)]
    assert examine(NOTICE, [whole]) == examine(NOTICE, pieces)
    assert examine(NOTICE, [whole]).faults[0].code is FaultCode.RECORD_TOO_LONG


def test_a_heading_that_never_ends_is_one_fault_of_the_heading() -> None:
    seen = examine(NOTICE, [b'"' + GOOD.replace(b'"', b"")])
    assert [(fault.row, fault.column, fault.byte, fault.code) for fault in seen.faults] == [
        (1, 1, 0, FaultCode.UNCLOSED_QUOTE)
    ]


def test_all_faults_are_counted_and_the_first_hundred_kept() -> None:
    heading, *rows = GOOD.splitlines(keepends=True)
    seen = examine(NOTICE, [heading + rows[0].replace(b"2026-05-03", b"2026-13-03") * 250])
    assert (seen.fault_count, len(seen.faults)) == (250, 100)
    assert [fault.row for fault in seen.faults] == list(range(2, 102))


def test_columns_that_are_not_approved_are_taken_out_and_the_rest_keeps_its_bytes() -> None:
    with_sex = (Path(__file__).resolve().parents[2] / "golden" / "records" / "sex_column.csv").read_bytes()
    assert b"".join(strip_items(NOTICE, [with_sex], frozenset({"sex"}), SHELF.vocabulary)) == GOOD


def test_a_file_that_does_not_fit_its_heading_is_not_read() -> None:
    with pytest.raises(RecordsError, match="row 2"):
        list(read(NOTICE, [GOOD.replace(b"4201-20260501", b",4201-20260501", 1)]))
    with pytest.raises(RecordsError, match="misplaced"):
        list(read(NOTICE, [GOOD.replace(b"101,2026-05-03", b'1"0"1,,2026-05-03', 1)]))
