"""Re-emitting records: every value stays, and what a spreadsheet would compute is plain text."""

from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.records import RecordsError, read, rewrite, write

LAYOUT = shipped_layouts().find("registry_notice")


def rows() -> list[dict[str, str]]:
    """Some notices as values."""
    body = b"".join(notice_file(LAYOUT, make_rows(Random(2), make_ledger(Random(1), 20), 8, misfits=0.0)))
    return [dict(each.values) for each in read(LAYOUT, [body])]


def rewritten(values: list[dict[str, str]]) -> list[dict[str, str]]:
    """The values after a file was written anew."""
    body = b"".join(rewrite(LAYOUT, write(LAYOUT, iter(values))))
    return [dict(each.values) for each in read(LAYOUT, [body])]


def test_clean_records_come_out_as_they_went_in() -> None:
    body = b"".join(write(LAYOUT, iter(rows())))
    assert b"".join(rewrite(LAYOUT, [body])) == body


@pytest.mark.parametrize("start", ["=", "+", "@", "＝", "＋", "＠"])
def test_what_begins_like_a_formula_is_marked_as_plain_text(start: str) -> None:
    values = rows()
    values[3]["remarks"] = f"{start}1+1"
    after = rewritten(values)
    assert after[3].pop("remarks") == f"'{start}1+1"
    values[3].pop("remarks")
    assert after == values


def test_rewriting_twice_changes_nothing_more() -> None:
    values = rows()
    values[0]["remarks"] = "=A1"
    once = b"".join(rewrite(LAYOUT, write(LAYOUT, iter(values))))
    assert b"".join(rewrite(LAYOUT, [once])) == once


def test_what_cannot_be_read_is_not_written() -> None:
    body = b"".join(write(LAYOUT, iter(rows())))
    with pytest.raises(RecordsError):
        list(rewrite(LAYOUT, [body + b'"a"b,c\r\n']))
