"""Writing an assessment: planning it, the next version, its answers, what is claimed of a change, what it covers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.adapters.assessments import read_report, shipped_form
from sekisho.adapters.database.assessment_coverage import Covered, cover
from sekisho.adapters.database.assessment_desk import Desk, changes_of, desk, newest_version, read_body
from sekisho.adapters.database.assessment_standings import tell_gate
from sekisho.adapters.database.council_deeds import Deed, next_number, note, person_of, roles_of, text_digest
from sekisho.adapters.database.models import AssessmentDuty, AssessmentRow, AssessmentVersion, Department
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    ASSESSMENT_TABLE,
    Act,
    AssessmentReport,
    Depth,
    LighterClaim,
    Stage,
    canonical_report,
    check_duties,
    digest_of_report,
    next_report,
    rewrite_report,
)
from sekisho.records import RecordsError

_NAME: Final = re.compile(r"[a-z](?:-?[a-z0-9]){1,59}")
_WRITABLE: Final = frozenset({"drafting", "opinion_given"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The affair to be assessed, and the connections that its report speaks of.

    `name` is what permits call the assessment by; without one it has a number.
    """

    label_ja: str
    label_en: str
    connections: tuple[str, ...] = ()
    name: str = ""


def _empty_report(assessment: str, label: str, today: date) -> AssessmentReport:
    """A report in which only the name of the affair is written."""
    form = shipped_form()
    return AssessmentReport(
        report=assessment,
        version=1,
        form=f"{form.form} {form.version}",
        depth=Depth.ALL_ITEMS,
        stage=Stage.DRAFTED,
        changed_on=today,
        values=MappingProxyType({"Ⅰ.1.①": label}),
        assumed=frozenset(),
    )


def plan_assessment(deed: Deed, plan: Plan) -> str:
    """Plan the assessment of an affair (計画管理書); answers its id.

    Raises:
        Refused: Not a drafter, of no department, or the affair has no name.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.DRAFT, ())
        person = person_of(deed)
        if not Department.objects.filter(tenant_id=deed.tenant, department=person.department).exists():
            raise Refused([because(ReasonCode.NOT_ALLOWED, action="plan (no department)")])
        if not plan.label_ja.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="assessment", what="label_ja")])
        row = enter_assessment(deed, plan, person.department, ASSESSMENT_TABLE.first)
        report = _empty_report(row.assessment, plan.label_ja, office_day(deed.at))
        version = enter_version(row, report, cover(deed.tenant, plan.connections))
        AssessmentDuty.objects.create(version=version, person=deed.person, act=Act.DRAFT, at=deed.at)
        note(deed, EntryKind.ASSESSMENT_PLANNED, assessment=row.assessment, department=row.department)
    return row.assessment


def _name_for(deed: Deed, plan: Plan) -> str:
    """The name that was wished for, or the next number.

    Raises:
        Refused: It is no name, or taken.

    """
    if not plan.name:
        return f"a{next_number(deed.tenant, 'assessment'):03d}"
    taken = AssessmentRow.objects.filter(tenant_id=deed.tenant, assessment=plan.name).exists()
    if taken or not _NAME.fullmatch(plan.name):
        what = f"{plan.name}: 英小文字・数字・ハイフンの、まだない名前です / small letters, digits, hyphens; not taken"
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="評価の名前 / assessment", what=what)])
    return plan.name


def enter_assessment(deed: Deed, plan: Plan, department: str, state: str) -> AssessmentRow:
    """The row of an affair, under its name or the next number."""
    return AssessmentRow.objects.create(
        tenant_id=deed.tenant,
        assessment=_name_for(deed, plan),
        department=department,
        label_ja=plan.label_ja,
        label_en=plan.label_en or plan.label_ja,
        state=state,
        version=1,
    )


def enter_version(row: AssessmentRow, report: AssessmentReport, covered: Covered) -> AssessmentVersion:
    """The row of one version."""
    return AssessmentVersion.objects.create(
        assessment=row,
        version=report.version,
        body=canonical_report(report).decode(),
        connections=covered.connections,
        particulars=covered.particulars,
    )


def following_version(work: Desk) -> AssessmentVersion:
    """The version after the one in force: the draft that is there, or a copy that can be written."""
    newest = newest_version(work.row)
    if newest.version > work.row.version:
        return newest
    report = next_report(read_body(newest.body), office_day(work.deed.at))
    covered = Covered(connections=newest.connections, particulars=newest.particulars)
    return enter_version(work.row, report, covered)


def begin_next_version(deed: Deed, assessment: str) -> int:
    """Begin to write the next version while the present one is in force; answers its number.

    Raises:
        Refused: None is in force, one was begun already, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.must_be("in_force")
        if newest_version(work.row).version > work.row.version:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"begin version {work.row.version + 2}")])
        work.version = following_version(work)
        work.allow(Act.DRAFT)
        work.note(EntryKind.ASSESSMENT_VERSION_BEGUN)
        return int(work.version.version)


def _take_writable(work: Desk) -> None:
    """Turn to the version that can be written now: a draft, what an opinion was given on, or the next version.

    Raises:
        Refused: It was published, or it is with somebody who has to see it as it is.

    """
    work.take_newest()
    ahead = work.row.state == "in_force" and work.version.version > work.row.version
    if not ahead:
        work.must_be(*_WRITABLE)
    work.allow(Act.DRAFT)


def write_answers(deed: Deed, assessment: str, typed: Mapping[str, str]) -> str:
    """Write answers into the report, each at its place; an empty one takes the answer away. Answers the digest.

    Raises:
        Refused: One is no item of the form or no answer to it, the version is not to be written, or not by this person.

    """
    with desk(deed, assessment) as work:
        _take_writable(work)
        report = rewrite_report(shipped_form(), read_body(work.version.body), typed, office_day(deed.at))
        digest = work.keep(report)
        work.note(EntryKind.ASSESSMENT_WRITTEN, places=sorted(typed), digest=digest)
    return digest


def write_report(deed: Deed, assessment: str, handed: AssessmentReport) -> str:
    """Take every answer from a report; number, name, depth and stage stay those of the version. Answers the digest.

    Raises:
        Refused: The version is not to be written, or not by this person.

    """
    with desk(deed, assessment) as work:
        _take_writable(work)
        now = read_body(work.version.body)
        report = replace(now, values=handed.values, assumed=handed.assumed, changed_on=handed.changed_on)
        digest = work.keep(report)
        work.note(EntryKind.ASSESSMENT_WRITTEN, places=len(report.values), digest=digest)
    return digest


def write_report_text(deed: Deed, assessment: str, text: str) -> str:
    """The same from the text of a report file.

    Raises:
        Refused: It is no report, the version is not to be written, or not by this person.

    """
    try:
        handed = read_report(text, "report.yaml")
    except RecordsError as fault:
        raise Refused([because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="report", what=str(fault))]) from fault
    return write_report(deed, assessment, handed)


def cover_connections(deed: Deed, assessment: str, connections: Iterable[str]) -> None:
    """Say which connections the report speaks of, each as its dossier has it now: the gate asks by them.

    Raises:
        Refused: The version is not to be written, or not by this person.

    """
    with desk(deed, assessment) as work:
        _take_writable(work)
        covered = cover(deed.tenant, (each.strip() for each in connections if each.strip()))
        work.version.connections, work.version.particulars = covered.connections, covered.particulars
        work.version.save()
        work.note(EntryKind.ASSESSMENT_WRITTEN, connections=covered.connections, particulars=covered.particulars)


def claim_lighter_change(deed: Deed, assessment: str, claim: LighterClaim) -> None:
    """Claim that a change of an item marked ※ is not material, with the ground and the reason.

    Raises:
        Refused: Nothing changed there, no reason is given, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.must_be("in_force")
        _take_writable(work)
        said = {"place": claim.place, "ground": str(claim.ground), "why": claim.why, "claimed_by": deed.person}
        work.version.claims = [*(each for each in work.version.claims if each["place"] != claim.place), said]
        changes_of(work.version)
        work.version.save()
        facts = {"place": claim.place, "ground": str(claim.ground), "why": text_digest(claim.why)}
        work.note(EntryKind.LIGHTER_CHANGE_CLAIMED, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyPublished:
    """A report that was published before this gate was there: its threshold, its day, what it covers, whose it is."""

    plan: Plan
    department: str
    report: AssessmentReport
    subjects: int
    handlers: int
    serious_incident: bool
    published_on: date


def enter_published(deed: Deed, known: AlreadyPublished) -> str:
    """Enter a report that is in force already; answers the id of its assessment.

    Raises:
        Refused: Not by the secretariat.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.PUBLISH_ASSESSMENT, ())
        row = enter_assessment(deed, known.plan, known.department, "in_force")
        covered = Covered(connections=sorted(set(known.plan.connections)), particulars={})
        version = enter_version(row, known.report, covered)
        numbers = {"subjects": known.subjects, "handlers": known.handlers, "serious_incident": known.serious_incident}
        digest = digest_of_report(known.report)
        dates = {"filed_on": known.published_on, "published_on": known.published_on}
        AssessmentVersion.objects.filter(pk=version.pk).update(digest=digest, threshold=numbers, **dates)
        AssessmentRow.objects.filter(pk=row.pk).update(version=version.version)
        facts = {"assessment": row.assessment, "version": version.version, "digest": digest, "before_this_gate": True}
        note(deed, EntryKind.ASSESSMENT_PUBLISHED, **facts, published_on=known.published_on.isoformat())
        tell_gate(deed, version, known.published_on)
    return row.assessment
