"""What the screens show of protection assessments: their course, version by version, and what each covers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.assessment_clocks import clocks_of
from sekisho.adapters.database.assessment_coverage import coverage_of
from sekisho.adapters.database.assessment_desk import (
    changes_of,
    check_of,
    claims_of,
    comment_of,
    findings_of,
    judgement_of,
    newest_version,
    read_body,
)
from sekisho.adapters.database.models import AssessmentRow, AssessmentShown, AssessmentVersion, Department
from sekisho.kernel import Coverage, Reason
from sekisho.kernel.council import (
    AssessmentReport,
    ClockTime,
    Judgement,
    LighterClaim,
    PointFinding,
    PublicComment,
    ReportChange,
    ThirdPartyCheck,
    change_table,
    changes_between,
    contradictions_in,
    missing_answers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """An assessment as the list shows it: its state, its threshold, its clocks, the version in force."""

    assessment: str
    label_ja: str
    label_en: str
    department: str
    department_ja: str
    department_en: str
    state: str
    version: int
    newest: int
    in_force: int
    judgement: Judgement | None
    threshold: Mapping[str, int]
    clocks: tuple[ClockTime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That a version was laid before somebody: at which step, when, and by which digest."""

    occasion: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version with everything of its course."""

    version: int
    report: AssessmentReport
    coverage: tuple[Coverage, ...]
    claims: tuple[LighterClaim, ...]
    changes: tuple[ReportChange, ...]
    judgement: Judgement | None
    comment: PublicComment | None
    findings: tuple[PointFinding, ...]
    check_body: str
    check: ThirdPartyCheck | None
    opinion: str
    filed_on: date | None
    published_on: date | None
    digest: str
    shown: tuple[Shown, ...]
    missing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFile:
    """An assessment with all its versions, the newest last."""

    line: AssessmentLine
    versions: tuple[VersionView, ...]

    def at(self, version: int) -> VersionView | None:
        """One version, if it is there."""
        return next((each for each in self.versions if each.version == version), None)


def _published(row: AssessmentRow) -> AssessmentVersion | None:
    """The version that was published last."""
    return AssessmentVersion.objects.filter(assessment=row, published_on__isnull=False).order_by("version").last()


def _line(row: AssessmentRow, departments: Mapping[str, tuple[str, str]], today: date) -> AssessmentLine:
    """An assessment as the list shows it."""
    ja, en = departments.get(row.department, (row.department, row.department))
    present = AssessmentVersion.objects.get(assessment=row, version=row.version)
    published = _published(row)
    judged = present if present.threshold else published or present
    return AssessmentLine(
        assessment=row.assessment,
        label_ja=row.label_ja,
        label_en=row.label_en,
        department=row.department,
        department_ja=ja,
        department_en=en,
        state=row.state,
        version=row.version,
        newest=newest_version(row).version,
        in_force=published.version if published is not None and row.ended_on is None else 0,
        judgement=judgement_of(judged),
        threshold=dict(judged.threshold),
        clocks=clocks_of(row, today),
    )


def _departments(tenant: str) -> dict[str, tuple[str, str]]:
    """What the departments are called."""
    rows = Department.objects.filter(tenant_id=tenant)
    return {each.department: (each.label_ja, each.label_en) for each in rows}


def assessment_lines(tenant: str, today: date) -> tuple[AssessmentLine, ...]:
    """Every assessment of a municipality, the newest first."""
    departments = _departments(tenant)
    rows = AssessmentRow.objects.filter(tenant_id=tenant).order_by("-id")
    return tuple(_line(each, departments, today) for each in rows)


def _missing(report: AssessmentReport) -> Iterator[Reason]:
    """What is still missing in a report at its stage, and what it says against itself."""
    yield from missing_answers(shipped_form(), report)
    yield from contradictions_in(shipped_form(), report)


def _view(row: AssessmentVersion) -> VersionView:
    """One version with everything of its course."""
    report = read_body(row.body)
    shown = AssessmentShown.objects.filter(version=row).order_by("id")
    return VersionView(
        version=row.version,
        report=report,
        coverage=coverage_of(row),
        claims=claims_of(row),
        changes=changes_of(row),
        judgement=judgement_of(row),
        comment=comment_of(row),
        findings=findings_of(row),
        check_body=row.check_body,
        check=check_of(row),
        opinion=row.opinion,
        filed_on=row.filed_on,
        published_on=row.published_on,
        digest=row.digest,
        shown=tuple(Shown(occasion=each.occasion, at=each.at.isoformat(), digest=each.digest) for each in shown),
        missing=tuple(_missing(report)),
    )


def assessment_file(tenant: str, assessment: str, today: date) -> AssessmentFile | None:
    """Everything on file about one assessment; nothing if there is none here."""
    row = AssessmentRow.objects.filter(tenant_id=tenant, assessment=assessment).first()
    if row is None:
        return None
    versions = AssessmentVersion.objects.filter(assessment=row).order_by("version")
    line = _line(row, _departments(tenant), today)
    return AssessmentFile(line=line, versions=tuple(_view(each) for each in versions))


def changes_of_versions(before: VersionView, after: VersionView) -> tuple[ReportChange, ...]:
    """The table of changes between any two versions, an older and a newer one."""
    form = shipped_form()
    return change_table(form, changes_between(form, before.report, after.report))
