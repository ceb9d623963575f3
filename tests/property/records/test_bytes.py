"""Laws of the checks on bytes: they know characters as our decoder does, values as our reader does, never too kind."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.records import byte_pairs
from sekisho.records.bits import Marked, pack
from sekisho.records.blocks import cut_fields, split_fields, split_records, unquote
from sekisho.records.byte_checks import code_check, compile_bytes, read_form
from sekisho.records.byte_classes import byte_classes
from sekisho.records.byte_numbers import suspect_number_bytes
from sekisho.records.byte_pairs import LEADS, may_be_written_otherwise
from sekisho.records.characters import decode_text, find_private
from sekisho.records.checks import compile_check, has_check_digit
from sekisho.records.double_bytes import NO_CHARACTERS, Characters, read_characters
from sekisho.records.grid import PADDING, Grid, lay_grid
from sekisho.records.hiding import find_formulas
from sekisho.records.layout import Field, FieldType, NumberForm

CODES = ("cp932", "cp932-jis0208", "utf-8")
PIECES = st.sampled_from(
    [b"\x81", b"\x83", b"\x9f", b"\xe0", b"\xfa", b"\xfc", b"\xf0", b"\x40", b"\x80", b"\xa0", b"\xb1"]
)
ROWS = st.lists(PIECES | st.sampled_from([*"あ髙﨑～ー①a0 "]).map(lambda text: text.encode("cp932")), max_size=90)


def grid_of(*values: bytes, line_end: bytes = b"\n", encoding: str = "cp932") -> Grid:
    """One column of these values."""
    grid = lay_grid(b"".join(value + line_end for value in values), 1, line_end, byte_classes(encoding))
    assert grid is not None
    return grid


def characters_of(*values: bytes, encoding: str = "cp932") -> Characters | None:
    """What is known of the characters of these values."""
    return read_characters(grid_of(*values, encoding=encoding), encoding)


def text_of(raw: bytes, encoding: str) -> str | None:
    """The same by our decoder."""
    try:
        return decode_text(raw, encoding)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("encoding", CODES[:2])
def test_every_pair_of_bytes_is_known_as_by_our_decoder(encoding: str) -> None:
    for lead in range(0x80, 0x100):
        for trail in range(0x80, 0x100):
            pair = bytes([lead, trail])
            known, text = characters_of(pair, encoding=encoding), text_of(pair, encoding)
            assert (known is None) == (text is None), pair.hex()
            if known is not None and text is not None:
                assert len(known.private) == sum(find_private(each) == 0 for each in text), pair.hex()
    pairs = [bytes([lead, trail]) for lead in LEADS for trail in range(0x3A, 0x80) if trail != 0x7F]
    assert all((characters_of(pair, encoding=encoding) is None) == (text_of(pair, encoding) is None) for pair in pairs)


@given(pieces=ROWS, encoding=st.sampled_from(CODES))
def test_any_row_of_bytes_is_known_and_counted_as_by_our_decoder(pieces: list[bytes], encoding: str) -> None:
    raw = b"".join(pieces)
    grid = grid_of(b"a", raw, encoding=encoding)
    known, text = read_characters(grid, encoding), text_of(raw, encoding)
    assert (known is None) == (text is None)
    if known is not None and text is not None:
        assert known.count_in(grid.columns[0].start, grid.columns[0].end).tolist() == [1, len(text)]
        assert len(known.private) == sum(find_private(each) == 0 for each in text)


@given(st.lists(st.integers(0, 64), min_size=1, max_size=5))
def test_a_carry_runs_through_as_many_words_as_it_must(lengths: list[int]) -> None:
    raw = b"a".join(b"\x83" * (length * 8) for length in lengths)
    known, text = characters_of(raw), text_of(raw, "cp932")
    assert (known is None) == (text is None)


@given(
    st.lists(
        st.sampled_from([b'"', b",", b"\r\n", b"\n", b"\r", b"a", b"", b'"a\r\n"', b'"",', b"b,c\r\n"]), max_size=20
    )
)
def test_a_grid_has_the_values_that_our_reader_finds(pieces: list[bytes]) -> None:
    data = b"".join(pieces) + b"\r\n"
    rows = [split_fields(record.removesuffix(b"\r\n")) for _, record in split_records(data)]
    width = len(rows[0])
    grid = lay_grid(data, width, b"\r\n", byte_classes("cp932"))
    if grid is not None:
        assert [[unquote(raw) for _, raw in row] for row in rows] == [
            [
                values.raw[start:end].tobytes()
                for values in grid.columns
                for start, end in [(values.start[n], values.end[n])]
            ]
            for n in range(grid.height)
        ]


def cut_step_by_step(record: bytes, *, quotes: bool) -> list[bytes]:
    """The fields of a record, cut at every comma before which the number of marks is even."""
    fields, marks = [b""], 0
    for byte in (record[at : at + 1] for at in range(len(record))):
        if byte == b"," and marks % 2 == 0:
            fields.append(b"")
            continue
        marks += quotes and byte == b'"'
        fields[-1] += byte
    return fields


@given(st.lists(st.sampled_from([b'"', b",", b"a", b"\n", b'"b,"']), max_size=20).map(b"".join), st.booleans())
def test_a_record_is_cut_in_one_go_as_it_is_step_by_step(record: bytes, quotes: bool) -> None:
    fields = cut_step_by_step(record, quotes=quotes)
    assert cut_fields(record, quotes=quotes) == fields
    assert [record[at : at + len(field)] for at, field in split_fields(record, quotes=quotes)] == fields


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [b"a", b'"', b'",', b'a"b"', b'"",'])
@pytest.mark.parametrize("end", [b"", b'"', b","])
def test_no_record_takes_longer_than_its_length(piece: bytes, end: bytes) -> None:
    record = piece * (1_000_000 // len(piece)) + end
    assert b",".join(cut_fields(record)) == record


def test_a_file_in_which_everything_stands_in_quotation_marks_has_a_grid() -> None:
    grid = lay_grid(b'"a","b\r\nc"\r\n' * 50, 2, b"\r\n", byte_classes("cp932"))
    assert grid is not None
    assert grid.texts(2, "cp932") == ["b\r\nc"] * 50
    assert all(start < end for start, end in pairwise(grid.columns[0].start.tolist()))
    assert grid.columns[0].start[0] == len(PADDING) + 1


FIELDS = [
    Field(name="x", header="x", item="x", type=kind, min=low, max=high, codes=codes, pattern=pattern, at_most=most)
    for kind, low, high, codes, pattern, most in [
        (FieldType.DIGITS, 3, 3, (), "", None),
        (FieldType.DIGITS, 1, 20, (), "", None),
        (FieldType.INTEGER, 0, 15, (), "", 500),
        (FieldType.DATE, 0, 10, (), "", None),
        (FieldType.CODE, 0, 20, ("1", "12", "0123456789", "あ"), "", None),
        (FieldType.NARROW, 0, 30, (), "", None),
        (FieldType.WIDE, 0, 30, (), "", None),
        (FieldType.TEXT, 0, 30, (), "[0-9]{3}-[0-9]{4}", None),
    ]
]
VALUES = st.text("0123456789-", max_size=20) | st.dates().map(str) | st.text("あ１ｱ1-aA ~", max_size=6)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.type}-{field.max}")
@given(texts=st.lists(VALUES | st.sampled_from(["12", "0123456789", "123", "123-4567", "2024-02-29"]), min_size=1))
def test_no_wrong_value_goes_unsuspected(field: Field, texts: list[str]) -> None:
    checks, alone = compile_bytes(field, "cp932"), compile_check(field)
    assert checks is not None
    grid = grid_of(*(text.encode("cp932") for text in texts))
    known = read_characters(grid, "cp932")
    assert known is not None
    suspected = np.logical_or.reduce([check(grid.columns[0], known) for check in checks]).tolist()
    for text, doubt in zip(texts, suspected, strict=True):
        assert doubt or not text or alone(text) is None


@pytest.mark.parametrize("form", list(NumberForm))
@given(texts=st.lists(st.text("0123456789T", min_size=5, max_size=14), min_size=1, max_size=5))
def test_no_number_with_a_wrong_check_digit_goes_unsuspected(form: NumberForm, texts: list[str]) -> None:
    known = ["123456789018", "0123456789018", "7000012050002", "422011", "T7000012050002", "42201", "T" + "0" * 13]
    texts += known
    suspected = suspect_number_bytes(form)(grid_of(*map(str.encode, texts)).columns[0], NO_CHARACTERS).tolist()
    for text, doubt in zip(texts, suspected, strict=True):
        assert doubt or has_check_digit(form, text)
    assert not all(suspected[-len(known) :])


def test_right_values_are_not_suspected() -> None:
    right = {"12": code_check(("12", "0123456789"), "cp932"), "0123456789": code_check(("0123456789",), "cp932")}
    for text, check in right.items():
        assert check(grid_of(text.encode()).columns[0], NO_CHARACTERS).tolist() == [False]


def test_only_plain_patterns_are_read_as_ranges() -> None:
    assert read_form("[A-Z]{2}-[0-9]") == [(65, 90), (65, 90), (45, 45), (48, 57)]
    assert [read_form(each) for each in ("[^-z]", "a+", "a|b", "[0-9]{1,2}", "(a)", ".", "[a-z0-9]", "あ")] == [
        None
    ] * 8


def test_signs_of_formulas_and_numbers_have_one_code_only() -> None:
    assert not may_be_written_otherwise("＝＋＠０１２３４５６７８９－ー", "cp932")
    assert may_be_written_otherwise("∵", "cp932")


def test_a_table_that_lets_a_wrong_pair_through_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert characters_of(b"\x85\x40") is None
    monkeypatch.setattr(byte_pairs, "one_character", lambda *_: "あ")
    byte_pairs.read_pairs.cache_clear()
    try:
        assert characters_of(b"\x85\x40") is not None
    finally:
        monkeypatch.undo()
        byte_pairs.read_pairs.cache_clear()


@given(marks=st.lists(st.booleans(), min_size=1, max_size=300), places=st.data())
def test_marked_bytes_are_counted_up_to_any_place(marks: list[bool], places: st.DataObject) -> None:
    marked = Marked(lambda: pack(np.array(marks)))
    asked = places.draw(st.lists(st.integers(0, len(marks) - 1), min_size=1))
    assert marked.count_before(np.array(asked)).tolist() == [sum(marks[:place]) for place in asked]


@pytest.mark.parametrize("value", ["a\x00b", "a\x7fb", "\x1b", "a\rb", "あ\x01"])
def test_what_nobody_sees_leaves_a_block_in_doubt_wherever_it_stands(value: str) -> None:
    inside = "\r" in value  # a return alone may stand between quotation marks, where it is part of the text
    assert (quoted_grid(f'"{value}"') is not None) is inside
    assert quoted_grid(value) is None


def quoted_grid(value: str) -> Grid | None:
    """One record of this value between two plain ones."""
    raw = b"".join(each.encode("cp932") + b"\r\n" for each in ("a", value, "b"))
    return lay_grid(raw, 1, b"\r\n", byte_classes("cp932"))


@pytest.mark.parametrize("first", ["=", "+", "@", "\t", "\r", "＝", "＠", "＋"])
def test_a_formula_is_found_between_quotation_marks_and_without(first: str) -> None:
    grid = quoted_grid(f'"{first}1"')
    assert grid is not None
    rows, found = find_formulas(grid, "cp932", (1,))
    assert (rows.tolist(), found.tolist()) == ([1], [1])
    if first != "\r":
        rows, _ = find_formulas(grid_of(b"a", f"{first}1".encode("cp932"), b"=1"), "cp932", (1,))
        assert rows.tolist() == [1, 2]


@given(rows=st.lists(st.lists(st.integers(0, 10**7).map(str), min_size=4, max_size=4), min_size=1), spoil=st.data())
def test_neighbours_that_are_digits_are_known_at_once_and_no_other_goes_unnoticed(
    rows: list[list[str]], spoil: st.DataObject
) -> None:
    value = spoil.draw(st.sampled_from(["", "0", "-1", "1a", "あ", "1" * 15, "1" * 16, '"1"', "１", " "]))
    rows[spoil.draw(st.integers(0, len(rows) - 1))][spoil.draw(st.integers(0, 3))] = value
    raw = b"".join(",".join(["x", *row, "y"]).encode("cp932") + b"\n" for row in rows)
    grid = lay_grid(raw, 6, b"\n", byte_classes("cp932"))
    assert grid is not None
    assert grid.are_digits(range(2, 6)) is (value in {"", "0", "1" * 15})
    assert not grid.are_digits(range(1, 6))
