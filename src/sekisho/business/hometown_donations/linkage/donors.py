"""What is known of a donor from one donation, and the keys by which donations are compared.

No Individual Number is among them and none can be: a notice (申告特例通知書) is joined by its sealed application only.
"""

import re
from dataclasses import dataclass
from typing import Final

from sekisho.business.hometown_donations.linkage.people import name_keys
from sekisho.business.hometown_donations.linkage.places import PlaceBook, locate
from sekisho.records import fold_mail, fold_telephone

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """The donor's side of one donation, as it was written. The recipient of the gift is somebody else's matter."""

    donation: str
    name: str
    kana: str = ""
    postcode: str = ""
    address: str = ""
    telephone: str = ""
    mail: str = ""
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorKeys:
    """The same in one spelling, each empty if it is not known; for comparing, never shown in place of the value."""

    donation: str
    name: str
    surname: str
    given: str
    kana: str
    given_kana: str
    prefecture: str
    address: str
    room: str
    telephone: str
    mail: str
    birth: str
    sex: str


def make_keys(donor: Donor, book: PlaceBook) -> DonorKeys:
    """The keys of one donation."""
    names = name_keys(donor.name, donor.kana)
    dwelling = locate(donor.address, donor.postcode, book)
    return DonorKeys(
        donation=donor.donation,
        name=names.name,
        surname=names.surname,
        given=names.given,
        kana=names.kana,
        given_kana=names.given_kana,
        prefecture=dwelling.prefecture,
        address=dwelling.address,
        room=dwelling.room,
        telephone=fold_telephone(donor.telephone),
        mail=fold_mail(donor.mail),
        birth=donor.birth if _DAY.fullmatch(donor.birth) else "",
        sex=donor.sex,
    )
