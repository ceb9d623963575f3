"""What the screens show beside lists: comments, a draft, precedents, a change before it is put, reports, terminals."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils import timezone

from sekisho.adapters.database.council_changes import weigh_change_of
from sekisho.adapters.database.council_precedents import Precedent, precedent_dossier, precedents
from sekisho.adapters.database.council_reports import MeetingReport, report_due, reports_of
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.queries_meetings import meeting_rows
from sekisho.adapters.database.queries_minutes import draft_view, minutes_file
from sekisho.adapters.database.queries_people import terminals_of
from sekisho.bootstrap.council import act_as
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import MEETING_TABLE, WeighedChange, weigh_changes
from sekisho.web.access import Role
from sekisho.web.api import bodies, shown
from sekisho.web.api import shown_more as more
from sekisho.web.api.acts import as_paper
from sekisho.web.api.doors import offer
from sekisho.web.api.lists import KEEPERS, put_list
from sekisho.web.api.putting import REFUSALS
from sekisho.web.office import Office, office_in
from sekisho.web.pages.assessments.reading import file_for as assessment_for
from sekisho.web.pages.deliberation.precedent_choice import compare_form
from sekisho.web.pages.deliberation.reading import file_for
from sekisho.web.pages.minutes.offers import READERS

_OF_MINUTES: Final = tuple(Role(each.value) for each in sorted(READERS))


def _changes(changes: Iterable[WeighedChange]) -> list[dict[str, Any]]:
    """Changes with their weights, as data."""
    return [{**asdict(each.difference), "weight": each.weight.name.lower()} for each in changes]


@put_list("/assessments/{assessment}/comments", "assessment_comments", list[more.CommentShown])
def comments(request: HttpRequest, assessment: str) -> list[dict[str, Any]]:
    """What residents said of each version of an assessment, by their numbers, and what was answered."""
    file = assessment_for(office_in(request), assessment)
    asked = [(each.version, each.comment) for each in file.versions if each.comment is not None]
    return [
        {"version": version, "opens_on": period.opens_on, "closes_on": period.closes_on, **asdict(each)}
        for version, period in asked
        for each in period.comments
    ]


@put_list("/minutes/{minutes}/draft", "minutes_draft", more.MinutesDraftShown, _OF_MINUTES, tag="minutes")
def draft(request: HttpRequest, minutes: str) -> dict[str, Any]:
    """The newest version with its sealed text, for those who work on it; nothing once that is published."""
    office = office_in(request)
    file = minutes_file(office.tenant, minutes)
    if file is None or file.line.state == "published":
        raise Http404
    view = draft_view(act_as(office.tenant, office.person), minutes)
    marks = {"confirmed": sorted(view.confirmed), "checked": sorted(view.checked)}
    return {**asdict(view), **marks}


@put_list("/precedents", "precedents", list[more.PrecedentShown], (Role.DRAFTER,))
def to_begin_from(request: HttpRequest) -> list[Precedent]:
    """What this person's department may begin a draft from."""
    office = office_in(request)
    return list(precedents(office.tenant, office.department))


@put_list("/matters/{matter}/precedents", "matter_precedents", list[more.PrecedentShown])
def to_compare(request: HttpRequest, matter: str) -> list[dict[str, str]]:
    """The precedents that this person may compare a matter with."""
    office = office_in(request)
    choices = compare_form(office, file_for(office, matter)).choices
    return [{"key": each.key, "label_ja": each.label.ja, "label_en": each.label.en} for each in choices]


@put_list("/matters/{matter}/precedents/{precedent}", "against_precedent", list[shown.ChangeShown])
def against(request: HttpRequest, matter: str, precedent: str) -> list[dict[str, Any]]:
    """What differs from a named precedent, field by field; nothing at all is an answer."""
    office = office_in(request)
    file = file_for(office, matter)
    if precedent not in {each.key for each in compare_form(office, file).choices}:
        raise Http404
    try:
        before = precedent_dossier(office.tenant, office.department, precedent)
    except Refused as refused:
        raise Http404 from refused
    return _changes(weigh_changes(before, file.paper.dossier))


@offer(
    "POST",
    "/matters/{matter}/weigh",
    (Role.HEAD,),
    operation_id="weigh_change",
    tags=["matter"],
    response={200: more.WeighedShown, **REFUSALS},
)
def weigh(request: HttpRequest, matter: str, body: bodies.PaperBody) -> dict[str, Any]:
    """How heavy a change of what is in force would be, before it is put to the council. Nothing is written."""
    office = office_in(request)
    row = file_for(office, matter).row
    if row.department != office.department:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"act for {row.department}")])
    if row.state != "in_force":
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state=row.state)])
    weighed = weigh_change_of(office.tenant, matter, as_paper(body))
    return {
        "weight": weighed.weight.name.lower(),
        "arrows": sorted(weighed.arrows),
        "permits": list(weighed.permits),
        "changes": _changes(weighed.changes),
    }


def _report(office: Office, meeting: str) -> tuple[bool, MeetingReport]:
    """What a meeting was told, or the next one will be.

    Raises:
        Http404: There is no such meeting here.

    """
    now = timezone.now()
    rows = {row.meeting: row for row in meeting_rows(office.tenant, now)}
    if meeting not in rows:
        raise Http404
    coming = [row for row in rows.values() if row.state == MEETING_TABLE.first]
    if coming and min(coming, key=lambda row: row.due_on).meeting == meeting:
        return False, report_due(office.tenant, office_day(now))
    return True, reports_of(office.tenant).get(meeting, MeetingReport())


@put_list("/meetings/{meeting}/report", "meeting_report", more.ReportShown)
def report(request: HttpRequest, meeting: str) -> dict[str, Any]:
    """What a meeting was told beside its agenda: conditions that are not settled, minor changes."""
    heard, told = _report(office_in(request), meeting)
    return {"heard": heard, **asdict(told)}


@put_list("/terminals", "terminals", list[more.TerminalShown], KEEPERS)
def terminals(request: HttpRequest) -> list[Any]:
    """The terminals that may stand at the gate."""
    return list(terminals_of(office_in(request).tenant))
