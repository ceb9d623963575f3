"""What the closed lists of the council's procedure are called on screen."""

from typing import Final

from sekisho.kernel.council import (
    CONDITION_TABLE,
    CONSULTATION_TABLE,
    MEETING_TABLE,
    REGIMES,
    Choice,
    ConditionKind,
    Feasibility,
    ProofKind,
    StateTable,
    Verdict,
)
from sekisho.web.access import Role
from sekisho.web.components.chips import Chip
from sekisho.web.words import Words

VERDICTS: Final[dict[str, Words]] = {
    Verdict.KEEP: Words("残す", "Keep"),
    Verdict.MASK: Words("伏せる", "Mask"),
    Verdict.DROP: Words("外す", "Drop"),
}
VOTES: Final[dict[str, Words]] = {
    Choice.FOR: Words("賛成", "For"),
    Choice.AGAINST: Words("反対", "Against"),
    Choice.ABSTAIN: Words("棄権", "Abstain"),
}
CONDITION_KINDS: Final[dict[str, Words]] = {
    ConditionKind.BLOCKS_START: Words("満たすまで通さない", "Nothing crosses before it is met"),
    ConditionKind.BLOCKS_AFTER_DATE: Words("期限までに満たす", "To be met by its date"),
    ConditionKind.REPORT_ONLY: Words("報告のみ", "Report only"),
    ConditionKind.RECURRING: Words("定期", "Recurring"),
}
PROOFS: Final[dict[str, Words]] = {
    ProofKind.PHOTO: Words("写真", "Photograph"),
    ProofKind.SCREENSHOT: Words("画面の写し", "Screenshot"),
    ProofKind.MEASUREMENT: Words("測定結果", "Measurement"),
    ProofKind.CERTIFICATE: Words("認証の番号", "Certificate"),
    ProofKind.TEST_RUN: Words("試験の結果", "Test run"),
    ProofKind.REPORT: Words("報告書", "Report"),
}
FEASIBILITIES: Final[dict[str, Words]] = {
    Feasibility.DONE: Words("実施済み", "Done"),
    Feasibility.PLANNED: Words("予定", "Planned"),
    Feasibility.CAN: Words("可能", "Possible"),
}
ROLES: Final[dict[str, Words]] = {
    Role.DRAFTER: Words("起案", "Drafter"),
    Role.HEAD: Words("課長", "Head"),
    Role.SECRETARIAT: Words("事務局", "Secretariat"),
    Role.CHAIR: Words("会長", "Chair"),
    Role.COUNCIL_MEMBER: Words("委員", "Member"),
}
REGIME_WORDS: Final[dict[str, Words]] = {name: Words(each.ja, each.en) for name, each in REGIMES.items()}
_GOOD: Final = frozenset({"approved", "approved_with_conditions", "ratified", "answered", "in_force", "exempt"})
_STOP: Final = frozenset({"rejected", "returned", "withdrawn", "revoked", "overdue", "cancelled", "dropped"})
_SETTLED: Final = frozenset({"verified", "closed", "waived"})
_ICONS: Final = {"good": "check", "stop": "cross", "wait": "clock", "key": "paper"}


def _chip(table: StateTable, state: str) -> Chip:
    """A state of a table as a chip."""
    tone = "good" if state in _GOOD | _SETTLED else "stop" if state in _STOP else "key"
    return Chip(words=Words(*table.states[state]), icon=_ICONS[tone], tone=tone)


def matter_chip(state: str) -> Chip:
    """Where a consultation stands."""
    return _chip(CONSULTATION_TABLE, state)


def meeting_chip(state: str) -> Chip:
    """Where a meeting stands."""
    return _chip(MEETING_TABLE, state)


def condition_chip(state: str, *, stops: bool) -> Chip:
    """Where a condition stands; one that keeps the gate closed says so by its colour too."""
    chip = _chip(CONDITION_TABLE, state)
    return Chip(words=chip.words, icon="warning", tone="stop") if stops else chip


def number_of(consultation: str) -> Words:
    """A consultation by its number, or that it has none yet."""
    if not consultation:
        return Words("番号未定", "Not numbered yet")
    if not consultation.isdecimal():
        return Words("意見の求め", "Request for an opinion")
    return Words(f"諮問第{consultation}号", f"Consultation {consultation}")
