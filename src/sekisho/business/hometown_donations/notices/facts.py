"""The notice to the donor's municipality (申告特例通知書, 第55号の7様式), and what travels there together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.business.hometown_donations.one_stop import Applicant, OneStopApplication, RowSeal


class NoticeAction(StrEnum):
    """What a notice does at its destination; written as it is."""

    NEW = "新規"
    CORRECT = "訂正"
    CANCEL = "取消"


class NoticeObstacle(StrEnum):
    """Why no notice can be made of somebody's applications yet. Stored values are never renamed."""

    ADDRESS_UNKNOWN = "address_unknown"
    ABROAD = "abroad"
    ROWS_DISAGREE = "rows_disagree"
    SEAL_BROKEN = "seal_broken"
    NOT_WRITABLE = "not_writable"


OBSTACLES: Final[Mapping[NoticeObstacle, tuple[str, str, str, str]]] = MappingProxyType(
    {
        NoticeObstacle.ADDRESS_UNKNOWN: (
            "住所から市区町村がわかりません",
            "No municipality is found in the address",
            "申請書を見て、都道府県から書き直してください",
            "Look at the form and write the address from the prefecture on",
        ),
        NoticeObstacle.ABROAD: (
            "1月1日の住所が国外です",
            "The address on 1 January is abroad",
            "通知先がありません。寄附者に連絡してください",
            "There is nobody to notify; write to the donor",
        ),
        NoticeObstacle.ROWS_DISAGREE: (
            "同じ個人番号の申請書で、氏名・住所などが違います",
            "Applications with one Individual Number differ in name, address or birth",
            "申請書を見比べ、変更届か訂正で一つにそろえてください",
            "Compare the forms, and make them one by a change notice or a correction",
        ),
        NoticeObstacle.SEAL_BROKEN: (
            "入力を確定したときの封印と、いまの内容が一致しません",
            "The row is not as it was when it was sealed",
            "送らずに情報システム課に連絡してください",
            "Do not send it; call the information systems division",
        ),
        NoticeObstacle.NOT_WRITABLE: (
            "通知の様式の文字コードで書けない文字があります",
            "A character cannot be written in the notice's encoding",
            "紙の通知書(PDF)で送ってください",
            "Send the notice on paper (PDF)",
        ),
    }
)
"""Each in Japanese and English, and what the officer does next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRow:
    """An accepted application with the seal that was made when it was captured."""

    application: OneStopApplication
    seal: RowSeal


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingExceptionNotice:
    """One donor's year: to which municipality, over which sealed applications, how much in all.

    `reception_number` (整理番号) is the first application's own number; a correction or a cancellation keeps it.
    """

    reception_number: str
    destination: str
    donation_year: int
    applicant: Applicant
    seals: tuple[RowSeal, ...]
    action: NoticeAction = NoticeAction.NEW

    @property
    def total(self) -> int:
        """The sum of the year over the accepted applications, in yen."""
        return sum(seal.amount for seal in self.seals)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeException:
    """Applications of one donor of which no notice can be made, and why."""

    applications: tuple[str, ...]
    obstacle: NoticeObstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSender:
    """Who notifies: code, name, address, desk and telephone of the municipality that received the donations."""

    code: str
    name: str
    address: str
    desk: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBatch:
    """Everything that goes to one destination together, with the cover's counts derived and never typed."""

    sender: NoticeSender
    destination: str
    donation_year: int
    issued_on: date
    notices: tuple[FilingExceptionNotice, ...]

    @property
    def rows(self) -> int:
        """How many donors."""
        return len(self.notices)

    @property
    def total(self) -> int:
        """How many yen."""
        return sum(notice.total for notice in self.notices)
