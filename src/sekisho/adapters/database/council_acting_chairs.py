"""Acting for the chair (職務代理): where the chair is recused or away, a member who sits is named and presides.

The chair names them, or the secretariat writes down whom the members chose; the ledger says who, for whom and for what.
Whatever was put to the vote before is void: who presides does not vote like the others.
"""

from datetime import datetime

from sekisho.adapters.database.council_deeds import Deed, bench, note, roles_of
from sekisho.adapters.database.council_meetings import meeting_at_work
from sekisho.adapters.database.council_sitting import acting_in_meeting, present_in, quorum_of
from sekisho.adapters.database.models import Matter, Meeting
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Role

_BEFORE_THE_END = ("called", "open")


def _may_name(deed: Deed, row: Meeting) -> None:
    """Only the chair of the meeting, or the secretariat for the members.

    Raises:
        Refused: Somebody else.

    """
    roles = roles_of(deed)
    if Role.SECRETARIAT not in roles and not (Role.CHAIR in roles and deed.person == row.chair):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action="name_acting_chair")])


def acts_for_chair(tenant: str, meeting: str, person: str, at: datetime) -> bool:
    """Does this person act for the chair of a meeting now?"""
    row = Meeting.objects.filter(tenant_id=tenant, meeting=meeting).first()
    return row is not None and person == acting_in_meeting(row, at)


def name_acting_chair(deed: Deed, matter: str, person: str) -> None:
    """Name who presides and signs in one matter, while its chair is recused or away.

    Raises:
        Refused: The chair presides, the member is recused or not here, no meeting is open, or not by this person.

    """
    with bench(deed, matter) as work:
        work.must_be("circulated", "in_session", "deliberating")
        meeting = work.row.meeting
        if meeting is None:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=matter, state="no_meeting")])
        quorum = quorum_of(work.row, deed.at)
        _may_name(deed, meeting)
        if meeting.chair in quorum.present:
            raise Refused([because(ReasonCode.CHAIR_PRESIDES, person=meeting.chair)])
        if person in meeting.members and person not in quorum.entitled:
            raise Refused([because(ReasonCode.RECUSED, person=person, item=work.row.consultation)])
        if person not in quorum.present:
            raise Refused([because(ReasonCode.NOT_PRESENT, person=person)])
        work.row.acting_chair, work.row.motion, work.row.voted_on = person, "", ""
        work.row.save()
        work.note(EntryKind.ACTING_CHAIR_NAMED, meeting=meeting.meeting, person=person, chair=meeting.chair)


def name_acting_chair_of_meeting(deed: Deed, meeting: str, person: str) -> None:
    """Name who opens, presides over and closes a meeting while its chair is away.

    Raises:
        Refused: The chair is here, the member is not, the meeting is over, or this is not for this person.

    """
    with meeting_at_work(deed, meeting) as row:
        _may_name(deed, row)
        if row.state not in _BEFORE_THE_END:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=meeting, state=row.state)])
        present = present_in(row, deed.at)
        if row.chair in present:
            raise Refused([because(ReasonCode.CHAIR_PRESIDES, person=row.chair)])
        if person not in present:
            raise Refused([because(ReasonCode.NOT_PRESENT, person=person)])
        row.acting_chair = person
        row.save()
        Matter.objects.filter(meeting=row, state="deliberating").update(motion="", voted_on="")
        note(deed, EntryKind.ACTING_CHAIR_NAMED, meeting=meeting, person=person, chair=row.chair)
