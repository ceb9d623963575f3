"""The quick way through a block of records: which values need a closer look?

Every check of a layout is an expression over whole columns, which may suspect a value that is right, but never lets a
wrong one through. What is suspected is looked at by the checks themselves, one value at a time; a block about whose
bytes there is any doubt is not screened at all.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import polars as pl

from sekisho.records.checks import (
    DECIMAL_FORM,
    FRACTION_FORM,
    INTEGER_FORM,
    NARROW_FORM,
    NARROW_KANA_FORM,
    WIDE_FORM,
    WIDE_KANA_FORM,
    digits_form,
)
from sekisho.records.closely import FORMULA_MARKS
from sekisho.records.columns import Column, Columns
from sekisho.records.layout import Field, FieldType
from sekisho.records.suspicion import suspect_number, suspect_rule
from sekisho.records.transcoding import to_utf8

_QUOTED: Final = re.compile(rb'"(?<=[,\n]")(?:[^"]++|"")*+"(?=[,\r\n])')
_PLAIN: Final = bytes({*range(0x20, 0x7F), *range(0x80, 0x100), 0x09, 0x0A, 0x0D})
_C1: Final = re.compile(b"\xc2[\x80-\x9f]")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
# A day that is on every calendar; 29 February and years before 1000 are left to the closer look.
_EVERY_YEAR: Final = (
    "[12][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_PLAIN_LOT: Final = "[1-9][0-9]{0,4}番(?:の?[1-9][0-9]{0,3})?|[1-9][0-9]{0,4}(?:-[1-9][0-9]{0,3})*"
_DIGIT: Final = "[0-9\uff10-\uff19]"
_SPACE: Final = "[ \u3000\u2010-\u2015\u2212\uff0d\uff70\u30fc-]"
_FOUR: Final = f"{_DIGIT}{{4}}"
TWELVE: Final = f"{_DIGIT}{{12}}|{_FOUR}{_SPACE}{_FOUR}{_SPACE}{_FOUR}|{_DIGIT}(?:{_SPACE}{_DIGIT}){{11}}"
_FORMULA: Final = f"^[{''.join(FORMULA_MARKS)}]"
_HIDDEN: Final = f"{_FORMULA}|{TWELVE}"
_SHORTEST_NUMBER: Final = 12
_PRIVATE: Final = "[\ue000-\uf8ff]"
# In UTF-8 the private area begins with EE, or with EF 80 to EF A3; what comes from CP932 always with EE.
_PRIVATE_LEAD: Final = b"\xee"
_PRIVATE_BYTES: Final = re.compile(b"\xef[\x80-\xa3]")
_WHOLE: Final = frozenset({FieldType.DIGITS, FieldType.INTEGER})
_FORMS: Final[Mapping[FieldType, Callable[[Field], str]]] = MappingProxyType(
    {
        FieldType.DIGITS: digits_form,
        FieldType.INTEGER: lambda _: INTEGER_FORM,
        FieldType.DECIMAL: lambda _: DECIMAL_FORM,
        FieldType.DATE: lambda _: _EVERY_YEAR,
        FieldType.FRACTION: lambda _: FRACTION_FORM,
        FieldType.LOT: lambda _: _PLAIN_LOT,
        FieldType.WIDE: lambda _: WIDE_FORM,
        FieldType.NARROW: lambda _: NARROW_FORM,
        FieldType.NARROW_KANA: lambda _: NARROW_KANA_FORM,
        FieldType.WIDE_KANA: lambda _: WIDE_KANA_FORM,
    }
)


@dataclass(slots=True)
class Suspicion:
    """What needs a closer look in one record: columns, and rules by their number from 0."""

    columns: set[int]
    rules: set[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """A block as columns of text, and what needs a closer look in its records, which count from 0."""

    frame: pl.DataFrame
    suspicions: Mapping[int, Suspicion]

    @property
    def height(self) -> int:
        """How many records."""
        return self.frame.height

    def texts(self, column: int) -> list[str]:
        """The values of a column, from 1."""
        found: list[str] = self.frame[str(column)].to_list()
        return found


def _outside(value: pl.Expr, form: str) -> pl.Expr:
    """Is the value of another form?"""
    return ~value.str.contains(f"^(?:{form})$")


def _out_of_range(value: pl.Expr, field: Field) -> pl.Expr:
    """Is the number less or more than allowed?"""
    number = value.cast(pl.Float64, strict=False)
    least = number < field.at_least if field.at_least is not None else pl.lit(value=False)
    most = number > field.at_most if field.at_most is not None else pl.lit(value=False)
    return (least | most).fill_null(value=True)


def _suspect_filled(value: pl.Expr, field: Field) -> list[pl.Expr]:
    """What may be wrong with a value that is there, length aside."""
    found = []
    if field.type is FieldType.CODE:
        found.append(~value.is_in(list(field.codes)))
    elif field.type in _FORMS:
        found.append(_outside(value, _FORMS[field.type](field)))
    if field.pattern:
        found.append(_outside(value, field.pattern))
    if field.at_least is not None or field.at_most is not None:
        found.append(_out_of_range(value, field))
    if field.number is not None:
        found.append(suspect_number(value, field.number))
    return found


def suspect(column: Column, name: str) -> pl.Expr | None:
    """What may be wrong with the values of one column; length and what hides in free text aside."""
    value, field = pl.col(name), column.field
    if field is None:
        return None
    if field.blank:
        return value != ""
    found = [each & (value != "") for each in _suspect_filled(value, field)]
    if field.required:
        found.append(value == "")
    return pl.any_horizontal(found) if found else None


def can_hide(column: Column) -> bool:
    """Can a number or a formula stand in this column? What has the form of a short whole number cannot be either."""
    short = column.field is not None and column.field.type in _WHOLE and column.field.max < _SHORTEST_NUMBER
    return column.free_text and not short


def _length(field: Field, name: str) -> pl.Expr:
    """Which values are longer or shorter than allowed?"""
    count = pl.col(name).str.len_chars()
    return (count > field.max) | ((count > 0) & (count < field.min))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The expressions of a file's columns, put together once."""

    schema: Mapping[str, pl.DataType]
    suspects: Mapping[int, pl.Expr]
    lengths: Mapping[int, tuple[int, pl.Expr]]
    hiding: Mapping[int, str]
    rules: Mapping[int, pl.Expr]


@lru_cache(maxsize=16)
def _plan(columns: Columns) -> _Plan:
    """Compile the columns of a file."""
    known = [(number, str(number), column) for number, column in enumerate(columns.known, start=1)]
    suspects = {number: suspect(column, name) for number, name, column in known}
    lengths = {
        number: (0 if column.field.min else column.field.max, _length(column.field, name))
        for number, name, column in known
        if column.field is not None and column.field.type not in {FieldType.CODE, FieldType.DIGITS}
    }
    hiding = {number: name for number, name, column in known if can_hide(column)}
    return _Plan(
        schema={name: pl.String() for _, name, _ in known},
        suspects={number: each for number, each in suspects.items() if each is not None},
        lengths=lengths,
        hiding=hiding,
        rules={number: suspect_rule(rule) for number, rule in enumerate(columns.rules)},
    )


def _count_whole(data: bytes, columns: Columns) -> int | None:
    """How many records, if each has its line end and its number of columns, and every quotation mark its place.

    This is asked before a table is built: one of short records would have far more cells than the block has bytes.
    """
    line_end, plain = columns.layout.line_end, data
    if b'"' in data:
        plain = _QUOTED.sub(b"", b"\n" + data)[1:]
    rows = plain.count(b"\n")
    whole = (
        b'"' not in plain
        and plain.count(b",") == rows * (len(columns.known) - 1)
        and plain.count(b"\r") == (rows if line_end == b"\r\n" else 0)
        and (line_end == b"\n" or plain.count(line_end) == rows)
    )
    return rows if whole else None


def _is_printable(data: bytes, text: bytes) -> bool:
    """No control character anywhere, and no mark at the beginning that the reader would swallow?"""
    if data.translate(None, _PLAIN) or text.startswith(_BYTE_ORDER_MARK):
        return False
    return b"\xc2" not in text or _C1.search(text) is None


def _frame(data: bytes, columns: Columns) -> tuple[pl.DataFrame, bytes] | None:
    """The block as columns of text, and in UTF-8; nothing if there is any doubt about its bytes."""
    if not columns.quotes and b'"' in data:
        return None
    line_end = columns.layout.line_end
    data = data if data.endswith(b"\n") else data + line_end
    rows = _count_whole(data, columns)
    text = None if rows is None else to_utf8(data, columns.layout.encoding)
    if text is None or not _is_printable(data, text):
        return None
    quote = '"' if b'"' in data else None
    try:
        frame = pl.read_csv(
            text,
            has_header=False,
            schema=_plan(columns).schema,
            empty_string_is_null=False,
            quote_char=quote,
            extra_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None
    return (frame, text) if frame.height == rows else None


def _asked(columns: Columns, frame: pl.DataFrame, text: bytes, municipality: str) -> dict[str, pl.Expr]:
    """Every expression that this block needs; its name says whether it is of a column or of a rule, and which."""
    plan = _plan(columns)
    longest = frame.select(pl.all().str.len_bytes().max()).row(0)
    asked = {f"c{number}": each for number, each in plan.suspects.items()}
    asked |= {f"cl{number}": each for number, (most, each) in plan.lengths.items() if (longest[number - 1] or 0) > most}
    for number, name in plan.hiding.items():
        form = _HIDDEN if (longest[number - 1] or 0) >= _SHORTEST_NUMBER else _FORMULA
        asked[f"ch{number}"] = pl.col(name).str.contains(form)
    if _PRIVATE_LEAD in text or (columns.layout.encoding.startswith("utf") and _PRIVATE_BYTES.search(text)):
        asked |= {f"cp{number}": pl.col(name).str.contains(_PRIVATE) for number, name in plan.hiding.items()}
    if municipality:
        asked |= {
            f"cm{number}": (pl.col(str(number)) != "") & (pl.col(str(number)) != municipality)
            for number, column in enumerate(columns.known, start=1)
            if column.municipality
        }
    return asked | {f"r{number}": each for number, each in plan.rules.items()}


def screen(columns: Columns, data: bytes, municipality: str) -> Screening | None:
    """Screen a block of whole records; nothing if there is any doubt about its bytes."""
    made = _frame(data, columns) if data and columns.known else None
    if made is None:
        return None
    frame, text = made
    if columns.layout.pad_last:
        frame = frame.with_columns(pl.col(frame.columns[-1]).replace(" ", ""))
    asked = _asked(columns, frame, text, municipality)
    found = frame.select([each.arg_true().implode().alias(name) for name, each in asked.items()])
    suspicions: dict[int, Suspicion] = {}
    for name, rows in zip(found.columns, found.row(0), strict=True):
        for row in rows:
            suspicion = suspicions.setdefault(row, Suspicion(set(), set()))
            (suspicion.rules if name[0] == "r" else suspicion.columns).add(int(name.lstrip("chlpmr")))
    return Screening(frame=frame, suspicions=suspicions)
