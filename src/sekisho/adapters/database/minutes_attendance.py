"""Who sat, for the minutes: by which rule a meeting was opened, and how many of how many were there.

The counts are those that the ledger has of the opening. An item is told apart only where it was decided by others: some
were recused, came later or had left. Only numbers go into the minutes; who was there stays with those who keep them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sekisho.adapters.database.council_questions import recused_from
from sekisho.adapters.database.council_sitting import present_in
from sekisho.adapters.database.ledgers import read_acts
from sekisho.adapters.database.models import DecisionRow, Matter, Meeting
from sekisho.kernel import EntryKind
from sekisho.kernel.council import Attended, attendance_lines, called, quorum_for, rule_from_data


def _opening(meeting: Meeting) -> Mapping[str, Any] | None:
    """What the ledger has of the opening of a meeting; nothing where that entry was pruned."""
    openings = read_acts(meeting.tenant_id, EntryKind.MEETING_OPENED)
    return next((each for each in reversed([*openings]) if each.get("meeting") == meeting.meeting), None)


def _decided_by_others(meeting: Meeting, since: datetime, opened: Attended) -> Iterator[Attended]:
    """The items that were decided in this sitting, by others than those with whom the meeting was opened."""
    rule = rule_from_data(meeting.rule)
    for row in Matter.objects.filter(meeting=meeting).order_by("id"):
        decided = DecisionRow.objects.filter(matter=row, decided_at__gte=since).order_by("ballot_round").last()
        if decided is None:
            continue
        quorum = quorum_for(rule, meeting.members, present_in(meeting, decided.decided_at), recused_from(row))
        count = Attended(entitled=len(quorum.entitled), present=len(quorum.present), needed=quorum.needed)
        if count != opened:
            number = int(row.consultation) if row.consultation.isdecimal() else None
            yield Attended(entitled=count.entitled, present=count.present, needed=count.needed, about=called(number))


def attendance_of(meeting: Meeting) -> tuple[str, ...]:
    """What the minutes of a meeting say of attendance."""
    entry = _opening(meeting)
    if entry is None:
        return ()
    since = datetime.fromisoformat(str(entry["at"]))
    opened = Attended(entitled=len(meeting.members), present=len(entry["present"]), needed=int(entry["needed"]))
    rule = rule_from_data(meeting.rule)
    lines = attendance_lines(rule.ja, rule.legal_basis, (opened, *_decided_by_others(meeting, since, opened)))
    return tuple(" ".join(each.split()) for each in lines)
