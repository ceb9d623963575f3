"""The words of donations on screen, in both languages."""

from datetime import datetime
from typing import Final

from sekisho.adapters.donations.acts import Act
from sekisho.business.hometown_donations.donors import PREFECTURES, SearchKind
from sekisho.business.hometown_donations.receipts import PaperKind
from sekisho.web.access import Role
from sekisho.web.components.facts import Said
from sekisho.web.office import Office
from sekisho.web.words import Words

OFFICERS: Final = (Role.OPERATOR, Role.HEAD)
"""Who reads donors and prints for them; everybody else sees figures only."""
KIND_WORDS: Final[dict[str, Said]] = {
    str(SearchKind.NAME): Words("氏名", "Name"),
    str(SearchKind.KANA): Words("フリガナ", "Reading"),
    str(SearchKind.ADDRESS): Words("住所", "Address"),
    str(SearchKind.TELEPHONE): Words("電話番号", "Telephone"),
    str(SearchKind.MAIL): Words("メールアドレス", "Mail address"),
    str(SearchKind.ORDER): Words("申込番号", "Order number"),
}
PAPER_WORDS: Final[dict[str, Words]] = {
    str(PaperKind.RECEIPT): Words("寄附金受領証明書", "Receipts"),
    str(PaperKind.LETTER): Words("お礼状", "Thank-you letters"),
    str(PaperKind.INVITATION): Words("翌年の御案内", "Invitations for the next year"),
}
_STATUS: Final[dict[str, Words]] = {
    "入金済": Words("入金済", "Paid"),
    "受付": Words("受付", "Received"),
    "取消": Words("取消", "Cancelled"),
}
_PLACES: Final = {each.number: Words(each.name, each.english) for each in PREFECTURES}


def status_words(status: str) -> Said:
    """What the state of an order is called."""
    return _STATUS.get(status, status)


def prefecture_words(number: int) -> Words:
    """What a prefecture is called."""
    return _PLACES.get(number, Words("わからない", "Not known"))


def act_of(office: Office, at: datetime) -> Act:
    """Who acts here."""
    return Act(area=office.tenant, standing=office.standing, at=at)
