"""Telling the gate where an assessment stands: in force from its publication, until it is due again or has ended.

The gate reads one row and its entry and knows nothing of procedures; what changes whether an assessment is in force
tells it here, in the same transaction.
"""

from dataclasses import replace
from datetime import date, datetime

from sekisho.adapters.database.assessment_coverage import coverage_of
from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.models import AssessmentVersion
from sekisho.adapters.database.office_time import begin_of, office_day
from sekisho.adapters.database.standings import enter_standing, standing_of
from sekisho.kernel import AssessmentOpinion, AssessmentStanding
from sekisho.kernel.council import AssessmentClock, clock_times


def _due_again(published_on: date) -> datetime:
    """When an assessment that was published on a day has to be made anew, and is in force no longer."""
    clocks = clock_times(published_on=published_on, last_checked_on=None, today=published_on)
    return begin_of(next(each.on for each in clocks if each.clock is AssessmentClock.ASSESS_AGAIN))


def tell_gate(deed: Deed, version: AssessmentVersion, published_on: date) -> None:
    """A version is published: in force for five years, and for what it covers, which nothing earlier adds to."""
    standing = AssessmentStanding(
        assessment=version.assessment.assessment,
        in_force_from=deed.at if office_day(deed.at) == published_on else begin_of(published_on),
        in_force_until=_due_again(published_on),
        opinion=AssessmentOpinion.SUITABLE if version.opinion else AssessmentOpinion.NOT_NEEDED,
        coverage=coverage_of(version),
    )
    enter_standing(deed.tenant, standing, deed.person, deed.at)


def tell_gate_none_needed(deed: Deed, assessment: str) -> None:
    """It was judged that none is demanded: what names it may cross from now on."""
    standing = AssessmentStanding(assessment=assessment, in_force_from=deed.at)
    enter_standing(deed.tenant, standing, deed.person, deed.at)


def tell_gate_ended(deed: Deed, assessment: str) -> None:
    """The affair has ended, and with it whatever named its assessment."""
    known, _ = standing_of(deed.tenant, assessment)
    if known is not None:
        enter_standing(deed.tenant, replace(known, in_force_until=deed.at), deed.person, deed.at)
