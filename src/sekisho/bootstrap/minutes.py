"""The minutes office: everything that somebody can do to minutes, each as one verb.

Before a page goes out it is redacted, set as PDF, and both are read again by the kernel's rule; whatever still says a
word that was to be removed does not go out. Import this only once the house is open.
"""

from sekisho.adapters.database import minutes_publishing
from sekisho.adapters.database.minutes_drafting import PublicFrame, draft_from_meeting
from sekisho.adapters.database.minutes_publishing import ReadyPage, begin_correction
from sekisho.adapters.database.minutes_steps import (
    confirm_minutes,
    edit_minutes,
    find_leak,
    mark_redaction,
    object_to_minutes,
    pass_silent_minutes,
)
from sekisho.adapters.documents import check_redacted, minutes_pdf
from sekisho.bootstrap.council import Deed, act_as
from sekisho.records.minutes import MinutesPage

__all__ = [
    "Deed",
    "PublicFrame",
    "act_as",
    "begin_correction",
    "check_redaction",
    "confirm_minutes",
    "draft_from_meeting",
    "edit_minutes",
    "enter_published_minutes",
    "find_leak",
    "mark_redaction",
    "object_to_minutes",
    "pass_silent_minutes",
    "publish",
]


def _read_again(deed: Deed, minutes: str) -> tuple[ReadyPage, bytes]:
    """The page as it would go out, and its PDF, which says nothing that was to be removed.

    Raises:
        Refused: It does; with the numbers of the words.

    """
    ready = minutes_publishing.ready_page(deed, minutes)
    pdf = minutes_pdf(ready.page, ready.version, ready.why)
    check_redacted(pdf, ready.removal.words)
    return ready, pdf


def check_redaction(deed: Deed, minutes: str) -> None:
    """The second person checks the redaction, and the machine with them: page and PDF are read again.

    Raises:
        Refused: Fewer than two persons checked this text, or a word that is to be removed is still there.

    """
    ready, _ = _read_again(deed, minutes)
    minutes_publishing.check_redaction(deed, minutes, ready.digest)


def publish(deed: Deed, minutes: str) -> int:
    """Publish the version as page and PDF, both read again; answers its number.

    Raises:
        Refused: The redaction was not checked, something leaks, or not by the secretariat.

    """
    ready, pdf = _read_again(deed, minutes)
    return minutes_publishing.publish(deed, minutes, ready.digest, pdf)


def enter_published_minutes(deed: Deed, minutes: str, page: MinutesPage, source: str) -> None:
    """Enter minutes that were published before this gate.

    Raises:
        Refused: They are here already, or not by the secretariat.

    """
    minutes_publishing.enter_published_minutes(deed, minutes, page, source, minutes_pdf(page, 1))
