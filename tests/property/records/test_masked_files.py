"""Laws of masking, for every layout that is shipped and some that are not: the form stays, the values are gone."""

from codecs import BOM_UTF8
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.records import Layout, examine, mask_items, unmaskable_items, write
from sekisho.records.blocks import split_fields, split_records
from sekisho.records.masking import field_masks
from tests.property.records.generated_records import records_of
from tests.property.records.test_written_files import CUTS, EACH, LAYOUTS, MANY_FIELDS, SHELF, pieces

EMPTY = (b"", b'""')
MARKED = [each for each in LAYOUTS if each.version in {"mark", "mark and heading"}]
FEW = settings(MANY_FIELDS, max_examples=4)


def cells(layout: Layout, data: bytes) -> Iterator[list[bytes]]:
    """Every record as the bytes of its values, the heading among them; a byte order mark belongs to no value."""
    for _, raw in split_records(data.removeprefix(BOM_UTF8), quotes=layout.quotes):
        yield [value for _, value in split_fields(raw.rstrip(b"\r\n"), quotes=layout.quotes)]


def stays(layout: Layout, column: int, value: bytes, items: frozenset[str]) -> bool:
    """Must this value be what it was: of another item, or empty?"""
    padded = layout.pad_last and column == len(layout.fields) - 1 and value == b" "
    return layout.fields[column].item not in items or value in EMPTY or padded


def ending(data: bytes) -> bytes:
    """How a file ends after its last value."""
    return data[len(data.rstrip(b"\r\n")) :]


def broken_laws(layout: Layout, before: bytes, after: bytes, items: frozenset[str]) -> set[str]:
    """Which laws of masking do not hold between a file and the same file masked?"""
    one, other = list(cells(layout, before)), list(cells(layout, after))
    marked = before.startswith(BOM_UTF8) is after.startswith(BOM_UTF8)
    if not marked or [*map(len, one)] != [*map(len, other)] or ending(before) != ending(after):
        return {"form"}
    start = int(layout.header)
    broken, seen = {"heading"} if one[:start] != other[:start] else set[str](), dict[int, set[bytes]]()
    for plain, masked in zip(one[start:], other[start:], strict=True):
        for column, (value, hidden) in enumerate(zip(plain, masked, strict=True)):
            longest = 2 * max(4, layout.fields[column].min)
            if stays(layout, column, value, items):
                broken |= {"another value"} if value != hidden else set()
            else:
                seen.setdefault(column, set()).add(hidden.strip(b'" '))
                broken |= {"in the clear"} if value == hidden and len(hidden) > longest else set()
    return broken | ({"told apart"} if any(len(each) > 1 for each in seen.values()) else set())


def faults_of(layout: Layout, data: bytes) -> set[tuple[int, str, str]]:
    """Every fault of a file: row, kind and field."""
    seen = examine(layout, [data], vocabulary=SHELF.vocabulary)
    return {(fault.row, str(fault.code), fault.field) for fault in seen.faults}


@EACH
@FEW
@given(data=st.data(), cuts=CUTS)
def test_a_masked_file_keeps_its_form_its_other_values_and_its_rules(
    layout: Layout, data: st.DataObject, cuts: list[int]
) -> None:
    maskable = sorted(layout.items() - unmaskable_items(layout))
    items = frozenset(data.draw(st.sets(st.sampled_from(maskable), min_size=1)) if maskable else ())
    before = b"".join(write(layout, data.draw(records_of(layout, most=3))))
    after = b"".join(mask_items(layout, pieces(before, cuts), items, SHELF.vocabulary))
    assert broken_laws(layout, before, after, items) == set()
    assert faults_of(layout, after) <= faults_of(layout, before)


@pytest.mark.parametrize("layout", MARKED, ids=[each.version for each in MARKED])
def test_an_empty_value_behind_a_byte_order_mark_stays_empty(layout: Layout) -> None:
    names = [field.name for field in layout.fields]
    first, item = names[0], layout.fields[0].item
    before = b"".join(write(layout, [dict.fromkeys(names, ""), {**dict.fromkeys(names, ""), first: "0"}]))
    after = b"".join(mask_items(layout, [before], frozenset({item}), SHELF.vocabulary))
    assert broken_laws(layout, before, after, frozenset({item})) == set()


def test_a_mask_that_leaves_a_value_or_tells_its_length_is_found() -> None:
    layout = SHELF.find("registry_notice")
    names = [field.name for field in layout.fields]
    values = {**dict.fromkeys(names, ""), "owner_address": "長崎市桜町二番二十二号", "remarks": "あ"}
    before = b"".join(write(layout, [values, {**values, "owner_address": "長崎市魚の町"}]))
    items = frozenset({"owner_address"})
    good = b"".join(mask_items(layout, [before], items))
    mask = (field_masks(layout)["owner_address"] or "").encode("cp932")
    assert broken_laws(layout, before, good, items) == set()
    assert broken_laws(layout, before, before, items) == {"in the clear", "told apart"}
    assert broken_laws(layout, before, good.replace(mask, mask * 2, 1), items) == {"told apart"}
    assert broken_laws(layout, before, good.replace("あ".encode("cp932"), b"*"), items) == {"another value"}
    assert broken_laws(layout, before, good.replace(mask, mask + b","), items) == {"form"}
