"""Notices to the donors' municipalities: one a donor and year, one batch a destination, no row that is not sealed."""

from sekisho.business.hometown_donations.notices.facts import (
    OBSTACLES,
    FilingExceptionNotice,
    NoticeAction,
    NoticeBatch,
    NoticeException,
    NoticeObstacle,
    NoticeSender,
    SealedRow,
)
from sekisho.business.hometown_donations.notices.files import (
    broken_rows,
    check_batch,
    rows_of,
    split_writable,
    write_batch,
)
from sekisho.business.hometown_donations.notices.grouping import (
    ABROAD,
    UNKNOWN,
    Grouping,
    Residence,
    group_notices,
    make_batches,
    residence_in,
)
from sekisho.business.hometown_donations.notices.planning import PlannedNotice, SentNotice, plan_notices
from sekisho.business.hometown_donations.notices.returns import RETURNS, ReturnedNotice, ReturnKind

__all__ = [
    "ABROAD",
    "OBSTACLES",
    "RETURNS",
    "UNKNOWN",
    "FilingExceptionNotice",
    "Grouping",
    "NoticeAction",
    "NoticeBatch",
    "NoticeException",
    "NoticeObstacle",
    "NoticeSender",
    "PlannedNotice",
    "Residence",
    "ReturnKind",
    "ReturnedNotice",
    "SealedRow",
    "SentNotice",
    "broken_rows",
    "check_batch",
    "group_notices",
    "make_batches",
    "plan_notices",
    "residence_in",
    "rows_of",
    "split_writable",
    "write_batch",
]
