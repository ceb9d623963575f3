"""S-100 通過の記録: the filter as it was typed, what it means, and one page of what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from sekisho.adapters.database.queries_gate import CrossingFilter
from sekisho.adapters.database.queries_rows import ParcelRow, PermitRow
from sekisho.web.components.dates import read_day
from sekisho.web.components.facts import Choice, Pages, Said, choices
from sekisho.web.components.vocabulary import DIRECTIONS
from sekisho.web.pages.gate.crossing_rows import CrossingLine, crossing_line
from sekisho.web.words import Words

PAGE: Final = 25
STATES: Final[dict[str, Said]] = {
    "received": Words("検査・引き渡し中", "In the gate"),
    "delivered": Words("通過", "Crossed"),
    "refused": Words("止めました", "Stopped"),
    "erased": Words("削除済み", "Erased"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was asked, in the reader's own words and as the database understands it."""

    typed: Mapping[str, str]
    wanted: CrossingFilter
    number: int
    faults: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingsPage:
    """Everything on S-100."""

    total: int
    rows: tuple[CrossingLine, ...]
    states: tuple[Choice, ...]
    directions: tuple[Choice, ...]
    permits: tuple[Choice, ...]
    since: str
    parcel: str
    faults: tuple[Words, ...]
    pages: Pages
    query: str


def _since(text: str) -> tuple[date | None, tuple[Words, ...]]:
    """A day in any spelling, or a sentence that says it is none."""
    if not text:
        return None, ()
    day = read_day(text)
    return day, () if day else (Words(f"「{text}」は日付として読めません。", f"{text} cannot be read as a date."),)


def page_number(text: str) -> int:
    """Which page is asked for; anything else means the first."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1  # noqa: PLR2004 - a million pages


def read_search(typed: Mapping[str, str]) -> Search:
    """Read the filter; only fields that the list knows are looked at."""
    fields = {name: typed.get(name, "").strip()[:64] for name in ("state", "direction", "permit", "since", "parcel")}
    since, faults = _since(fields["since"])
    wanted = CrossingFilter(
        state=fields["state"] if fields["state"] in STATES else "",
        direction=fields["direction"] if fields["direction"] in DIRECTIONS else "",
        permit=fields["permit"],
        since=since,
        parcel=fields["parcel"],
    )
    return Search(typed=fields, wanted=wanted, number=page_number(typed.get("page", "")), faults=faults)


def pages_of(number: int, total: int, typed: Mapping[str, str], size: int = PAGE) -> Pages:
    """Where this page stands, and the queries of its neighbours."""
    count = max(1, -(-total // size))
    asked = {name: value for name, value in typed.items() if value}
    return Pages(
        here=number,
        count=count,
        before=urlencode({**asked, "page": number - 1}) if number > 1 else "",
        after=urlencode({**asked, "page": number + 1}) if number < count else "",
    )


def crossings_page(
    search: Search, total: int, rows: tuple[ParcelRow, ...], permits: tuple[PermitRow, ...]
) -> CrossingsPage:
    """S-100 from what was asked and what was found."""
    numbers: dict[str, Said] = {row.permit.permit: row.permit.permit for row in permits}
    directions: dict[str, Said] = {code: words for code, words in DIRECTIONS.items() if code in ("inward", "outward")}
    return CrossingsPage(
        total=total,
        rows=tuple(crossing_line(row) for row in rows),
        states=choices(STATES, search.wanted.state),
        directions=choices(directions, search.wanted.direction),
        permits=choices(numbers, search.wanted.permit),
        since=search.typed["since"],
        parcel=search.typed["parcel"],
        faults=search.faults,
        pages=pages_of(search.number, total, search.typed),
        query=urlencode({name: value for name, value in search.typed.items() if value}),
    )
