"""What a program says when it acts on an assessment, on minutes or on an account."""

from datetime import date
from typing import Literal

from pydantic import Field

from sekisho.kernel.council import FindingVerdict, LighterGround
from sekisho.web.access import Role
from sekisho.web.api.bodies import Body


class PlanBody(Body):
    """The affair to be assessed; without a name, the assessment gets a number."""

    label_ja: str
    label_en: str = ""
    connections: list[str] = Field(default_factory=list)
    name: str = ""


class NumbersBody(Body):
    """What the threshold is judged by."""

    subjects: int
    handlers: int
    serious_incident: bool = False


class DepthBody(Body):
    """How deep the report is to be."""

    depth: Literal["none", "basic", "key", "all_items"]


class AnswersBody(Body):
    """Answers of the report by their places in the form."""

    answers: dict[str, str]


class ReportBody(Body):
    """A whole report, as the file of one has it."""

    report: str


class ConnectionsBody(Body):
    """The connections that the report speaks of."""

    connections: list[str]


class ClaimBody(Body):
    """Why a change is not material."""

    place: str
    ground: LighterGround
    why: str


class PeriodBody(Body):
    """The days of a public comment, and why they are fewer than thirty if they are."""

    opens_on: date
    closes_on: date
    shortened_because: str = ""


class CommentBody(Body):
    """An answer to a resident's comment."""

    comment: str
    text: str
    reflected: bool = False


class CheckerBody(Body):
    """Who checks as the third party."""

    body: str


class FindingBody(Body):
    """A finding on one point."""

    point: str
    verdict: FindingVerdict
    remark: str = ""


class MinutesBody(Body):
    """A meeting whose minutes are drafted, with the number and the contact of the page that will be public."""

    meeting: str
    page_id: str = Field(pattern="^[0-9]{6}$")
    contact: list[str] = Field(default_factory=list)


class EditBody(Body):
    """The text of the minutes, and the words that may not stand in the public version."""

    text: str
    words: list[str] = Field(default_factory=list)


class NewcomerBody(Body):
    """Somebody who is to work here."""

    person: str
    label_ja: str
    label_en: str
    department: str
    roles: list[Role]


class FingerprintBody(Body):
    """The SHA-256 fingerprint of a terminal's certificate, 64 small hexadecimal digits."""

    fingerprint: str
