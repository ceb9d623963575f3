"""What the screens show of the council's procedure: matters, versions, meetings, conditions, decisions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.council_deeds import find_matter
from sekisho.adapters.database.council_letters import SIGNATORIES, read_decision, signatories
from sekisho.adapters.database.council_papers import Paper, read_paper
from sekisho.adapters.database.council_proposals import condition_of
from sekisho.adapters.database.council_questions import questions_of, recused_from
from sekisho.adapters.database.council_sitting import presider
from sekisho.adapters.database.council_verdicts import trade_offs_of, verdicts_of
from sekisho.adapters.database.council_versions import version_decided, version_in_force
from sekisho.adapters.database.models import (
    BallotRow,
    ConditionRow,
    DecisionRow,
    Department,
    DossierVersion,
    Matter,
    OpinionRow,
    Person,
)
from sekisho.adapters.database.queries_meetings import MeetingRow, meeting_row
from sekisho.kernel.council import CONSULTATION_TABLE, Condition, Decision, ItemVerdict, Question, Role, TradeOff


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter as lists show it."""

    matter: str
    consultation: str
    label_ja: str
    label_en: str
    agency: str
    department: str
    department_ja: str
    department_en: str
    state: str
    version: int
    meeting: MeetingRow | None
    opinions_until: datetime | None
    motion: str
    ballot_round: int
    remark: str
    presider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version of a dossier: its digest and when it was frozen, if it was."""

    version: int
    digest: str
    frozen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Whose signature on the letter holds."""

    role: str
    person: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision with its letter's digest, the signatures that hold, and the permits that follow."""

    decision: Decision
    digest: str
    decided_at: datetime
    permits: Mapping[str, str]
    stamps: tuple[Stamp, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionView:
    """A condition with its matter, if it has one, and what was handed in for it."""

    condition: Condition
    matter: str
    proof_text: str
    proof_by: str
    remark: str
    raised_by: str = ""
    waiver_reason: str = ""
    proof_kind: str = ""
    proof_paper: str = ""
    presider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFile:
    """Everything on file about one matter that its readers may see."""

    row: MatterRow
    paper: Paper
    versions: tuple[VersionRow, ...]
    questions: tuple[Question, ...]
    verdicts: tuple[ItemVerdict, ...]
    trade_offs: tuple[TradeOff, ...]
    conditions: tuple[ConditionView, ...]
    decision: DecisionView | None
    recused: frozenset[str]
    voted: frozenset[str]
    opined: frozenset[str]
    version_in_force: int = 0

    @property
    def is_change(self) -> bool:
        """Is this a change of what is in force, on which nobody has decided yet?"""
        steps = CONSULTATION_TABLE.steps_from(self.row.state)
        return bool(self.version_in_force) and any(each.act == "withdraw_change" for each in steps)


def _matter_row(row: Matter, departments: Mapping[str, tuple[str, str]], at: datetime) -> MatterRow:
    """A matter as lists show it."""
    ja, en = departments.get(row.department, (row.department, row.department))
    return MatterRow(
        matter=row.matter,
        consultation=row.consultation,
        label_ja=row.label_ja,
        label_en=row.label_en,
        agency=row.agency,
        department=row.department,
        department_ja=ja,
        department_en=en,
        state=row.state,
        version=row.version,
        meeting=meeting_row(row.meeting, at) if row.meeting else None,
        opinions_until=row.opinions_until,
        motion=row.motion,
        ballot_round=row.ballot_round,
        remark=row.remark,
        presider=presider(row, at),
    )


def _departments(tenant: str) -> dict[str, tuple[str, str]]:
    """What the departments are called."""
    rows = Department.objects.filter(tenant_id=tenant)
    return {each.department: (each.label_ja, each.label_en) for each in rows}


def matter_rows(tenant: str, at: datetime) -> tuple[MatterRow, ...]:
    """Every matter of a municipality, the newest first."""
    rows = Matter.objects.filter(tenant_id=tenant).select_related("meeting").order_by("-id")
    departments = _departments(tenant)
    return tuple(_matter_row(each, departments, at) for each in rows)


def matter_of_consultation(tenant: str, consultation: str) -> str | None:
    """The matter that has this number."""
    found = Matter.objects.filter(tenant_id=tenant, consultation=consultation).exclude(consultation="").first()
    return found.matter if found else None


def paper_of(tenant: str, matter: str, version: int) -> Paper | None:
    """One version of the papers of a matter; nothing if there is none here."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).first()
    known = row is not None and DossierVersion.objects.filter(matter=row, version=version).exists()
    return read_paper(row, version) if row is not None and known else None


def decided_on(tenant: str, matter: str, version: int) -> tuple[Paper, tuple[ItemVerdict, ...]]:
    """The version that a decision is about, with the verdicts on it, whatever was written or withdrawn since.

    Raises:
        Refused: There is no such matter or version.

    """
    row = find_matter(tenant, matter)
    return read_paper(row, version), verdicts_of(row, version)


def _decision_view(row: Matter) -> DecisionView | None:
    """The decision of a matter that stands, if there is one."""
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last()
    if found is None:
        return None
    holding = signatories(row.tenant_id, found)
    keys = {each["person"]: each["key"] for each in found.signatures}
    return DecisionView(
        decision=read_decision(found),
        digest=found.digest,
        decided_at=found.decided_at,
        permits=dict(found.permits),
        stamps=tuple(
            Stamp(role=str(each), person=holding[each], key=keys[holding[each]])
            for each in SIGNATORIES
            if each in holding
        ),
        sealed=bool(found.signatures),
    )


def _condition_view(row: ConditionRow, at: datetime) -> ConditionView:
    """A condition as it stands, with whoever presides over its matter now."""
    as_written = ("proof_text", "proof_by", "proof_kind", "proof_paper", "remark", "raised_by", "waiver_reason")
    said = {each: getattr(row, each) for each in as_written}
    if row.matter is None:
        return ConditionView(condition=condition_of(row), matter="", **said)
    presiding = presider(row.matter, at)
    return ConditionView(condition=condition_of(row), matter=row.matter.matter, presider=presiding, **said)


def condition_views(tenant: str, at: datetime) -> tuple[ConditionView, ...]:
    """Every condition of a municipality, by its due date."""
    rows = ConditionRow.objects.filter(tenant_id=tenant).select_related("matter__meeting").order_by("due", "condition")
    return tuple(_condition_view(each, at) for each in rows)


def matter_file(tenant: str, matter: str, at: datetime) -> MatterFile | None:
    """Everything on file about one matter; nothing if there is none here."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).select_related("meeting").first()
    if row is None:
        return None
    versions = DossierVersion.objects.filter(matter=row).order_by("version")
    ballots = BallotRow.objects.filter(matter=row, ballot_round=row.ballot_round)
    conditions = ConditionRow.objects.filter(matter=row).select_related("matter__meeting").order_by("id")
    opinions = OpinionRow.objects.filter(matter=row, version=row.version)
    return MatterFile(
        row=_matter_row(row, _departments(tenant), at),
        paper=read_paper(row),
        versions=tuple(
            VersionRow(version=each.version, digest=each.digest, frozen_at=each.frozen_at) for each in versions
        ),
        questions=questions_of(row),
        verdicts=verdicts_of(row, version_decided(row) if row.state == "in_force" else row.version),
        trade_offs=trade_offs_of(row),
        conditions=tuple(_condition_view(each, at) for each in conditions),
        decision=_decision_view(row),
        recused=recused_from(row),
        voted=frozenset(ballots.values_list("person", flat=True)),
        opined=frozenset(opinions.values_list("person", flat=True)),
        version_in_force=version_in_force(row),
    )


def names_of(tenant: str) -> dict[str, tuple[str, str]]:
    """What people are called, by their ids."""
    rows = Person.objects.filter(tenant_id=tenant)
    return {each.username: (each.label_ja or each.username, each.label_en or each.username) for each in rows}


def people_with(tenant: str, *roles: Role) -> tuple[str, ...]:
    """The people who hold one of these roles today."""
    rows = Person.objects.filter(tenant_id=tenant, is_active=True).order_by("username")
    return tuple(each.username for each in rows if each.has_role(*roles))


def letter_text(tenant: str, matter: str) -> str:
    """The letter's canonical writing, laid out for reading; nothing if nothing was decided."""
    row = Matter.objects.filter(tenant_id=tenant, matter=matter).first()
    found = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last() if row else None
    return json.dumps(json.loads(bytes(found.letter)), ensure_ascii=False, indent=2) if found else ""
