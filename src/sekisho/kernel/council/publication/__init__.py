"""Minutes (会議録): drafted from what happened, edited, confirmed, redacted, published, corrected by a new version."""

from sekisho.kernel.council.publication.corrections import ChangedLines, changed_lines
from sekisho.kernel.council.publication.drafting import (
    Attended,
    EventKind,
    MeetingEvent,
    MeetingFrame,
    MeetingItem,
    attendance_lines,
    called,
    draft_minutes,
)
from sekisho.kernel.council.publication.publishing import (
    Attendance,
    PublishedMinutes,
    attendees_agree,
    correct_minutes,
    publish_minutes,
)
from sekisho.kernel.council.publication.redaction import (
    RemovalList,
    check_published,
    find_leaks,
    fold_words,
    make_removal_list,
    redact_page,
)
from sekisho.kernel.council.publication.states import MINUTES_TABLE

__all__ = [
    "MINUTES_TABLE",
    "Attendance",
    "Attended",
    "ChangedLines",
    "EventKind",
    "MeetingEvent",
    "MeetingFrame",
    "MeetingItem",
    "PublishedMinutes",
    "RemovalList",
    "attendance_lines",
    "attendees_agree",
    "called",
    "changed_lines",
    "check_published",
    "correct_minutes",
    "draft_minutes",
    "find_leaks",
    "fold_words",
    "make_removal_list",
    "publish_minutes",
    "redact_page",
]
