"""The life of minutes up to publication: edited, confirmed by those present, redaction checked by one person.

Whoever edits the text asks everybody again: a confirmation is about one text.
"""

from collections.abc import Iterable
from datetime import datetime

from sekisho.adapters.database.council_deeds import Deed, text_digest
from sekisho.adapters.database.minutes_desk import (
    OBJECTED,
    MinutesDesk,
    clock_desk,
    minutes_desk,
    page_of,
    seal_into,
)
from sekisho.adapters.database.models import MinutesRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    Act,
    Attendance,
    attendees_agree,
    make_removal_list,
)
from sekisho.records.minutes import write_minutes


def edit_minutes(deed: Deed, minutes: str, text: str, words: Iterable[str] = ()) -> str:
    """Write the draft anew, with the words to be removed from it; those present are asked again. Answers its digest.

    Raises:
        Refused: It is no minutes page, a word is too short, it is confirmed already, or not by the secretariat.

    """
    page, listed = page_of(text), make_removal_list(each.strip() for each in words if each.strip())
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.KEEP_MINUTES)
        work.text, work.words = write_minutes(page), listed.words
        seal_into(work.row, work.text, work.words)
        work.row.title, work.row.sent_at = page.title, deed.at
        work.advance("edit", digest=work.digest, removed=len(listed.words))
        work.mark(Act.KEEP_MINUTES)
        return work.digest


def _attendance(row: MinutesRow) -> Attendance | None:
    """Who was present, and since when they have the draft."""
    if row.sent_at is None:
        return None
    present = frozenset(map(str, row.attendees))
    return Attendance(present=present, sent_on=office_day(row.sent_at), silent_days=row.silent_days)


def _present(work: MinutesDesk) -> None:
    """Was this person there?

    Raises:
        Refused: They were not.

    """
    work.allow(Act.CONFIRM_MINUTES)
    work.must_be("edited")
    if work.deed.person not in work.row.attendees:
        raise Refused([because(ReasonCode.NOT_PRESENT, person=work.deed.person)])


def confirm_minutes(deed: Deed, minutes: str) -> bool:
    """Somebody who was present confirms the draft as it stands; answers whether all have.

    Raises:
        Refused: They were not there, wrote it themselves, or there is nothing to confirm.

    """
    with minutes_desk(deed, minutes) as work:
        _present(work)
        work.mark(Act.CONFIRM_MINUTES)
        attendance, confirmed = _attendance(work.row), work.marked(Act.CONFIRM_MINUTES)
        if attendance is None or not attendance.present <= confirmed:
            work.note(EntryKind.MINUTES_CONFIRMED, digest=work.digest)
            return False
        work.advance("confirm", digest=work.digest)
        return True


def object_to_minutes(deed: Deed, minutes: str, remark: str) -> None:
    """Somebody who was present objects: the draft goes back to be edited.

    Raises:
        Refused: They were not there, say nothing, or there is nothing to object to.

    """
    with minutes_desk(deed, minutes) as work:
        _present(work)
        if not remark.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="objection", what="remark")])
        work.mark(OBJECTED, remark)
        work.advance("object", digest=work.digest, remark=text_digest(remark))


def pass_silent_minutes(tenant: str, at: datetime) -> tuple[str, ...]:
    """What the clock does every day: a draft to which nobody objected in time is confirmed. Answers which."""
    passed = []
    with writing():
        for row in MinutesRow.objects.filter(tenant_id=tenant, state="edited").order_by("minutes", "version"):
            work, attendance = clock_desk(tenant, row, at), _attendance(row)
            if attendance is not None and attendees_agree(attendance, (), work.marked(OBJECTED), office_day(at)):
                work.advance("pass_in_silence", digest=work.digest, silent_days=row.silent_days)
                passed.append(row.minutes)
    return tuple(passed)


def mark_redaction(deed: Deed, minutes: str) -> None:
    """One person has read the page as it would go out, and found nothing that must not be published.

    Raises:
        Refused: It is not confirmed yet, or this is not for this person.

    """
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.CHECK_REDACTION)
        work.must_be("confirmed")
        work.mark(Act.CHECK_REDACTION)
        work.note(EntryKind.REDACTION_MARKED, digest=work.digest)


def find_leak(deed: Deed, minutes: str, word: str) -> None:
    """A word that must not be published was found: it is listed, and the draft goes back.

    Raises:
        Refused: The word is too short, it is not confirmed yet, or not by the secretariat.

    """
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.KEEP_MINUTES)
        work.words = make_removal_list((*work.words, word.strip())).words
        seal_into(work.row, work.text, work.words)
        work.advance("find_leak", removed=len(work.words))
