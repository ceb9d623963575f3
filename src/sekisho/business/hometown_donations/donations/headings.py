"""Headings of a portal's file: their fingerprint, and how they differ from the layout that this office knows.

A portal that renames a column must stop the import: read by position or by half of its names, a file would fill the
wrong fields with the right looks.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sekisho.records import Item, Layout, RecordsError, decode_text, first_records


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingField:
    """A field of the layout for which the file has no column."""

    field: str
    heading: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingDifference:
    """How a file's headings differ from the layout. Headings only: nobody's data.

    `unknown` are headings that neither the layout nor the vocabulary of data items has; `surplus` are data items that
    the layout does not expect: they are taken out at the gate, and do not stop the import.
    """

    layout: str
    version: str
    fingerprint: str
    missing: tuple[MissingField, ...] = ()
    unknown: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Must the import stop until somebody has mapped the columns?"""
        return bool(self.missing or self.unknown)


def read_headings(layout: Layout, head: bytes) -> tuple[str, ...]:
    """The headings in the first bytes of a file, in their order.

    Raises:
        RecordsError: There are none, or they are not written in the layout's code.

    """
    found = first_records(head.removeprefix(b"\xef\xbb\xbf")).records
    if not found:
        message = "the file is empty"
        raise RecordsError(message)
    encoding = "utf-8" if layout.encoding == "utf-8-bom" else layout.encoding
    try:
        return tuple(decode_text(each, encoding).strip() for each in found[0])
    except UnicodeDecodeError as fault:
        message = f"見出しの文字コードが {layout.encoding} ではありません / the headings are not {layout.encoding}"
        raise RecordsError(message) from fault


def fingerprint(headings: Iterable[str]) -> str:
    """The SHA-256 over the headings in their order, in hexadecimal."""
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def compare_headings(
    layout: Layout, headings: tuple[str, ...], vocabulary: Iterable[Item] = (), ignored: Iterable[str] = ()
) -> HeadingDifference:
    """Which fields have no column, and which columns no field."""
    names = {name: field.name for field in layout.fields for name in (field.header, *field.aliases)}
    there, words, passed = set(headings), {word for item in vocabulary for word in item.headers}, set(ignored)
    strangers = [each for each in headings if each not in names]
    return HeadingDifference(
        layout=layout.layout,
        version=layout.version,
        fingerprint=fingerprint(headings),
        missing=tuple(
            MissingField(field=each.name, heading=each.header, required=each.required)
            for each in layout.fields
            if not there & {each.header, *each.aliases} and each.header not in passed
        ),
        unknown=tuple(each for each in strangers if each not in words and each not in passed),
        surplus=tuple(each for each in strangers if each in words),
    )


def guess_mapping(layout: Layout, difference: HeadingDifference, headings: tuple[str, ...]) -> Mapping[str, str]:
    """A first guess for the screen, field -> unknown heading: whatever now stands where the field stood."""
    places = {name: number for number, field in enumerate(layout.fields) for name in (field.header, *field.aliases)}
    wanted = {places[each.heading]: each.field for each in difference.missing}
    guesses: dict[str, str] = {}
    place = -1
    for heading in headings:
        place = places.get(heading, place + 1)
        field = wanted.get(place)
        if heading in difference.unknown and field is not None and field not in guesses:
            guesses[field] = heading
    return guesses
