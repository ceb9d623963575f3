"""Who sits when a matter is taken, and who presides: presence by the minute, recusal by the matter."""

from datetime import datetime
from typing import Final

from sekisho.adapters.database.council_deeds import Bench
from sekisho.adapters.database.council_questions import check_member, recused_from
from sekisho.adapters.database.models import Matter, Meeting, PresenceRow
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.kernel.council import Act, Presence, Quorum, Role, present_at, quorum_for, rule_from_data

_IN_SESSION: Final = ("circulated", "in_session", "deliberating")


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


def acting_chair(row: Matter) -> str:
    """Who was named to act for the chair, in this matter or in its meeting; nothing if nobody was."""
    return row.acting_chair or (row.meeting.acting_chair if row.meeting else "")


def acting_in_meeting(row: Meeting, at: datetime) -> str:
    """Who acts for the chair of a meeting now: named for it, in the room, and the chair is away; nothing if nobody."""
    present = present_in(row, at)
    return str(row.acting_chair) if row.acting_chair in present and row.chair not in present else ""


def presider(row: Matter, at: datetime) -> str:
    """Who presides over a matter: the chair, or whoever acts while the chair may not or is away; then who did."""
    chair = "" if row.meeting is None else str(row.meeting.chair)
    if row.meeting is None or row.meeting.state != "open" or row.state not in _IN_SESSION:
        return row.acting_chair or chair
    return chair if chair in quorum_of(row, at).present else acting_chair(row) or chair


def chairing(work: Bench) -> None:
    """Does whoever presides over this matter act, in the room and not recused? One who acts for the chair is the chair.

    Raises:
        Refused: Somebody else does, the chair is recused or away, or the matter is on no agenda.

    """
    if work.deed.person == acting_chair(work.row):
        work.roles |= {Role.CHAIR}
    work.allow(Act.PRESIDE)
    if work.row.meeting is None or work.deed.person not in {work.row.meeting.chair, acting_chair(work.row)}:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.PRESIDE))])
    _not_recused_chair(work)
    sitting(work)
    if work.deed.person != presider(work.row, work.deed.at):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.PRESIDE))])


def acting_as_chair(work: Bench) -> None:
    """After the decision: does whoever presided over it act, if they act as the chair at all?

    Raises:
        Refused: The chair did not preside over it, or is recused.

    """
    if work.deed.person == work.row.acting_chair:
        work.roles |= {Role.CHAIR}
    if Role.CHAIR not in work.roles:
        return
    _not_recused_chair(work)
    if work.row.meeting is None or work.deed.person != (work.row.acting_chair or work.row.meeting.chair):
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=str(Act.PRESIDE))])


def _not_recused_chair(work: Bench) -> None:
    """A chair who is recused leaves the matter to whoever is named to act.

    Raises:
        Refused: Recused.

    """
    if work.deed.person in recused_from(work.row):
        raise Refused([because(ReasonCode.CHAIR_RECUSED, person=work.deed.person, item=work.row.consultation)])


def sitting(work: Bench) -> None:
    """Is this a member who sits when the matter is taken?

    Raises:
        Refused: Not called to the meeting, recused, or not here.

    """
    check_member(work)
    if work.deed.person not in quorum_of(work.row, work.deed.at).present:
        raise Refused([because(ReasonCode.NOT_PRESENT, person=work.deed.person)])
