"""Who sits when a matter is taken, and who presides: presence by the minute, recusal by the matter."""

from datetime import datetime

from sekisho.adapters.database.council_deeds import Bench
from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.models import Matter, Meeting, PresenceRow
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import Act, Presence, Quorum, present_at, quorum_for, rule_from_data


def present_in(row: Meeting, at: datetime) -> frozenset[str]:
    """Who is in the room."""
    events = PresenceRow.objects.filter(meeting=row).order_by("at", "id")
    return present_at((Presence(person=each.person, at=each.at, arrived=each.arrived) for each in events), at)


def quorum_of(row: Matter, at: datetime) -> Quorum:
    """The quorum of a matter in its open meeting: whoever is recused leaves both sides of the count.

    Raises:
        Refused: Its meeting is not open.

    """
    meeting = row.meeting
    if meeting is None or meeting.state != "open":
        state = "no_meeting" if meeting is None else meeting.state
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=row.matter, state=state)])
    return quorum_for(rule_from_data(meeting.rule), meeting.members, present_in(meeting, at), recused_from(row))


def chairing(work: Bench) -> None:
    """Does the chair of the matter's meeting act?

    Raises:
        Refused: Somebody else does, or the matter is on no agenda.

    """
    work.allow(Act.PRESIDE)
    if work.row.meeting is None or work.deed.person != work.row.meeting.chair:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.PRESIDE))])


def sitting(work: Bench) -> None:
    """Is this a member who sits when the matter is taken?

    Raises:
        Refused: Recused, or not here.

    """
    quorum = quorum_of(work.row, work.deed.at)
    if work.deed.person not in quorum.entitled:
        raise Refused([because(ReasonCode.RECUSED, person=work.deed.person, item=work.row.consultation)])
    if work.deed.person not in quorum.present:
        raise Refused([because(ReasonCode.NOT_PRESENT, person=work.deed.person)])
