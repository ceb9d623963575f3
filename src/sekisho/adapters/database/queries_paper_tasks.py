"""What waits for whom in assessments and minutes, for the same task list as the consultations'."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sekisho.adapters.database.assessment_clocks import clocks_of
from sekisho.adapters.database.models import AssessmentRow, MinutesMark, MinutesRow
from sekisho.adapters.database.office_time import end_of, office_day
from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.kernel.council import ASSESSMENT_TABLE, AssessmentClock, Role

_AT_REST: Final = ("in_force", "not_needed", "ended")
_OF_DEPARTMENT: Final = frozenset({Role.DRAFTER, Role.HEAD})
_FOR_SECRETARIAT: Final = ("drafted", "confirmed", "redaction_checked")


def _waiting(task: str, what: str, labels: tuple[str, str], due: datetime | None = None) -> Waiting:
    """A task about an assessment or minutes."""
    return Waiting(task=task, matter=what, consultation="", label_ja=labels[0], label_en=labels[1], due=due)


def _may_go_on(worker: Worker, row: AssessmentRow) -> bool:
    """Is the next step of the procedure this person's?"""
    own = {role for step in ASSESSMENT_TABLE.steps_from(row.state) for role in step.roles} & set(worker.roles)
    return bool(own - _OF_DEPARTMENT) or (bool(own) and worker.department == row.department)


def _assessments(worker: Worker, at: datetime) -> Iterator[Waiting]:
    """Assessments whose next step is this person's, and yearly looks that are due."""
    rows = AssessmentRow.objects.filter(tenant_id=worker.tenant).order_by("id")
    for row in rows.exclude(state__in=_AT_REST):
        if _may_go_on(worker, row):
            yield _waiting("assess", row.assessment, (row.label_ja, row.label_en))
        if row.state == "third_party_check" and Role.COUNCIL_MEMBER in worker.roles:
            yield _waiting("find", row.assessment, (row.label_ja, row.label_en))
    if Role.DRAFTER in worker.roles:
        for row in rows.filter(state="in_force", department=worker.department):
            yield from _yearly(row, at)


def _yearly(row: AssessmentRow, at: datetime) -> Iterator[Waiting]:
    """The yearly look at a report, once it is due."""
    for clock in clocks_of(row, office_day(at)):
        if clock.clock is AssessmentClock.YEARLY_CHECK and clock.struck:
            yield _waiting("check_yearly", row.assessment, (row.label_ja, row.label_en), end_of(clock.on))


def _minutes(worker: Worker) -> Iterator[Waiting]:
    """Minutes that the secretariat goes on with, and drafts that an attendee has not confirmed."""
    rows = MinutesRow.objects.filter(tenant_id=worker.tenant).order_by("id")
    if Role.SECRETARIAT in worker.roles:
        for row in rows.filter(state__in=_FOR_SECRETARIAT):
            yield _waiting("minutes", row.minutes, (row.title, row.title))
    for row in rows.filter(state="edited"):
        said = MinutesMark.objects.filter(minutes=row, person=worker.person)
        if worker.person in row.attendees and not said.exists():
            due = row.sent_at + timedelta(days=row.silent_days) if row.sent_at else None
            yield _waiting("confirm_minutes", row.minutes, (row.title, row.title), due)


def paper_tasks(worker: Worker, at: datetime) -> tuple[Waiting, ...]:
    """Everything about assessments and minutes that waits for this person."""
    return (*_assessments(worker, at), *_minutes(worker))
