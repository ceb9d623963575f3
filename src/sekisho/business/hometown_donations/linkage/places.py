"""Where a donor lives, as a key: municipality, town, number and room, whatever the spelling. The address itself stays.

Fast rather than deep: one pass over the text and a few look-ups, since every donation of every year goes through it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sekisho.records import fold_forms
from sekisho.records.lots import fold_numerals

_POSTCODE: Final = re.compile(r"^〒?[0-9]{3}-?[0-9]{4}(?![0-9])")
_HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−－─━~〜～"), "-")
_LETTERS: Final = str.maketrans({"ヶ": "ケ", "ヵ": "ケ", "が": "ケ", "ガ": "ケ", "ッ": "ツ", "ノ": "の", "之": "の"})
_NOTHING: Final = dict.fromkeys(map(ord, " \u3000\t字"))
_MARK: Final = re.compile("(?<=[0-9])[ー一](?=[0-9])")
_UNIT: Final = "丁目|番地の|番地|番の|番|号|地割|の|-"
_NUMBER: Final = re.compile(rf"(?:[甲乙丙丁戊])?-?[0-9]+(?:(?:{_UNIT})+[0-9]*)*")
_DIGITS: Final = re.compile("[0-9]+")
_COUNTY: Final = re.compile("^[^市区町村]{1,5}?郡")
_LONGEST_CITY: Final = 14
_LONGEST_TOWN: Final = 24
LONGEST_ADDRESS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalPlace:
    """One row of the postal data: which town of which municipality a postcode is for."""

    postcode: str
    code: str
    prefecture: str
    city: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaceBook:
    """Municipalities by name and towns by municipality, in one spelling; made once from the postal data."""

    prefectures: Mapping[str, str]
    cities: Mapping[str, tuple[tuple[str, str], ...]]
    towns: Mapping[str, frozenset[str]]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """An address as a key: the prefecture, the place with its number, and the room (each empty if not found)."""

    prefecture: str
    address: str
    room: str


NOWHERE: Final = Dwelling(prefecture="", address="", room="")


def fold_place(text: str) -> str:
    """A place in one spelling: one width, digits for kanji numerals, plain hyphens, no 大字 and 字, no spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS).translate(_LETTERS).translate(_NOTHING)
    plain = fold_forms(_MARK.sub("-", plain)).replace("大-", "")
    return _MARK.sub("-", fold_numerals(plain))


def _fold_town(town: str) -> str:
    """The name of a town in one spelling; 大字 goes."""
    return fold_place(town.replace("大字", ""))


def make_place_book(places: Iterable[PostalPlace]) -> PlaceBook:
    """The book from the postal data; a municipality of a county is found without its county too."""
    cities: dict[str, dict[tuple[str, str], None]] = {}
    towns: dict[str, set[str]] = {}
    codes: dict[str, str] = {}
    prefectures: dict[str, str] = {}
    folded: dict[str, str] = {}
    for each in places:
        prefectures.setdefault(fold_place(each.prefecture), each.prefecture)
        city = folded.setdefault(each.city, fold_place(each.city))
        for name in (city, _COUNTY.sub("", city)):
            cities.setdefault(name, {})[(each.prefecture, each.code)] = None
        towns.setdefault(each.code, set()).add(_fold_town(each.town))
        codes.setdefault(each.postcode, each.code)
    return PlaceBook(
        prefectures=prefectures,
        cities={name: tuple(sorted(found)) for name, found in cities.items()},
        towns={code: frozenset(names - {""}) for code, names in towns.items()},
        codes=codes,
    )


def _prefecture(text: str, book: PlaceBook) -> tuple[str, str]:
    """The prefecture with which a text begins, and what follows."""
    for length in (3, 4, 6):  # 千葉 begins with a numeral, and is 1000葉 here
        if (name := book.prefectures.get(text[:length])) is not None:
            return name, text[length:]
    return "", text


def _choose(found: tuple[tuple[str, str], ...], prefecture: str, wanted: str) -> tuple[str, str] | None:
    """The municipality meant among several of one name: by its prefecture, else by the postcode, else none."""
    left = [each for each in found if prefecture in {"", each[0]}]
    if len(left) > 1:
        left = [each for each in left if each[1] == wanted] or left
    return left[0] if len(left) == 1 else None


def _city(text: str, prefecture: str, wanted: str, book: PlaceBook) -> tuple[str, str, str]:
    """Prefecture and code of the municipality with which a text begins, and what follows."""
    for length in range(min(_LONGEST_CITY, len(text)), 1, -1):
        found = book.cities.get(text[:length])
        if found and (chosen := _choose(found, prefecture, wanted)):
            return chosen[0], chosen[1], text[length:]
    return prefecture, "", text


def _town(text: str, towns: frozenset[str]) -> tuple[str, str]:
    """The longest known town with which a text begins; else the one that stands in it before the number (通り名)."""
    first = _DIGITS.search(text)
    end = first.start() if first else len(text)
    for start in range(max(end, 1)):
        for length in range(min(_LONGEST_TOWN, len(text) - start), 0, -1):
            if text[start : start + length] in towns:
                return text[start : start + length], text[start + length :]
    return text[:end], text[end:]


def _room(rest: str) -> str:
    """The last number of what follows the house number: 第2コーポ301号室 is room 301."""
    numbers = _DIGITS.findall(rest)
    return numbers[-1].lstrip("0") if numbers else ""


def locate(text: str, postcode: str, book: PlaceBook) -> Dwelling:
    """The key of an address. An address that cannot be taken apart is compared whole."""
    if not text.strip() or len(text) > LONGEST_ADDRESS:
        return NOWHERE
    folded = _POSTCODE.sub("", fold_place(text.replace("大字", "")))
    wanted = book.codes.get(postcode, "")
    prefecture, rest = _prefecture(folded, book)
    prefecture, code, rest = _city(rest, prefecture, wanted, book)
    if not code:
        return Dwelling(prefecture=prefecture, address=f"?{folded}", room="")
    town, rest = _town(rest, book.towns.get(code, frozenset()))
    number = _NUMBER.match(rest)
    if number is None:
        return Dwelling(prefecture=prefecture, address=f"?{folded}", room="")
    written = "-".join(_DIGITS.findall(number[0]))
    letter = number[0][0] if number[0][0] in "甲乙丙丁戊" else ""
    return Dwelling(prefecture=prefecture, address=f"{code}|{town}|{letter}{written}", room=_room(rest[number.end() :]))
