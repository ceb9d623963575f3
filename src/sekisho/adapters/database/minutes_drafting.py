"""The draft of minutes from what happened in a meeting: its agenda, questions and answers, deliberation, results."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sekisho.adapters.database.council_deeds import Deed, note, person_of, roles_of
from sekisho.adapters.database.council_papers import read_paper
from sekisho.adapters.database.minutes_attendance import attendance_of
from sekisho.adapters.database.minutes_desk import seal_into, subject_of
from sekisho.adapters.database.models import (
    ConditionRow,
    DecisionRow,
    Department,
    Matter,
    Meeting,
    MinutesRow,
    PresenceRow,
    QuestionRow,
    Tenant,
    TradeOffRow,
    VerdictRow,
)
from sekisho.adapters.database.office_time import OFFICE_TIME, office_day
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    MINUTES_TABLE,
    Act,
    EventKind,
    MeetingEvent,
    MeetingFrame,
    MeetingItem,
    Verdict,
    check_duties,
    draft_minutes,
)
from sekisho.records import fiscal_year, write_wareki_year
from sekisho.records.minutes import MinutesPage, write_minutes

SILENT_DAYS: Final = 14
_NUMBER: Final = re.compile(r"第([0-9]+)回")
_YEAR: Final = re.compile(r"^\S*?年度")
_VERDICTS: Final = {Verdict.MASK: "伏せる", Verdict.DROP: "外す"}
_UNDECIDED: Final = {"withdrawn": "withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFrame:
    """What stands around the minutes on the page: its number, where it hangs, whom to ask."""

    page_id: str
    contact: tuple[str, ...] = ()


def _era_year(meeting: Meeting) -> str:
    """The fiscal year of a meeting, as its name says or its day gives it."""
    if said := _YEAR.match(meeting.label_ja):
        return said.group()
    return f"{write_wareki_year(fiscal_year(office_day(meeting.due_on)))}度"


def _session_number(meeting: Meeting) -> int:
    """Which meeting of the year it is, as its name says, or by counting."""
    if said := _NUMBER.search(meeting.label_ja):
        return int(said.group(1))
    return Meeting.objects.filter(tenant_id=meeting.tenant_id, id__lte=meeting.pk).count()


def _frame(deed: Deed, meeting: Meeting, public: PublicFrame) -> MeetingFrame:
    """The frame of a meeting's page."""
    tenant = Tenant.objects.get(code=deed.tenant)
    own = Department.objects.filter(tenant_id=deed.tenant, department=person_of(deed).department).first()
    body = own.label_ja if own is not None else tenant.label_ja
    return MeetingFrame(
        page_id=public.page_id,
        updated_on=office_day(deed.at).isoformat(),
        breadcrumb=f"{tenant.label_ja}の附属機関について(会議録のページ)",
        body=body,
        council=f"{tenant.label_ja}個人情報保護審議会",
        era_year=_era_year(meeting),
        no=_session_number(meeting),
        opened_at=meeting.due_on.astimezone(OFFICE_TIME),
        place=meeting.place,
        contact=public.contact or (body,),
        attendance=attendance_of(meeting),
    )


def _line(text: str) -> str:
    """What somebody said, without empty lines: on the page they part one turn from the next."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _item(row: Matter, sections: dict[str, str]) -> MeetingItem:
    """One item of the agenda and what came of it; what was not decided is continued."""
    decided = DecisionRow.objects.filter(matter=row).order_by("ballot_round").last()
    result = decided.result if decided is not None else _UNDECIDED.get(row.state, "continued")
    return MeetingItem(
        item=row.matter,
        number=int(row.consultation) if row.consultation.isdecimal() else None,
        title=_line(row.label_ja).replace("\n", " "),
        section=sections.get(row.department, row.department),
        result=result if result != "returned" else "continued",
    )


def _questions(row: Matter) -> Iterator[MeetingEvent]:
    """What was asked and answered."""
    for each in QuestionRow.objects.filter(matter=row).order_by("id"):
        yield MeetingEvent(
            kind=EventKind.QUESTION, items=(row.matter,), role="member", text=_line(each.text), person=each.asked_by
        )
        if each.answer:
            yield MeetingEvent(
                kind=EventKind.ANSWER,
                items=(row.matter,),
                role="agency",
                text=_line(each.answer),
                person=each.answered_by,
            )


def _weighed(row: Matter) -> Iterator[tuple[str, str]]:
    """What members said when they decided: verdicts with a reason, what prevailed, conditions; with who said it."""
    arrows = read_paper(row).dossier.chart.connections
    names = {(arrow.connection, item.item): item.ja for arrow in arrows for item in arrow.items}
    for verdict in VerdictRow.objects.filter(matter=row, version=row.version).exclude(reason="").order_by("id"):
        named = names.get((verdict.connection, verdict.item), verdict.item)
        yield f"項目「{named}」は{_VERDICTS.get(Verdict(verdict.verdict), '残す')}。{verdict.reason}", verdict.by
    for trade in TradeOffRow.objects.filter(matter=row).order_by("id"):
        yield f"「{trade.prevailed}」を「{trade.yielded}」より重く見る。{trade.why}", ""
    for condition in ConditionRow.objects.filter(matter=row).exclude(state="dropped").order_by("id"):
        yield f"条件として、{condition.text}", ""


def _events(row: Matter) -> Iterator[MeetingEvent]:
    """What happened about one item, in its order."""
    yield from _questions(row)
    for said, person in _weighed(row):
        yield MeetingEvent(
            kind=EventKind.DELIBERATION, items=(row.matter,), role="member", text=_line(said), person=person
        )


def _page(deed: Deed, meeting: Meeting, public: PublicFrame) -> MinutesPage:
    """The page of a meeting, from its events."""
    sections = dict(Department.objects.filter(tenant_id=deed.tenant).values_list("department", "label_ja"))
    matters = list(Matter.objects.filter(meeting=meeting).order_by("id"))
    items = [_item(each, sections) for each in matters]
    events = [event for each in matters for event in _events(each)]
    return draft_minutes(_frame(deed, meeting, public), items, events)


def _keep_draft(meeting: Meeting, page: MinutesPage) -> MinutesRow:
    """The first version, for those who came to the meeting."""
    came = PresenceRow.objects.filter(meeting=meeting, arrived=True).values_list("person", flat=True)
    row = MinutesRow(
        tenant_id=meeting.tenant_id,
        minutes=meeting.meeting,
        version=1,
        meeting=meeting,
        title=page.title,
        state=MINUTES_TABLE.first,
        attendees=sorted(set(came)),
        silent_days=SILENT_DAYS,
    )
    seal_into(row, write_minutes(page), ())
    row.save()
    return row


def draft_from_meeting(deed: Deed, meeting: str, public: PublicFrame) -> str:
    """Draft the minutes of a closed meeting from what happened in it; answers their id, which is the meeting's.

    Raises:
        Refused: It is not closed, its minutes were drafted already, or not by the secretariat.

    """
    Seals(deed.tenant).prepare([subject_of(meeting)])
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_MINUTES, ())
        found = Meeting.objects.filter(tenant_id=deed.tenant, meeting=meeting).first()
        if found is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=meeting)])
        if found.state != "closed" or MinutesRow.objects.filter(tenant_id=deed.tenant, minutes=meeting).exists():
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=meeting, state=found.state)])
        page = _page(deed, found, public)
        row = _keep_draft(found, page)
        turns = sum(len(part.turns) for part in page.discussions)
        facts = {"items": len(page.agenda), "turns": turns, "attendees": len(row.attendees)}
        note(deed, EntryKind.MINUTES_DRAFTED, minutes=meeting, version=1, **facts)
    return meeting
