"""Faults of a file: where (row, column, byte), what is allowed, and how to mend it, in Japanese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class FaultCode(StrEnum):
    """What is wrong. Stored values are never renamed."""

    NOT_DECODABLE = "not_decodable"
    PRIVATE_CHARACTER = "private_character"
    QUOTING = "quoting"
    UNCLOSED_QUOTE = "unclosed_quote"
    RECORD_TOO_LONG = "record_too_long"
    LINE_END = "line_end"
    HEADER_UNKNOWN = "header_unknown"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMN_COUNT = "column_count"
    REQUIRED = "required"
    TOO_LONG = "too_long"
    NOT_DIGITS = "not_digits"
    NOT_INTEGER = "not_integer"
    NOT_DECIMAL = "not_decimal"
    NOT_DATE = "not_date"
    NOT_IN_CODES = "not_in_codes"
    NOT_FRACTION = "not_fraction"
    NOT_LOT = "not_lot"
    DAMAGED_BY_SPREADSHEET = "damaged_by_spreadsheet"
    NOT_WRITABLE = "not_writable"


_WORDS: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
    {
        FaultCode.NOT_DECODABLE: ("文字コードとして読めません", "cannot be decoded"),
        FaultCode.PRIVATE_CHARACTER: ("外字(私用領域の文字)です", "a private character (gaiji)"),
        FaultCode.QUOTING: ("引用符の使い方が誤っています", "misplaced quotation mark"),
        FaultCode.UNCLOSED_QUOTE: ("引用符が閉じていません", "quotation mark never closed"),
        FaultCode.RECORD_TOO_LONG: ("1件の記録が長すぎます", "the record is too long"),
        FaultCode.LINE_END: ("改行が様式と違います", "wrong line end"),
        FaultCode.HEADER_UNKNOWN: ("見出し行が様式と合いません", "the heading is not that of the layout"),
        FaultCode.COLUMN_MISSING: ("必要な列がありません", "a required column is missing"),
        FaultCode.COLUMN_TWICE: ("同じ列が2度あります", "the column stands twice"),
        FaultCode.COLUMN_COUNT: ("列の数が見出しと違います", "the number of columns differs from the heading"),
        FaultCode.REQUIRED: ("必須の項目が空です", "a required value is empty"),
        FaultCode.TOO_LONG: ("文字数が様式を超えています", "too many characters"),
        FaultCode.NOT_DIGITS: ("決められた桁数の数字ではありません", "not the fixed number of digits"),
        FaultCode.NOT_INTEGER: ("整数ではありません", "not a whole number"),
        FaultCode.NOT_DECIMAL: ("数ではありません", "not a number"),
        FaultCode.NOT_DATE: ("日付ではありません", "not a date"),
        FaultCode.NOT_IN_CODES: ("決められた語ではありません", "not one of the allowed words"),
        FaultCode.NOT_FRACTION: ("持分(例: 2分の1)ではありません", "not a share such as 2分の1"),
        FaultCode.NOT_LOT: ("地番として読めません", "not a lot number"),
        FaultCode.DAMAGED_BY_SPREADSHEET: ("表計算ソフトで壊れた値です", "damaged by a spreadsheet"),
        FaultCode.NOT_WRITABLE: ("この文字コードでは書けない文字です", "cannot be written in this encoding"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. Rows and columns count from 1 (the heading is row 1), bytes from 0 at the start of the file.

    `found` is masked: lengths and kinds of characters, never the value itself.
    """

    row: int
    column: int
    byte: int
    code: FaultCode
    field: str = ""
    found: str = ""
    allowed: str = ""

    @property
    def ja(self) -> str:
        """The fault as an officer reads it."""
        parts = (
            _WORDS[self.code][0],
            f"届いた値: {self.found}" * bool(self.found),
            f"許される値: {self.allowed}" * bool(self.allowed),
        )
        return "。".join(part for part in parts if part)

    @property
    def en(self) -> str:
        """The same in English."""
        parts = (
            _WORDS[self.code][1],
            f"found {self.found}" * bool(self.found),
            f"allowed {self.allowed}" * bool(self.allowed),
        )
        return "; ".join(part for part in parts if part)

    def as_data(self) -> dict[str, object]:
        """The fault for machines."""
        return {
            "row": self.row,
            "column": self.column,
            "byte": self.byte,
            "field": self.field,
            "code": str(self.code),
            "ja": self.ja,
            "en": self.en,
        }


def mask(value: str) -> str:
    """What a value looks like without saying it: kinds of characters and their number."""
    kinds = []
    for kind, test in (("数字", str.isdecimal), ("英字", str.isascii), ("空白", str.isspace)):
        if value and all(test(each) for each in value):
            kinds.append(kind)
            break
    return f"{kinds[0] if kinds else '文字'}{len(value)}字"
