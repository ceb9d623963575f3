"""Status chips: always an icon and a word, never colour alone."""

from dataclasses import dataclass
from typing import Final

from sekisho.kernel import EntryKind, PermitStatus
from sekisho.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A state as one small label."""

    words: Words
    icon: str
    tone: str


CROSSED: Final = Chip(words=Words("通過", "Crossed"), icon="check", tone="good")
STOPPED: Final = Chip(words=Words("止めました", "Stopped"), icon="cross", tone="stop")
WAITING: Final = Chip(words=Words("検査待ち", "Waiting"), icon="clock", tone="wait")
HELD: Final = Chip(words=Words("保留", "Held"), icon="clock", tone="wait")
ON_ITS_WAY: Final = Chip(words=Words("引き渡し中", "On its way"), icon="clock", tone="key")
CLEARED: Final = Chip(words=Words("検査済み", "Cleared"), icon="check", tone="key")
ERASING: Final = Chip(words=Words("通過・削除中", "Crossed, erasing"), icon="clock", tone="key")
ERASED: Final = Chip(words=Words("通過・削除済み", "Crossed, erased"), icon="check", tone="good")
APPROVED: Final = Chip(words=Words("承認", "Approved"), icon="check", tone="good")
IN_SCOPE: Final = Chip(words=Words("対象", "Under review"), icon="key", tone="key")
OUT_OF_SCOPE: Final = Chip(words=Words("対象外", "Not under review"), icon="info", tone="quiet")
RECORDED: Final = Chip(words=Words("記録", "Recorded"), icon="paper", tone="quiet")

CROSSING_CHIPS: Final[dict[str, Chip]] = {
    EntryKind.RECEIVED: WAITING,
    EntryKind.CLEARED: CLEARED,
    EntryKind.HELD: HELD,
    EntryKind.REFUSED: STOPPED,
    EntryKind.LEAVING: ON_ITS_WAY,
    EntryKind.DELIVERED: CROSSED,
    EntryKind.ERASING: ERASING,
    EntryKind.ERASED: ERASED,
}

PERMIT_CHIPS: Final[dict[PermitStatus, Chip]] = {
    PermitStatus.COMPILED: Chip(words=Words("作成済み（検証前）", "Compiled, not checked"), icon="clock", tone="wait"),
    PermitStatus.VALIDATED: Chip(words=Words("検証済み（署名前）", "Checked, not signed"), icon="clock", tone="wait"),
    PermitStatus.ISSUED: Chip(words=Words("発行済み（開始待ち）", "Issued, not begun"), icon="paper", tone="key"),
    PermitStatus.ACTIVE: Chip(words=Words("有効", "Active"), icon="check", tone="good"),
    PermitStatus.CHANGE_PENDING: Chip(words=Words("変更の諮問中", "Change pending"), icon="clock", tone="stop"),
    PermitStatus.SUSPENDED: Chip(words=Words("停止", "Suspended"), icon="cross", tone="stop"),
    PermitStatus.EXPIRED: Chip(words=Words("期限切れ", "Expired"), icon="clock", tone="stop"),
    PermitStatus.REVOKED: Chip(words=Words("取消し", "Revoked"), icon="cross", tone="stop"),
    PermitStatus.SUPERSEDED: Chip(words=Words("差替え済み", "Superseded"), icon="info", tone="quiet"),
}


def crossing_chip(state: str) -> Chip:
    """How far a parcel has come, by its last entry."""
    return CROSSING_CHIPS.get(state, RECORDED)
