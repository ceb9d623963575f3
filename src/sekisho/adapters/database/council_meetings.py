"""Meetings: called by the secretariat, opened by the chair when enough are there, presence by the minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.council_deeds import Deed, bench, next_number, note, roles_of
from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.council_reports import report_to
from sekisho.adapters.database.council_rules import sitting_rule
from sekisho.adapters.database.council_sitting import acting_in_meeting, chairing, present_in, quorum_of
from sekisho.adapters.database.models import Matter, Meeting, Person, PresenceRow
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    MEETING_TABLE,
    Act,
    Role,
    advance_state,
    check_duties,
    check_quorum,
    quorum_for,
    rule_from_data,
    rule_to_data,
)

_ENTRIES = {
    "open": EntryKind.MEETING_OPENED,
    "close": EntryKind.MEETING_CLOSED,
    "cancel": EntryKind.MEETING_CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a meeting is called, where and when it is held, by which rule it sits; the usual one if none is named."""

    label_ja: str
    label_en: str
    place: str
    due_on: datetime
    rule: str = ""


def _members(tenant: str) -> tuple[list[str], str]:
    """Who belongs to the council today, and who presides.

    Raises:
        Refused: There is no chair, or more than one.

    """
    people = Person.objects.filter(tenant_id=tenant, is_active=True).order_by("username")
    members = [each.username for each in people if each.has_role(Role.COUNCIL_MEMBER, Role.CHAIR)]
    chairs = [each.username for each in people if each.has_role(Role.CHAIR)]
    if len(chairs) != 1:
        raise Refused([because(ReasonCode.NOT_FOUND, what=f"chair ({len(chairs)})")])
    return members, chairs[0]


def call_meeting(deed: Deed, invitation: Invitation) -> str:
    """Call the members of the council; answers the meeting's id.

    Raises:
        Refused: Not by this person, the council has no chair, or no such rule on the day of the meeting.

    """
    with writing():
        check_duties(deed.person, roles_of(deed), Act.CIRCULATE, ())
        members, chair = _members(deed.tenant)
        rule = sitting_rule(deed.tenant, invitation.rule, invitation.due_on)
        meeting = f"k{next_number(deed.tenant, 'meeting'):03d}"
        Meeting.objects.create(
            tenant_id=deed.tenant,
            meeting=meeting,
            label_ja=invitation.label_ja,
            label_en=invitation.label_en,
            place=invitation.place,
            due_on=invitation.due_on,
            rule=rule_to_data(rule),
            members=members,
            chair=chair,
            state=MEETING_TABLE.first,
        )
        facts = {"rule": rule.rule, "rule_as_called": rule_to_data(rule), "members": members, "chair": chair}
        note(deed, EntryKind.MEETING_CALLED, meeting=meeting, **facts)
    return meeting


@contextmanager
def meeting_at_work(deed: Deed, meeting: str) -> Iterator[Meeting]:
    """A meeting to work on, in one transaction."""
    with writing():
        found = Meeting.objects.select_for_update().filter(tenant_id=deed.tenant, meeting=meeting).first()
        if found is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what=meeting)])
        yield found


def _advance(deed: Deed, row: Meeting, act: str, roles: frozenset[Role], **facts: object) -> None:
    """Take a step of the meeting's table and write it down."""
    before = row.state
    row.state = advance_state(MEETING_TABLE, row.meeting, before, act, roles)
    row.save()
    note(deed, _ENTRIES[act], meeting=row.meeting, before=before, after=row.state, **facts)


def _move(deed: Deed, meeting: str, person: str, *, arrived: bool) -> None:
    """Somebody comes or goes: written down by the secretariat, or by the member."""
    with meeting_at_work(deed, meeting) as row:
        if deed.person != person and Role.SECRETARIAT not in roles_of(deed):
            raise Refused([because(ReasonCode.NOT_ALLOWED, action="record presence")])
        if person not in row.members or (person in present_in(row, deed.at)) == arrived:
            raise Refused([because(ReasonCode.NOT_PRESENT, person=person)])
        if row.state in MEETING_TABLE.ends():
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=meeting, state=row.state)])
        PresenceRow.objects.create(meeting=row, person=person, at=deed.at, arrived=arrived)
        kind = EntryKind.MEMBER_ARRIVED if arrived else EntryKind.MEMBER_LEFT
        note(deed, kind, meeting=meeting, person=person)


def arrive(deed: Deed, meeting: str, person: str) -> None:
    """A member has come.

    Raises:
        Refused: Not called to this meeting, here already, or this is not for this person to write down.

    """
    _move(deed, meeting, person, arrived=True)


def leave(deed: Deed, meeting: str, person: str) -> None:
    """A member has gone.

    Raises:
        Refused: Not here, or this is not for this person to write down.

    """
    _move(deed, meeting, person, arrived=False)


def open_meeting(deed: Deed, meeting: str) -> None:
    """The chair opens the meeting, if enough members are there; it hears first what it has to be told.

    Raises:
        Refused: There is no quorum, its rule is no longer in force, or this is not for this person.

    """
    with meeting_at_work(deed, meeting) as row:
        roles = _preside(deed, row)
        present, rule = present_in(row, deed.at), rule_from_data(row.rule)
        sitting_rule(deed.tenant, rule.rule, deed.at)
        quorum = quorum_for(rule, row.members, present, ())
        check_quorum(quorum)
        facts = {"rule": rule.rule, "legal_basis": rule.legal_basis}
        _advance(deed, row, "open", roles, present=sorted(present), needed=quorum.needed, **facts)
        report_to(deed, row)


def _preside(deed: Deed, row: Meeting) -> frozenset[Role]:
    """Only whoever was named chair of this meeting, or acts for them while they are away. Answers as what they act.

    Raises:
        Refused: Somebody else.

    """
    roles, acting = roles_of(deed), deed.person == acting_in_meeting(row, deed.at)
    roles |= {Role.CHAIR} if acting else set()
    check_duties(deed.person, roles, Act.PRESIDE, ())
    if deed.person != row.chair and not acting:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.PRESIDE))])
    return roles


def close_meeting(deed: Deed, meeting: str) -> None:
    """The chair closes the meeting; what was taken up must have been decided, or continued.

    Raises:
        Refused: A matter is still open, or this is not for this person.

    """
    with meeting_at_work(deed, meeting) as row:
        roles = _preside(deed, row)
        open_matters = Matter.objects.filter(meeting=row, state__in=("in_session", "deliberating"))
        if reasons := [
            because(ReasonCode.NOT_IN_THIS_STATE, what=each.matter, state=each.state) for each in open_matters
        ]:
            raise Refused(reasons)
        _advance(deed, row, "close", roles)


def cancel_meeting(deed: Deed, meeting: str) -> None:
    """The secretariat calls a meeting off.

    Raises:
        Refused: It was opened already, or this is not for this person.

    """
    with meeting_at_work(deed, meeting) as row:
        _advance(deed, row, "cancel", roles_of(deed))


def open_session(deed: Deed, matter: str) -> None:
    """Take a matter up in the open meeting.

    Raises:
        Refused: There is no quorum for it, or this is not for this person.

    """
    with bench(deed, matter) as work:
        chairing(work)
        quorum = quorum_of(work.row, deed.at)
        check_quorum(quorum)
        recused = sorted(recused_from(work.row))
        work.advance("open_session", present=sorted(quorum.present), needed=quorum.needed, recused=recused)


def close_questions(deed: Deed, matter: str) -> None:
    """End the questions and begin to deliberate; whatever was voted on in an earlier meeting is over.

    Raises:
        Refused: Not in this state, or this is not for this person.

    """
    with bench(deed, matter) as work:
        chairing(work)
        work.row.motion = work.row.voted_on = ""
        work.advance("close_questions")
