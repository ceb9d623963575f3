"""Comments that residents send themselves: within the published days, of a size, and nothing kept of the sender.

Name and affiliation are optional. They are kept for the department that answers, never published and never in the
ledger, and are erased once the report is published or a year after the comment has closed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sekisho.adapters.database.assessment_desk import comment_of, find_assessment, read_body
from sekisho.adapters.database.council_deeds import Deed, note, text_digest
from sekisho.adapters.database.models import AssessmentRow, AssessmentShown, AssessmentVersion, ResidentCommentRow
from sekisho.adapters.database.office_time import office_day
from sekisho.adapters.database.turns import writing
from sekisho.kernel import EntryKind, Reason, ReasonCode, Refused, because
from sekisho.kernel.council import AssessmentReport, ResidentComment

RESIDENT: Final = "resident"
CLOCK: Final = "clock"
TEXT_AT_MOST: Final = 4_000
NAME_AT_MOST: Final = 100
COMMENTS_AN_HOUR: Final = 30
_HOUR: Final = timedelta(hours=1)
_KEPT: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a resident sends: the comment, and a name and an affiliation only if they want to."""

    text: str
    name: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft that was laid before the public: which, until when, and what was answered."""

    assessment: str
    label_ja: str
    label_en: str
    opens_on: date
    closes_on: date
    is_open: bool
    report: AssessmentReport
    answered: tuple[ResidentComment, ...]


def _faults(said: Said) -> list[Reason]:
    """What is empty or too long, by the name of its field."""
    faults = []
    if not said.text.strip():
        faults.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where="意見 / comment", what="空です / empty"))
    for where, text, limit in (
        ("意見 / comment", said.text, TEXT_AT_MOST),
        ("氏名 / name", said.name, NAME_AT_MOST),
        ("所属 / affiliation", said.affiliation, NAME_AT_MOST),
    ):
        if len(text) > limit:
            what = f"{limit:,}字まで / at most {limit:,} characters"
            faults.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what=what))
        if "\0" in text:
            faults.append(because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=where, what="U+0000"))
    return faults


def _is_open(row: AssessmentRow, version: AssessmentVersion, on: date) -> bool:
    """Is the public being heard on this day?"""
    opens, closes = version.comment_opens, version.comment_closes
    return row.state == "public_comment" and opens is not None and closes is not None and opens <= on <= closes


def _must_be_open(row: AssessmentRow, version: AssessmentVersion, at: datetime) -> None:
    """Only within the days that were published, and only so many an hour, whoever sends them.

    Raises:
        Refused: The comment is closed, or too many came in the hour before.

    """
    if not _is_open(row, version, office_day(at)):
        days = {"opens": version.comment_opens or "-", "closes": version.comment_closes or "-"}
        raise Refused([because(ReasonCode.COMMENT_CLOSED, **days)])
    lately = ResidentCommentRow.objects.filter(version=version, received_at__gt=at - _HOUR)
    if lately.count() >= COMMENTS_AN_HOUR:
        raise Refused([because(ReasonCode.TOO_MANY_COMMENTS, limit=COMMENTS_AN_HOUR)])


def receive_from_resident(tenant: str, assessment: str, said: Said, at: datetime) -> str:
    """Take a comment that a resident sends; answers its number. The ledger has its number and its digest.

    Raises:
        Refused: It is empty or too long, outside the published days, or too many came within the hour.

    """
    if faults := _faults(said):
        raise Refused(faults)
    with writing():
        AssessmentRow.objects.select_for_update().filter(tenant_id=tenant, assessment=assessment).first()
        row = find_assessment(tenant, assessment)
        version = AssessmentVersion.objects.get(assessment=row, version=row.version)
        _must_be_open(row, version, at)
        number = str(ResidentCommentRow.objects.filter(version=version).count() + 1)
        kept = {"text": said.text.strip(), "name": said.name.strip(), "affiliation": said.affiliation.strip()}
        ResidentCommentRow.objects.create(version=version, comment=number, received_at=at, **kept)
        named = {"assessment": assessment, "version": version.version, "comment": number}
        deed = Deed(tenant=tenant, person=RESIDENT, at=at)
        note(deed, EntryKind.COMMENT_RECEIVED, **named, text=text_digest(kept["text"]))
    return number


def open_draft(tenant: str, assessment: str, at: datetime) -> OpenDraft | None:
    """The draft that the public was or is asked about, as it was laid before them; nothing if there is none."""
    row = AssessmentRow.objects.filter(tenant_id=tenant, assessment=assessment).first()
    shown = AssessmentShown.objects.filter(version__assessment=row, occasion="open_comment").order_by("id").last()
    version = shown.version if shown is not None else None
    comment = comment_of(version) if version is not None else None
    if row is None or shown is None or comment is None:
        return None
    over = row.state != "public_comment" or row.version != shown.version.version
    return OpenDraft(
        assessment=assessment,
        label_ja=row.label_ja,
        label_en=row.label_en,
        opens_on=comment.opens_on,
        closes_on=comment.closes_on,
        is_open=not over and _is_open(row, shown.version, office_day(at)),
        report=read_body(shown.body),
        answered=tuple(each for each in comment.comments if each.answer) if over else (),
    )


def open_drafts(tenant: str, at: datetime) -> tuple[OpenDraft, ...]:
    """Every draft that the public was or is asked about."""
    names = AssessmentRow.objects.filter(tenant_id=tenant).order_by("id").values_list("assessment", flat=True)
    return tuple(draft for each in names if (draft := open_draft(tenant, each, at)) is not None)


def senders(tenant: str, assessment: str) -> dict[str, str]:
    """Who gave their name with a comment of the present version, for whoever answers; erased ones are gone."""
    rows = ResidentCommentRow.objects.filter(version__assessment__tenant_id=tenant)
    rows = rows.filter(version__assessment__assessment=assessment, version__version=_present(tenant, assessment))
    found = {each.comment: " ".join(filter(None, (each.affiliation, each.name))) for each in rows}
    return {comment: sender for comment, sender in found.items() if sender}


def _present(tenant: str, assessment: str) -> int:
    """The number of the present version."""
    return int(find_assessment(tenant, assessment).version)


def erase_senders(tenant: str, at: datetime) -> int:
    """What the clock does every day: names are erased once the report is published, or a year after the comment.

    Answers how many. The entry says of which assessments, and how many; it never had a name.
    """
    named = ResidentCommentRow.objects.filter(version__assessment__tenant_id=tenant).exclude(name="", affiliation="")
    over = office_day(at) - _KEPT
    due = named.filter(version__published_on__isnull=False) | named.filter(version__comment_closes__lt=over)
    with writing():
        found = sorted({(each.version.assessment.assessment, each.pk) for each in due.select_related("version")})
        if found:
            ResidentCommentRow.objects.filter(pk__in=[key for _, key in found]).update(name="", affiliation="")
            told = {"assessments": sorted({name for name, _ in found}), "comments": len(found)}
            note(Deed(tenant=tenant, person=CLOCK, at=at), EntryKind.SENDERS_ERASED, **told)
    return len(found)
