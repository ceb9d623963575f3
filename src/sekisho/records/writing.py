"""Writing records byte-exact: what cannot be written is listed with its place and its mend, and never replaced."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sekisho.records.characters import BYTE_ORDER_MARK, encode_text, unwritable
from sekisho.records.errors import RecordsError
from sekisho.records.faults import mask
from sekisho.records.layout import Field, Layout, Quoting
from sekisho.records.reading import PADDING

_SEPARATORS: Final = ',"\r\n'
_SHOWN: Final = 3


class WhyUnwritable(StrEnum):
    """Why a value cannot be written. Stored values are never renamed."""

    ENCODING = "encoding"
    CHARACTER_SET = "character_set"
    SEPARATOR = "separator"
    PADDING = "padding"


_WHY: Final[Mapping[WhyUnwritable, tuple[str, str]]] = MappingProxyType(
    {
        WhyUnwritable.ENCODING: (
            "この文字コードでは書けない文字です。書ける文字に置き換えるか、氏名はカナで書いてください",
            "the encoding has no such character; replace it, or write the name in kana",
        ),
        WhyUnwritable.CHARACTER_SET: (
            "JIS第1・第2水準にない文字です。書ける文字に置き換えるか、氏名はカナで書いてください",
            "outside JIS X 0208; replace it, or write the name in kana",
        ),
        WhyUnwritable.SEPARATOR: (
            "引用符を使わない様式では、カンマ・引用符・改行を値の中に書けません。除くか、全角で書いてください",
            "a comma, quotation mark or line break cannot stand in a value without quotation marks; remove it",
        ),
        WhyUnwritable.PADDING: (
            "最後の項目の空白1字は「空」の意味になります。空にするか、値を書いてください",
            "one space in the last field means that it is empty; leave it empty, or fill it in",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritable:
    """A value that cannot be written: the record (counted from 1, without a heading), the field, and why.

    `place` is where the first such character stands in the value, from 0. Characters are given as code points, and
    the value as a length: a list of these holds no name and no address.
    """

    record: int
    field: str
    header: str
    why: WhyUnwritable
    place: int
    code_points: tuple[str, ...]
    found: str

    @property
    def ja(self) -> str:
        """The entry as an officer reads it."""
        codes = "・".join(self.code_points)
        return f"{self.record}件目 {self.header}({self.field}) {self.found}の中の {codes}: {_WHY[self.why][0]}"

    @property
    def en(self) -> str:
        """The same in English."""
        codes = ", ".join(self.code_points)
        return f"record {self.record}, {self.field}: {codes}: {_WHY[self.why][1]}"

    def as_data(self) -> dict[str, object]:
        """The entry for machines."""
        return {
            "record": self.record,
            "field": self.field,
            "rule": str(self.why),
            "place": self.place,
            "code_points": list(self.code_points),
            "message": self.ja,
            "message_en": self.en,
        }


class UnwritableError(RecordsError):
    """Some values cannot be written; all of them are listed, and no byte of their records was given out."""

    def __init__(self, layout: Layout, found: tuple[Unwritable, ...]) -> None:
        """Say how many values there are, and the first few of them."""
        self.found = found
        first = " / ".join(f"{each.ja} / {each.en}" for each in found[:_SHOWN])
        super().__init__(
            f"{layout.layout} ({layout.encoding}): {len(found)}項目が書けません / cannot be written: {first}"
        )


def _strangers(layout: Layout, value: str, *, last: bool) -> Iterator[tuple[WhyUnwritable, int]]:
    """Every character of a value that cannot be written, with its place."""
    if last and layout.pad_last and value == PADDING:
        yield WhyUnwritable.PADDING, 0
    if layout.quoting is Quoting.NEVER:
        yield from ((WhyUnwritable.SEPARATOR, place) for place, each in enumerate(value) if each in _SEPARATORS)
    for place in unwritable(value, layout.encoding):
        limited = layout.encoding == "cp932-jis0208" and not unwritable(value[place], "cp932")
        yield (WhyUnwritable.CHARACTER_SET if limited else WhyUnwritable.ENCODING), place


def list_unwritable(layout: Layout, field: Field, value: str, record: int = 1) -> tuple[Unwritable, ...]:
    """Why one value cannot be written, one entry a reason; nothing if it can."""
    places: dict[WhyUnwritable, list[int]] = {}
    for why, place in _strangers(layout, value, last=field is layout.fields[-1]):
        places.setdefault(why, []).append(place)
    return tuple(
        Unwritable(
            record=record,
            field=field.name,
            header=field.header,
            why=why,
            place=found[0],
            code_points=tuple(dict.fromkeys(f"U+{ord(value[place]):04X}" for place in found)),
            found=mask(value),
        )
        for why, found in places.items()
    )


def _in_order(layout: Layout, record: Mapping[str, str]) -> list[str]:
    """The values of a record in the order of the layout; a field that is not given is empty.

    Raises:
        RecordsError: The record names a field that the layout does not have.

    """
    names = [field.name for field in layout.fields]
    if strangers := set(record) - set(names):
        message = f"layout {layout.layout} has no field {', '.join(sorted(strangers))}"
        raise RecordsError(message)
    return [record.get(name, "") for name in names]


def _of_record(layout: Layout, values: list[str], record: int) -> tuple[Unwritable, ...]:
    """Everything in one record that cannot be written."""
    pairs = zip(layout.fields, values, strict=True)
    return tuple(each for field, value in pairs if value for each in list_unwritable(layout, field, value, record))


def find_unwritable(layout: Layout, records: Iterable[Mapping[str, str]]) -> tuple[Unwritable, ...]:
    """Every value that cannot be written, by record and field: the complete list, before anything is written.

    Raises:
        RecordsError: A record names a field that the layout does not have.

    """
    return tuple(
        each
        for number, record in enumerate(records, start=1)
        for each in _of_record(layout, _in_order(layout, record), number)
    )


def _quoted(value: str) -> str:
    """A value as it stands in a file."""
    return '"' + value.replace('"', '""') + '"' if any(each in value for each in _SEPARATORS) else value


def _write_line(layout: Layout, values: list[str], number: int) -> bytes:
    """One line as bytes; a value that cannot be written is refused with all others of the line.

    Raises:
        UnwritableError: With the list.

    """
    padded = layout.pad_last and values[-1] in {"", PADDING}
    if (padded and values[-1]) or (layout.quoting is Quoting.NEVER and any(_quoted(each) != each for each in values)):
        raise UnwritableError(layout, _of_record(layout, values, number))
    text = ",".join(map(_quoted, values)) + (PADDING if padded else "")
    try:
        return encode_text(text, layout.encoding) + layout.line_end
    except UnicodeEncodeError as fault:
        raise UnwritableError(layout, _of_record(layout, values, number)) from fault


def write_record(layout: Layout, values: Iterable[str]) -> bytes:
    """One record as bytes, its values in the order of the layout.

    Raises:
        UnwritableError: A value cannot be written; each is listed, and none is ever replaced.

    """
    in_order = [value for _, value in zip(layout.fields, values, strict=True)]
    return _write_line(layout, in_order, 1)


def write(layout: Layout, records: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """A whole file: mark and heading, if the layout has them, then each record; a field that is not given is empty.

    At the first record that cannot be written nothing more is given out: the rest is read to its end, and the refusal
    lists every value. To be told before the first byte, ask `find_unwritable`.

    Raises:
        UnwritableError: Values cannot be written; the complete list.
        RecordsError: A record names a field that the layout does not have.

    """
    if layout.encoding == "utf-8-bom":
        yield BYTE_ORDER_MARK
    if layout.header:
        yield _write_line(layout, [field.header for field in layout.fields], 0)
    numbered = enumerate(records, start=1)
    for number, record in numbered:
        try:
            line = _write_line(layout, _in_order(layout, record), number)
        except UnwritableError as refused:
            rest = (_of_record(layout, _in_order(layout, each), place) for place, each in numbered)
            raise UnwritableError(layout, (*refused.found, *(each for found in rest for each in found))) from refused
        yield line
