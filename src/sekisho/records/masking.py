"""Masking (伏せる): a data item goes along in its place, with its heading and its column, and its values hidden.

Stars where the field's own rules let them stand: whoever reads the file sees that something is withheld, and not that
nothing is there. Where stars cannot stand, as in a date, the value is emptied, if it may be empty. Every value of a
field gets the same mask, so that its length tells nothing; a value that is empty stays so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sekisho.records.blocks import cut_fields
from sekisho.records.characters import encode_text, unwritable
from sekisho.records.checks import compile_check
from sekisho.records.columns import Column, read_columns
from sekisho.records.errors import RecordsError
from sekisho.records.layout import CheckKind, Field, Item, Layout, LayoutCheck
from sekisho.records.reading import PADDING, all_there, part_mark, raw_records

_STARS: Final = ("＊", "*")
_WIDTH: Final = 4
_QUOTE: Final = b'"'
_PADDING: Final = PADDING.encode("ascii")  # one space, in every encoding that a layout may have
_BROKEN_BY_STARS: Final = frozenset({CheckKind.UNIQUE, CheckKind.TOTAL})
_KEPT_WHEN_EMPTIED: Final = frozenset({CheckKind.BLANK_IF, CheckKind.SAME, CheckKind.DAY, CheckKind.ERA_DAY})
_KEPT_IF_FIRST: Final = frozenset({CheckKind.SUM, CheckKind.UNIQUE})  # an empty first value is not looked at


def _stars(width: int, encoding: str) -> Iterator[str]:
    """So many stars, in each form that can be written."""
    return (star * width for star in _STARS if not unwritable(star, encoding))


def _candidates(layout: Layout, field: Field) -> Iterator[str]:
    """What might stand in place of every value of a field, the best first."""
    yield from _stars(min(max(_WIDTH, field.min), field.max), layout.encoding)
    yield ""


def _is_of_one(layout: Layout, check: LayoutCheck, item: str) -> bool:
    """Are all fields of a check of this item, so that all are hidden?"""
    return all(field.item == item for field in layout.fields if field.name in check.fields)


def _keeps(layout: Layout, check: LayoutCheck, field: Field, mask: str) -> bool:
    """Does every record that kept a rule over several fields keep it with this mask in this field?"""
    kind, when = check.check, check.when
    if when is not None and when.field == field.name and (kind is CheckKind.TOTAL or mask in when.codes):
        return False
    if field.name not in check.fields:
        return True
    if kind is CheckKind.TOGETHER:
        # All of one item are emptied; of several items one may be hidden only if it stays filled.
        return _is_of_one(layout, check, field.item) is (mask == "")
    if mask:
        return kind not in _BROKEN_BY_STARS
    return kind in _KEPT_WHEN_EMPTIED or (kind in _KEPT_IF_FIRST and check.fields[0] == field.name)


def _mask_of(layout: Layout, field: Field) -> str | None:
    """What stands in place of every value of a field; nothing if no mask would still be of the layout.

    By its municipality code a record is told from those of others: it is never hidden.
    """
    if field.name == "city_code":
        return None
    check = compile_check(field)
    fitting = (
        mask
        for mask in _candidates(layout, field)
        if check(mask) is None and all(_keeps(layout, each, field, mask) for each in layout.checks)
    )
    return next(fitting, None)


@lru_cache(maxsize=256)
def field_masks(layout: Layout) -> Mapping[str, str | None]:
    """What stands in place of the values of each field of a layout, by its name; nothing where none can be hidden."""
    return MappingProxyType({field.name: _mask_of(layout, field) for field in layout.fields})


def unmaskable_items(layout: Layout) -> frozenset[str]:
    """The data items of a layout that cannot be masked so that a file is still of it."""
    masks = field_masks(layout)
    return frozenset(field.item for field in layout.fields if masks[field.name] is None)


def _column_mask(layout: Layout, column: Column) -> bytes:
    """What stands in place of the values of one column of a file, as bytes; a column of no layout has no rules.

    Raises:
        RecordsError: No mask would still be of the layout.

    """
    if column.field is None:
        return encode_text(next(_stars(_WIDTH, layout.encoding)), layout.encoding)
    mask = field_masks(layout)[column.field.name]
    if mask is None:
        message = (
            f"様式 {layout.layout} の項目 {column.item} は、様式に合うように伏せられません"
            f" / item {column.item} of layout {layout.layout} cannot be masked: no mask may stand in {column.name}"
        )
        raise RecordsError(message)
    return encode_text(mask, layout.encoding)


def _hidden(value: bytes, mask: bytes, *, quotes: bool) -> bytes:
    """One value with its mask in its place, in quotation marks if it stood in them; an empty one as it is."""
    if not quotes or value[:1] != _QUOTE:
        return mask if value else value
    return _QUOTE + mask + _QUOTE if len(value) > 2 else value  # noqa: PLR2004 - an opening and a closing mark


def _mask_record(layout: Layout, raw: bytes, masks: Sequence[bytes | None], row: int) -> bytes:
    """One record with the values of these columns hidden, every other byte as it is.

    Raises:
        RecordsError: It has another number of columns, so that nobody knows what would be hidden.

    """
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    values = cut_fields(record, quotes=layout.quotes)
    if len(values) != len(masks):
        message = f"row {row} does not fit the heading or the layout; examine the file to see why"
        raise RecordsError(message)
    hidden = [
        value if mask is None else _hidden(value, mask, quotes=layout.quotes)
        for value, mask in zip(values, masks, strict=True)
    ]
    if layout.pad_last and hidden[-1] != values[-1] and (not hidden[-1] or values[-1] == _PADDING):
        hidden[-1] = _PADDING
    return b",".join(hidden) + raw[len(record) :]


def mask_items(
    layout: Layout, chunks: Iterable[bytes], items: frozenset[str], vocabulary: Iterable[Item] = ()
) -> Iterator[bytes]:
    """The same file with the values of these data items hidden: same columns, same order, same quoting and line ends.

    Raises:
        RecordsError: A heading or a record is not that of the layout, or a field cannot be masked; nothing goes on.

    """
    mark, records = part_mark(layout, raw_records(layout, chunks))
    first = next(records, b"")
    columns, faults = read_columns(layout, first, tuple(vocabulary))
    if first and (faults or not columns.recognised):
        message = "the first record is not that of the layout; examine the file to see why"
        raise RecordsError(message)
    if first:
        all_there(columns, items)
    masks = [_column_mask(layout, each) if each.item in items else None for each in columns.known]
    yield mark
    if layout.header or not first:
        yield first
    else:
        yield _mask_record(layout, first, masks, 1)
    for row, raw in enumerate(records, start=2):
        yield _mask_record(layout, raw, masks, row)
