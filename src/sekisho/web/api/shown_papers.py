"""What the API answers of assessments, minutes and rules: states, days, digests, texts that are or will be public."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


class ClockShown(Schema):
    """A clock of an assessment: when it strikes, and whether it has."""

    clock: str
    on: date
    struck: bool


class AssessmentShown(Schema):
    """An assessment as the list has it; `in_force` is the version in force, 0 for none."""

    assessment: str
    label_ja: str
    label_en: str
    department: str
    state: str
    version: int
    newest: int
    in_force: int
    depth: str
    rule: str
    clocks: list[ClockShown]


class VersionShown(Schema):
    """One version of a report."""

    version: int
    answers: dict[str, str]
    connections: list[str]
    coverage: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    opinion: str
    filed_on: date | None
    published_on: date | None
    digest: str


class AssessmentWhole(AssessmentShown):
    """An assessment with all its versions."""

    versions: list[VersionShown]


class MinutesShown(Schema):
    """Minutes as the list has them; `published` is the version that is public, 0 for none."""

    minutes: str
    title: str
    state: str
    version: int
    published: int


class PublishedShown(Schema):
    """A published version of minutes."""

    version: int
    title: str
    text: str
    digest: str
    corrects: int
    why: str
    published_at: datetime


class MinutesWhole(MinutesShown):
    """Minutes with who attended and every published version."""

    attendees: list[str]
    versions: list[PublishedShown]


class CouncilRuleShown(Schema):
    """A rule by which the council sits: the share that is a quorum, the share that carries, its article and dates."""

    rule: str
    ja: str
    en: str
    legal_basis: str
    holds_from: str
    holds_until: str
    quorum: str
    quorum_strict: bool
    majority: str
    majority_strict: bool
    chair_votes: bool
    chair_breaks_tie: bool


class AgencyShown(Schema):
    """What the agency decided after the council's opinion, and who has signed it."""

    outcome: str
    departs: bool
    reason: str
    decided_on: str
    digest: str
    signed_by: dict[str, str]
