"""Published minutes (会議録) as data, and back to the page."""

from sekisho.records.minutes.page import (
    AgendaLine,
    Discussion,
    MinutesPage,
    Outcome,
    PageForm,
    ResultLine,
    Session,
    Turn,
    page_from_data,
    page_to_data,
)
from sekisho.records.minutes.parsing import parse_minutes
from sekisho.records.minutes.web_form import read_web_words, write_web_minutes
from sekisho.records.minutes.writing import ATTENDANCE, write_agenda, write_minutes

__all__ = [
    "ATTENDANCE",
    "AgendaLine",
    "Discussion",
    "MinutesPage",
    "Outcome",
    "PageForm",
    "ResultLine",
    "Session",
    "Turn",
    "page_from_data",
    "page_to_data",
    "parse_minutes",
    "read_web_words",
    "write_agenda",
    "write_minutes",
    "write_web_minutes",
]
