"""What stands in the lists that leave: the rows that this reader may see on the screens, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_assessments import AssessmentLine, assessment_lines
from sekisho.adapters.database.queries_authority import consultation_rows
from sekisho.adapters.database.queries_council import (
    ConditionView,
    MatterRow,
    matter_file,
    matter_rows,
    names_of,
)
from sekisho.adapters.database.queries_meetings import MeetingRow, meeting_rows
from sekisho.adapters.database.queries_minutes import MinutesLine, minutes_file, minutes_lines
from sekisho.adapters.database.queries_questions import GatheredQuestion
from sekisho.adapters.database.queries_rows import ConsultationRow
from sekisho.kernel.council import is_overdue, stops_permit
from sekisho.web.components.dates import in_office_time
from sekisho.web.components.facts import Said
from sekisho.web.office import Office
from sekisho.web.pages.deliberation.conditions import readable_conditions
from sekisho.web.pages.deliberation.reading import may_read
from sekisho.web.pages.deliberation.words import matter_chip, number_of
from sekisho.web.pages.questions.reading import readable_questions
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """A consultation of the register, published or on its way."""

    number: Said
    title: Words
    department: Words
    state: Said
    meeting: Said
    held: date | None
    decided: date | None
    permits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A matter on the agenda of a meeting; a meeting without one has a line of its own."""

    meeting: MeetingRow
    matter: MatterRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A condition as it stands today, with the names of whoever owes and checks it."""

    view: ConditionView
    owner: Words
    verifier: Words
    overdue: bool
    stops: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """A question with the matter that it is about, and the names of whoever asked and whoever answers it."""

    row: GatheredQuestion
    asked_by: Words
    answerer: Words


def matters_of(office: Office) -> list[MatterRow]:
    """The consultations on their way that this reader may see."""
    return [row for row in matter_rows(office.tenant, timezone.now()) if may_read(row, office)]


def _published(row: ConsultationRow) -> Consulted:
    """A consultation whose minutes are published."""
    return Consulted(
        number=row.number,
        title=Words(row.title_ja, row.title_en),
        department=Words(row.department_ja, row.department_en),
        state=Words(row.result_ja, row.result_en),
        meeting=Words(row.meeting_ja, row.meeting_en),
        held=date.fromisoformat(row.held),
        decided=date.fromisoformat(row.decided),
        permits="、".join(permit for _, permit in row.permits),
    )


def _on_its_way(row: MatterRow, office: Office) -> Consulted:
    """A consultation on its way."""
    file = matter_file(office.tenant, row.matter, timezone.now())
    decision = file.decision if file else None
    return Consulted(
        number=number_of(row.consultation),
        title=Words(row.label_ja, row.label_en),
        department=Words(row.department_ja, row.department_en),
        state=matter_chip(row.state).words,
        meeting=Words(row.meeting.label_ja, row.meeting.label_en) if row.meeting else "",
        held=in_office_time(row.meeting.due_on).date() if row.meeting else None,
        decided=in_office_time(decision.decided_at).date() if decision else None,
        permits="、".join(decision.permits.values()) if decision and row.state == "in_force" else "",
    )


def consultations(office: Office) -> Iterator[Consulted]:
    """The whole register: published consultations, then those on their way."""
    yield from (_published(row) for row in consultation_rows(office.tenant))
    yield from (_on_its_way(row, office) for row in matters_of(office))


def agenda(office: Office) -> Iterator[AgendaItem]:
    """Every meeting with its agenda."""
    known = matters_of(office)
    for meeting in meeting_rows(office.tenant, timezone.now()):
        own = [each for each in known if each.meeting and each.meeting.meeting == meeting.meeting]
        lines: tuple[MatterRow | None, ...] = tuple(own) or (None,)
        yield from (AgendaItem(meeting=meeting, matter=each) for each in lines)


def conditions(office: Office) -> Iterator[Owed]:
    """The conditions that this reader may see."""
    names, today = names_of(office.tenant), in_office_time(timezone.now()).date()
    for view in readable_conditions(office):
        yield Owed(
            view=view,
            owner=Words(*names.get(view.condition.owner, ("", ""))),
            verifier=Words(*names.get(view.condition.verifier, ("", ""))),
            overdue=is_overdue(view.condition, today),
            stops=stops_permit(view.condition, today),
        )


def questions(office: Office) -> Iterator[AskedOf]:
    """The questions in every matter that this reader may see and takes part in."""
    names = names_of(office.tenant)
    for row in readable_questions(office):
        asked_by, answerer = (names.get(each, ("", "")) for each in (row.question.asked_by, row.question.answerer))
        yield AskedOf(row=row, asked_by=Words(*asked_by), answerer=Words(*answerer))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMinutes:
    """Minutes with the day on which their newest version was published."""

    line: MinutesLine
    published_at: datetime | None


def all_minutes(office: Office) -> Iterator[KeptMinutes]:
    """All minutes of the municipality; what a draft says is not in a list."""
    for line in minutes_lines(office.tenant):
        file = minutes_file(office.tenant, line.minutes)
        published = file.published if file else ()
        yield KeptMinutes(line=line, published_at=published[0].published_at if published else None)


def assessments(office: Office) -> tuple[AssessmentLine, ...]:
    """Every assessment, as of today."""
    return tuple(assessment_lines(office.tenant, office_day(timezone.now())))


def moment_in(meeting: MeetingRow) -> datetime:
    """When a meeting is held, by the office's clock."""
    return in_office_time(meeting.due_on)
