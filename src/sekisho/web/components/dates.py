"""Dates as the office writes them: 令和8年11月24日（火）15:43 in Japanese, 24 November 2026 (Tue) 15:43 in English."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sekisho.web.words import english_is_chosen

OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")
_WEEKDAYS_JA: Final = "月火水木金土日"
# 元号法: the first day of each era that a document of this office can carry.
_ERAS: Final = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 10, 23), "明治"),
)


def in_office_time(moment: datetime | str) -> datetime:
    """A moment, also one written as ISO 8601, on the office's clock."""
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read.astimezone(OFFICE_TIME)


def era_year(day: date) -> str:
    """The year in its era; the first year is 元年."""
    first, era = next(((first, era) for first, era in _ERAS if day >= first), (None, "西暦"))
    year = day.year - first.year + 1 if first else day.year
    return f"{era}{'元' if year == 1 else year}年"


def long_day(day: date) -> str:
    """A day with its weekday."""
    if english_is_chosen():
        return f"{day.day} {day:%B %Y (%a)}"
    return f"{era_year(day)}{day.month}月{day.day}日（{_WEEKDAYS_JA[day.weekday()]}）"


def long_moment(moment: datetime | str) -> str:
    """A day with weekday, hour and minute."""
    here = in_office_time(moment)
    return f"{long_day(here.date())} {here:%H:%M}" if english_is_chosen() else f"{long_day(here.date())}{here:%H:%M}"


def short_moment(moment: datetime | str) -> str:
    """令和8.11.24 15:43, for lists."""
    here = in_office_time(moment)
    day = here.date()
    written = f"{day:%Y-%m-%d}" if english_is_chosen() else f"{era_year(day).removesuffix('年')}.{day.month}.{day.day}"
    return f"{written} {here:%H:%M}"


def clock(moment: datetime | str) -> str:
    """Hour, minute and second, for timelines."""
    return f"{in_office_time(moment):%H:%M:%S}"


def read_day(text: str) -> date | None:
    """A day in any spelling that the office uses, or nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
