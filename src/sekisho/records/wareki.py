"""Dates in Japanese eras (和暦), in every spelling that offices write; unknown days stay unknown.

Era bounds: 元号法 and the cabinet orders; Gregorian dates before 1873-01-01 are refused, because Japan counted by
another calendar.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_numerals


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """One era: its name, letter, and first and last day."""

    name: str
    letter: str
    first: date
    last: date | None

    @property
    def last_year(self) -> int:
        """The number of its last year; of the present era the highest that two digits can name."""
        return self.last.year - self.first.year + 1 if self.last else 99


ERAS: Final = (
    Era(name="明治", letter="M", first=date(1868, 1, 25), last=date(1912, 7, 29)),
    Era(name="大正", letter="T", first=date(1912, 7, 30), last=date(1926, 12, 24)),
    Era(name="昭和", letter="S", first=date(1926, 12, 25), last=date(1989, 1, 7)),
    Era(name="平成", letter="H", first=date(1989, 1, 8), last=date(2019, 4, 30)),
    Era(name="令和", letter="R", first=date(2019, 5, 1), last=None),
)
_FIRST_GREGORIAN: Final = date(1873, 1, 1)
_NAMES: Final = {name: era for era in ERAS for name in (era.name, era.name[0], era.letter)}
_WEEKDAY: Final = r"(?:[(\[]?(?P<weekday>[月火水木金土日])(?:曜日?)?[)\]]?)?"
_WAREKI: Final = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])(?P<year>元|[0-9]{1,3})"
    r"(?:(?P<fiscal>年度)|[年.\-/](?P<month>[0-9]{1,2})[月.\-/](?P<day>[0-9]{1,2})日?|年(?P<only>[0-9]{1,2})月(?:不詳|日不詳)?"
    rf"|年(?:不詳|月日不詳)?){_WEEKDAY}"
)
_COMPACT: Final = re.compile(r"(?P<era>[MTSHR])(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_GREGORIAN: Final = re.compile(
    rf"(?:西暦)?(?P<year>[0-9]{{4}})[年.\-/](?P<month>[0-9]{{1,2}})[月.\-/](?P<day>[0-9]{{1,2}})日?{_WEEKDAY}"
)
_PARTLY: Final = re.compile(
    r"(?:西暦)?(?P<year>[0-9]{4})(?:(?P<fiscal>年度)|年(?P<only>[0-9]{1,2})月(?:不詳|日不詳)?|-(?P<short>[0-9]{2})|年(?:不詳|月日不詳)?)"
)
_PLAIN: Final = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_WEEKDAYS: Final = "月火水木金土日"
_NOT_KNOWN: Final = "日または月日が不詳です"
_OLD_CALENDAR: Final = "明治5年12月2日以前は旧暦のため換算しません / before 1873 another calendar was used"
_NOT_A_DATE: Final = "日付として読めません。例: 令和8年11月24日、R8.11.24、2026-11-24 / not a date"
LONGEST_DATE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date as it was understood. `day` (and `month`) are nothing when the text says 不詳; `hint` warns.

    A text of before 2019 can say 平成32年3月: it is read as 令和2年3月, and the hint says so.
    """

    year: int
    month: int | None
    day: int | None
    fiscal: bool = False
    hint: str = ""
    era: str = ""

    @property
    def whole(self) -> date | None:
        """The day, if it is known."""
        return None if self.month is None or self.day is None else date(self.year, self.month, self.day)

    @property
    def era_name(self) -> str:
        """The era it was written in, or that of the day."""
        whole = self.whole
        return era_of(whole).name if whole else self.era

    @property
    def era_year(self) -> int | None:
        """The year in its era."""
        return self.year - _NAMES[self.era_name].first.year + 1 if self.era_name else None

    @property
    def text(self) -> str:
        """As an office writes it, as far as it is known: 令和8年11月24日, 令和8年11月, 令和8年度."""
        if self.whole:
            return write_wareki(self.whole)
        number = "元" if self.era_year == 1 else str(self.era_year)
        month = "度" if self.fiscal else f"{self.month}月" if self.month else ""
        return f"{self.era_name}{number}年{month}"

    @property
    def iso(self) -> str:
        """ISO 8601, as far as it is known: 2026-11-24, 2026-11, 2026."""
        parts = [f"{self.year:04d}", *(f"{each:02d}" for each in (self.month, self.day) if each is not None)]
        return "-".join(parts)


def era_of(day: date) -> Era:
    """The era of a day.

    Raises:
        RecordsError: Before the first era.

    """
    for era in reversed(ERAS):
        if day >= era.first:
            return era
    message = "明治より前の日付です / before the Meiji era"
    raise RecordsError(message)


def _year_of(day: date) -> str:
    """The year of a day in its era, as 令和8年 or 令和元年."""
    era = era_of(day)
    number = day.year - era.first.year + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def write_wareki(day: date, *, weekday: bool = False) -> str:
    """令和8年11月24日, with （火） if asked; the first year is 元年."""
    text = f"{_year_of(day)}{day.month}月{day.day}日"
    return f"{text}({_WEEKDAYS[day.weekday()]})" if weekday else text


def write_wareki_year(year: int) -> str:
    """Write a year as 令和8年; the era is that of its last day, and the first year is 元年."""
    return _year_of(date(year, 12, 31))


def write_short_wareki(day: date) -> str:
    """Write a day in short, as in 令和8.11.24."""
    era = era_of(day)
    return f"{era.name}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def write_letter_wareki(day: date) -> str:
    """Write a day in the shortest way, as in R8.11.24."""
    era = era_of(day)
    return f"{era.letter}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def fiscal_year(day: date) -> int:
    """The fiscal year (年度, April to March) of a day."""
    return day.year if day.month >= 4 else day.year - 1  # noqa: PLR2004 - April


def _fold(text: str) -> str:
    """Full width, squared era signs, kanji numerals and spaces folded away."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    return fold_numerals(folded)


def _make_day(year: int, month: str, day: str) -> date:
    """A day of the calendar.

    Raises:
        RecordsError: There is no such day, or Japan counted differently then.

    """
    try:
        found = date(year, int(month), int(day))
    except ValueError as fault:
        message = "暦にない日付です / there is no such day"
        raise RecordsError(message) from fault
    if found < _FIRST_GREGORIAN:
        raise RecordsError(_OLD_CALENDAR)
    return found


def _settle(found: ReadDate, first: date, last: date) -> ReadDate:
    """What was read, from its first to its last day, in the era that it lies in.

    An era that has ended is counted on in texts that were written before its end: that is read, with a warning.

    Raises:
        RecordsError: It lies before the era that it is written in, or before the calendar of today.

    """
    if last < _FIRST_GREGORIAN:
        raise RecordsError(_OLD_CALENDAR)
    era = _NAMES[found.era]
    if last >= era.first and (era.last is None or first <= era.last):
        return found
    right = replace(found, era=era_of(first).name)
    if first < era.first:
        message = f"{era.name}の範囲外です。正しくは{right.text} / outside the era"
        raise RecordsError(message)
    hint = f"{era.name}は{write_wareki(era.last or first)}までです。{right.text}と読みました"
    return replace(right, hint="。".join(filter(None, (hint, found.hint))))


def _read_partly(year: int, month: str | None, era: str) -> ReadDate:
    """A year, or a year and a month, whose day is not known.

    Raises:
        RecordsError: There is no such month, or it lies outside its era.

    """
    if month is None:
        found = ReadDate(year=year, month=None, day=None, hint=_NOT_KNOWN, era=era)
        return _settle(found, date(year, 1, 1), date(year, 12, 31))
    first = _make_day(year, month, "1")
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return _settle(ReadDate(year=year, month=first.month, day=None, hint=_NOT_KNOWN, era=era), first, last)


def _read_fiscal(year: int, era: str) -> ReadDate:
    """A fiscal year, from April to March: 令和元年度 and 平成31年度 are one."""
    found = ReadDate(year=year, month=None, day=None, fiscal=True, era=era)
    return _settle(found, date(year, 4, 1), date(year + 1, 3, 31))


def _check_weekday(found: date, weekday: str | None) -> None:
    """A weekday beside a date must be its own.

    Raises:
        RecordsError: With the right one.

    """
    right = _WEEKDAYS[found.weekday()]
    if weekday is not None and weekday != right:
        message = f"曜日が合いません。{write_wareki(found)}は{right}曜日です / wrong weekday"
        raise RecordsError(message)


def _read_day(year: int, parts: Mapping[str, str | None], era: str) -> ReadDate:
    """A day that is wholly known, with its weekday if that is written."""
    found = _make_day(year, parts["month"] or "", parts["day"] or "")
    _check_weekday(found, parts.get("weekday"))
    return _settle(ReadDate(year=year, month=found.month, day=found.day, era=era), found, found)


def _read_era(match: re.Match[str]) -> ReadDate:
    """A date written in an era.

    Raises:
        RecordsError: There is no such day in that era.

    """
    parts, era = match.groupdict(), _NAMES[match["era"]]
    number = 1 if parts["year"] == "元" else int(parts["year"])
    if number == 0:
        message = "0年はありません。元年か1年と書きます / there is no year 0"
        raise RecordsError(message)
    year = era.first.year + number - 1
    if parts.get("fiscal"):
        return _read_fiscal(year, era.name)
    if parts.get("day"):
        return _read_day(year, parts, era.name)
    if parts.get("weekday"):
        raise RecordsError(_NOT_A_DATE)
    return _read_partly(year, parts.get("only"), era.name)


def _read_gregorian(match: re.Match[str]) -> ReadDate:
    """A date written in the Western calendar.

    Raises:
        RecordsError: There is no such day, or Japan counted differently then.

    """
    parts, year = match.groupdict(), int(match["year"])
    if year < _FIRST_GREGORIAN.year:
        raise RecordsError(_OLD_CALENDAR)
    if parts.get("fiscal"):
        return _read_fiscal(year, era_of(date(year, 12, 31)).name)
    if parts.get("day"):
        found = _make_day(year, parts["month"], parts["day"])
        return _read_day(year, parts, era_of(found).name)
    month = parts["only"] or parts["short"]
    return _read_partly(year, month, era_of(_make_day(year, month or "1", "1")).name)


def read_date(text: str) -> ReadDate:
    """Read a date in any spelling.

    Raises:
        RecordsError: It cannot be read, the day does not exist, or it lies before its era; with the right spelling.

    """
    folded = _fold(text) if len(text) <= LONGEST_DATE else ""
    if match := _WAREKI.fullmatch(folded) or _COMPACT.fullmatch(folded):
        return _read_era(match)
    if match := _GREGORIAN.fullmatch(folded) or _PLAIN.fullmatch(folded) or _PARTLY.fullmatch(folded):
        return _read_gregorian(match)
    raise RecordsError(_NOT_A_DATE)
