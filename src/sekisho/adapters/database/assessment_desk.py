"""An assessment on the desk: who may do what to it now, and the entry that says so, in one transaction.

Separation of duties is asked at every act, against the roles held today and all that was done for the same version.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.council_deeds import Deed, note, person_of, roles_of
from sekisho.adapters.database.models import (
    AssessmentDuty,
    AssessmentRow,
    AssessmentShown,
    AssessmentVersion,
    PointFindingRow,
    ResidentCommentRow,
    Tenant,
)
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    STEP_DUTIES,
    Act,
    AssessmentCourse,
    AssessmentReport,
    Duty,
    FindingVerdict,
    Judgement,
    LighterClaim,
    LighterGround,
    PointFinding,
    PublicComment,
    ReportChange,
    ResidentComment,
    Role,
    ThirdPartyCheck,
    advance_assessment,
    canonical_report,
    change_table,
    changes_between,
    check_duties,
    digest_of_report,
    judge_threshold,
    read_local_rule,
    report_from_data,
)

STEP_ENTRIES: Final = MappingProxyType(
    {
        "judge_threshold": EntryKind.THRESHOLD_JUDGED,
        "find_none_needed": EntryKind.ASSESSMENT_NOT_NEEDED,
        "begin_draft": EntryKind.ASSESSMENT_BEGUN,
        "review": EntryKind.ASSESSMENT_REVIEWED,
        "open_comment": EntryKind.COMMENT_OPENED,
        "close_comment": EntryKind.COMMENT_CLOSED,
        "check_by_third_party": EntryKind.THIRD_PARTY_CHECK_BEGUN,
        "give_opinion": EntryKind.ASSESSMENT_OPINION_GIVEN,
        "revise": EntryKind.ASSESSMENT_REVISED,
        "file": EntryKind.ASSESSMENT_FILED,
        "publish": EntryKind.ASSESSMENT_PUBLISHED,
        "check_yearly": EntryKind.ASSESSMENT_CHECKED,
        "fix_minor": EntryKind.ASSESSMENT_FIXED,
        "change_materially": EntryKind.ASSESSMENT_CHANGED,
        "pass_five_years": EntryKind.ASSESSMENT_DUE_AGAIN,
        "suffer_incident": EntryKind.ASSESSMENT_INCIDENT,
        "end": EntryKind.ASSESSMENT_ENDED,
    }
)
# What is laid before somebody at these steps is kept as it was.
_SHOWN: Final = frozenset({"review", "open_comment", "check_by_third_party", "revise", "fix_minor", "file", "publish"})
_OF_DEPARTMENT: Final = frozenset({Act.DRAFT, Act.ANSWER, Act.REVIEW_ASSESSMENT})


def read_body(body: str) -> AssessmentReport:
    """A report from the text of its row."""
    return report_from_data(shipped_form(), json.loads(body))


def newest_version(row: AssessmentRow) -> AssessmentVersion:
    """The newest version, which may be the draft of the next one."""
    return AssessmentVersion.objects.filter(assessment=row).latest("version")


def version_before(version: AssessmentVersion) -> AssessmentVersion | None:
    """The published version before this one."""
    published = AssessmentVersion.objects.filter(assessment=version.assessment, published_on__isnull=False)
    return published.filter(version__lt=version.version).order_by("version").last()


def claims_of(version: AssessmentVersion) -> tuple[LighterClaim, ...]:
    """Who claims of which change that it is not material."""
    return tuple(LighterClaim(**{**each, "ground": LighterGround(each["ground"])}) for each in version.claims)


def changes_of(version: AssessmentVersion) -> tuple[ReportChange, ...]:
    """What changed since the published version before; nothing for the first.

    Raises:
        Refused: Somebody claims a lighter change where nothing changed.

    """
    before, form = version_before(version), shipped_form()
    if before is None:
        return ()
    after = read_body(version.body)
    return change_table(form, changes_between(form, read_body(before.body), after, claims_of(version)))


def judge_numbers(tenant: Tenant, said: Mapping[str, Any]) -> Judgement:
    """What the national rule and the municipality's own say of these numbers.

    Raises:
        Refused: A number is below zero.

    """
    own = tenant.assessment_threshold
    local = None if own is None else read_local_rule(own)
    return judge_threshold(said["subjects"], said["handlers"], serious_incident=said["serious_incident"], local=local)


def judgement_of(version: AssessmentVersion) -> Judgement | None:
    """The threshold that was judged for a version."""
    return judge_numbers(version.assessment.tenant, version.threshold) if version.threshold else None


def comment_of(version: AssessmentVersion) -> PublicComment | None:
    """The public comment of a version with what came in."""
    if version.comment_opens is None or version.comment_closes is None:
        return None
    rows = ResidentCommentRow.objects.filter(version=version).order_by("id")
    return PublicComment(
        opens_on=version.comment_opens,
        closes_on=version.comment_closes,
        shortened_because=version.shortened_because,
        comments=tuple(
            ResidentComment(comment=each.comment, text=each.text, answer=each.answer, reflected=each.reflected)
            for each in rows
        ),
    )


def findings_of(version: AssessmentVersion) -> tuple[PointFinding, ...]:
    """What the third party said so far, point by point."""
    return tuple(
        PointFinding(point=each.point, verdict=FindingVerdict(each.verdict), remark=each.remark)
        for each in PointFindingRow.objects.filter(version=version).order_by("id")
    )


def check_of(version: AssessmentVersion) -> ThirdPartyCheck | None:
    """The third-party check of a version, once it was held."""
    if version.check_held_on is None:
        return None
    return ThirdPartyCheck(
        body=version.check_body,
        held_on=version.check_held_on,
        findings=findings_of(version),
        opinion=version.opinion,
    )


def course_of(version: AssessmentVersion) -> AssessmentCourse:
    """Everything that the next step of a version is judged by.

    Until it is judged and published itself, threshold and day of the version in force stand.
    """
    before = version_before(version)
    judged_before = judgement_of(before) if before is not None else None
    in_force_since = before.published_on if before is not None else None
    judgement = judgement_of(version) or judged_before or judge_threshold(0, 0, serious_incident=False)
    return AssessmentCourse(
        form=shipped_form(),
        report=read_body(version.body),
        judgement=judgement,
        judged_before=judged_before,
        changes=changes_of(version),
        comment=comment_of(version),
        check=check_of(version),
        filed_on=version.filed_on,
        published_on=version.published_on or in_force_since,
    )


@dataclass(slots=True, kw_only=True)
class Desk:
    """An assessment on the desk, locked: what is done to it now is one transaction with its entries.

    The clock has no roles: it takes only the steps that nobody takes.
    """

    deed: Deed
    row: AssessmentRow
    version: AssessmentVersion
    roles: frozenset[Role] | None

    def allow(self, act: Act) -> None:
        """May this person do this for this version, after all they did for it? If so, it is remembered.

        Raises:
            Refused: Not with these roles, not for another department, or not after what they did before.

        """
        done = AssessmentDuty.objects.filter(version=self.version).values_list("person", "act")
        duties = [Duty(person=person, act=Act(other)) for person, other in done]
        check_duties(self.deed.person, self.roles or (), act, duties)
        if act in _OF_DEPARTMENT and person_of(self.deed).department != self.row.department:
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {self.row.department}")])
        facts = {"version": self.version, "person": self.deed.person, "act": act}
        AssessmentDuty.objects.get_or_create(**facts, defaults={"at": self.deed.at})

    def take_newest(self) -> None:
        """Turn to the newest version, which may be the draft of the next one."""
        self.version = newest_version(self.row)

    def must_be(self, *states: str) -> None:
        """Is the assessment where this can be done?

        Raises:
            Refused: It is not.

        """
        if self.row.state not in states:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=self.row.assessment, state=self.row.state)])

    def keep(self, report: AssessmentReport) -> str:
        """Keep the report as it now reads; answers its digest."""
        self.version.body = canonical_report(report).decode()
        self.version.save()
        return digest_of_report(report)

    def advance(self, step: str, /, **facts: object) -> None:
        """Take a step of the state table and write it down; what is laid before somebody is kept.

        Raises:
            Refused: Not in this state, not with these roles, or something speaks against it.

        """
        before, course, on = self.row.state, course_of(self.version), office_day(self.deed.at)
        self.row.state = advance_assessment(course, before, step, roles=self.roles, on=on)
        if self.roles is not None:
            self.allow(STEP_DUTIES[step])
        self.row.version = self.version.version
        self.row.save()
        self.version.save()
        digest = digest_of_report(course.report)
        if step in _SHOWN:
            AssessmentShown.objects.create(
                version=self.version, occasion=step, body=self.version.body, digest=digest, at=self.deed.at
            )
        self.note(STEP_ENTRIES[step], before=before, after=self.row.state, digest=digest, **facts)

    def note(self, kind: EntryKind, /, **facts: object) -> None:
        """Write an entry about this assessment."""
        note(self.deed, kind, assessment=self.row.assessment, version=self.version.version, **facts)


def find_assessment(tenant: str, assessment: str) -> AssessmentRow:
    """An assessment of this municipality.

    Raises:
        Refused: There is none.

    """
    row = AssessmentRow.objects.filter(tenant_id=tenant, assessment=assessment).first()
    if row is None:
        raise Refused([because(ReasonCode.NOT_FOUND, what=assessment)])
    return row


@contextmanager
def desk(deed: Deed, assessment: str) -> Iterator[Desk]:
    """Take the present version of an assessment to work on; a refusal changes nothing.

    Raises:
        Refused: There is no such assessment here, or nobody of that name.

    """
    with writing():
        AssessmentRow.objects.select_for_update().filter(tenant_id=deed.tenant, assessment=assessment).first()
        row = find_assessment(deed.tenant, assessment)
        present = AssessmentVersion.objects.get(assessment=row, version=row.version)
        yield Desk(deed=deed, row=row, version=present, roles=roles_of(deed))
