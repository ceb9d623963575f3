"""Every address of the council's screens, as an owner asks for it: whom it is shown to, and by whom it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.fakes.council import Desks

Address = Callable[[Desks], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An address, and somebody of the municipality who may ask for it."""

    name: str
    person: str
    address: Address
    shown: Address | None = None


READ: Final = (
    Cell(name="matter", person="doza", address=lambda mine: f"/matters/{mine.circulated}/"),
    Cell(name="matter", person="doza", address=lambda mine: f"/matters/{mine.draft}/"),
    Cell(name="matter_edit", person="doza", address=lambda mine: f"/matters/{mine.draft}/edit/"),
    Cell(name="matter_chart", person="doza", address=lambda mine: f"/matters/{mine.draft}/chart/"),
    Cell(name="chart_thing", person="doza", address=lambda mine: f"/matters/{mine.draft}/chart/networks/lgwan/"),
    Cell(
        name="chart_remove", person="doza", address=lambda mine: f"/matters/{mine.draft}/chart/networks/lgwan/remove/"
    ),
    Cell(
        name="matter_changes",
        person="konpira",
        address=lambda mine: f"/matters/{mine.circulated}/changes/?before=1&after=1",
    ),
    Cell(
        name="matter_precedent",
        person="konpira",
        address=lambda mine: f"/matters/{mine.circulated}/precedent/?precedent=c-56",
    ),
    Cell(name="matter_decision", person="oura", address=lambda mine: f"/matters/{mine.decided}/decision/"),
    Cell(name="matter_questions", person="doza", address=lambda mine: f"/questions/{mine.circulated}/"),
    Cell(name="matter_letter", person="kazagashira", address=lambda mine: f"/letters/{mine.decided}/"),
    Cell(name="portal_matter", person="megane", address=lambda mine: f"/portal/{mine.circulated}/"),
)
LISTS: Final = (
    Cell(
        name="conditions",
        person="doza",
        address=lambda _: "/conditions/",
        shown=lambda mine: f'href="/matters/{mine.decided}/"',
    ),
    Cell(
        name="consultations",
        person="doza",
        address=lambda _: "/consultations/",
        shown=lambda mine: f'href="/matters/{mine.draft}/"',
    ),
    Cell(
        name="meetings",
        person="kazagashira",
        address=lambda _: "/meetings/",
        shown=lambda mine: f"/meetings/{mine.meeting}/act/",
    ),
    Cell(
        name="questions",
        person="kazagashira",
        address=lambda _: "/questions/",
        shown=lambda mine: f'href="/matters/{mine.circulated}/"',
    ),
    Cell(
        name="letters",
        person="kazagashira",
        address=lambda _: "/letters/",
        shown=lambda mine: f'href="/letters/{mine.decided}/"',
    ),
    Cell(
        name="portal",
        person="megane",
        address=lambda _: "/portal/",
        shown=lambda mine: f'href="/portal/{mine.circulated}/"',
    ),
    Cell(
        name="matter_new",
        person="doza",
        address=lambda _: "/matters/new/",
        shown=lambda mine: f'value="m-{mine.draft}"',
    ),
)
POSTS: Final = (
    Cell(name="matter_act", person="inasa", address=lambda mine: f"/matters/{mine.draft}/act/withdraw/"),
    Cell(name="meeting_act", person="oura", address=lambda mine: f"/meetings/{mine.meeting}/act/close/"),
    Cell(name="letter_pdf", person="kazagashira", address=lambda mine: f"/letters/{mine.decided}/pdf/"),
    Cell(
        name="internal_decision_pdf",
        person="kazagashira",
        address=lambda mine: f"/letters/{mine.decided}/internal-decision/pdf/",
    ),
    Cell(name="condition_act", person="oura", address=lambda mine: f"/conditions/{mine.condition}/act/waive/"),
)
COUNCIL_NAMES: Final = {cell.name for cell in (*READ, *LISTS, *POSTS)} - {"consultations"}
