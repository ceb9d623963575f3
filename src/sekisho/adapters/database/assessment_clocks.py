"""What sends an assessment in force round again, or ends it: an incident, five years, the end of the affair."""

from datetime import date, datetime

from sekisho.adapters.database.assessment_desk import Desk, desk
from sekisho.adapters.database.assessment_standings import tell_gate_ended
from sekisho.adapters.database.assessment_writing import following_version
from sekisho.adapters.database.council_conditions import CLOCK
from sekisho.adapters.database.council_deeds import Deed, text_digest
from sekisho.adapters.database.models import AssessmentRow, AssessmentVersion
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import AssessmentClock, ClockTime, clock_times


def clocks_of(row: AssessmentRow, today: date) -> tuple[ClockTime, ...]:
    """The clocks of the version in force; none if none was ever published."""
    published = AssessmentVersion.objects.filter(assessment=row, published_on__isnull=False).order_by("version").last()
    if published is None or published.published_on is None:
        return ()
    return clock_times(
        published_on=published.published_on, last_checked_on=row.checked_on, ended_on=row.ended_on, today=today
    )


def suffer_incident(deed: Deed, assessment: str, what: str) -> None:
    """A serious incident happened: the affair is assessed anew, as the next version.

    Raises:
        Refused: None is in force, nothing is written of it, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        if not what.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="incident", what="text")])
        work.must_be("in_force")
        work.version = following_version(work)
        work.advance("suffer_incident", what=text_digest(what))


def end_assessment(deed: Deed, assessment: str) -> None:
    """The affair has ended; the report stays published for three years.

    Raises:
        Refused: None is in force, or not by the head of this department.

    """
    with desk(deed, assessment) as work:
        work.row.ended_on = office_day(deed.at)
        work.advance("end")
        tell_gate_ended(deed, assessment)


def pass_assessment_clocks(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: five years after publication the affair is to be assessed anew. Answers which."""
    clock, today, passed = Deed(tenant=tenant, person=CLOCK, at=at), office_day(at), []
    with writing():
        for row in AssessmentRow.objects.filter(tenant_id=tenant, state="in_force").order_by("assessment"):
            struck = {each.clock for each in clocks_of(row, today) if each.struck}
            if AssessmentClock.ASSESS_AGAIN in struck:
                present = AssessmentVersion.objects.get(assessment=row, version=row.version)
                work = Desk(deed=clock, row=row, version=present, roles=None)
                work.version = following_version(work)
                work.advance("pass_five_years")
                passed.append(row.assessment)
    return tuple(passed)
