"""What an issued permit waits for, on its page and in the list: its first day, a condition, a stop, or an end."""

from dataclasses import dataclass

from django.urls import reverse

from sekisho.adapters.database.queries_rows import PermitRow
from sekisho.kernel import Reason, ReasonCode
from sekisho.web.components.dates import in_office_time, long_day
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One thing that a permit waits for, with the way to where it can be settled."""

    words: Words
    url: str = ""


def _day(moment: str) -> str:
    """A moment of the permit as a day."""
    return long_day(in_office_time(moment).date())


def _stopped(permit: str) -> WaitLine:
    """Another permit of the connection is stopped: the clock does not lift that."""
    return WaitLine(
        words=Words(
            f"同じ接続の通行証 {permit} が停止中です。二人が再開するか、会長が取り消すまで、これは始まりません",
            f"Permit {permit} of the same connection is stopped: this one begins once two persons have started it,"
            " or the chair has revoked it",
        ),
        url=reverse("permit", args=[permit]),
    )


def _line(row: PermitRow, reason: Reason) -> WaitLine:
    """One reason in the words of these screens."""
    if reason.code is ReasonCode.PERMIT_NOT_YET_VALID:
        day = _day(reason.facts["not_before"])
        return WaitLine(words=Words(f"初日の{day}に、自動で有効になります", f"It becomes active by itself on {day}"))
    if reason.code is ReasonCode.PERIOD_OVER:
        day = _day(reason.facts["not_after"])
        over = Words(f"期間は{day}に終わりました。{reason.next_ja}", f"Its period ended on {day}. {reason.next_en}")
        return WaitLine(words=over)
    if reason.code is ReasonCode.PERMIT_NOT_ACTIVE and reason.facts["permit"] != row.permit.permit:
        return _stopped(reason.facts["permit"])
    words = Words(reason.ja, reason.en)
    condition = reason.facts.get("condition", "")
    return WaitLine(words=words, url=f"{reverse('conditions')}#{condition}" if condition else "")


def wait_lines(row: PermitRow) -> tuple[WaitLine, ...]:
    """Everything that an issued permit waits for; nothing for one that has begun or ended."""
    return tuple(_line(row, each) for each in row.waits_for)
