"""What the screens show of meetings: who was called, who is in the room, by which rule it sits."""

from dataclasses import dataclass
from datetime import datetime

from sekisho.adapters.database.council_sitting import present_in
from sekisho.adapters.database.models import Meeting as StoredMeeting
from sekisho.kernel.council import CouncilRule, rule_from_data


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting with whoever is in the room now."""

    meeting: str
    label_ja: str
    label_en: str
    place: str
    due_on: datetime
    state: str
    members: tuple[str, ...]
    chair: str
    present: frozenset[str]
    rule: CouncilRule


def meeting_row(row: StoredMeeting, at: datetime) -> MeetingRow:
    """A meeting as it stands at this moment."""
    return MeetingRow(
        meeting=row.meeting,
        label_ja=row.label_ja,
        label_en=row.label_en,
        place=row.place,
        due_on=row.due_on,
        state=row.state,
        members=tuple(row.members),
        chair=row.chair,
        present=present_in(row, at),
        rule=rule_from_data(row.rule),
    )


def meeting_rows(tenant: str, at: datetime) -> tuple[MeetingRow, ...]:
    """Every meeting of a municipality, the newest first."""
    return tuple(meeting_row(each, at) for each in StoredMeeting.objects.filter(tenant_id=tenant).order_by("-id"))
