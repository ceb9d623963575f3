"""Notices that come back: by their reception number and a code alone, so that a return carries nobody's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ReturnKind(StrEnum):
    """What a destination says of a notice. Stored values are never renamed."""

    NOBODY = "nobody"
    NOT_APPLICABLE = "not_applicable"
    MOVED = "moved"


RETURNS: Final[Mapping[ReturnKind, tuple[str, str, str, str]]] = MappingProxyType(
    {
        ReturnKind.NOBODY: (
            "該当者なし",
            "Nobody of that name lives there",
            "申請書と変更届を確かめ、宛先を直すか、無効にしてください",
            "Check form and change notices; readdress it, or make it void",
        ),
        ReturnKind.NOT_APPLICABLE: (
            "非該当(確定申告など)",
            "Not applicable (a return was filed)",
            "無効にして、寄附者に知らせてください",
            "Make it void, and tell the donor",
        ),
        ReturnKind.MOVED: (
            "1月1日の住所が別の市区町村",
            "Lived elsewhere on 1 January",
            "示された市区町村に宛先を直してください",
            "Readdress it to the municipality that was named",
        ),
    }
)
"""Each in Japanese and English, and what the officer does next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedNotice:
    """One notice that came back: from whom, which, why, and where else it belongs if they know."""

    returned: str
    destination: str
    reception_number: str
    kind: ReturnKind
    belongs_to: str = ""
