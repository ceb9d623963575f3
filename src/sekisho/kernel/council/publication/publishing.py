"""Publication of minutes: those present agree, two persons and a machine check, versions are never changed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sekisho.kernel.council.publication.redaction import RemovalList, check_published, redact_page
from sekisho.kernel.errors import Reason, ReasonCode, Refused, because
from sekisho.records.minutes import MinutesPage

CHECKERS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who was present, when the draft was sent to them, and after how many days silence is consent."""

    present: frozenset[str]
    sent_on: date
    silent_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMinutes:
    """One published version: its text and HTML, who checked it, which version it corrects and why."""

    version: int
    text: str
    web: str
    digest: str
    checked_by: frozenset[str]
    corrects: int = 0
    why: str = ""


def attendees_agree(attendance: Attendance, confirmed: Collection[str], objected: Collection[str], today: date) -> bool:
    """Have all who were present confirmed, or has nobody objected until silence is consent?"""
    if attendance.present & frozenset(objected):
        return False
    silent = today > attendance.sent_on + timedelta(days=attendance.silent_days)
    return silent or attendance.present <= frozenset(confirmed)


def _make_version(
    page: MinutesPage, removal: RemovalList, checked_by: Collection[str], corrected: tuple[int, str]
) -> PublishedMinutes:
    """One version, redacted and dug through again, after (the version it corrects, why).

    Raises:
        Refused: Fewer than two persons checked it, or a word that is to be removed is still there.

    """
    checkers, (before, why) = frozenset(checked_by), corrected
    if len(checkers) < CHECKERS:
        raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"minutes.check_redaction ({len(checkers)}/{CHECKERS})")])
    text, web = check_published(redact_page(page, removal), removal)
    return PublishedMinutes(
        version=before + 1,
        text=text,
        web=web,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        checked_by=checkers,
        corrects=before,
        why=why,
    )


def publish_minutes(page: MinutesPage, removal: RemovalList, checked_by: Collection[str]) -> PublishedMinutes:
    """The first published version.

    Raises:
        Refused: Fewer than two persons checked it, or a word that is to be removed is still there.

    """
    return _make_version(page, removal, checked_by, (0, ""))


def correct_minutes(
    before: PublishedMinutes, page: MinutesPage, removal: RemovalList, *, checked_by: Collection[str], why: str
) -> PublishedMinutes:
    """A new version that corrects an older one; the older one is kept as it was.

    Raises:
        Refused: No reason is given, nothing changed, or the new version may not be published.

    """
    after = _make_version(page, removal, checked_by, (before.version, why))
    reasons = list[Reason]()
    if not why:
        reasons.append(because(ReasonCode.DOSSIER_INCOMPLETE, place=f"minutes {after.version}", what="why"))
    if after.digest == before.digest:
        reasons.append(because(ReasonCode.NOT_ALLOWED, action=f"minutes.correct ({before.digest[:12]})"))
    if reasons:
        raise Refused(reasons)
    return after
