"""Record layouts as data: one YAML file a layout and version, loaded strictly, with a mark of how sure we are of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its name, its heading in the file, the data item it holds, and what may stand in it.

    Lengths are in characters.
    """

    name: str
    header: str
    item: str
    type: FieldType
    max: int = 40
    min: int = 0
    required: bool = False
    codes: tuple[str, ...] = ()
    data_class: DataClass = DataClass.NONE
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One version of a layout, valid by the date of submission."""

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
            message = f"there is no layout {layout} on that date (known: {known})"
            raise RecordsError(message)
        return max(versions, key=lambda each: each.effective_from)


def make_shelf(layouts: Iterable[Layout], vocabulary: Iterable[Item] = ()) -> LayoutShelf:
    """Put layouts on a shelf; two versions of one layout on one date are refused.

    Raises:
        RecordsError: With the two versions.

    """
    shelf = tuple(sorted(layouts, key=lambda each: (each.layout, each.effective_from)))
    for one, other in pairwise(shelf):
        open_end = one.effective_until is None or one.effective_until >= other.effective_from
        if one.layout == other.layout and open_end:
            message = f"layout {one.layout}: versions {one.version} and {other.version} hold on one date"
            raise RecordsError(message)
    return LayoutShelf(shelf, tuple(vocabulary))
