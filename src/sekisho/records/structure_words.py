"""What was found, and what the layout allows, where the form of a record is wrong and not the value of a field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sekisho.records.blocks import LONGEST_RECORD
from sekisho.records.characters import decode_text
from sekisho.records.faults import FaultCode

LINE_ENDS: Final[Mapping[bytes, str]] = MappingProxyType({b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR"})
QUOTES_WANTED: Final = "引用符のない値"
QUOTING_WANTED: Final = '項目全体を " で囲み、中の " は "" とする'
TORN_WORDS: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
    {
        FaultCode.UNCLOSED_QUOTE: ("閉じていない引用符", QUOTING_WANTED),
        FaultCode.RECORD_TOO_LONG: (f"{LONGEST_RECORD:,}バイトより長い記録", f"1件 {LONGEST_RECORD:,}バイトまで"),
    }
)
_SETS: Final[Mapping[str, str]] = MappingProxyType(
    {"cp932": "Shift_JIS(CP932)の文字", "cp932-jis0208": "JIS第1・第2水準の文字(Shift_JIS)"}
)


def width_words(width: int) -> str:
    """So many columns."""
    return f"{width}列"


def letter_words(value: bytes, fault: UnicodeDecodeError, encoding: str) -> tuple[str, str]:
    """The bytes that are no character, or none that is allowed, and where in its value; and what is allowed."""
    # Before a byte that is no character may stand characters outside the allowed set: they are counted all the same.
    place = len(decode_text(value[: fault.start], encoding.removesuffix("-jis0208"))) + 1
    code = value[fault.start : fault.end].hex().upper()
    return f"{code}(値の{place}文字目)", _SETS.get(encoding, "UTF-8の文字")
