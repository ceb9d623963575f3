"""Dates as the office writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from sekisho.web.components.dates import clock, era_year, long_day, long_moment, short_moment

MOMENT = datetime(2026, 11, 24, 6, 43, tzinfo=UTC)


def test_a_moment_reads_as_on_an_official_paper() -> None:
    with translation.override("ja"):
        assert long_moment(MOMENT) == "令和8年11月24日（火）15:43"
        assert short_moment(MOMENT) == "令和8.11.24 15:43"


def test_english_readers_get_english_dates() -> None:
    with translation.override("en"):
        assert long_moment(MOMENT) == "24 November 2026 (Tue) 15:43"
        assert short_moment(MOMENT) == "2026-11-24 15:43"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1912, 7, 29), "明治45年"),
    ],
)
def test_the_first_year_of_an_era_is_its_first(day: date, year: str) -> None:
    assert era_year(day) == year


def test_the_office_keeps_its_own_time() -> None:
    assert clock("2026-11-24T06:43:05+00:00") == "15:43:05"


def test_the_day_of_the_meeting() -> None:
    with translation.override("ja"):
        assert long_day(date(2019, 11, 19)) == "令和元年11月19日（火）"
