"""Lists that leave as a workbook: each column is said once, and a day stands twice, in the era and as ISO."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from sekisho.adapters.documents.spreadsheet import workbook
from sekisho.records import write_wareki
from sekisho.web.components.dates import OFFICE_TIME
from sekisho.web.components.facts import Said
from sekisho.web.words import Words

Row = TypeVar("Row")
Value = Said | int | date | None
Cell = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column of a list; a column of days becomes two."""

    words: Words
    value: Callable[[Row], Value]
    days: bool = False


def _heads(column: Column[Row]) -> tuple[str, ...]:
    """What stands above a column."""
    if not column.days:
        return (str(column.words),)
    ja, en = column.words.ja, column.words.en
    return str(Words(f"{ja}（和暦）", f"{en} (era)")), str(Words(f"{ja}（西暦）", f"{en} (ISO)"))


def both_ways(day: date | None) -> tuple[str, str]:
    """A day as the office writes it and as ISO 8601; a moment with its hour and minute by the office's clock."""
    if day is None:
        return "", ""
    if isinstance(day, datetime):
        here = day.astimezone(OFFICE_TIME)
        return f"{write_wareki(here.date())} {here:%H:%M}", f"{here:%Y-%m-%d %H:%M}"
    return write_wareki(day), day.isoformat()


def _cells(column: Column[Row], row: Row) -> tuple[Cell, ...]:
    """What a row says in a column."""
    value = column.value(row)
    if column.days:
        return both_ways(value if isinstance(value, date) else None)
    return (value if isinstance(value, int) or value is None else str(value),)


def list_workbook(title: Words, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> bytes:
    """A list as a workbook in the reader's language."""
    heads = [head for column in columns for head in _heads(column)]
    body = ([cell for column in columns for cell in _cells(column, row)] for row in rows)
    return workbook(str(title), heads, body)
