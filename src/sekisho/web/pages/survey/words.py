"""What the survey is called on screen: states as chips, reasons, kinds of triage."""

from datetime import date
from typing import Final

from sekisho.adapters.database.council_reports import ToldFinding
from sekisho.adapters.database.queries_survey import FindingView
from sekisho.business.connection_survey import TRIAGE_WORDS, WHY_WORDS, Triage, Why
from sekisho.kernel.council import FINDING_TABLE, RETURN_TABLE
from sekisho.web.components.chips import Chip
from sekisho.web.components.dates import long_day
from sekisho.web.components.facts import Said
from sekisho.web.words import Words

_TONES: Final = {
    "observed": ("info", "quiet"),
    "matched": ("check", "good"),
    "unmatched": ("cross", "stop"),
    "triaged": ("paper", "wait"),
    "owner_assigned": ("clock", "wait"),
    "overdue": ("warning", "stop"),
    "answered": ("paper", "key"),
    "consult_filed": ("check", "key"),
    "stopped_with_proof": ("check", "good"),
    "confirmed": ("check", "good"),
    "reported": ("check", "good"),
    "closed": ("check", "good"),
}
_RETURNS: Final = {"asked": ("clock", "wait"), "answered": ("check", "good"), "overdue": ("warning", "stop")}


def finding_chip(state: str) -> Chip:
    """Where a finding stands."""
    icon, tone = _TONES[state]
    return Chip(words=Words(*FINDING_TABLE.states[state]), icon=icon, tone=tone)


def return_chip(state: str) -> Chip:
    """Where a department's answer stands."""
    icon, tone = _RETURNS[state]
    return Chip(words=Words(*RETURN_TABLE.states[state]), icon=icon, tone=tone)


def why_words(why: str) -> Said:
    """Why it is covered, or a finding."""
    return Words(*WHY_WORDS[Why(why)]) if why else ""


def triage_words(kind: str) -> Said:
    """What the secretariat took it for."""
    return Words(*TRIAGE_WORDS[Triage(kind)]) if kind else ""


def count_words(number: int) -> Said:
    """So many bytes, or that no log tells it."""
    return Words(f"{number:,}バイト", f"{number:,} bytes") if number >= 0 else Words("記録なし", "not logged")


def where_of(view: FindingView) -> str:
    """Host and port, as received."""
    return f"{view.received}:{view.port}"


def finding_line(told: ToldFinding) -> str:
    """A finding as a meeting hears of it, in one line."""
    kind = triage_words(told.triage)
    due = f"　{Words('回答期限', 'answer due')} {long_day(date.fromisoformat(told.due))}" if told.due else ""
    filed = f"　{Words('起案', 'drafted')} {told.matter}" if told.matter else ""
    state = finding_chip(told.state).words
    name = Words("諮られていない接続", "connection never consulted")
    more = f"　{kind}" if kind else ""
    return f"{name} {told.finding}　{told.department or '—'} → {told.host}　{state}{more}{due}{filed}"
