"""What is wrong in a file, as people read it: what it is, and how to mend it, in Japanese and English."""

from collections.abc import Mapping
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
    NOT_IN_CHARACTER_SET = "not_in_character_set"
    QUOTED = "quoted"
    TOO_SHORT = "too_short"
    NOT_BLANK = "not_blank"
    NOT_WIDE = "not_wide"
    NOT_NARROW = "not_narrow"
    NOT_KANA = "not_kana"
    NOT_IN_FORM = "not_in_form"
    OUT_OF_RANGE = "out_of_range"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_ORDER = "wrong_order"
    WRONG_SUM = "wrong_sum"
    NO_SUCH_DAY = "no_such_day"
    INCOMPLETE_GROUP = "incomplete_group"
    NONE_OF_GROUP = "none_of_group"
    MUST_BE_BLANK = "must_be_blank"
    DUPLICATE = "duplicate"
    MIXED = "mixed"
    COUNT_DIFFERS = "count_differs"
    TOTAL_DIFFERS = "total_differs"
    OTHER_LAYOUT = "other_layout"


WORDS: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
    {
        FaultCode.NOT_DECODABLE: ("文字コードとして読めません", "cannot be decoded"),
        FaultCode.QUOTING: ("引用符の使い方が誤っています", "misplaced quotation mark"),
        FaultCode.UNCLOSED_QUOTE: ("引用符が閉じていません", "quotation mark never closed"),
        FaultCode.RECORD_TOO_LONG: ("1件の記録が長すぎます", "the record is too long"),
        FaultCode.LINE_END: ("改行が様式と違います", "wrong line end"),
        FaultCode.HEADER_UNKNOWN: ("見出し行が様式と合いません", "the heading is not that of the layout"),
        FaultCode.COLUMN_MISSING: ("必要な列がありません", "a required column is missing"),
        FaultCode.COLUMN_TWICE: ("同じ列が2度あります", "the column stands twice"),
        FaultCode.COLUMN_COUNT: ("列の数が様式と違います", "the number of columns differs from the layout"),
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
        FaultCode.NOT_IN_CHARACTER_SET: ("様式で使えない文字があります", "a character that the layout does not allow"),
        FaultCode.QUOTED: ("引用符は使えない様式です", "this layout never uses quotation marks"),
        FaultCode.TOO_SHORT: ("文字数が様式より少ないです", "too few characters"),
        FaultCode.NOT_BLANK: ("常に空とする項目に値があります", "a value where the layout wants none"),
        FaultCode.NOT_WIDE: ("全角文字だけの項目に半角文字があります", "a half-width character in a full-width field"),
        FaultCode.NOT_NARROW: (
            "半角文字だけの項目に全角文字があります",
            "a full-width character in a half-width field",
        ),
        FaultCode.NOT_KANA: ("カナの項目に他の文字があります", "a character other than kana"),
        FaultCode.NOT_IN_FORM: ("決められた形ではありません", "not in the required form"),
        FaultCode.OUT_OF_RANGE: ("値が範囲の外です", "the value is out of range"),
        FaultCode.WRONG_CHECK_DIGIT: ("番号の検査用数字が合いません", "the check digit of the number is wrong"),
        FaultCode.WRONG_ORDER: (
            "他の項目より小さく(大きく)なければならない値です",
            "the value does not fit that of another field",
        ),
        FaultCode.WRONG_SUM: ("内訳の合計と合いません", "it is not the sum of its parts"),
        FaultCode.NO_SUCH_DAY: ("暦にない日付です", "no day of the calendar"),
        FaultCode.INCOMPLETE_GROUP: ("組になる項目の一部だけがあります", "only some fields of a group are filled"),
        FaultCode.NONE_OF_GROUP: (
            "どれか一つは必要な項目がすべて空です",
            "one of these fields is needed, and all are empty",
        ),
        FaultCode.MUST_BE_BLANK: ("この場合は空とする項目です", "must be empty in this case"),
        FaultCode.DUPLICATE: ("同じ記録がすでにあります", "the same record stands further up"),
        FaultCode.MIXED: ("一つのファイルに混ぜられない値です", "values that must not be mixed in one file"),
        FaultCode.COUNT_DIFFERS: ("届け出た件数と違います", "not the declared number of records"),
        FaultCode.TOTAL_DIFFERS: ("届け出た合計と違います", "not the declared total"),
        FaultCode.OTHER_LAYOUT: ("この様式のファイルではありません", "not a file of this layout"),
    }
)

MEND: Final[Mapping[FaultCode, tuple[str, str]]] = MappingProxyType(
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
        FaultCode.NOT_IN_CHARACTER_SET: (
            "JIS第1・第2水準の文字に置き換える(氏名はカナでもよい)",
            "replace it by a character of JIS X 0208, or write the name in kana",
        ),
        FaultCode.QUOTED: ("引用符を付けずに保存し直す", "save again without quotation marks"),
        FaultCode.TOO_SHORT: ("桁数をそろえる", "fill it up to its length"),
        FaultCode.NOT_BLANK: ("値を消す", "remove the value"),
        FaultCode.NOT_WIDE: ("全角で書く", "write it in full-width characters"),
        FaultCode.NOT_NARROW: ("半角で書く", "write it in half-width characters"),
        FaultCode.NOT_KANA: ("様式の定めるカナで書く", "write it in the kana that the layout asks for"),
        FaultCode.NOT_IN_FORM: ("許される形で書く", "write it in the allowed form"),
        FaultCode.OUT_OF_RANGE: ("範囲の中の値にする", "choose a value within the range"),
        FaultCode.WRONG_CHECK_DIGIT: ("番号を写し間違えていないか確かめる", "look for a slip of the pen in the number"),
        FaultCode.WRONG_ORDER: ("二つの項目の金額を確かめる", "compare the two fields"),
        FaultCode.WRONG_SUM: ("内訳を足し直す", "add the parts again"),
        FaultCode.NO_SUCH_DAY: ("元号・年・月・日を確かめる", "check era, year, month and day"),
        FaultCode.INCOMPLETE_GROUP: (
            "組の項目をすべて書くか、すべて空にする",
            "fill in the whole group or leave all of it empty",
        ),
        FaultCode.NONE_OF_GROUP: ("どれか一つを書く", "fill in one of them"),
        FaultCode.MUST_BE_BLANK: (
            "値を消すか、条件の項目を直す",
            "remove the value, or correct the field it depends on",
        ),
        FaultCode.DUPLICATE: ("二重に作られた記録を除く", "remove the doubled record"),
        FaultCode.MIXED: ("値ごとにファイルを分ける", "write one file for each value"),
        FaultCode.COUNT_DIFFERS: ("件数を数え直すか、欠けた記録を加える", "count again, or add what is missing"),
        FaultCode.TOTAL_DIFFERS: ("合計を計算し直すか、欠けた記録を加える", "add up again, or add what is missing"),
        FaultCode.OTHER_LAYOUT: ("様式の名前とファイルを確かめる", "check the name of the layout and the file"),
    }
)
