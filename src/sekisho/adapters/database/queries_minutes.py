"""What the screens show of minutes: their lives for the office, and what was published for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.database.minutes_desk import OBJECTED, newest_minutes, page_of, read_draft
from sekisho.adapters.database.models import Meeting, MinutesMark, MinutesRow, PublishedMinutesRow, Tenant
from sekisho.kernel.council import Act, redact_page
from sekisho.records.minutes import write_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """Minutes as lists show them: the newest version and the one that is published."""

    minutes: str
    title: str
    state: str
    version: int
    published: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedView:
    """A published version: the page, which it corrects, why, and what it changed."""

    minutes: str
    version: int
    title: str
    text: str
    web: str
    digest: str
    pdf_digest: str
    corrects: int
    why: str
    changed: tuple[Mapping[str, Any], ...]
    source: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody who was present objected to."""

    person: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The newest version as those who work on it see it: its text, what is removed, what would go out, who agreed."""

    text: str
    words: tuple[str, ...]
    redacted: str
    confirmed: frozenset[str]
    checked: frozenset[str]
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFile:
    """Everything on file about minutes, but for the draft, which not everybody reads."""

    line: MinutesLine
    attendees: tuple[str, ...]
    sent_at: datetime | None
    silent_days: int
    why: str
    published: tuple[PublishedView, ...]


def _published(tenant: str, minutes: str) -> tuple[PublishedView, ...]:
    """The published versions, the newest first."""
    rows = PublishedMinutesRow.objects.filter(minutes__tenant_id=tenant, minutes__minutes=minutes)
    return tuple(_view(each) for each in rows.select_related("minutes").order_by("-minutes__version"))


def _view(row: PublishedMinutesRow) -> PublishedView:
    """A published version."""
    return PublishedView(
        minutes=row.minutes.minutes,
        version=row.minutes.version,
        title=row.page["title"],
        text=row.text,
        web=row.web,
        digest=row.digest,
        pdf_digest=row.pdf_digest,
        corrects=row.corrects,
        why=row.why,
        changed=tuple(row.changed),
        source=row.source,
        published_at=row.published_at,
    )


def _line(row: MinutesRow) -> MinutesLine:
    """Minutes by their newest version."""
    out = PublishedMinutesRow.objects.filter(minutes__tenant_id=row.tenant_id, minutes__minutes=row.minutes)
    last = out.order_by("-minutes__version").values_list("minutes__version", flat=True).first()
    return MinutesLine(minutes=row.minutes, title=row.title, state=row.state, version=row.version, published=last or 0)


def minutes_lines(tenant: str) -> tuple[MinutesLine, ...]:
    """All minutes of a municipality, the newest first."""
    newest: dict[str, MinutesRow] = {}
    for row in MinutesRow.objects.filter(tenant_id=tenant).order_by("id"):
        newest[row.minutes] = row
    return tuple(_line(each) for each in reversed(newest.values()))


def meetings_to_draft(tenant: str) -> tuple[tuple[str, str, str], ...]:
    """The closed meetings whose minutes nobody has drafted yet: id, name in Japanese, name in English."""
    drafted = MinutesRow.objects.filter(tenant_id=tenant).values_list("minutes", flat=True)
    rows = Meeting.objects.filter(tenant_id=tenant, state="closed").exclude(meeting__in=list(drafted)).order_by("-id")
    return tuple((each.meeting, each.label_ja, each.label_en) for each in rows)


def minutes_file(tenant: str, minutes: str) -> MinutesFile | None:
    """Everything on file about minutes but the draft; nothing if there are none here."""
    if not MinutesRow.objects.filter(tenant_id=tenant, minutes=minutes).exists():
        return None
    row = newest_minutes(tenant, minutes)
    return MinutesFile(
        line=_line(row),
        attendees=tuple(map(str, row.attendees)),
        sent_at=row.sent_at,
        silent_days=row.silent_days,
        why=row.why,
        published=_published(tenant, minutes),
    )


def draft_view(deed: Deed, minutes: str) -> DraftView:
    """The newest version with its sealed text opened, for those who work on it.

    Raises:
        Refused: There are none, or nobody of that name.

    """
    work = read_draft(deed, minutes)
    objections = MinutesMark.objects.filter(minutes=work.row, mark=OBJECTED).order_by("id")
    return DraftView(
        text=work.text,
        words=work.words,
        redacted=write_minutes(redact_page(page_of(work.text), work.removal)),
        confirmed=work.marked(Act.CONFIRM_MINUTES),
        checked=work.marked(Act.CHECK_REDACTION),
        objections=tuple(Objection(person=each.person, remark=each.remark) for each in objections),
    )


def published_minutes(tenant: str) -> tuple[PublishedView, ...]:
    """The newest published version of all minutes of a municipality, the newest meeting first."""
    found = (_published(tenant, each.minutes) for each in minutes_lines(tenant) if each.published)
    return tuple(versions[0] for versions in found if versions)


def published_pdf(tenant: str, minutes: str, version: int) -> bytes | None:
    """The PDF of a published version, as it went out."""
    rows = PublishedMinutesRow.objects.filter(minutes__tenant_id=tenant, minutes__minutes=minutes)
    row = rows.filter(minutes__version=version).first()
    return bytes(row.pdf) if row is not None else None


def municipality_name(tenant: str) -> tuple[str, str] | None:
    """What a municipality is called; nothing if it is not entered here."""
    row = Tenant.objects.filter(code=tenant).first()
    return (row.label_ja, row.label_en) if row is not None else None
