"""What a resident can do without an account: read a draft, and say something about it within its days."""

from sekisho.adapters.database.ledgers import sequence
from sekisho.adapters.database.resident_comments import (
    COMMENTS_AN_HOUR,
    NAME_AT_MOST,
    TEXT_AT_MOST,
    OpenDraft,
    Said,
    erase_senders,
    open_draft,
    open_drafts,
    receive_from_resident,
    senders,
)
from sekisho.bootstrap.house import now

__all__ = [
    "COMMENTS_AN_HOUR",
    "NAME_AT_MOST",
    "TEXT_AT_MOST",
    "OpenDraft",
    "Said",
    "erase_senders",
    "open_draft",
    "open_drafts",
    "send_comment",
    "senders",
]


def send_comment(tenant: str, assessment: str, said: Said) -> str:
    """Take a resident's comment by the installation's clock; answers its number.

    Raises:
        Refused: It is empty or too long, outside the published days, or too many came within the hour.

    """
    number = receive_from_resident(tenant, assessment, said, now())
    sequence(tenant)
    return number
