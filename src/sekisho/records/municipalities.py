"""Municipalities by code and by name, each valid between its dates (全国地方公共団体コード, JIS X 0401 and 0402)."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.numbers import municipality_check_digit, normalise_number
from sekisho.records.variants import fold_forms

NORTHERN_VILLAGES: Final = frozenset({"016951", "016969", "016977", "016985", "016993", "017001"})
_FIVE: Final = re.compile(r"[0-9]{5}")
_SIX: Final = re.compile(r"[0-9]{6}")


class PlaceKind(StrEnum):
    """What a code stands for."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    WARD = "ward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A prefecture, a municipality (special wards of Tokyo included) or a ward of a designated city."""

    code: str
    kind: PlaceKind
    prefecture: str
    name: str
    kana: str
    parent: str
    valid_from: date | None
    valid_until: date | None
    source: str

    def is_valid(self, on: date | None) -> bool:
        """Did it exist on that day (today's table, if no day is given)?"""
        if on is None:
            return self.valid_until is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class MunicipalityTable:
    """The whole table, also with codes that have ended: old files name them."""

    rows: Mapping[str, Municipality]
    by_initial: Mapping[str, tuple[Municipality, ...]]

    def beginning_like(self, text: str) -> tuple[Municipality, ...]:
        """Every place whose name has the first letter of a text, in any form of it."""
        return self.by_initial.get(fold_forms(text[:1]), ())

    def find(self, code: str, on: date | None = None) -> Municipality:
        """The municipality of a code of five or six digits, on a day.

        Raises:
            RecordsError: No such code, a wrong check digit, or it did not exist on that day.

        """
        digits = complete_code(code)
        found = self.rows.get(digits)
        if found is None:
            message = f"団体コード {digits} はありません / there is no such municipality code"
            raise RecordsError(message)
        if on is not None and not found.is_valid(on):
            span = f"{found.valid_from or ''}〜{found.valid_until or ''}"
            message = f"団体コード {digits}({found.name})の有効期間は {span} です / not valid on {on}"
            raise RecordsError(message)
        return found

    def valid_on(self, on: date | None = None) -> Iterator[Municipality]:
        """Everything that exists on a day."""
        return (each for each in self.rows.values() if each.is_valid(on))

    def named(self, prefecture: str, name: str) -> Municipality | None:
        """The municipality or ward of that name, today's before an earlier one."""
        found = [each for each in self.rows.values() if each.name == name and prefecture in {"", each.prefecture}]
        kinds = [each for each in found if each.kind is not PlaceKind.PREFECTURE]
        return max(
            kinds,
            key=lambda each: (each.code not in NORTHERN_VILLAGES, each.valid_until is None, each.code),
            default=None,
        )


def complete_code(code: str) -> str:
    """A code of five digits with its check digit, or one of six digits whose check digit is right.

    Raises:
        RecordsError: Neither; a spreadsheet may have lost a leading zero.

    """
    digits = normalise_number(code)
    if _FIVE.fullmatch(digits):
        return f"{digits}{municipality_check_digit(digits)}"
    if not _SIX.fullmatch(digits):
        message = "団体コードは5桁または6桁の数字です(先頭の0が落ちていないか確かめてください) / five or six digits"
        raise RecordsError(message)
    if int(digits[5]) != municipality_check_digit(digits[:5]):
        message = "団体コードの検査用数字が合いません / wrong check digit"
        raise RecordsError(message)
    return digits


def _day(text: str) -> date | None:
    """A day, or nothing."""
    return date.fromisoformat(text) if text else None


def _by_initial(places: Iterable[Municipality]) -> Mapping[str, tuple[Municipality, ...]]:
    """The places by the first letter of their names."""
    initials: dict[str, list[Municipality]] = {}
    for each in places:
        initials.setdefault(fold_forms(each.name[:1]), []).append(each)
    return MappingProxyType({initial: tuple(found) for initial, found in initials.items()})


def read_municipalities(lines: Iterable[str]) -> MunicipalityTable:
    """The table from its CSV.

    Raises:
        RecordsError: A line is not as it should be.

    """
    try:
        rows = [
            Municipality(
                code=each["code"],
                kind=PlaceKind(each["kind"]),
                prefecture=each["prefecture"],
                name=each["name"],
                kana=each["kana"],
                parent=each["parent"],
                valid_from=_day(each["valid_from"]),
                valid_until=_day(each["valid_until"]),
                source=each["source"],
            )
            for each in csv.DictReader(lines)
        ]
    except (KeyError, ValueError, csv.Error) as fault:
        message = f"the table of municipalities cannot be read: {fault}"
        raise RecordsError(message) from fault
    by_code = MappingProxyType({each.code: each for each in rows})
    return MunicipalityTable(rows=by_code, by_initial=_by_initial(rows))
