"""Japanese addresses taken apart: prefecture, municipality, town, number, building. For finding; the text itself stays.

The towns of a municipality are handed in (postal data); without them everything after the municipality is the rest.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_numerals
from sekisho.records.municipalities import NORTHERN_VILLAGES, Municipality, MunicipalityTable, PlaceKind
from sekisho.records.variants import fold_forms

Towns = Callable[[str], Iterable[str]]
_POSTCODE: Final = re.compile(r"^〒?\s*([0-9]{3})-?([0-9]{4})(?![0-9])\s*")
_HYPHEN: Final = re.compile("[\u2010-\u2015\u2212\uff0d\uff70\u30fc](?=[0-9０-９])")
_COUNTY: Final = re.compile(r"^[^0-9市区町村]{1,6}?郡")
_UNIT: Final = "丁目|番地の|番地|番の|番|号|地割|の|-"
_NUMBER: Final = re.compile(rf"^(?:甲|乙|丙|字)?[0-9]+(?:(?:{_UNIT})+[0-9]*)*")
_KANJI_NUMBER: Final = re.compile(r"[〇一二三四五六七八九十百千]+(?=丁目|番地|番|号|地割)")
_KA: Final = str.maketrans("ヶガがヵ", "ケケケケ")
LONGEST_ADDRESS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address taken apart; what could not be found is empty. `number` is written with hyphens."""

    text: str
    postcode: str
    prefecture: str
    municipality: str
    code: str
    town: str
    number: str
    building: str


def fold_address(text: str) -> str:
    """One width, plain hyphens before digits, numerals before a unit as digits, no spaces at the ends."""
    folded = unicodedata.normalize("NFKC", _HYPHEN.sub("-", text)).strip()
    return _KANJI_NUMBER.sub(lambda found: fold_numerals(found[0]), folded)


def _prefecture(text: str, table: MunicipalityTable) -> tuple[str, str]:
    """The prefecture at the beginning of a text, and what follows it."""
    for each in table.valid_on():
        if each.kind is PlaceKind.PREFECTURE and text.startswith(each.name):
            return each.name, text.removeprefix(each.name).lstrip()
    return "", text


def _candidates(text: str, prefecture: str, table: MunicipalityTable) -> Iterator[tuple[Municipality, str]]:
    """Every municipality or ward with which a text begins, with what follows it; a county (郡) may stand before it."""
    bare = _COUNTY.sub("", text)  # forms of one letter are one: 高知県檮原町 and 梼原町
    for each in table.rows.values():
        if each.kind is PlaceKind.PREFECTURE or prefecture not in {"", each.prefecture}:
            continue
        for start in (text, bare):
            if fold_forms(start[: len(each.name)]) == fold_forms(each.name) and each.code not in NORTHERN_VILLAGES:
                yield each, start[len(each.name) :].lstrip()
                break


def _municipality(text: str, prefecture: str, table: MunicipalityTable) -> tuple[Municipality | None, str]:
    """The longest municipality with which a text begins, today's before an earlier one.

    Raises:
        RecordsError: Several prefectures have one of that name, and none is named.

    """
    found = sorted(
        _candidates(text, prefecture, table), key=lambda each: (len(each[0].name), each[0].valid_until is None)
    )
    if not found:
        return None, text
    best = found[-1]
    rivals = {each.prefecture for each, _ in found if each.name == best[0].name}
    if len(rivals) > 1:
        message = (
            f"「{best[0].name}」は{'・'.join(sorted(rivals))}にあります。都道府県を書いてください / which prefecture?"
        )
        raise RecordsError(message)
    return best


def _town(text: str, towns: Iterable[str]) -> tuple[str, str]:
    """The longest town with which a text begins (大字, 字 and ケ/ヶ/が aside), and what follows it."""
    folded = fold_forms(text.removeprefix("大字").translate(_KA))
    for town in sorted(towns, key=len, reverse=True):
        plain = fold_forms(fold_address(town).removeprefix("大字").translate(_KA))
        if town and folded.startswith(plain):
            return town, text.removeprefix("大字")[len(plain) :].lstrip()
    found = re.match(r"^[^0-9]*", text)
    name = found[0] if found else ""
    return name.rstrip(), text[len(name) :]


def _number(text: str) -> tuple[str, str]:
    """The number at the beginning of a text, written with hyphens, and what follows it."""
    found = _NUMBER.match(text)
    if found is None:
        return "", text.strip()
    written = re.sub(rf"(?:{_UNIT})+", "-", found[0]).strip("-")
    return written, text[found.end() :].strip()


def parse_address(text: str, table: MunicipalityTable, towns: Towns | None = None) -> Address:
    """Take an address apart.

    Raises:
        RecordsError: No municipality is found in it, or it could be one of several.

    """
    if not text.strip() or len(text) > LONGEST_ADDRESS:
        message = "住所が空か、長すぎます / the address is empty or too long"
        raise RecordsError(message)
    folded = fold_address(text)
    coded = _POSTCODE.match(folded)
    prefecture, rest = _prefecture(folded[coded.end() :] if coded else folded, table)
    found, rest = _municipality(rest, prefecture, table)
    if found is None:
        message = "市区町村が見つかりません / no municipality was found"
        raise RecordsError(message)
    town, rest = _town(rest, towns(found.code) if towns else ())
    number, building = _number(rest)
    return Address(
        text=text,
        postcode=f"{coded[1]}{coded[2]}" if coded else "",
        prefecture=found.prefecture,
        municipality=found.name,
        code=found.code,
        town=town,
        number=number,
        building=building,
    )
