"""What the API answers of permits, assessments, minutes, rules: states, days, digests, public texts."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.web.pages.council.permit_page import is_altered


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


class PermitShown(Schema):
    """A permit: what was approved, whether that is still what is on file, and why it is closed, if it is."""

    permit: str
    consultation: str
    connection: str
    label_ja: str
    label_en: str
    status: str
    issued_at: datetime
    specification: dict[str, Any]
    specification_digest: str
    altered: bool
    signatures_hold: bool
    stopped_by: list[str]
    waits_for: list[str]

    @classmethod
    def of(cls, row: PermitRow, specification: dict[str, object]) -> "PermitShown":
        """A permit as it stands today."""
        return cls(
            permit=row.permit.permit,
            consultation=row.consultation,
            connection=row.permit.connection,
            label_ja=row.label_ja,
            label_en=row.label_en,
            status=str(row.permit.status),
            issued_at=datetime.fromisoformat(row.permit.issued_at),
            specification=specification,
            specification_digest=row.permit.specification_digest,
            altered=is_altered(row),
            signatures_hold=row.signatures_hold,
            stopped_by=[each.facts.get("condition", str(each.code)) for each in row.stopped_by],
            waits_for=[each.facts.get("condition", str(each.code)) for each in row.waits_for],
        )
