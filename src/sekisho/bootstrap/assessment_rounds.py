"""The assessments of consultations 57, 58 and 60, worked through from their plan, anew every five years until today.

Each step is taken by whoever takes it, on its day: nothing is put in force here that the procedure did not publish.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sekisho.adapters.assessments.rounds import RoundsFile, RoundStep, shipped_rounds
from sekisho.adapters.database.models import Person
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.bootstrap import assessments as office
from sekisho.bootstrap.house import now
from sekisho.kernel.council import AssessmentClock, Depth, Role, clock_times

_NOON: Final = time(12, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rounds:
    """One assessment being worked through."""

    tenant: str
    file: RoundsFile

    def by(self, role: Role, on: date) -> office.Deed:
        """Somebody of this role acts on this day."""
        return office.act_as(self.tenant, self.file.people[role], datetime.combine(on, _NOON, OFFICE_TIME))

    def plan(self) -> None:
        """The affair as it is planned."""
        file = self.file
        plan = office.Plan(label_ja=file.ja, label_en=file.en, connections=file.connections, name=file.assessment)
        office.plan_assessment(self.by(Role.DRAFTER, file.begins_on), plan)

    def take(self, step: RoundStep, begun: date) -> None:
        """Take one step of the round that began on a day; the report is written before it is reviewed."""
        if step.act == "review":
            report = self.file.report_on(begun)
            office.write_report(self.by(Role.DRAFTER, begun + timedelta(days=step.days)), report.report, report)
        deed = self.by(step.role, begun + timedelta(days=step.days))
        self._verbs()[step.act](deed, self.file.assessment)

    def _verbs(self) -> Mapping[str, Callable[[office.Deed, str], object]]:
        """Each step as the office does it."""
        file = self.file
        numbers = office.Numbers(subjects=file.subjects, handlers=file.handlers, serious_incident=file.serious_incident)
        return {
            "judge_threshold": lambda deed, each: office.judge(deed, each, numbers),
            "begin_draft": lambda deed, each: office.begin_draft(deed, each, Depth.BASIC),
            "review": office.review,
            "file": office.file_assessment,
            "publish": office.publish_assessment,
        }


def _again_on(published: date) -> date:
    """When an affair is to be assessed anew."""
    clocks = clock_times(published_on=published, last_checked_on=None, today=published)
    return next(each.on for each in clocks if each.clock is AssessmentClock.ASSESS_AGAIN)


def round_days(file: RoundsFile, today: date) -> Iterator[date]:
    """The day on which each round begins: the first, and then every five years after a publication, until today."""
    begun, longest = file.begins_on, timedelta(days=max(each.days for each in file.steps))
    while begun + longest <= today:
        yield begun
        begun = _again_on(begun + longest)


def _work(tenant: str, file: RoundsFile, today: date) -> None:
    """Work one assessment through, round by round."""
    rounds = _Rounds(tenant=tenant, file=file)
    rounds.plan()
    for begun in round_days(file, today):
        if begun != file.begins_on:
            office.pass_assessment_clocks(tenant, datetime.combine(begun, _NOON, OFFICE_TIME))
        for step in file.steps:
            rounds.take(step, begun)


def work_rounds(tenant: str) -> tuple[str, ...]:
    """Work through every assessment whose people are here; answers which.

    Raises:
        Refused: A step may not be taken, or somebody holds two duties that are kept apart; with every reason.

    """
    here = set(Person.objects.filter(tenant_id=tenant, is_active=True).values_list("username", flat=True))
    worked = [each for each in shipped_rounds() if set(each.people.values()) <= here]
    for each in worked:
        _work(tenant, each, office_day(now()))
    return tuple(each.assessment for each in worked)
