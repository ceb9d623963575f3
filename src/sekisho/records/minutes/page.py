"""The model of a published minutes page (会議録): who met, what was asked, what came of it, who said what.

Roles carry no names: a public page is anonymous, and so is the model.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class PageForm(StrEnum):
    """The two ways in which the pages were laid out: of 2015 (H27) and of 2019 (R1)."""

    R1 = "R1"
    H27 = "H27"


class Outcome(StrEnum):
    """What came of an item, in the words of the pages."""

    APPROVED = "承認"
    WITH_CONDITIONS = "条件付承認"
    REJECTED = "不承認"
    CONTINUED = "継続審議"
    WITHDRAWN = "取下げ"
    OPINION = "意見"
    REPORTED = "報告了承"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One item of the agenda: a consultation, a request for an opinion or a report, its number, title and section."""

    kind: str
    no: int | None
    title: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One sentence of the results, the numbers it speaks of, and what it says in one word."""

    nos: tuple[int, ...]
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What somebody of a role said, with its line breaks."""

    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """One part of one item: questions (質疑) or deliberation (審議), turn by turn."""

    nos: tuple[int, ...]
    heading: str
    phase: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Which meeting of which fiscal year."""

    era_year: str
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPage:
    """A whole page. `contact` keeps the lines below the minutes as they stand there.

    `attendance` says by which rule the meeting sat and that enough were there; pages published elsewhere have none.
    """

    form: PageForm
    page_id: str
    title: str
    updated_on: str
    breadcrumb: str
    body: str
    council: str
    session: Session
    held: str
    held_from: str
    held_to: str | None
    place: str
    agenda: tuple[AgendaLine, ...]
    results: tuple[ResultLine, ...]
    discussions: tuple[Discussion, ...]
    contact: tuple[str, ...]
    attendance: tuple[str, ...] = ()


def page_to_data(page: MinutesPage) -> Mapping[str, Any]:
    """The page as plain data: what `minutes parse --json` answers; without attendance where it says nothing of it."""
    return {name: value for name, value in asdict(page).items() if value or name != "attendance"}


def page_from_data(data: Mapping[str, Any]) -> MinutesPage:
    """The page from plain data."""
    return MinutesPage(
        **{
            **data,
            "form": PageForm(data["form"]),
            "session": Session(**data["session"]),
            "agenda": tuple(AgendaLine(**each) for each in data["agenda"]),
            "results": tuple(
                ResultLine(nos=tuple(each["nos"]), outcome=Outcome(each["outcome"]), text=each["text"])
                for each in data["results"]
            ),
            "discussions": tuple(
                Discussion(
                    nos=tuple(each["nos"]),
                    heading=each["heading"],
                    phase=each["phase"],
                    turns=tuple(Turn(**turn) for turn in each["turns"]),
                )
                for each in data["discussions"]
            ),
            "contact": tuple(data["contact"]),
            "attendance": tuple(data.get("attendance", ())),
        }
    )
