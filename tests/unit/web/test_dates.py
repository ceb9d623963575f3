"""Dates as the office writes them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from sekisho.web.components.dates import clock, long_day, long_moment, read_day, short_moment

MOMENT = datetime(2026, 11, 24, 6, 43, tzinfo=UTC)


def test_a_moment_reads_as_on_an_official_paper() -> None:
    with translation.override("ja"):
        assert long_moment(MOMENT) == "令和8年11月24日（火）15:43"
        assert short_moment(MOMENT) == "令和8.11.24 15:43"


def test_english_readers_get_english_dates() -> None:
    with translation.override("en"):
        assert long_moment(MOMENT) == "24 November 2026 (Tue) 15:43"
        assert short_moment(MOMENT) == "2026-11-24 15:43"


@pytest.mark.parametrize("text", ["令和8年11月24日", "R8.11.24", "2026-11-24", "Ｒ８．１１．２４"])
def test_a_filter_takes_a_day_in_any_spelling(text: str) -> None:
    assert read_day(text) == date(2026, 11, 24)


def test_what_is_no_day_is_nothing() -> None:
    assert read_day("来週") is None


def test_the_office_keeps_its_own_time() -> None:
    assert clock("2026-11-24T06:43:05+00:00") == "15:43:05"


def test_the_day_of_the_meeting() -> None:
    with translation.override("ja"):
        assert long_day(date(2019, 11, 19)) == "令和元年11月19日（火）"
