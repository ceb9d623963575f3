"""Texts, amounts, dates and numbers as statutory records want them (法定資料を光ディスクにより提出する場合の標準規格).

Everything that is changed on the way is listed: the original stays, and so does a log of what was written instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import jaconv

from sekisho.records.characters import is_jis_x_0208
from sekisho.records.errors import RecordsError
from sekisho.records.numbers import NumberKind, check_number, normalise_number
from sekisho.records.variants import VARIANTS
from sekisho.records.wareki import ERAS, Era, era_of

ERA_CODES: Final = {"昭和": "1", "大正": "2", "明治": "3", "平成": "4", "令和": "5"}
ERA_OF_CODE: Final[Mapping[str, Era]] = MappingProxyType({ERA_CODES[era.name]: era for era in ERAS})
_FOLDS: Final = str.maketrans({"\u301c": "\uff5e", "\u2212": "\uff0d", "\u2016": "\u2225"})
_REPLACED: Final = {**VARIANTS, "\u2014": "\u2015"}
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """One character that was written as another: where it stood, what it was, what was written."""

    position: int
    original: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryText:
    """A text as it may be written: with what was substituted, and what cannot be written at all."""

    text: str
    substitutions: tuple[Substitution, ...]
    unwritable: tuple[str, ...]


def fold_dashes(text: str) -> str:
    """The wave dash, the minus and the double bar in the one form that code page 932 reads them as."""
    return text.translate(_FOLDS)


def _written_as(character: str) -> str:
    """What stands for a character in a statutory record; itself if nothing is known."""
    folded = fold_dashes(character)
    if is_jis_x_0208(folded):
        return folded
    return _REPLACED.get(character, character)


def write_statutory_text(text: str) -> StatutoryText:
    """A text in full-width characters of JIS X 0208; variants in their standard form, with a log of each change."""
    full: str = jaconv.h2z(text, kana=True, ascii=True, digit=True)
    pairs = list(zip(full, (_written_as(each) for each in full), strict=True))
    return StatutoryText(
        text="".join(written for _, written in pairs),
        substitutions=tuple(
            Substitution(position=place, original=one, written=other)
            for place, (one, other) in enumerate(pairs)
            if one != other
        ),
        unwritable=tuple(dict.fromkeys(written for _, written in pairs if not is_jis_x_0208(written))),
    )


def write_amount(text: str) -> str:
    """An amount in digits alone: 1,200,000 as 1200000.

    Raises:
        RecordsError: It is no amount.

    """
    digits = text.replace(",", "").replace("，", "").removesuffix("円")
    if not digits.isdecimal():
        message = "金額として読めません / not an amount"
        raise RecordsError(message)
    return normalise_number(digits)


def write_number(value: str) -> str:
    """An Individual Number as 0 and twelve digits, a corporate number as it is: a field of thirteen digits.

    Raises:
        RecordsError: It is neither.

    """
    for kind, lead in ((NumberKind.INDIVIDUAL, "0"), (NumberKind.CORPORATE, "")):
        verdict = check_number(kind, value)
        if verdict.valid:
            return lead + verdict.normalised
    message = "個人番号でも法人番号でもありません / neither an Individual Number nor a corporate number"
    raise RecordsError(message)


def kind_of_thirteen(field: str) -> NumberKind:
    """Whose number a field of thirteen digits holds: a leading 0 means a person, since no corporate number has it."""
    return NumberKind.INDIVIDUAL if field.startswith("0") else NumberKind.CORPORATE


def write_birth_fields(day: date) -> tuple[str, str, str, str]:
    """A date of birth as four fields: the era's code (1 昭和 2 大正 3 明治 4 平成 5 令和), year, month, day."""
    era = era_of(day)
    year = day.year - era.first.year + 1
    return ERA_CODES[era.name], f"{year:02d}", f"{day.month:02d}", f"{day.day:02d}"


def due_date(nominal: date, holidays: Iterable[date] = ()) -> date:
    """The day on which something is due: the next working day if it falls on a Saturday, Sunday or holiday."""
    closed, day = frozenset(holidays), nominal
    while day.weekday() >= _SATURDAY or day in closed:
        day += timedelta(days=1)
    return day


def split_tax(annual: int, periods: int, unit: int) -> tuple[int, ...]:
    """A year's tax in periods: whole units each, the rest in the first (地方税法第20条の4の2).

    Raises:
        RecordsError: Nothing can be split that way.

    """
    if annual < 0 or periods < 1 or unit < 1:
        message = "税額・回数・単位は正の数です / amount, periods and unit are positive"
        raise RecordsError(message)
    each = annual // periods // unit * unit
    return (annual - each * (periods - 1), *[each] * (periods - 1))
