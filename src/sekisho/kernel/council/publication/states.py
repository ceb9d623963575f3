"""The life of one version of the minutes (会議録), from the draft to the page that a newer version replaces."""

from types import MappingProxyType
from typing import Final

from sekisho.kernel.council.procedure.roles import Role
from sekisho.kernel.council.procedure.tables import StateTable, make_step

_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_ATTENDEES: Final = frozenset({Role.COUNCIL_MEMBER, Role.CHAIR})
_CLOCK: Final = frozenset[Role]()


MINUTES_TABLE: Final = StateTable(
    table="minutes",
    ja="会議録",
    en="Minutes",
    first="drafted",
    steps=(
        make_step("drafted", "edit", "edited", _SECRETARIAT),
        make_step("edited", "edit", "edited", _SECRETARIAT),
        make_step("edited", "object", "drafted", _ATTENDEES),
        make_step("edited", "confirm", "confirmed", _ATTENDEES),
        make_step("edited", "pass_in_silence", "confirmed", _CLOCK),
        make_step("confirmed", "find_leak", "drafted", _SECRETARIAT),
        make_step("confirmed", "check_redaction", "redaction_checked", _SECRETARIAT),
        make_step("redaction_checked", "publish", "published", _SECRETARIAT),
        make_step("published", "correct", "corrected", _SECRETARIAT),
    ),
    states=MappingProxyType(
        {
            "drafted": ("案", "Drafted"),
            "edited": ("整理済", "Edited"),
            "confirmed": ("出席者確認済", "Confirmed by those present"),
            "redaction_checked": ("非公開部分の確認済", "Redaction checked"),
            "published": ("公開", "Published"),
            "corrected": ("訂正済(旧版として保存)", "Corrected (kept as an older version)"),
        }
    ),
    acts=MappingProxyType(
        {
            "edit": ("整理する", "Edit"),
            "object": ("異議を述べる", "Object"),
            "confirm": ("確認する", "Confirm"),
            "pass_in_silence": ("期限までに異議なし", "Pass in silence"),
            "find_leak": ("非公開の語を見つける", "Find a word to be removed"),
            "check_redaction": ("非公開部分を確かめる(二人と機械)", "Check the redaction (two persons and a machine)"),
            "publish": ("公開する", "Publish"),
            "correct": ("新しい版で訂正する", "Correct by a new version"),
        }
    ),
)
