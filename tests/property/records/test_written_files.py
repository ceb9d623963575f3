"""Laws of writing, for every layout that is shipped and one of each kind that is not: what is written can be read."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import (
    FieldType,
    Layout,
    UnwritableError,
    examine,
    find_unwritable,
    parse_layout,
    read,
    strip_items,
    write,
)
from sekisho.records.layout import NumberForm, Quoting
from tests.property.records.generated_records import RULE_CODES, Values, records_of

SHELF = shipped_layouts()
NUMBERED = {
    NumberForm.INDIVIDUAL: 12,
    NumberForm.CORPORATE: 13,
    NumberForm.MUNICIPALITY: 6,
    NumberForm.MUNICIPALITY_SHORT: 6,
    NumberForm.PADDED_INDIVIDUAL: 13,
    NumberForm.PADDED_EITHER: 13,
    NumberForm.INVOICE: 14,
}
FRAME = """
layout: everything
version: "1"
ja: すべての型
en: A field of every type
confidence: local
source: made up for this test
effective_from: 2026-01-01
effective_until: null
encoding: cp932-jis0208
newline: crlf
header: false
quoting: never
pad_last: true
fields:
"""


def everything() -> Layout:
    """A layout by position with a field of every type and every number, the last of them often empty."""
    kinds = [f"type: {kind}" for kind in FieldType if kind is not FieldType.CODE]
    kinds += ["type: code, codes: [a, b]", "type: text, blank: true", "type: wide, max: 3, min: 3, required: true"]
    kinds += [
        f"type: {'narrow' if form is NumberForm.INVOICE else 'digits'}, number: {form}, max: {most}"
        for form, most in NUMBERED.items()
    ]
    kinds += ["type: text, max: 9"]
    rows = [
        f'  - {{"no": {no}, name: f{no}, header: 項目{no}, item: i{no}, {kind}}}' for no, kind in enumerate(kinds, 1)
    ]
    return parse_layout(FRAME + "\n".join(rows))


EVERYTHING = everything()
LAYOUTS = [
    *SHELF.layouts,
    EVERYTHING,
    replace(EVERYTHING, encoding="cp932", quoting=Quoting.ANY, version="quoted"),
    replace(EVERYTHING, encoding="utf-8", newline="lf", version="utf-8"),
    replace(EVERYTHING, encoding="utf-8-bom", pad_last=False, quoting=Quoting.ANY, version="mark"),
    replace(EVERYTHING, encoding="utf-8-bom", header=True, version="mark and heading"),
]
EACH = pytest.mark.parametrize("layout", LAYOUTS, ids=[f"{each.layout}-{each.version}" for each in LAYOUTS])
MANY_FIELDS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CUTS = st.lists(st.integers(0, 5000), max_size=6)


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """The same bytes, cut at these places."""
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(places)]


@EACH
@MANY_FIELDS
@given(data=st.data(), cuts=CUTS)
def test_what_is_written_is_read_in_any_cut(layout: Layout, data: st.DataObject, cuts: list[int]) -> None:
    records = data.draw(records_of(layout))
    assert not find_unwritable(layout, records)
    written = b"".join(write(layout, records))
    assert [record.values for record in read(layout, pieces(written, cuts))] == records


@EACH
@MANY_FIELDS
@given(data=st.data(), cuts=CUTS)
def test_no_field_of_what_is_written_is_found_fault_with(layout: Layout, data: st.DataObject, cuts: list[int]) -> None:
    records = data.draw(records_of(layout))
    seen = examine(layout, pieces(b"".join(write(layout, records)), cuts), vocabulary=SHELF.vocabulary)
    assert [fault for fault in seen.faults if fault.code not in RULE_CODES] == []
    assert seen.records == len(records)


@EACH
@MANY_FIELDS
@given(data=st.data())
def test_what_is_stripped_is_gone_and_the_rest_is_read_as_it_was(layout: Layout, data: st.DataObject) -> None:
    records = data.draw(records_of(layout, most=2))
    items = frozenset(data.draw(st.sets(st.sampled_from(sorted(layout.items())), max_size=3)))
    # A heading that has lost a column that must be there is none of this layout; what is by position has no heading.
    needed = {field.item for field in layout.fields if field.required} if layout.header else set()
    items -= needed
    gone = {field.name for field in layout.fields if field.item in items}
    stripped = read(layout, strip_items(layout, write(layout, records), items), SHELF.vocabulary)
    left = [{name: "" if name in gone else value for name, value in record.items()} for record in records]
    assert [{name: record.values.get(name, "") for name in record_names(layout)} for record in stripped] == left


def record_names(layout: Layout) -> list[str]:
    """The names of all fields."""
    return [field.name for field in layout.fields]


TROUBLE = st.text('あ髙𠮷—?,"\r\n \ud800\ue000①a', min_size=1, max_size=5)


@EACH
@given(data=st.data(), value=TROUBLE, at=st.integers(0, 3))
def test_whatever_is_asked_it_is_written_and_read_or_listed(
    layout: Layout, data: st.DataObject, value: str, at: int
) -> None:
    name = data.draw(st.sampled_from(record_names(layout)))
    records: list[Values] = [dict.fromkeys(record_names(layout), "") for _ in range(4)]
    records[at][name] = value
    listed = find_unwritable(layout, records)
    assert {(each.record, each.field) for each in listed} <= {(at + 1, name)}
    if not listed:
        assert [record.values for record in read(layout, write(layout, records))] == records
        return
    with pytest.raises(UnwritableError) as refused:
        list(write(layout, records))
    assert refused.value.found == listed
