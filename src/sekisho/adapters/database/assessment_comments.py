"""Residents' comments as the secretariat enters them, and the answers of the department."""

from dataclasses import dataclass
from datetime import date

from sekisho.adapters.database.assessment_desk import desk
from sekisho.adapters.database.council_deeds import Deed, text_digest
from sekisho.adapters.database.models import AssessmentVersion, ResidentCommentRow
from sekisho.adapters.database.office_time import office_day
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.kernel.council import Act


def _must_be_open(version: AssessmentVersion, day: date) -> None:
    """Is this a day of the public comment, as for a resident who sends one? Its first and its last day are.

    Raises:
        Refused: It has not begun, or is over.

    """
    opens, closes = version.comment_opens, version.comment_closes
    if opens is None or closes is None or not opens <= day <= closes:
        raise Refused([because(ReasonCode.COMMENT_CLOSED, opens=opens or "-", closes=closes or "-")])


def receive_comment(deed: Deed, assessment: str, text: str) -> str:
    """Write down a resident's comment, without a name, on a day of the public comment; answers its number.

    Raises:
        Refused: No comment is open, or not yet, or no longer; nothing is written, or not by the secretariat.

    """
    with desk(deed, assessment) as work:
        work.allow(Act.PUBLISH_ASSESSMENT)
        work.must_be("public_comment")
        _must_be_open(work.version, office_day(deed.at))
        if not text.strip():
            raise Refused([because(ReasonCode.DOSSIER_INCOMPLETE, place="comment", what="text")])
        number = str(ResidentCommentRow.objects.filter(version=work.version).count() + 1)
        ResidentCommentRow.objects.create(version=work.version, comment=number, text=text)
        work.note(EntryKind.COMMENT_RECEIVED, comment=number, text=text_digest(text))
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAnswer:
    """An answer to a resident's comment, and whether the report was changed for it."""

    comment: str
    text: str
    reflected: bool = False


def answer_comment(deed: Deed, assessment: str, answer: CommentAnswer) -> None:
    """Answer a resident's comment.

    Raises:
        Refused: There is no such comment, nothing is written, or not by a drafter of this department.

    """
    with desk(deed, assessment) as work:
        work.allow(Act.ANSWER)
        work.must_be("public_comment")
        rows = ResidentCommentRow.objects.filter(version=work.version, comment=answer.comment)
        if not rows.exists():
            raise Refused([because(ReasonCode.NOT_FOUND, what=f"comment {answer.comment}")])
        if not answer.text.strip():
            raise Refused([because(ReasonCode.COMMENT_UNANSWERED, comment=answer.comment)])
        rows.update(answer=answer.text, reflected=answer.reflected)
        facts = {"comment": answer.comment, "reflected": answer.reflected, "text": text_digest(answer.text)}
        work.note(EntryKind.COMMENT_ANSWERED, **facts)
