"""Records made up from a layout's own fields: what the layout asks of each value is respected, for any layout.

`records_of(layout)` gives records, `values_of(layout, field)` single values. Rules over several fields are respected
as far as one value can be mended by another; sums of many fields may still be wrong, and so tests that look for faults
of single fields leave those of `RULE_CODES` aside.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from hypothesis import strategies as st

from sekisho.records import (
    FaultCode,
    Field,
    FieldType,
    Layout,
    corporate_check_digit,
    individual_check_digit,
    municipality_check_digit,
    write_birth_fields,
)
from sekisho.records.layout import CheckKind, LayoutCheck, NumberForm, Quoting

RULE_CODES: Final = frozenset(
    {
        *(FaultCode.WRONG_ORDER, FaultCode.WRONG_SUM, FaultCode.NO_SUCH_DAY, FaultCode.INCOMPLETE_GROUP),
        *(FaultCode.NONE_OF_GROUP, FaultCode.MUST_BE_BLANK, FaultCode.DUPLICATE, FaultCode.MIXED),
        *(FaultCode.COUNT_DIFFERS, FaultCode.TOTAL_DIFFERS),
    }
)
Texts = st.SearchStrategy[str]
Values = dict[str, str]
_DIGITS: Final = "0123456789"
_WIDE: Final = "あ漢字長崎ーァヴ、。（）・　０Ａ熙凜"
_KANA: Final = "アイナガサキァッーヴ・　"
_HALF_KANA: Final = "ｱｲﾅｶﾞｻｷｧｯｰｳﾞ "
_LONGEST: Final = 7
_NEVER_MENDED: Final = frozenset({CheckKind.UNIQUE, CheckKind.SAME, CheckKind.TOTAL, CheckKind.SUM})


def _of_letters(field: Field, letters: str) -> Texts:
    """Some letters, as many as the field takes; at its limits now and then."""
    least = max(field.min, 1)
    short = st.text(letters, min_size=least, max_size=max(least, min(field.max, _LONGEST)))
    return short | st.sampled_from(letters).map(lambda letter: letter * field.max)


def _letters(field: Field, encoding: str, *, quotes: bool) -> str:
    """What may stand in a text of this layout."""
    rare = {"cp932": "髙﨑德①㈱～－∥Ⅰ", "cp932-jis0208": "～－∥"}.get(encoding, "髙﨑𠮷鷗〜−—①é")
    signs = "=+-'/ ,\"\r\n" if quotes else "=+-'/ "
    if field.type is FieldType.TEXT:
        return _WIDE + rare + "ｱﾞaZ0" + signs
    return _WIDE + rare.replace("é", "")


def _individual() -> Texts:
    """Individual Numbers."""
    first = st.text(_DIGITS, min_size=11, max_size=11).filter(lambda text: text.strip("0") != "")
    return first.map(lambda text: f"{text}{individual_check_digit(text)}")


def _corporate() -> Texts:
    """Corporate numbers."""
    return st.text(_DIGITS, min_size=12, max_size=12).map(lambda text: f"{corporate_check_digit(text)}{text}")


def _municipality() -> Texts:
    """Municipality codes."""
    first = st.integers(1, 47_999).map("{:05d}".format)
    return first.map(lambda text: f"{text}{municipality_check_digit(text)}")


def _of_number(form: NumberForm) -> Texts:
    """Numbers with a check digit, in their form."""
    padded = _individual().map("0{}".format)
    return {
        NumberForm.INDIVIDUAL: _individual(),
        NumberForm.CORPORATE: _corporate(),
        NumberForm.MUNICIPALITY: _municipality(),
        NumberForm.MUNICIPALITY_SHORT: _municipality() | _municipality().map(lambda text: text[:5]),
        NumberForm.PADDED_INDIVIDUAL: padded,
        NumberForm.PADDED_EITHER: padded | _corporate(),
        NumberForm.INVOICE: _corporate().map("T{}".format),
    }[form]


def _bounds(field: Field, most: int, least: int) -> tuple[int, int]:
    """The range of a number."""
    return (
        least if field.at_least is None else max(field.at_least, least),
        most if field.at_most is None else min(field.at_most, most),
    )


def _of_amount(field: Field) -> Texts:
    """Whole numbers that fit the field."""
    width = min(field.max, 15)
    low, high = _bounds(field, 10**width - 1, 1 - 10 ** (width - 1))
    return st.integers(low, high).map(str).filter(lambda text: field.min <= len(text) <= field.max)


def _of_digits(field: Field) -> Texts:
    """Digits that fit the field, in its range if it has one."""
    if field.at_least is None and field.at_most is None:
        return _of_letters(field, _DIGITS)
    low, high = _bounds(field, 10**field.max - 1, 0)
    return st.integers(low, high).map(lambda number: str(number).zfill(max(field.min, 1)))


def _of_decimal(field: Field) -> Texts:
    """Decimals with none, one or two places."""
    low, high = _bounds(field, 10**10 - 1, 1 - 10**10)
    whole = st.integers(low, high)
    return whole.map(str) | st.decimals(Decimal(low), Decimal(high), places=2).map(lambda found: f"{found:f}")


def _of_form(field: Field, encoding: str, *, quotes: bool) -> Texts:
    """Texts in the form that the layout asks for, of the letters that its type takes."""
    letters = set(_letters(field, encoding, quotes=quotes))
    if field.type not in {FieldType.WIDE, FieldType.WIDE_KANA, FieldType.NARROW_KANA}:
        letters |= {*map(chr, range(0x20, 0x7F))}
    letters -= set() if quotes else set(',"\r\n')
    found = st.from_regex(field.pattern, fullmatch=True, alphabet=st.sampled_from(sorted(letters)))
    return found.filter(lambda text: max(field.min, 1) <= len(text) <= field.max)


@cache
def _values(field: Field, encoding: str, *, quotes: bool) -> Texts:
    """Values that may stand in a field."""
    if field.number is not None:
        return _of_number(field.number)
    if field.pattern:
        return _of_form(field, encoding, quotes=quotes)
    if field.type in {FieldType.TEXT, FieldType.WIDE}:
        return _of_letters(field, _letters(field, encoding, quotes=quotes))
    return {
        FieldType.DIGITS: lambda: _of_digits(field),
        FieldType.INTEGER: lambda: _of_amount(field),
        FieldType.DECIMAL: lambda: _of_decimal(field),
        FieldType.DATE: lambda: st.dates(date(1873, 1, 1)).map(date.isoformat),
        FieldType.CODE: lambda: st.sampled_from([code for code in field.codes if code]),
        FieldType.FRACTION: lambda: st.integers(1, 99).map("{}分の1".format),
        FieldType.LOT: lambda: st.sampled_from(["1番", "123番4", "甲5番", "12番3・13番"]),
        FieldType.NARROW: lambda: _of_letters(field, "aZ09-()./ " + (',"' if quotes else "")),
        FieldType.NARROW_KANA: lambda: _of_letters(field, _HALF_KANA),
        FieldType.WIDE_KANA: lambda: _of_letters(field, _KANA),
    }[field.type]()


def values_of(layout: Layout, field: Field) -> Texts:
    """Values that may stand in a field, never empty."""
    return _values(field, layout.encoding, quotes=layout.quoting is not Quoting.NEVER)


def _holds(values: Values, check: LayoutCheck) -> bool:
    """Does the condition of a check hold?"""
    when = check.when
    if when is None:
        return True
    found = values.get(when.field, "")
    return found in when.codes if when.codes else bool(found)


def _spread_day(values: Values, check: LayoutCheck, first: Field, day: date) -> None:
    """A real day in its fields, if any of them is filled; in an era that the layout knows."""
    if any(values.get(name) for name in check.fields):
        parts = write_birth_fields(day)
        if check.check is CheckKind.ERA_DAY and parts[0] not in first.codes:
            parts = write_birth_fields(date(1960 + day.year % 20, day.month, 1))
        values.update(zip(check.fields, parts[4 - len(check.fields) :], strict=True))


def _mend(layout: Layout, values: Values, check: LayoutCheck, draw: st.DrawFn) -> None:
    """Change what one check over several fields would find fault with, as far as that is simple."""
    fields = {field.name: field for field in layout.fields}
    if check.check in {CheckKind.DAY, CheckKind.ERA_DAY}:
        _spread_day(values, check, fields[check.fields[0]], draw(st.dates(date(1926, 12, 25), date(2026, 12, 31))))
    elif check.check is CheckKind.BLANK_IF and _holds(values, check):
        values.update(dict.fromkeys((name for name in check.fields if not fields[name].required), ""))
    elif check.check in {CheckKind.AT_LEAST, CheckKind.AT_MOST} and all(values.get(name) for name in check.fields):
        values[check.fields[1]] = values[check.fields[0]]
    elif check.check not in _NEVER_MENDED and _holds(values, check):
        together = check.check is not CheckKind.TOGETHER or any(values.get(name) for name in check.fields)
        wanted = check.fields[:1] if check.check is CheckKind.ANY_OF else check.fields
        missing = [name for name in wanted if together and not values.get(name) and not fields[name].blank]
        values.update({name: draw(values_of(layout, fields[name])) for name in missing})


@st.composite
def record_of(draw: st.DrawFn, layout: Layout) -> Values:
    """One record: every required field, and a few of the others, each with a value of its own."""
    open_fields = [field for field in layout.fields if not field.blank]
    some = draw(st.sets(st.sampled_from([field.name for field in open_fields]), max_size=8))
    values = {
        field.name: draw(values_of(layout, field)) if field.required or field.name in some else ""
        for field in open_fields
    }
    for check in (*layout.record_checks, *layout.record_checks):
        _mend(layout, values, check, draw)
    last = layout.fields[-1].name
    if layout.pad_last and values.get(last) == " ":
        values[last] = ""  # one space alone is how such a file writes nothing
    return {field.name: values.get(field.name, "") for field in layout.fields}


def records_of(layout: Layout, most: int = 4) -> st.SearchStrategy[list[Values]]:
    """A few records; none at all only where a heading still says what the file is."""
    return st.lists(record_of(layout), min_size=0 if layout.header else 1, max_size=most)
