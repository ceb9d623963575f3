"""What a report says against itself: the threshold its own numbers demand, and a comment period cut short."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sekisho.kernel.council.assessment.clocks import COMMENT_DAYS, comment_days
from sekisho.kernel.council.assessment.form import ReportForm
from sekisho.kernel.council.assessment.report import AssessmentReport
from sekisho.kernel.council.assessment.threshold import NATIONAL_TABLE, Depth, judge_threshold
from sekisho.kernel.errors import Reason, ReasonCode, because

SUBJECTS: Final = "Ⅰ.1.③"
HANDLERS: Final = "しきい値.取扱者数"
INCIDENT: Final = "しきい値.重大事故"
RESULT: Final = "Ⅵ.1.②"
OPENED: Final = "Ⅵ.2.②.開始"
CLOSED: Final = "Ⅵ.2.②.終了"
SHORTENED: Final = "Ⅵ.2.③"


def depth_demanded(form: ReportForm, report: AssessmentReport) -> Depth | None:
    """The depth that follows from the report's own numbers, if it says them."""
    said = [report.values.get(key) for key in (SUBJECTS, HANDLERS, INCIDENT)]
    if None in said:
        return None
    subjects, handlers, incident = (
        form.items[key].choices.index(str(value))
        for key, value in zip((SUBJECTS, HANDLERS, INCIDENT), said, strict=True)
    )
    lowest = sorted(rule.subjects_from for rule in NATIONAL_TABLE.rules)[subjects]
    most = NATIONAL_TABLE.strict_handlers if handlers == 0 else 0
    return judge_threshold(lowest, most, serious_incident=incident == 0).depth


def _of_threshold(form: ReportForm, report: AssessmentReport) -> Iterator[Reason]:
    """The stated result follows from the numbers, and the report is deep enough for it."""
    demanded, stated = depth_demanded(form, report), report.values.get(RESULT)
    if demanded is None:
        return
    follows = form.items[RESULT].choices[demanded]
    if stated is not None and stated != follows:
        yield because(ReasonCode.FIELD_NOT_UNDERSTOOD, where=RESULT, what=f"{stated} ≠ {follows}")
    if report.depth < demanded:
        yield because(ReasonCode.DEPTH_TOO_SHALLOW, depth=report.depth.word, demanded=demanded.word)


def contradictions_in(form: ReportForm, report: AssessmentReport) -> tuple[Reason, ...]:
    """Everything that a report says against itself."""
    reasons = list(_of_threshold(form, report))
    opened, closed = report.values.get(OPENED), report.values.get(CLOSED)
    if opened is not None and closed is not None and SHORTENED not in report.values:
        days = comment_days(date.fromisoformat(str(opened)), date.fromisoformat(str(closed)))
        if days < COMMENT_DAYS:
            reasons.append(because(ReasonCode.COMMENT_TOO_SHORT, days=days, demanded=COMMENT_DAYS))
    return tuple(reasons)
