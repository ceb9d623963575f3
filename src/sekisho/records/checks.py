"""What may stand in a field, as one small function a type."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.faults import FaultCode
from sekisho.records.layout import Field, FieldType
from sekisho.records.lots import parse_lots

Check = Callable[[str], FaultCode | None]
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,10}(\.[0-9]{1,2})?")
_FRACTION: Final = re.compile(r"[1-9][0-9]*分の[1-9][0-9]*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_SPREADSHEET: Final = re.compile(r"[0-9.]+E\+[0-9]+|[0-9]{1,4}/[0-9]{1,2}(/[0-9]{1,4})?|#[A-Z/0!?]+")


@lru_cache(maxsize=20_000)
def _is_date(value: str) -> bool:
    """A real day, written 2026-05-01?"""
    if not _DATE.fullmatch(value):
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


def _digits(field: Field) -> Check:
    """So many ASCII digits."""
    pattern = re.compile(rf"[0-9]{{{field.min},{field.max}}}")
    return lambda value: None if pattern.fullmatch(value) else FaultCode.NOT_DIGITS


def _codes(field: Field) -> Check:
    """One of these words."""
    codes = frozenset(field.codes)
    return lambda value: None if value in codes else FaultCode.NOT_IN_CODES


def _text(field: Field) -> Check:
    """Not longer than this, and only characters that can be seen; lines may break."""
    longest = field.max

    def check(value: str) -> FaultCode | None:
        if len(value) > longest:
            return FaultCode.TOO_LONG
        return FaultCode.CONTROL_CHARACTER if not value.isprintable() and _CONTROL.search(value) else None

    return check


def _matches(test: Callable[[str], object], code: FaultCode) -> Callable[[Field], Check]:
    """A check by one test."""
    return lambda _: lambda value: None if test(value) else code


_KINDS: Final[Mapping[FieldType, Callable[[Field], Check]]] = MappingProxyType(
    {
        FieldType.TEXT: _text,
        FieldType.DIGITS: _digits,
        FieldType.CODE: _codes,
        FieldType.INTEGER: _matches(_INTEGER.fullmatch, FaultCode.NOT_INTEGER),
        FieldType.DECIMAL: _matches(_DECIMAL.fullmatch, FaultCode.NOT_DECIMAL),
        FieldType.DATE: _matches(_is_date, FaultCode.NOT_DATE),
        FieldType.FRACTION: _matches(_FRACTION.fullmatch, FaultCode.NOT_FRACTION),
        FieldType.LOT: _matches(_is_lot, FaultCode.NOT_LOT),
    }
)
_EXACT: Final = frozenset({FieldType.DIGITS, FieldType.LOT, FieldType.DATE, FieldType.INTEGER})


def compile_check(field: Field) -> Check:
    """The whole check of a field: empty or not, spreadsheet damage, then its type."""
    of_type = _KINDS[field.type](field)
    exact = field.type in _EXACT

    def check(value: str) -> FaultCode | None:
        if not value:
            return FaultCode.REQUIRED if field.required else None
        code = of_type(value)
        if code is not None and exact and _SPREADSHEET.fullmatch(value):
            return FaultCode.DAMAGED_BY_SPREADSHEET
        return code

    return check


def allowed(field: Field) -> str:
    """What may stand in a field, in words."""
    if field.codes:
        return "・".join(each or "空" for each in field.codes)
    return {
        FieldType.DIGITS: f"数字{field.min}〜{field.max}桁",
        FieldType.DATE: "2026-05-01 の形の日付",
        FieldType.INTEGER: "整数",
        FieldType.DECIMAL: "小数2位までの数",
        FieldType.FRACTION: "2分の1 の形",
        FieldType.LOT: "123番4 の形",
    }.get(field.type, f"{field.max}字まで")
