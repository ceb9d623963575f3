"""What may stand in a field, as one small function: the type, the length, the form, the range, the check digit."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.faults import FaultCode
from sekisho.records.layout import Field, FieldType, NumberForm
from sekisho.records.lots import parse_lots
from sekisho.records.numbers import NumberKind, check_number

Check = Callable[[str], FaultCode | None]
DATE_FORM: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
INTEGER_FORM: Final = "-?[0-9]{1,15}"
DECIMAL_FORM: Final = r"-?[0-9]{1,10}(\.[0-9]{1,2})?"
FRACTION_FORM: Final = "[1-9][0-9]*分の[1-9][0-9]*"
WIDE_FORM: Final = "[^\x00-\xa0\uff61-\uff9f]*"
NARROW_FORM: Final = "[ -~]*"
NARROW_KANA_FORM: Final = "[ \uff66-\uff9f]*"
WIDE_KANA_FORM: Final = "[\u30a1-\u30f6\u30fb\u30fc\u3000]*"
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_SPREADSHEET: Final = re.compile(r"[0-9.]+E\+[0-9]+|[0-9]{1,4}/[0-9]{1,2}(/[0-9]{1,4})?|#[A-Z/0!?]+")


@lru_cache(maxsize=20_000)
def _is_date(value: str) -> bool:
    """A real day, written 2026-05-01?"""
    if not re.fullmatch(DATE_FORM, value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_lot(value: str) -> bool:
    """A lot or house number, or several?"""
    try:
        return bool(parse_lots(value))
    except RecordsError:
        return False


def _text(value: str) -> FaultCode | None:
    """Only characters that can be seen; lines may break."""
    return FaultCode.CONTROL_CHARACTER if not value.isprintable() and CONTROL.search(value) else None


def _wide(value: str) -> FaultCode | None:
    """Full-width characters only; characters that cannot be seen have a word of their own."""
    return _text(value) or (None if re.fullmatch(WIDE_FORM, value) else FaultCode.NOT_WIDE)


def _narrow(value: str) -> FaultCode | None:
    """Half-width letters, digits and signs only."""
    return _text(value) or (None if re.fullmatch(NARROW_FORM, value) else FaultCode.NOT_NARROW)


def _matches(form: str, code: FaultCode) -> Check:
    """A check by one regular expression."""
    pattern = re.compile(form)
    return lambda value: None if pattern.fullmatch(value) else code


def _holds(test: Callable[[str], bool], code: FaultCode) -> Check:
    """A check by one test."""
    return lambda value: None if test(value) else code


def digits_form(field: Field) -> str:
    """So many ASCII digits, as a regular expression."""
    return f"[0-9]{{{field.min},{field.max}}}"


_TYPES: Final[Mapping[FieldType, Callable[[Field], Check]]] = MappingProxyType(
    {
        FieldType.TEXT: lambda _: _text,
        FieldType.DIGITS: lambda field: _matches(digits_form(field), FaultCode.NOT_DIGITS),
        FieldType.CODE: lambda field: _holds(frozenset(field.codes).__contains__, FaultCode.NOT_IN_CODES),
        FieldType.INTEGER: lambda _: _matches(INTEGER_FORM, FaultCode.NOT_INTEGER),
        FieldType.DECIMAL: lambda _: _matches(DECIMAL_FORM, FaultCode.NOT_DECIMAL),
        FieldType.DATE: lambda _: _holds(_is_date, FaultCode.NOT_DATE),
        FieldType.FRACTION: lambda _: _matches(FRACTION_FORM, FaultCode.NOT_FRACTION),
        FieldType.LOT: lambda _: _holds(_is_lot, FaultCode.NOT_LOT),
        FieldType.WIDE: lambda _: _wide,
        FieldType.NARROW: lambda _: _narrow,
        FieldType.NARROW_KANA: lambda _: _matches(NARROW_KANA_FORM, FaultCode.NOT_KANA),
        FieldType.WIDE_KANA: lambda _: _matches(WIDE_KANA_FORM, FaultCode.NOT_KANA),
    }
)
_EXACT: Final = frozenset({FieldType.DIGITS, FieldType.LOT, FieldType.DATE, FieldType.INTEGER})
# Types that bound their own length: a longer value is of another kind, not merely long.
_BOUND: Final = frozenset({FieldType.DIGITS, FieldType.CODE, FieldType.DATE, FieldType.LOT, FieldType.DECIMAL})


def _is_number(value: str, kind: NumberKind, length: int) -> bool:
    """So many ASCII digits with the right check digit, not all zeros?"""
    return len(value) == length and value.strip("0") != "" and value.isascii() and check_number(kind, value).valid


def has_check_digit(form: NumberForm, value: str) -> bool:
    """Is it such a number, written in this form?"""
    if form is NumberForm.INVOICE:
        found = check_number(NumberKind.INVOICE, value)
        return found.valid and found.normalised == value
    if form in {NumberForm.PADDED_INDIVIDUAL, NumberForm.PADDED_EITHER} and value[:1] == "0":
        return _is_number(value[1:], NumberKind.INDIVIDUAL, 12)
    if form is NumberForm.INDIVIDUAL:
        return _is_number(value, NumberKind.INDIVIDUAL, 12)
    if form in {NumberForm.CORPORATE, NumberForm.PADDED_EITHER}:
        return _is_number(value, NumberKind.CORPORATE, 13)
    if form is NumberForm.MUNICIPALITY_SHORT and len(value) == 5:  # noqa: PLR2004 - the code without its check digit
        return value.isascii() and value.isdecimal()
    return form is not NumberForm.PADDED_INDIVIDUAL and _is_number(value, NumberKind.MUNICIPALITY, 6)


def _length(field: Field) -> Check:
    """Neither longer nor shorter than this."""
    longest, shortest = field.max, field.min

    def check(value: str) -> FaultCode | None:
        if len(value) > longest:
            return FaultCode.TOO_LONG
        return FaultCode.TOO_SHORT if len(value) < shortest else None

    return check


def _range(field: Field) -> Check:
    """Neither more nor less than this; a value that is no number was found fault with before."""
    least = Decimal(field.at_least) if field.at_least is not None else Decimal("-Infinity")
    most = Decimal(field.at_most) if field.at_most is not None else Decimal("Infinity")
    return lambda value: None if least <= Decimal(value) <= most else FaultCode.OUT_OF_RANGE


def _parts(field: Field) -> tuple[Check, ...]:
    """Everything that is asked of a value that is there, in the order in which it is told."""
    parts = [_TYPES[field.type](field)]
    if field.type not in _BOUND:
        parts.insert(0, _length(field))
    if field.pattern:
        parts.append(_matches(field.pattern, FaultCode.NOT_IN_FORM))
    if field.at_least is not None or field.at_most is not None:
        parts.append(_range(field))
    if (form := field.number) is not None:
        parts.append(lambda value: None if has_check_digit(form, value) else FaultCode.WRONG_CHECK_DIGIT)
    return tuple(parts)


def _blank(value: str) -> FaultCode | None:
    """Nothing ever stands here."""
    return FaultCode.NOT_BLANK if value else None


def compile_check(field: Field) -> Check:
    """The whole check of a field: empty or not, spreadsheet damage, then all that its layout asks."""
    if field.blank:
        return _blank
    parts, exact = _parts(field), field.type in _EXACT

    def check(value: str) -> FaultCode | None:
        if not value:
            return FaultCode.REQUIRED if field.required else None
        code = next((code for part in parts if (code := part(value))), None)
        if code is not None and exact and _SPREADSHEET.fullmatch(value):
            return FaultCode.DAMAGED_BY_SPREADSHEET
        return code

    return check


_NUMBERS: Final[Mapping[NumberForm, str]] = MappingProxyType(
    {
        NumberForm.INDIVIDUAL: "個人番号12桁",
        NumberForm.CORPORATE: "法人番号13桁",
        NumberForm.MUNICIPALITY: "団体コード6桁",
        NumberForm.MUNICIPALITY_SHORT: "団体コード5桁又は6桁",
        NumberForm.PADDED_INDIVIDUAL: "先頭に0を付けた個人番号13桁",
        NumberForm.PADDED_EITHER: "法人番号13桁、又は先頭に0を付けた個人番号13桁",
        NumberForm.INVOICE: "Tと13桁の登録番号",
    }
)


def _range_words(field: Field) -> str:
    """The range of a number in words."""
    if field.at_least is not None and field.at_most is not None:
        return f"{field.at_least}〜{field.at_most}"
    if field.at_least is not None:
        return f"{field.at_least}以上の数"
    return "" if field.at_most is None else f"{field.at_most}以下の数"


def _length_words(field: Field) -> str:
    """So many, or from so many to so many."""
    return f"{field.max}" if field.min == field.max else f"{field.min}〜{field.max}" if field.min else f"{field.max}"


def _type_words(field: Field) -> str:
    """The type and the length in words."""
    upto = "" if field.min == field.max else "まで"
    length = _length_words(field)
    return {
        FieldType.DIGITS: f"数字{length}桁",
        FieldType.DATE: "2026-05-01 の形の日付",
        FieldType.INTEGER: f"整数{length}字{upto}",
        FieldType.DECIMAL: "小数2位までの数",
        FieldType.FRACTION: "2分の1 の形",
        FieldType.LOT: "123番4 の形",
        FieldType.WIDE: f"全角{length}字{upto}",
        FieldType.NARROW: f"半角{length}字{upto}",
        FieldType.NARROW_KANA: f"半角カナ{length}字{upto}",
        FieldType.WIDE_KANA: f"全角カナ{length}字{upto}",
    }.get(field.type, f"{length}字{upto}")


def allowed(field: Field) -> str:
    """What may stand in a field, in words."""
    if field.blank:
        return "常に空"
    if field.codes:
        return "・".join(each or "空" for each in field.codes)
    if field.form or field.number:
        return field.form or _NUMBERS[field.number or NumberForm.INDIVIDUAL]
    limits = _range_words(field)
    return f"{_type_words(field)}({limits})" if limits else _type_words(field)
