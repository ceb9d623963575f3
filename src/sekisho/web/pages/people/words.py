"""What roles are called on screen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sekisho.web.access import Role
from sekisho.web.components.chips import Chip
from sekisho.web.words import Words

ROLES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        Role.OPERATOR: Words("所管課職員", "Officer"),
        Role.HEAD: Words("課長", "Head of division"),
        Role.DRAFTER: Words("起案者", "Drafter"),
        Role.SECRETARIAT: Words("事務局", "Secretariat"),
        Role.CHAIR: Words("会長", "Chair"),
        Role.COUNCIL_MEMBER: Words("委員", "Council member"),
        Role.PROTECTION_MANAGER: Words("個人情報保護管理者", "Protection manager"),
        Role.INFORMATION_SYSTEMS: Words("情報システム課", "Information systems"),
        Role.AUDITOR: Words("監査", "Auditor"),
        Role.CONTRACTOR: Words("受託者", "Contractor"),
        Role.ADMINISTRATOR: Words("システム管理者", "Administrator"),
    }
)
WORKING: Final = Chip(words=Words("利用中", "In use"), icon="check", tone="good")
FIRST: Final = Chip(words=Words("はじめのパスワード", "First password"), icon="clock", tone="wait")
NONE: Final = Chip(words=Words("パスワード未交付", "No password yet"), icon="clock", tone="quiet")
CLOSED: Final = Chip(words=Words("停止", "Closed"), icon="cross", tone="stop")
