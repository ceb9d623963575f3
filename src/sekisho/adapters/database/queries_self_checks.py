"""What the screens show of yearly self-checks: the calendar, a round with its questions, the year's list, the tasks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sekisho.adapters.database.ledgers import read_acts
from sekisho.adapters.database.models import Consultation, Department, Matter, SelfCheckRow
from sekisho.adapters.database.office_time import end_of, office_day
from sekisho.adapters.database.queries_rows import Waiting, Worker
from sekisho.adapters.database.self_check_clock import Calendar, calendar_of
from sekisho.adapters.database.self_check_desk import answers_of
from sekisho.adapters.database.self_check_facts import CheckFacts, facts_from_data, gate_facts
from sekisho.adapters.database.self_check_papers import dossier_of_round, paper_in_force, permits_alive
from sekisho.kernel import EntryKind
from sekisho.kernel.council import (
    CheckAnswer,
    CheckQuestion,
    CheckResult,
    Dossier,
    Role,
    fiscal_year,
    is_check_overdue,
    questions_for,
    unanswered,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round as lists show it."""

    number: str
    consultation: str
    label_ja: str
    label_en: str
    department: str
    department_ja: str
    department_en: str
    since: date
    due: date
    state: str
    overdue: bool
    answered_by: tuple[str, ...]
    submitted_by: tuple[str, ...]
    submitted_on: date | None
    verified_by: str
    verified_on: date | None
    remark: str
    followed: str
    results: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFile:
    """One round with what it asks, what was answered, what is missing, and what the gate knows."""

    view: RoundView
    dossier: Dossier
    matter: str
    questions: tuple[CheckQuestion, ...]
    answers: Mapping[str, CheckAnswer]
    lacking: tuple[tuple[str, str], ...]
    facts: CheckFacts
    permits: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """One consultation in force: its permits, its next day, and the round that is open or was the last."""

    consultation: str
    label_ja: str
    label_en: str
    department_ja: str
    department_en: str
    permits: tuple[str, ...]
    due: date
    asked: bool
    answerable: bool
    last: RoundView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim that a law makes a consultation needless, with where the matter stands today."""

    matter: str
    label_ja: str
    label_en: str
    article: str
    on: date
    state: str


def _labels(tenant: str, consultation: str) -> tuple[str, str]:
    """What a consultation is called."""
    row: Matter | Consultation | None = (
        Consultation.objects.filter(tenant_id=tenant, consultation=consultation).first()
        or Matter.objects.filter(tenant_id=tenant, consultation=consultation).first()
    )
    return (row.label_ja, row.label_en) if row else (consultation, consultation)


def _department(tenant: str, department: str) -> tuple[str, str]:
    """What a department is called."""
    row = Department.objects.filter(tenant_id=tenant, department=department).first()
    return (row.label_ja, row.label_en) if row else (department, department)


def _counted(row: SelfCheckRow) -> dict[str, int]:
    """How many answers of each result."""
    given = [each.result for each in answers_of(row).values()]
    return {str(each): given.count(each) for each in CheckResult}


def round_view(row: SelfCheckRow, today: date) -> RoundView:
    """A round as it stands today."""
    ja, en = _labels(row.tenant_id, row.consultation)
    department = _department(row.tenant_id, row.department)
    return RoundView(
        number=row.number,
        consultation=row.consultation,
        label_ja=ja,
        label_en=en,
        department=row.department,
        department_ja=department[0],
        department_en=department[1],
        since=row.since,
        due=row.due,
        state=row.state,
        overdue=is_check_overdue(row.state, row.due, today),
        answered_by=tuple(row.answered_by),
        submitted_by=tuple(row.submitted_by),
        submitted_on=row.submitted_on,
        verified_by=row.verified_by,
        verified_on=row.verified_on,
        remark=row.remark,
        followed=row.followed,
        results=_counted(row),
    )


def _calendar_view(tenant: str, each: Calendar, today: date) -> CalendarView:
    """One consultation of the calendar."""
    paper, labels = paper_in_force(tenant, each.consultation), _labels(tenant, each.consultation)
    department = _department(tenant, paper.dossier.department) if paper else ("", "")
    return CalendarView(
        consultation=each.consultation,
        label_ja=labels[0],
        label_en=labels[1],
        department_ja=department[0],
        department_en=department[1],
        permits=each.permits,
        due=each.due,
        asked=each.open is not None,
        answerable=paper is not None,
        last=round_view(each.last, today) if each.last else None,
    )


def calendar_views(tenant: str, today: date) -> tuple[CalendarView, ...]:
    """Every consultation with permits that have not ended, the nearest day first."""
    return tuple(_calendar_view(tenant, each, today) for each in calendar_of(tenant))


def round_views(tenant: str, today: date) -> tuple[RoundView, ...]:
    """Every round of a municipality, the newest first."""
    return tuple(round_view(each, today) for each in SelfCheckRow.objects.filter(tenant_id=tenant).order_by("-id"))


def rounds_in(tenant: str, year: int, today: date) -> tuple[RoundView, ...]:
    """The rounds that were due in the year that begins in April."""
    rows = SelfCheckRow.objects.filter(tenant_id=tenant, due__gte=date(year, 4, 1), due__lt=date(year + 1, 4, 1))
    return tuple(round_view(each, today) for each in rows.order_by("due", "id"))


def is_kept(tenant: str, number: str) -> bool:
    """Is there such a self-check in this municipality?"""
    return SelfCheckRow.objects.filter(tenant_id=tenant, number=number).exists()


def round_file(tenant: str, number: str, at: datetime) -> RoundFile | None:
    """One round with everything around it; nothing if there is none here. What was submitted keeps its facts."""
    row = SelfCheckRow.objects.filter(tenant_id=tenant, number=number).first()
    if row is None:
        return None
    dossier, answers = dossier_of_round(row), answers_of(row)
    found, asked = paper_in_force(tenant, row.consultation), questions_for(dossier)
    return RoundFile(
        view=round_view(row, office_day(at)),
        dossier=dossier,
        matter=found.matter if found else "",
        questions=asked,
        answers=answers,
        lacking=unanswered(asked, answers),
        facts=_facts(row, dossier, at),
        permits={each.connection: each.permit for each in permits_alive(tenant, row.consultation)},
    )


def _facts(row: SelfCheckRow, dossier: Dossier, at: datetime) -> CheckFacts:
    """What the gate knows now; of what was submitted, what it knew then."""
    if row.facts is not None and row.state in {"submitted", "verified", "closed", "lapsed"}:
        return facts_from_data(row.facts)
    return gate_facts(row.tenant_id, dossier, row.since, at)


def exemptions_in(tenant: str, year: int) -> tuple[ClaimView, ...]:
    """The claims that a law makes a consultation needless, of the year that begins in April, as the ledger has them."""
    claims = (_claim(tenant, each) for each in read_acts(tenant, EntryKind.EXEMPTION_CLAIMED))
    return tuple(each for each in claims if fiscal_year(each.on) == year)


def _claim(tenant: str, entry: Mapping[str, Any]) -> ClaimView:
    """A claim from its entry."""
    row = Matter.objects.filter(tenant_id=tenant, matter=entry["matter"]).first()
    return ClaimView(
        matter=str(entry["matter"]),
        label_ja=row.label_ja if row else "",
        label_en=row.label_en if row else "",
        article=str(entry["article"]),
        on=office_day(datetime.fromisoformat(str(entry["at"]))),
        state=row.state if row else "",
    )


def permit_calendar(tenant: str, permits: Iterable[str]) -> Calendar | None:
    """When the consultation of these permits is to be checked; nothing where all of them have ended."""
    wanted = set(permits)
    return next((each for each in calendar_of(tenant) if wanted & set(each.permits)), None)


def _waiting(row: SelfCheckRow, task: str, count: int = 1) -> Waiting:
    """A task about a round, until the end of its day."""
    ja, en = _labels(row.tenant_id, row.consultation)
    return Waiting(
        task=task,
        matter=row.number,
        consultation=row.consultation,
        label_ja=ja,
        label_en=en,
        count=count,
        due=end_of(row.due),
    )


def self_check_tasks(worker: Worker, at: datetime) -> Iterator[Waiting]:
    """What self-checks ask of this person; the secretariat also sees how many are late."""
    rows = SelfCheckRow.objects.filter(tenant_id=worker.tenant).order_by("due", "id")
    open_rows = list(rows.exclude(state__in=("closed", "lapsed")))
    for row in open_rows:
        own = worker.department == row.department
        if own and Role.DRAFTER in worker.roles and row.state in {"due", "answering", "sent_back", "overdue"}:
            yield _waiting(row, "answer_self_check")
        if own and Role.HEAD in worker.roles and row.state in {"answering", "overdue"}:
            yield _waiting(row, "submit_self_check")
        if Role.SECRETARIAT in worker.roles and row.state in {"submitted", "verified"}:
            yield _waiting(row, "verify_self_check" if row.state == "submitted" else "close_self_check")
    late = [row for row in open_rows if is_check_overdue(row.state, row.due, office_day(at))]
    if late and Role.SECRETARIAT in worker.roles:
        yield _waiting(late[0], "late_self_checks", len(late))
