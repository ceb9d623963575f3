"""The office's own clock: which day it is for a municipality."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")


def office_day(at: datetime) -> date:
    """The day of a moment by the office's clock."""
    return at.astimezone(OFFICE_TIME).date()
