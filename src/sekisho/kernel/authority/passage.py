"""What a caveat may look at: the facts of one crossing, first as announced, then as found in the bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from sekisho.kernel.authority.assessments import AssessmentStanding
from sekisho.kernel.authority.marks import CanaryFound, Mark
from sekisho.kernel.network import Direction

PEOPLE_LIST: Final = "people_list"
"""The data item that a permit names when the council approved that whole lists of people go along in documents."""
DOCUMENT: Final = "document"
"""What stands in the place of a record layout, and of a data item, where whole documents or archives were approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFault:
    """The first place where a file does not fit its layout: row and column count from 1, bytes from 0."""

    row: int
    column: int
    byte: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFound:
    """Apparent Individual Numbers in a column that must not hold them: how many, and the first row."""

    column: str
    count: int
    first_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """A list of people (氏名・住所・連絡先の一覧) where none was approved: where, how many rows, and the first of them.

    `first_row` is 0 in a document, which has no rows of its own; `where` is the number of the part, or nothing.
    """

    where: str
    count: int
    first_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What inspection read from the bytes themselves, never from what the sender declared.

    `marks` stop the parcel whatever the permit says. `rebuilt_sha256` is the digest of what goes on instead of the
    bytes that came, if they were rebuilt (無害化); `removed` names what was taken out of them. `rules_sha256` is the
    digest of the detection rules that were applied. `number_columns` are the columns present whose class of data is the
    Individual Number by their layout, each with its data item, whatever stands in them.
    """

    media_type: str
    layout: str
    size: int
    records: int
    items: frozenset[str]
    item_labels: Mapping[str, str] = field(default_factory=dict)
    fault_count: int = 0
    first_fault: RecordFault | None = None
    individual_numbers: tuple[NumberFound, ...] = ()
    other_municipality: int = 0
    active_content: tuple[str, ...] = ()
    unmapped_characters: int = 0
    profile: frozenset[str] = frozenset()
    layout_version: str = ""
    layout_sha256: str = ""
    marks: tuple[Mark, ...] = ()
    canaries: tuple[CanaryFound, ...] = ()
    removed: tuple[str, ...] = ()
    rebuilt_sha256: str = ""
    rules_sha256: str = ""
    people: tuple[PeopleFound, ...] = ()
    number_columns: Mapping[str, str] = field(default_factory=dict)


class SignInFactor(StrEnum):
    """By what somebody proved who they are. Stored values are never renamed and never reused."""

    PASSWORD = "password"  # noqa: S105 - the name of a factor
    ONE_TIME_CODE = "one_time_code"
    PASSKEY = "passkey"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One crossing as a caveat sees it. `found` is empty until the parcel has been inspected.

    `assessment` is where the assessment that the permit waits for stands today, if it names one. `factors` are those
    by which the person signed in for this crossing. `without` are the unapproved items that the bearer asked to be
    taken out on the way.
    """

    at: datetime
    agency: str
    department: str
    person: str
    terminal: str
    route: tuple[str, ...]
    direction: Direction
    counterpart: str
    announced_size: int
    parcels_today: int
    overdue_erasures: int
    found: Findings | None = None
    assessment: AssessmentStanding | None = None
    factors: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
