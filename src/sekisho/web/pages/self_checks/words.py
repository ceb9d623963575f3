"""What the closed lists of the self-check are called on screen, and how its days are told."""

from datetime import date
from typing import Final

from sekisho.kernel.council import SELF_CHECK_TABLE, CheckResult, CheckTopic, OverdueMeans
from sekisho.web.components.chips import Chip
from sekisho.web.words import Words, english_is_chosen

TOPICS: Final[dict[str, Words]] = {
    CheckTopic.NEEDED: Words("必要か", "Still needed?"),
    CheckTopic.ARROW: Words("接続の経路", "The connection"),
    CheckTopic.ITEM: Words("データ項目", "Data item"),
    CheckTopic.SAFEGUARD: Words("安全対策", "Safeguard"),
    CheckTopic.RETENTION: Words("写しの置き場所と期間", "Where copies are kept, how long"),
    CheckTopic.OPERATORS: Words("使う人", "Who uses it"),
    CheckTopic.CONTRACTOR: Words("委託先と認証", "Contractor and certificate"),
}
RESULTS: Final[dict[str, Words]] = {
    CheckResult.AS_APPROVED: Words("承認どおり", "As approved"),
    CheckResult.DIFFERENT: Words("変わっている", "Different"),
    CheckResult.ENDED: Words("やめた", "Ended"),
}
LACKING: Final[dict[str, Words]] = {
    "result": Words("回答", "an answer"),
    "what": Words("何が変わったか", "what is different"),
    "since": Words("いつから", "since when"),
    "evidence": Words("証拠の名前", "the name of the evidence"),
}
OVERDUE: Final[dict[str, Words]] = {
    OverdueMeans.REPORT: Words("次の会議に報告する", "Reported to the next meeting"),
    OverdueMeans.SUSPEND: Words(
        "報告し、確認が済むまで通行証を止める", "Reported, and nothing crosses until it is verified"
    ),
}
_TONES: Final = {"verified": "good", "closed": "good", "overdue": "stop", "sent_back": "stop", "lapsed": "quiet"}
_ICONS: Final = {"good": "check", "stop": "warning", "quiet": "info", "wait": "clock"}
RESULT_CHIPS: Final[dict[str, Chip]] = {
    CheckResult.AS_APPROVED: Chip(words=RESULTS[CheckResult.AS_APPROVED], icon="check", tone="good"),
    CheckResult.DIFFERENT: Chip(words=RESULTS[CheckResult.DIFFERENT], icon="warning", tone="wait"),
    CheckResult.ENDED: Chip(words=RESULTS[CheckResult.ENDED], icon="cross", tone="stop"),
}
NOT_ANSWERED: Final = Chip(words=Words("未回答", "Open"), icon="clock", tone="wait")


def check_chip(state: str, *, overdue: bool = False) -> Chip:
    """Where a round stands; one that is late says so whatever its state."""
    tone = "stop" if overdue else _TONES.get(state, "wait")
    ja, en = SELF_CHECK_TABLE.states[state]
    late = overdue and state != "overdue"
    words = Words(f"{ja}・期限超過", f"{en}, overdue") if late else Words(ja, en)
    return Chip(words=words, icon=_ICONS[tone], tone=tone)


def days_left(due: date, today: date) -> Words:
    """How many days there are, or since how many it is late."""
    days = (due - today).days
    if days > 0:
        return Words(f"あと{days}日", f"{days} days left")
    if days == 0:
        return Words("今日まで", "due today")
    return Words(f"{-days}日過ぎています", f"{-days} days overdue")


def count_of(number: int, ja: str, en: str) -> str:
    """A number with what is counted."""
    return f"{number:,} {en}" if english_is_chosen() else f"{number:,}{ja}"
