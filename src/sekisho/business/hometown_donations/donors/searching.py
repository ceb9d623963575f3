"""What a donor is found by: whatever an officer may type, folded so that what is meant alike is alike."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from sekisho.business.hometown_donations.donors.prefectures import prefecture_of
from sekisho.records import fold_telephone, shadow_of_address, shadow_of_name

_NO_DIGITS: Final = re.compile("[^0-9]+")
_THREE, _FOUR = 3, 4
_LONG_NAMES: Final = frozenset({14, 30, 46})


class SearchKind(StrEnum):
    """What is looked for."""

    ORDER = "order"
    NAME = "name"
    KANA = "kana"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    MAIL = "mail"


def _narrow(text: str) -> str:
    """One width, small letters, no spaces."""
    if text.isascii():
        return "".join(text.split()).casefold()
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _telephone(text: str) -> str:
    """The number as linking reads it; the digits of what is no Japanese number, so that it is found too."""
    return fold_telephone(text) or _NO_DIGITS.sub("", _narrow(text))


def _address(text: str) -> str:
    """The address from the municipality on: an officer seldom types the prefecture."""
    joined = "".join(text.split())
    number = prefecture_of(joined)
    length = (_FOUR if number in _LONG_NAMES else _THREE) if number else 0
    return shadow_of_address(joined[length:])


def search_text(kind: SearchKind, text: str) -> str:
    """What is typed, as it is looked for; nothing for nothing."""
    match kind:
        case SearchKind.ADDRESS:
            return _address(text)
        case SearchKind.TELEPHONE:
            return _telephone(text)
        case SearchKind.NAME | SearchKind.KANA:
            return shadow_of_name(text)
        case _:
            return _narrow(text)


def search_texts(values: Mapping[str, str]) -> dict[SearchKind, str]:
    """What the donor of a record is found by; the building is left out, as donors write it in many ways."""
    given = {
        SearchKind.NAME: values.get("name", ""),
        SearchKind.KANA: values.get("kana", ""),
        SearchKind.ADDRESS: "".join(values.get(part, "") for part in ("prefecture", "city", "street")),
        SearchKind.TELEPHONE: values.get("telephone", ""),
        SearchKind.MAIL: values.get("mail", ""),
    }
    return {kind: search_text(kind, text) if text else "" for kind, text in given.items()}
