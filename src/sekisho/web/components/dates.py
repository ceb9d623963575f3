"""Dates as the office writes them: 令和8年11月24日（火）15:43 in Japanese, 24 November 2026 (Tue) 15:43 in English."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sekisho.records import RecordsError, read_date, write_short_wareki, write_wareki, write_wareki_year
from sekisho.web.words import english_is_chosen

OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")
_EARLIEST: Final = 2008  # the furusato donation's tax rule began in 2008, and nothing here is older
_LATEST: Final = 2200
_WEEKDAYS_JA: Final = "月火水木金土日"


def in_office_time(moment: datetime | str) -> datetime:
    """A moment, also one written as ISO 8601, on the office's clock."""
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read.astimezone(OFFICE_TIME)


def long_day(day: date) -> str:
    """A day with its weekday."""
    if english_is_chosen():
        return f"{day.day} {day:%B %Y (%a)}"
    return f"{write_wareki(day)}（{_WEEKDAYS_JA[day.weekday()]}）"


def era_year(year: int) -> str:
    """令和8年（2026年）; the era is that of the year's last day."""
    if english_is_chosen():
        return str(year)
    return f"{write_wareki_year(year)}（{year}年）"


def long_moment(moment: datetime | str) -> str:
    """A day with weekday, hour and minute."""
    here = in_office_time(moment)
    return f"{long_day(here.date())} {here:%H:%M}" if english_is_chosen() else f"{long_day(here.date())}{here:%H:%M}"


def short_moment(moment: datetime | str) -> str:
    """令和8.11.24 15:43, for lists."""
    here = in_office_time(moment)
    day = here.date()
    written = f"{day:%Y-%m-%d}" if english_is_chosen() else write_short_wareki(day)
    return f"{written} {here:%H:%M}"


def clock(moment: datetime | str) -> str:
    """Hour, minute and second, for timelines."""
    return f"{in_office_time(moment):%H:%M:%S}"


def read_day(text: str) -> date | None:
    """A day in any spelling that the office uses (令和8年11月24日, R8.11.24, 2026-11-24), or nothing."""
    try:
        return read_date(text).whole
    except RecordsError:
        return None


def read_year(text: str) -> int | None:
    """A year of donations as it stands in an address or a list, or nothing: no other year can be asked for."""
    if not (text.isascii() and text.isdecimal() and len(text) == len("2026")):
        return None
    return int(text) if _EARLIEST <= int(text) <= _LATEST else None
