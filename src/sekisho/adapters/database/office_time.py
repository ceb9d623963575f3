"""The office's own clock: which day it is for a municipality."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")
_LAST_MINUTE: Final = time(23, 59)


def office_day(at: datetime) -> date:
    """The day of a moment by the office's clock."""
    return at.astimezone(OFFICE_TIME).date()


def begin_of(day: date) -> datetime:
    """When a day begins at the office."""
    return datetime.combine(day, time.min, OFFICE_TIME)


def end_of(day: date) -> datetime:
    """The last minute of a day, until which what is due on it can be done."""
    return datetime.combine(day, _LAST_MINUTE, OFFICE_TIME)
