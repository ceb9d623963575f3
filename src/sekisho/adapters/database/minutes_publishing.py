"""Publication of minutes: redaction checked by two and a machine, published as page and PDF, corrected by a version.

A published version is never changed; whoever has to correct it begins the next, and all that is done once more.
"""

import hashlib
from dataclasses import asdict, dataclass

from sekisho.adapters.database.council_deeds import Deed, note, roles_of, text_digest
from sekisho.adapters.database.minutes_desk import (
    MinutesDesk,
    minutes_desk,
    page_of,
    read_draft,
    seal_into,
    subject_of,
)
from sekisho.adapters.database.models import MinutesRow, PublishedMinutesRow
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import (
    MINUTES_TABLE,
    Act,
    ChangedLines,
    PublishedMinutes,
    RemovalList,
    changed_lines,
    check_duties,
    correct_minutes,
    publish_minutes,
    redact_page,
)
from sekisho.records.minutes import MinutesPage, page_to_data, write_minutes, write_web_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPage:
    """What would go out: the redacted page, the words that must not be in it, and of which text it was made."""

    page: MinutesPage
    removal: RemovalList
    digest: str
    version: int
    why: str


def ready_page(deed: Deed, minutes: str) -> ReadyPage:
    """The page as it would go out now.

    Raises:
        Refused: There are none, or this is not for this person.

    """
    work = read_draft(deed, minutes)
    work.allow(Act.CHECK_REDACTION)
    page = redact_page(page_of(work.text), work.removal)
    version, why = int(work.row.version), str(work.row.why)
    return ReadyPage(page=page, removal=work.removal, digest=work.digest, version=version, why=why)


def _unchanged(work: MinutesDesk, digest: str) -> None:
    """Is the text still the one that was read?

    Raises:
        Refused: Somebody edited it meanwhile.

    """
    if work.digest != digest:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=work.row.minutes, state="edited meanwhile")])


def check_redaction(deed: Deed, minutes: str, digest: str) -> None:
    """The second person and the machine have checked the page; its PDF was read again before.

    Raises:
        Refused: Fewer than two persons checked this text, or a word that is to be removed is still there.

    """
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.CHECK_REDACTION)
        _unchanged(work, digest)
        work.mark(Act.CHECK_REDACTION)
        checkers = work.marked(Act.CHECK_REDACTION)
        publish_minutes(page_of(work.text), work.removal, checkers)
        work.advance("check_redaction", digest=work.digest, checked_by=sorted(checkers))


def _before(row: MinutesRow) -> PublishedMinutesRow | None:
    """The published version before this one."""
    versions = PublishedMinutesRow.objects.filter(minutes__tenant_id=row.tenant_id, minutes__minutes=row.minutes)
    return versions.filter(minutes__version__lt=row.version).order_by("minutes__version").last()


def _released(work: MinutesDesk, before: PublishedMinutesRow | None) -> PublishedMinutes:
    """The version that goes out, redacted and dug through once more.

    Raises:
        Refused: Fewer than two persons checked it, it leaks, or it corrects nothing.

    """
    page, checkers = page_of(work.text), work.marked(Act.CHECK_REDACTION)
    if before is None:
        return publish_minutes(page, work.removal, checkers)
    known = PublishedMinutes(
        version=before.minutes.version,
        text=before.text,
        web=before.web,
        digest=before.digest,
        checked_by=frozenset(map(str, before.checked_by)),
    )
    return correct_minutes(known, page, work.removal, checked_by=checkers, why=work.row.why)


def _keep_published(
    work: MinutesDesk, released: PublishedMinutes, changed: tuple[ChangedLines, ...], pdf: bytes
) -> None:
    """The version as it goes out, never to be changed."""
    PublishedMinutesRow.objects.create(
        minutes=work.row,
        page=page_to_data(redact_page(page_of(work.text), work.removal)),
        text=released.text,
        web=released.web,
        pdf=pdf,
        digest=released.digest,
        pdf_digest=hashlib.sha256(pdf).hexdigest(),
        checked_by=sorted(released.checked_by),
        corrects=released.corrects,
        why=released.why,
        changed=[asdict(each) for each in changed],
        published_at=work.deed.at,
    )


def publish(deed: Deed, minutes: str, digest: str, pdf: bytes) -> int:
    """Publish the version; the one it corrects is kept as it was. Answers its number.

    Raises:
        Refused: The redaction was not checked, the text was edited meanwhile, or not by the secretariat.

    """
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.KEEP_MINUTES)
        _unchanged(work, digest)
        work.must_be("redaction_checked")
        before = _before(work.row)
        released = _released(work, before)
        changed = changed_lines(before.text, released.text) if before is not None else ()
        _keep_published(work, released, changed, pdf)
        facts = {"digest": released.digest, "pdf": hashlib.sha256(pdf).hexdigest(), "corrects": released.corrects}
        work.advance("publish", **facts, changed=len(changed))
        if before is not None:
            older = MinutesDesk(deed=deed, row=before.minutes, roles=work.roles, text="", words=())
            older.advance("correct", by=work.row.version)
        return int(work.row.version)


def begin_correction(deed: Deed, minutes: str, why: str) -> int:
    """Begin the version that corrects the published one; answers its number.

    Raises:
        Refused: No reason is given, nothing is published, or not by the secretariat.

    """
    with minutes_desk(deed, minutes) as work:
        work.allow(Act.KEEP_MINUTES)
        work.must_be("published")
        if not why.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="correction", what="why")])
        row = MinutesRow(
            tenant_id=deed.tenant,
            minutes=minutes,
            version=work.row.version + 1,
            meeting=work.row.meeting,
            title=work.row.title,
            state=MINUTES_TABLE.first,
            attendees=list(work.row.attendees),
            silent_days=work.row.silent_days,
            why=why,
        )
        seal_into(row, work.text, work.words)
        row.save()
        note(deed, EntryKind.MINUTES_DRAFTED, minutes=minutes, version=row.version, corrects=work.row.version)
        return int(row.version)


def enter_published_minutes(deed: Deed, minutes: str, page: MinutesPage, source: str, pdf: bytes) -> None:
    """Enter minutes that were published before this gate, as they were published.

    Raises:
        Refused: They are here already, or not by the secretariat.

    """
    Seals(deed.tenant).prepare([subject_of(minutes)])
    with writing():
        check_duties(deed.person, roles_of(deed), Act.KEEP_MINUTES, ())
        if MinutesRow.objects.filter(tenant_id=deed.tenant, minutes=minutes).exists():
            raise Refused([because(ReasonCode.NOT_ALLOWED, action=f"enter minutes {minutes}")])
        row = MinutesRow(tenant_id=deed.tenant, minutes=minutes, version=1, title=page.title, state="published")
        text = write_minutes(page)
        seal_into(row, text, ())
        row.save()
        PublishedMinutesRow.objects.create(
            minutes=row,
            page=page_to_data(page),
            text=text,
            web=write_web_minutes(page),
            pdf=pdf,
            digest=text_digest(text),
            pdf_digest=hashlib.sha256(pdf).hexdigest(),
            source=source,
            published_at=deed.at,
        )
        note(deed, EntryKind.MINUTES_ENTERED, minutes=minutes, version=1, digest=text_digest(text))
