"""Where the form of a record is wrong, its fault says what was found and what the layout asks, and no value."""

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Fault, FaultCode, examine, write
from sekisho.records.blocks import LONGEST_RECORD

NOTICE = shipped_layouts().find("registry_notice")
HEADING = b"".join(write(NOTICE, []))
WIDTH = len(NOTICE.fields)
NAME = "浦上さくら".encode("cp932")


def first_fault(tail: bytes) -> Fault:
    """The first fault of a file of notices with this behind its heading."""
    return examine(NOTICE, [HEADING, tail]).faults[0]


@pytest.mark.parametrize(
    ("tail", "code", "found", "allowed"),
    [
        (b"\r\n", FaultCode.COLUMN_COUNT, "1列", f"{WIDTH}列"),
        (b"," * WIDTH + b"\r\n", FaultCode.COLUMN_COUNT, f"{WIDTH + 1}列", f"{WIDTH}列"),
        (b'"' + NAME, FaultCode.UNCLOSED_QUOTE, "閉じていない引用符", '項目全体を " で囲み、中の " は "" とする'),
        (NAME + b'"",\r\n', FaultCode.QUOTING, '"', '項目全体を " で囲み、中の " は "" とする'),
        (NAME + b"\xff\xff,\r\n", FaultCode.NOT_DECODABLE, "FF(値の6文字目)", "Shift_JIS(CP932)の文字"),
        (
            b"x" * (LONGEST_RECORD + 2),
            FaultCode.RECORD_TOO_LONG,
            "1,048,576バイトより長い記録",
            "1件 1,048,576バイトまで",
        ),
    ],
)
def test_what_is_found_and_allowed_is_told(tail: bytes, code: FaultCode, found: str, allowed: str) -> None:
    fault = first_fault(tail)
    assert (fault.code, fault.found, fault.allowed) == (code, found, allowed)
    assert "浦上" not in fault.ja + fault.en


@pytest.mark.parametrize(("end", "name"), [(b"\n", "LF"), (b"\r", "CR")])
def test_a_wrong_line_end_is_named(end: bytes, name: str) -> None:
    fault = next(each for each in examine(NOTICE, [HEADING, b"x", end]).faults if each.code is FaultCode.LINE_END)
    assert (fault.found, fault.allowed) == (name, "CRLF")
