"""Every list and every page of the council as data, for whoever may read it on the screens, and for nobody else."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from sekisho.adapters.database.queries_authority import (
    consultation_row,
    consultation_rows,
    permit_row,
    permit_rows_with_waits,
)
from sekisho.adapters.database.queries_council import MatterRow, matter_rows, paper_of
from sekisho.adapters.database.queries_meetings import MeetingRow, meeting_rows
from sekisho.adapters.database.queries_people import PersonRow, people_of
from sekisho.adapters.database.queries_rows import ConsultationRow, PermitRow, Waiting
from sekisho.bootstrap import council
from sekisho.kernel import specification_to_data
from sekisho.kernel.council import (
    ItemVerdict,
    Question,
    TradeOff,
    dossier_to_data,
    is_overdue,
    rule_to_data,
    stops_permit,
    weigh_changes,
)
from sekisho.web.access import EVERYBODY, Role
from sekisho.web.api import bodies, shown
from sekisho.web.api.doors import offer
from sekisho.web.api.shown_papers import CouncilRuleShown, PermitShown
from sekisho.web.components.dates import in_office_time
from sekisho.web.office import Office, office_in
from sekisho.web.pages.council.papers_part import paper_sections
from sekisho.web.pages.deliberation.conditions import READERS, readable_conditions
from sekisho.web.pages.deliberation.reading import file_for, may_read
from sekisho.web.pages.deliberation.tasks import waiting_for

_NO: Final = {401: bodies.WhyNot, 403: bodies.WhyNot}
KEEPERS: Final = (Role.ADMINISTRATOR, Role.AUDITOR)


def put_list(
    path: str, name: str, answer: Any, roles: Iterable[Role] = EVERYBODY, *, tag: str = ""
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Put a list or a page at its address."""
    absent = {404: bodies.WhyNot, 422: bodies.WhyNot} if "{" in path else {}
    tags = [tag or path.split("/")[1].removesuffix("s")]
    return offer("GET", path, roles, operation_id=name, tags=tags, response={200: answer, **_NO, **absent})


@put_list("/session", "session", shown.Session, tuple(Role))
def session(request: HttpRequest) -> dict[str, object]:
    """Who is signed in, and the token that acts carry."""
    office = office_in(request)
    names = ("tenant", "person", "department", "roles")
    return {**{name: getattr(office, name) for name in names}, "csrf_token": get_token(request)}


@put_list("/tasks", "tasks", list[shown.TaskShown], READERS)
def tasks(request: HttpRequest) -> list[Waiting]:
    """What waits for whoever is signed in."""
    return list(waiting_for(office_in(request)))


@put_list("/people", "people", list[shown.PersonShown], KEEPERS)
def people(request: HttpRequest) -> list[PersonRow]:
    """Who holds which roles."""
    return list(people_of(office_in(request).tenant))


@put_list("/consultations", "consultations", list[shown.ConsultationShown])
def consultations(request: HttpRequest) -> list[dict[str, object]]:
    """The register of published consultations."""
    return [_consultation(row) for row in consultation_rows(office_in(request).tenant)]


def _consultation(row: ConsultationRow) -> dict[str, object]:
    """A consultation of the register."""
    plain = {name: getattr(row, name) for name in shown.ConsultationShown.model_fields}
    return {**plain, "permits": [permit for _, permit in row.permits]}


@put_list("/consultations/{consultation}", "consultation", shown.ConsultationWhole)
def consultation(request: HttpRequest, consultation: str) -> dict[str, object]:
    """One published consultation with its chart, its papers and its minutes."""
    row = consultation_row(office_in(request).tenant, consultation)
    if row is None:
        raise Http404
    lines = (line for part in (paper_sections(row.papers) if row.papers else ()) for line in part.lines)
    return {
        **_consultation(row),
        "chart": asdict(row.chart),
        "papers": [{name: getattr(line, name) for name in shown.Field.model_fields} for line in lines],
        "minutes": [asdict(each) for each in row.minutes],
    }


def _matters(office: Office) -> list[MatterRow]:
    """The matters that this person may read."""
    return [row for row in matter_rows(office.tenant, timezone.now()) if may_read(row, office)]


@put_list("/matters", "matters", list[shown.MatterShown])
def matters(request: HttpRequest) -> list[dict[str, object]]:
    """The consultations on their way that this person may read."""
    return [_matter(row) for row in _matters(office_in(request))]


def _matter(row: MatterRow) -> dict[str, object]:
    """A consultation on its way."""
    plain = {name: getattr(row, name) for name in shown.MatterShown.model_fields}
    return {**plain, "meeting": row.meeting.meeting if row.meeting else ""}


@put_list("/matters/{matter}", "matter", shown.MatterWhole)
def matter(request: HttpRequest, matter: str) -> dict[str, object]:
    """One consultation on its way."""
    file = file_for(office_in(request), matter)
    people = {name: sorted(getattr(file, name)) for name in ("recused", "opined", "voted")}
    return {**_matter(file.row), **people, "versions": [asdict(each) for each in file.versions]}


@put_list("/matters/{matter}/versions/{version}", "version", shown.PaperShown)
def version(request: HttpRequest, matter: str, version: int) -> dict[str, object]:
    """One version of the papers."""
    office = office_in(request)
    file_for(office, matter)
    paper = paper_of(office.tenant, matter, version)
    if paper is None:
        raise Http404
    terms = [asdict(each) for each in paper.terms]
    return {"version": version, "dossier": dossier_to_data(paper.dossier), "terms": terms}


@put_list("/matters/{matter}/changes/{before}/{after}", "changes", list[shown.ChangeShown])
def changes(request: HttpRequest, matter: str, before: int, after: int) -> list[dict[str, object]]:
    """What changed between two versions, field by field, and how much each change weighs."""
    office = office_in(request)
    file_for(office, matter)
    old, new = paper_of(office.tenant, matter, before), paper_of(office.tenant, matter, after)
    if old is None or new is None:
        raise Http404
    return [
        {**asdict(each.difference), "weight": each.weight.name.lower()}
        for each in weigh_changes(old.dossier, new.dossier)
    ]


@put_list("/matters/{matter}/questions", "questions", list[shown.QuestionShown])
def questions(request: HttpRequest, matter: str) -> list[Question]:
    """The questions that were asked, with their answers."""
    return list(file_for(office_in(request), matter).questions)


@put_list("/matters/{matter}/verdicts", "verdicts", list[shown.VerdictShown])
def verdicts(request: HttpRequest, matter: str) -> list[ItemVerdict]:
    """What the council says of each data item of the present version."""
    return list(file_for(office_in(request), matter).verdicts)


@put_list("/matters/{matter}/trade-offs", "trade_offs", list[shown.TradeOffShown])
def trade_offs(request: HttpRequest, matter: str) -> list[TradeOff]:
    """What was weighed against what, and why."""
    return list(file_for(office_in(request), matter).trade_offs)


@put_list("/meetings", "meetings", list[shown.MeetingShown])
def meetings(request: HttpRequest) -> list[dict[str, object]]:
    """Every meeting, the newest first."""
    office = office_in(request)
    agenda = [(row.meeting.meeting, row.matter) for row in _matters(office) if row.meeting]
    return [_meeting(row, agenda) for row in meeting_rows(office.tenant, timezone.now())]


@put_list("/council-rules", "council_rules", list[CouncilRuleShown], tag="meeting")
def council_rules(request: HttpRequest) -> list[dict[str, object]]:
    """The rules by which a meeting may be called today or later, the usual one first."""
    return [rule_to_data(each) for each in council.rules_for(office_in(request).tenant, timezone.now())]


def _meeting(row: MeetingRow, agenda: list[tuple[str, str]]) -> dict[str, object]:
    """A meeting with its agenda."""
    own = [matter for meeting, matter in agenda if meeting == row.meeting]
    return {**asdict(row), "rule": rule_to_data(row.rule), "present": sorted(row.present), "agenda": own}


@put_list("/conditions", "conditions", list[shown.ConditionShown], READERS)
def conditions(request: HttpRequest) -> list[shown.ConditionShown]:
    """Every condition that this person may see; a contractor sees its own."""
    today = in_office_time(timezone.now()).date()
    return [
        shown.ConditionShown.of(
            each, overdue=is_overdue(each.condition, today), stops=stops_permit(each.condition, today)
        )
        for each in readable_conditions(office_in(request))
    ]


def _permit(row: PermitRow) -> PermitShown:
    """A permit as it stands today."""
    return PermitShown.of(row, specification_to_data(row.specification))


@put_list("/permits", "permits", list[PermitShown])
def permits(request: HttpRequest) -> list[PermitShown]:
    """Every permit."""
    return [_permit(row) for row in permit_rows_with_waits(office_in(request).tenant)]


@put_list("/permits/{permit}", "permit", PermitShown)
def permit(request: HttpRequest, permit: str) -> PermitShown:
    """One permit as it stands today."""
    row = permit_row(office_in(request).tenant, permit)
    if row is None:
        raise Http404
    return _permit(row)
