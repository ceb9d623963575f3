"""Faults of a file: where (row, column, byte), what is allowed, and how to mend it, in Japanese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class FaultCode(StrEnum):
    """What is wrong. Stored values are never renamed."""

    NOT_DECODABLE = "not_decodable"
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
    CONTROL_CHARACTER = "control_character"
    NOT_WRITABLE = "not_writable"


_WORDS: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
    {
        FaultCode.NOT_DECODABLE: ("文字コードとして読めません", "cannot be decoded"),
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
        FaultCode.CONTROL_CHARACTER: ("制御文字が入っています", "a control character"),
        FaultCode.NOT_WRITABLE: ("この文字コードでは書けない文字です", "cannot be written in this encoding"),
    }
)

_MEND: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
    {
        FaultCode.NOT_DECODABLE: (
            "送り元で文字コードを確かめて作り直す",
            "have the sender check the encoding and write the file again",
        ),
        FaultCode.QUOTING: (
            '項目の中の " は "" と書き、項目全体を " で囲む',
            'write " inside a value as "" and enclose the whole value in "',
        ),
        FaultCode.UNCLOSED_QUOTE: ('項目の終わりに " を書く', 'write " at the end of the value'),
        FaultCode.RECORD_TOO_LONG: (
            "改行の抜けを確かめて作り直す",
            "look for a missing line end and write the file again",
        ),
        FaultCode.LINE_END: ("様式の改行で保存し直す", "save with the line end of the layout"),
        FaultCode.HEADER_UNKNOWN: (
            "様式の見出し行と文字コードで保存し直す",
            "save with the heading and the encoding of the layout",
        ),
        FaultCode.COLUMN_MISSING: ("その列を加える", "add the column"),
        FaultCode.COLUMN_TWICE: ("一方の列を除く", "remove one of the two columns"),
        FaultCode.COLUMN_COUNT: (
            "区切りのカンマの過不足と空行を直す",
            "look for a missing or surplus comma or an empty line",
        ),
        FaultCode.REQUIRED: ("値を入れる", "fill in the value"),
        FaultCode.TOO_LONG: ("短くする", "shorten it"),
        FaultCode.NOT_DIGITS: ("先頭の0を含め、半角数字で書く", "write it in ASCII digits with its leading zeros"),
        FaultCode.NOT_INTEGER: ("半角の整数で書く", "write a whole number in ASCII digits"),
        FaultCode.NOT_DECIMAL: (
            "半角の数字で、小数2位までで書く",
            "write it in ASCII digits with at most two decimals",
        ),
        FaultCode.NOT_DATE: ("暦にある日付を 2026-05-01 の形で書く", "write a day of the calendar as 2026-05-01"),
        FaultCode.NOT_IN_CODES: ("許される値から選ぶ", "choose one of the allowed words"),
        FaultCode.NOT_FRACTION: ("2分の1 の形で書く", "write it as 2分の1"),
        FaultCode.NOT_LOT: ("123番4 の形で書く", "write it as 123番4"),
        FaultCode.DAMAGED_BY_SPREADSHEET: (
            "元のデータから、表計算ソフトを通さずに作り直す",
            "write the file again from the source without a spreadsheet",
        ),
        FaultCode.CONTROL_CHARACTER: ("その文字を除く", "remove the character"),
        FaultCode.NOT_WRITABLE: (
            "書ける文字に置き換えるか、別の文字コードの様式を使う",
            "replace the character or use a layout in another encoding",
        ),
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
            f"直し方: {_MEND[self.code][0]}",
        )
        return "。".join(part for part in parts if part)

    @property
    def en(self) -> str:
        """The same in English."""
        parts = (
            _WORDS[self.code][1],
            f"found {self.found}" * bool(self.found),
            f"allowed {self.allowed}" * bool(self.allowed),
            f"to mend: {_MEND[self.code][1]}",
        )
        return "; ".join(part for part in parts if part)

    def as_data(self) -> dict[str, object]:
        """The fault for machines."""
        return {
            "row": self.row,
            "column": self.column,
            "byte": self.byte,
            "field": self.field,
            "rule": str(self.code),
            "message": self.ja,
            "message_en": self.en,
        }


def mask(value: str) -> str:
    """What a value looks like without saying it: kinds of characters and their number."""
    kinds = []
    for kind, test in (("数字", str.isdecimal), ("英字", str.isascii), ("空白", str.isspace)):
        if value and all(test(each) for each in value):
            kinds.append(kind)
            break
    return f"{kinds[0] if kinds else '文字'}{len(value)}字"
