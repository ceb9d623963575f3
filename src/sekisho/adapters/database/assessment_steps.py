"""The steps of an assessment, each a line of the state table with its guard, duty and entry; the clock has its own."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.database.assessment_desk import check_of, comment_of, course_of, desk, judge_numbers, read_body
from sekisho.adapters.database.assessment_standings import tell_gate, tell_gate_none_needed
from sekisho.adapters.database.council_deeds import Deed, text_digest
from sekisho.adapters.database.models import PointFindingRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    Act,
    Depth,
    FindingVerdict,
    PointFinding,
    write_check,
    write_comment,
    write_publication,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What the threshold is judged by."""

    subjects: int
    handlers: int
    serious_incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A public comment: from when until when, and why it is shorter than thirty days if it is."""

    opens_on: date
    closes_on: date
    shortened_because: str = ""


def judge(deed: Deed, assessment: str, numbers: Numbers) -> Depth:
    """Judge the threshold; answers how deep the report must be.

    Raises:
        Refused: A number is below zero, not in this state, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        judged = judge_numbers(work.row.tenant, asdict(numbers))
        work.version.threshold = asdict(numbers)
        told = {"result": judged.depth.word, "rule": judged.rule.rule, "table": judged.table}
        work.advance("judge_threshold", **asdict(numbers), **told)
    return judged.depth


def find_none_needed(deed: Deed, assessment: str) -> None:
    """The head finds that no assessment is demanded.

    Raises:
        Refused: The threshold demands one, or not by the head of this department.

    """
    with desk(deed, assessment) as work:
        work.advance("find_none_needed")
        tell_gate_none_needed(deed, assessment)


def begin_draft(deed: Deed, assessment: str, depth: Depth) -> None:
    """Begin to write the report, as deep as demanded or deeper.

    Raises:
        Refused: Less deep than the threshold demands, not in this state, or not by this person.

    """
    with desk(deed, assessment) as work:
        work.keep(replace(read_body(work.version.body), depth=depth))
        work.advance("begin_draft", depth=depth.word)


def review(deed: Deed, assessment: str) -> None:
    """The head finds the report complete and sound.

    Raises:
        Refused: Something is missing or contradicts, or this person drafted it.

    """
    with desk(deed, assessment) as work:
        work.advance("review")


def open_comment(deed: Deed, assessment: str, period: Period) -> None:
    """Open the report to public comment.

    Raises:
        Refused: Fewer than thirty days without a reason, in the past, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        work.version.comment_opens, work.version.comment_closes = period.opens_on, period.closes_on
        work.version.shortened_because = period.shortened_because
        days = {"opens_on": period.opens_on.isoformat(), "closes_on": period.closes_on.isoformat()}
        work.advance("open_comment", **days, shortened=bool(period.shortened_because.strip()))


def close_comment(deed: Deed, assessment: str) -> None:
    """End the public comment; its days are written into the report.

    Raises:
        Refused: Its last day is not over, a comment has no answer, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        comment = comment_of(work.version)
        if comment is not None:
            work.keep(write_comment(shipped_form(), read_body(work.version.body), comment))
        count = 0 if comment is None else len(comment.comments)
        work.advance("close_comment", comments=count)


def check_by_third_party(deed: Deed, assessment: str, body: str) -> None:
    """Lay the report before the council or another third party.

    Raises:
        Refused: The public was not heard though it must be, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        if not body.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="check", what="body")])
        work.version.check_body = body
        work.advance("check_by_third_party", body=body)


def record_finding(deed: Deed, assessment: str, finding: PointFinding) -> None:
    """A member records what the council says of one point of the check; the last finding stands.

    Raises:
        Refused: There is no such point, a remark is missing, or not by a member who has no other part in it.

    """
    with desk(deed, assessment) as work:
        work.allow(Act.CHECK_ASSESSMENT)
        work.must_be("third_party_check")
        points = {each.point: each for each in shipped_form().points}
        if finding.point not in points:
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"point {finding.point}")])
        if finding.verdict is not FindingVerdict.SUITABLE and not finding.remark.strip():
            aspect = str(points[finding.point].aspect)
            raise Refused([because(ReasonCode.CHECK_POINT_OPEN, point=finding.point, aspect=aspect)])
        said = {"verdict": str(finding.verdict), "remark": finding.remark, "by": deed.person}
        PointFindingRow.objects.update_or_create(version=work.version, point=finding.point, defaults=said)
        facts = {"point": finding.point, "verdict": str(finding.verdict), "remark": text_digest(finding.remark)}
        work.note(EntryKind.POINT_FOUND, **facts)


def give_assessment_opinion(deed: Deed, assessment: str, opinion: str) -> None:
    """The chair gives the council's opinion; day and opinion are written into the report.

    Raises:
        Refused: A point has no finding, no opinion is written, or not by the chair.

    """
    with desk(deed, assessment) as work:
        work.version.check_held_on, work.version.opinion = office_day(deed.at), opinion
        check = check_of(work.version)
        if check is not None:
            work.keep(write_check(shipped_form(), read_body(work.version.body), check))
        work.advance("give_opinion", opinion=text_digest(opinion))


def revise(deed: Deed, assessment: str) -> None:
    """The drafter has written into the report what followed from comment and opinion.

    Raises:
        Refused: Not in this state, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.advance("revise")


def file_assessment(deed: Deed, assessment: str) -> None:
    """File the report with the national commission.

    Raises:
        Refused: Something is missing, a step was left out, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        work.version.filed_on = office_day(deed.at)
        work.advance("file")


def publish_assessment(deed: Deed, assessment: str) -> str:
    """Publish the report: from now on this version is in force. Answers its digest.

    Raises:
        Refused: It was not filed, something is missing, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        today = office_day(deed.at)
        work.version.digest = work.keep(write_publication(shipped_form(), read_body(work.version.body), today))
        work.advance("publish")
        work.version.published_on = today
        work.version.save()
        work.row.checked_on = None
        work.row.save()
        tell_gate(deed, work.version, today)
        return str(work.version.digest)


def check_yearly(deed: Deed, assessment: str) -> None:
    """The yearly look: the report still says what is done.

    Raises:
        Refused: None is in force, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.row.checked_on = office_day(deed.at)
        work.advance("check_yearly")


def fix_minor(deed: Deed, assessment: str) -> None:
    """File the next version, in which nothing material changed.

    Raises:
        Refused: Something material changed, nothing changed, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.take_newest()
        work.version.filed_on = office_day(deed.at)
        work.advance("fix_minor", changes=len(course_of(work.version).changes))


def change_materially(deed: Deed, assessment: str) -> None:
    """Assess anew before something material changes; the version in force stays so meanwhile.

    Raises:
        Refused: Nothing material changed, or this person wrote it.

    """
    with desk(deed, assessment) as work:
        work.take_newest()
        course = course_of(work.version)
        material = [each.place for each in course.changes if each.material]
        work.advance("change_materially", material=material, changes=len(course.changes))
