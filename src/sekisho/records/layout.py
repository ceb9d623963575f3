"""Record layouts as data: one YAML file a layout and version, loaded strictly, with a mark of how sure we are of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from sekisho.records.errors import RecordsError


class Confidence(StrEnum):
    """How sure we are of a layout."""

    OFFICIAL = "official"
    RECONSTRUCTED = "reconstructed"
    LOCAL = "local"


class DataClass(StrEnum):
    """How delicate a field's data are."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    INDIVIDUAL_NUMBER = "individual_number"
    CORPORATE_NUMBER = "corporate_number"


class FieldType(StrEnum):
    """What may stand in a field."""

    TEXT = "text"
    DIGITS = "digits"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CODE = "code"
    FRACTION = "fraction"
    LOT = "lot"
    WIDE = "wide"
    NARROW = "narrow"
    NARROW_KANA = "narrow_kana"
    WIDE_KANA = "wide_kana"


class NumberForm(StrEnum):
    """Which number with a check digit stands in a field, and in which form it is written there."""

    INDIVIDUAL = "individual"
    CORPORATE = "corporate"
    MUNICIPALITY = "municipality"
    MUNICIPALITY_SHORT = "municipality_short"
    PADDED_INDIVIDUAL = "padded_individual"
    PADDED_EITHER = "padded_either"
    INVOICE = "invoice"


class Quoting(StrEnum):
    """Whether values may stand between quotation marks."""

    ANY = "any"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, its heading in the file, the data item it holds, and what may stand in it.

    Lengths are in characters. `no` counts the fields of a layout that binds by position, from 1. `form` is what an
    officer reads where `pattern`, a regular expression, would be shown.
    """

    name: str
    header: str
    item: str
    type: FieldType
    no: int = 0
    max: int = 40
    min: int = 0
    required: bool = False
    blank: bool = False
    codes: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    at_least: int | None = None
    at_most: int | None = None
    number: NumberForm | None = None
    data_class: DataClass = DataClass.NONE
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A condition on one field of a record: that it holds one of these words, or anything at all if none is named."""

    field: str
    codes: tuple[str, ...] = ()


class CheckKind(StrEnum):
    """What is compared within a record, or over a whole file."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SUM = "sum"
    TOGETHER = "together"
    ANY_OF = "any_of"
    DAY = "day"
    ERA_DAY = "era_day"
    REQUIRED_IF = "required_if"
    BLANK_IF = "blank_if"
    UNIQUE = "unique"
    SAME = "same"
    TOTAL = "total"


FILE_CHECKS: Final = frozenset({CheckKind.UNIQUE, CheckKind.SAME, CheckKind.TOTAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutCheck:
    """One check over several fields of a record, or over all records of a file; the first field bears the fault."""

    check: CheckKind
    fields: tuple[str, ...]
    when: When | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """A record that a layout must accept, or must find fault with at these fields: tried before the layout is used."""

    values: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One version of a layout, valid by the date of submission.

    `pad_last`: an empty last value is written as one space, which e-Tax asks for, and read as empty.
    """

    layout: str
    version: str
    ja: str
    en: str
    confidence: Confidence
    source: str
    effective_from: date
    effective_until: date | None
    encoding: str
    newline: str
    header: bool
    fields: tuple[Field, ...]
    quoting: Quoting = Quoting.ANY
    filename: str = ""
    grace_until: date | None = None
    checks: tuple[LayoutCheck, ...] = ()
    golden: tuple[Golden, ...] = ()
    origin: str = "shipped"
    pad_last: bool = False

    @property
    def record_checks(self) -> tuple[LayoutCheck, ...]:
        """The checks within one record."""
        return tuple(each for each in self.checks if each.check not in FILE_CHECKS)

    @property
    def file_checks(self) -> tuple[LayoutCheck, ...]:
        """The checks over all records."""
        return tuple(each for each in self.checks if each.check in FILE_CHECKS)

    @property
    def quotes(self) -> bool:
        """May values stand between quotation marks?"""
        return self.quoting is not Quoting.NEVER

    def column_of(self, name: str) -> int:
        """The column of a field by the layout's own order, counted from 1."""
        return next(column for column, field in enumerate(self.fields, start=1) if field.name == name)

    @property
    def line_end(self) -> bytes:
        """The bytes that end a record."""
        return b"\r\n" if self.newline == "crlf" else b"\n"

    def items(self) -> frozenset[str]:
        """Every data item that the layout can hold."""
        return frozenset(field.item for field in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One word of the vocabulary of data items."""

    item: str
    ja: str
    en: str
    data_class: DataClass
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutShelf:
    """All layouts and the vocabulary, found by name and by date."""

    layouts: tuple[Layout, ...]
    vocabulary: tuple[Item, ...] = ()

    def find(self, layout: str, on: date | None = None) -> Layout:
        """The version of a layout that holds on a date (the newest, if no date is given).

        Raises:
            RecordsError: There is none.

        """
        versions = [
            each
            for each in self.layouts
            if each.layout == layout
            and (on is None or each.effective_from <= on)
            and (on is None or each.effective_until is None or on <= each.effective_until)
        ]
        if not versions:
            known = ", ".join(sorted({each.layout for each in self.layouts}))
            message = (
                f"その日に有効な様式 {layout} はありません。あるのは {known} です"
                f" / there is no layout {layout} on that date"
            )
            raise RecordsError(message)
        return max(versions, key=lambda each: each.effective_from)

    def accepted(self, layout: str, on: date) -> tuple[Layout, ...]:
        """Every version in which a file may be handed in on a date, the one that holds first, then those in grace.

        Raises:
            RecordsError: None holds.

        """
        holds = self.find(layout, on)
        graced = (
            each
            for each in self.layouts
            if each.layout == layout and each.effective_until and each.effective_until < on
            if each.grace_until and on <= each.grace_until
        )
        return holds, *graced


def make_shelf(layouts: Iterable[Layout], vocabulary: Iterable[Item] = ()) -> LayoutShelf:
    """Put layouts on a shelf; two versions of one layout on one date are refused.

    Raises:
        RecordsError: With the two versions.

    """
    shelf = tuple(sorted(layouts, key=lambda each: (each.layout, each.effective_from)))
    for one, other in pairwise(shelf):
        open_end = one.effective_until is None or one.effective_until >= other.effective_from
        if one.layout == other.layout and open_end:
            message = (
                f"layout {one.layout}: {one.version}版と{other.version}版が同じ日に有効です"
                " / two versions hold on one date"
            )
            raise RecordsError(message)
    return LayoutShelf(shelf, tuple(vocabulary))
