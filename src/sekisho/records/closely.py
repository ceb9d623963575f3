"""Reading records one by one, with the exact place of everything that is wrong in them."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sekisho.records.blocks import Block, plain_values, split_fields, split_records, unquote
from sekisho.records.characters import OUTSIDE, decode_text, find_private, private_codes
from sekisho.records.faults import FaultCode
from sekisho.records.notebook import Notebook
from sekisho.records.numbers import has_individual_number
from sekisho.records.partial import Partial
from sekisho.records.structure_words import (
    LINE_ENDS,
    QUOTES_WANTED,
    QUOTING_WANTED,
    TORN_WORDS,
    letter_words,
    width_words,
)
from sekisho.records.tallying import Tallier

FORMULA_MARKS: Final = ("=", "+", "@", "\t", "\r", "＝", "＋", "＠")
_STARTS_LIKE_A_FORMULA: Final = re.compile(f"(?:^|\\n)[{''.join(FORMULA_MARKS)}]")
_SHORTEST_NUMBER: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A record as it stands in a part: its row from 1, its offset, its bytes without the line end."""

    row: int
    offset: int
    record: bytes


def hides_nothing(values: Collection[str]) -> bool:
    """No individual number, private character or formula in these texts?"""
    text = "\n".join(values)
    return not (
        find_private(text) >= 0
        or _STARTS_LIKE_A_FORMULA.search(text)
        or (len(text) >= _SHORTEST_NUMBER and has_individual_number(text))
    )


def _without_end(raw: bytes) -> bytes:
    """A record without its line end."""
    return raw.removesuffix(b"\n").removesuffix(b"\r")


def _decode(raw: Raw, notes: Notebook) -> list[str] | None:
    """The values of one record, or nothing if it cannot be read; every reason is noted at its byte."""
    encoding, quotes = notes.columns.layout.encoding, notes.columns.quotes
    plain = plain_values(raw.record, encoding)
    if plain is not None:
        return plain
    values = [
        _decode_field(raw, notes, column, at, field)
        for column, (at, field) in enumerate(split_fields(raw.record, quotes=quotes), start=1)
    ]
    return None if None in values else [value or "" for value in values]


def _decode_field(raw: Raw, notes: Notebook, column: int, at: int, field: bytes) -> str | None:
    """The value of one field; nothing, and a note, if it cannot be read."""
    if not notes.columns.quotes and b'"' in field:
        place = (raw.row, column, raw.offset + at + field.index(b'"'))
        notes.structure(place, FaultCode.QUOTED, '"', QUOTES_WANTED)
        return None
    inner = unquote(field)
    if inner is None:
        notes.structure((raw.row, column, raw.offset + at), FaultCode.QUOTING, '"', QUOTING_WANTED)
        return None
    try:
        return decode_text(inner, notes.columns.layout.encoding)
    except UnicodeDecodeError as fault:
        start = at + fault.start + (1 if field[:1] == b'"' else 0)
        code = FaultCode.NOT_IN_CHARACTER_SET if fault.reason == OUTSIDE else FaultCode.NOT_DECODABLE
        words = letter_words(inner, fault, notes.columns.layout.encoding)
        notes.structure((raw.row, column, raw.offset + start), code, *words)
        return None


def _look_at_text(value: str, column: int, row: int, notes: Notebook) -> None:
    """Free text: numbers, private characters and formulas hide here."""
    if has_individual_number(value):
        notes.place("numbers", column, row)
    if find_private(value) >= 0:
        notes.place("private", column, row, private_codes(value, notes.columns.layout.encoding))
    if value.startswith(FORMULA_MARKS):
        notes.place("formulas", column, row)


def _starts(raw: Raw, notes: Notebook) -> list[int]:
    """Where in the part each field of a record begins."""
    return [raw.offset + at for at, _ in split_fields(raw.record, quotes=notes.columns.quotes)]


def look_at_values(raw: Raw, values: Sequence[str], chosen: Iterable[int], notes: Notebook) -> None:
    """Check the values of these columns."""
    places: list[int] = []
    for column in chosen:
        known, value = notes.columns.known[column - 1], values[column - 1]
        code = known.check(value)
        if code is not None:
            places = places or _starts(raw, notes)
            notes.fault((raw.row, column, places[column - 1]), code, value)
        if not value:
            continue
        if known.free_text:
            _look_at_text(value, column, raw.row, notes)
        if known.municipality and notes.municipality and value != notes.municipality:
            notes.foreign += 1


def look_at_rules(raw: Raw, values: Sequence[str], chosen: Collection[int], notes: Notebook) -> None:
    """Check these rules over several fields."""
    for number in chosen:
        rule = notes.columns.rules[number]
        column = rule.fault(values)
        if column is not None:
            notes.fault((raw.row, column, _starts(raw, notes)[column - 1]), rule.code, values[column - 1], rule.words)


def read_values(raw: Raw, notes: Notebook) -> list[str] | None:
    """The values of a record that has the right number of columns; nothing, and a note, if it has not."""
    values, width = _decode(raw, notes), len(notes.columns.known)
    if values is not None and len(values) != width:
        place = (raw.row, min(len(values), width) + 1, raw.offset)
        notes.structure(place, FaultCode.COLUMN_COUNT, width_words(len(values)), width_words(width))
        return None
    if values and notes.columns.layout.pad_last and values[-1] == " ":
        values[-1] = ""
    return values


def note_torn(raw: Raw, torn: FaultCode, notes: Notebook) -> None:
    """Note a record that is not whole, at its beginning or where the quotation mark opens that nobody closes."""
    column, at = 1, 0
    if torn is FaultCode.UNCLOSED_QUOTE:
        fields = enumerate(split_fields(raw.record), 1)
        column, at = next(((number, at) for number, (at, value) in fields if unquote(value) is None), (1, 0))
    notes.structure((raw.row, column, raw.offset + at), torn, *TORN_WORDS[torn])


def read_record(start: tuple[int, int], whole: bytes, notes: Notebook, tallier: Tallier) -> None:
    """Examine one record, line end included, that stands at this row and offset."""
    row, offset = start
    raw, columns = Raw(row=row, offset=offset, record=_without_end(whole)), notes.columns
    width = len(columns.known)
    end, wanted = whole[len(raw.record) :], columns.layout.line_end
    if end not in {b"", wanted}:
        place = (row, max(width, 1), offset + len(raw.record))
        notes.structure(place, FaultCode.LINE_END, LINE_ENDS[end], LINE_ENDS[wanted])
    values = read_values(raw, notes)
    if values is None:
        return
    look_at_values(raw, values, range(1, width + 1), notes)
    look_at_rules(raw, values, range(len(columns.rules)), notes)
    tallier.add(row, offset, raw.record, [values[column - 1] for column in tallier.chosen])


def read_closely(block: Block, notes: Notebook) -> Partial:
    """Examine record by record."""
    tallier, rows = Tallier(notes.columns), 0
    for row, (offset, whole) in enumerate(split_records(block.data, quotes=notes.columns.quotes), start=1):
        rows = row
        if block.torn and offset + len(whole) == len(block.data):
            note_torn(Raw(row=row, offset=offset, record=whole), FaultCode(block.torn), notes)
            break
        read_record((row, offset), whole, notes, tallier)
    return notes.partial(rows, len(block.data), tallier.tally())
