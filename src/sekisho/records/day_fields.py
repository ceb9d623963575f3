"""Days and years in the fields of statutory records: era, year, month and day by themselves, in two digits each."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.layout import CheckKind, Layout
from sekisho.records.statutory_text import ERA_CODES, write_birth_fields
from sekisho.records.text_rules import narrow
from sekisho.records.wareki import ERAS, read_date

_ERAS: Final = {word: ERA_CODES[era.name] for era in ERAS for word in (era.name, era.letter, era.name[0])}
_SMALL: Final = re.compile("[0-9]{1,2}")
_GREGORIAN: Final = re.compile("[0-9]{4}")
_FIRST_YEAR: Final = 1873


def write_small(text: str) -> str:
    """A year of an era, a month or a day in two digits: 元 and 1 as 01; anything else as it is."""
    plain = narrow(text).strip().replace("元", "1")
    return plain.zfill(2) if _SMALL.fullmatch(plain) else text


def write_assessed_year(text: str) -> str:
    """The year of a record (年分) in two digits of its era: 令和8年分 and 2026 as 08.

    A year in which the era changed is written in the era of its last day.
    """
    plain = narrow(text).strip().removesuffix("分").removesuffix("年")
    try:
        year = int(plain) if _GREGORIAN.fullmatch(plain) else read_date(f"{plain}年").year
    except RecordsError:
        return write_small(plain) if _SMALL.fullmatch(write_small(plain)) else text
    return write_birth_fields(date(year, 12, 31))[1] if year >= _FIRST_YEAR else text


def _whole_day(text: str) -> tuple[str, str, str, str] | None:
    """A day in one text as its four fields; nothing if it is none, or was read with a warning."""
    try:
        found = read_date(narrow(text))
        return write_birth_fields(found.whole) if found.whole and not found.hint else None
    except RecordsError:
        return None


def _fields_of_day(texts: list[str], *, era: bool) -> list[str]:
    """The fields of one day: a whole day in the first of them is spread, parts are written in two digits."""
    first, *others = texts
    if not any(others) and (whole := _whole_day(first)):
        return list(whole if era else whole[1:])
    parts = [write_small(each) for each in (others if era else texts)]
    return [_ERAS.get(narrow(first).strip(), first), *parts] if era else parts


def split_days(layout: Layout, record: Mapping[str, str]) -> dict[str, str]:
    """Every field of a day that has to be written in another way, with its new value."""
    changed: dict[str, str] = {}
    for check in layout.record_checks:
        if check.check in {CheckKind.DAY, CheckKind.ERA_DAY}:
            texts = [record.get(name, "") for name in check.fields]
            after = _fields_of_day(texts, era=check.check is CheckKind.ERA_DAY)
            pairs = zip(check.fields, texts, after, strict=True)
            changed |= {name: new for name, old, new in pairs if new != old}
    return changed
