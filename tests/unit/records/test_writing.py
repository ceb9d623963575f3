"""Writing: bytes as Windows writes them, a mark, padding; what cannot be written is listed and never replaced."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import pytest

from sekisho.records import (
    Layout,
    RecordsError,
    UnwritableError,
    WhyUnwritable,
    find_unwritable,
    parse_layout,
    read,
    strip_items,
    write,
    write_record,
)
from sekisho.records.characters import BYTE_ORDER_MARK
from sekisho.records.layout import Quoting

LETTERS = parse_layout(
    """
layout: letters
version: "1"
ja: 手紙
en: Letters
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
  - {"no": 1, name: sender, header: 差出人の氏名, item: sender_name, type: wide, class: personal}
  - {"no": 2, name: pages, header: 枚数, item: pages, type: integer}
  - {"no": 3, name: note, header: 摘要, item: note, type: text}
"""
)
WINDOWS = replace(LETTERS, encoding="cp932", quoting=Quoting.ANY)
MARKED = replace(LETTERS, encoding="utf-8-bom", header=True, pad_last=False)
RECORD = {"sender": "浦上　遥", "pages": "3"}
Writer = Callable[[Layout, Iterable[Mapping[str, str]]], Iterator[bytes]]
Law = Callable[[Writer], bool]


def written(layout: Layout, *records: Mapping[str, str], writer: Writer = write) -> bytes:
    """The bytes of a file."""
    return b"".join(writer(layout, records))


def replaces_nothing(writer: Writer) -> bool:
    """Is a letter that the encoding does not have refused?"""
    try:
        written(WINDOWS, {"sender": "𠮷田"}, writer=writer)
    except UnwritableError:
        return True
    return False


def writes_as_windows(writer: Writer) -> bool:
    """Is 髙 FBFC?"""
    return written(WINDOWS, {"sender": "髙"}, writer=writer) == b"\xfb\xfc,, \r\n"


def writes_the_mark(writer: Writer) -> bool:
    """Does a layout with a mark begin with it, even without a record?"""
    return written(MARKED, writer=writer).startswith(BYTE_ORDER_MARK)


def pads_the_last(writer: Writer) -> bool:
    """Is an empty last value one space, in every record?"""
    return written(LETTERS, RECORD, RECORD, writer=writer).count(b",3, \r\n") == 2


def quotes_commas(writer: Writer) -> bool:
    """Does a comma in a value stand between quotation marks?"""
    return written(WINDOWS, {"note": '1,"2"\n3'}, writer=writer) == b',,"1,""2""\n3"\r\n'


def that_replaces(layout: Layout, records: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Plant a question mark for what cannot be written."""
    rows = [[record.get(field.name, "") for field in layout.fields] for record in records]
    yield from (",".join(row).encode("cp932", "replace") + b"\r\n" for row in rows)


def that_changes(old: bytes, new: bytes) -> Writer:
    """Plant another byte sequence in all that is written."""
    return lambda layout, records: iter([written(layout, *records).replace(old, new)])


LAWS: dict[Law, Writer] = {
    replaces_nothing: that_replaces,
    writes_as_windows: that_changes(b"\xfb\xfc", b"\xee\xe0"),
    writes_the_mark: that_changes(BYTE_ORDER_MARK, b""),
    pads_the_last: that_changes(b", \r\n", b",\r\n"),
    quotes_commas: that_changes(b'"', b""),
}


@pytest.mark.parametrize("law", LAWS, ids=[law.__name__ for law in LAWS])
def test_the_writer_keeps_the_law_and_one_that_does_not_is_found(law: Law) -> None:
    assert law(write)
    assert not law(LAWS[law])


def test_a_file_by_position_has_no_heading_and_is_read_back_with_its_rows() -> None:
    data = written(LETTERS, RECORD, {"note": "あ"})
    assert data == "浦上　遥,3, \r\n,,あ\r\n".encode("cp932")
    assert [(record.row, record.values["note"]) for record in read(LETTERS, [data])] == [(1, ""), (2, "あ")]


def test_a_mark_is_read_away_and_a_file_without_it_is_read_too() -> None:
    data = written(MARKED, RECORD)
    for each in (data, data.removeprefix(BYTE_ORDER_MARK)):
        assert [record.values for record in read(MARKED, [each])] == [{**RECORD, "note": ""}]
    by_position = replace(MARKED, header=False)
    assert list(read(by_position, [written(by_position)])) == []


@pytest.mark.parametrize(
    ("layout", "value", "why", "codes"),
    [
        (LETTERS, "髙𠮷髙", WhyUnwritable.CHARACTER_SET, ("U+9AD9",)),
        (LETTERS, "①", WhyUnwritable.CHARACTER_SET, ("U+2460",)),
        (LETTERS, "𠮷", WhyUnwritable.ENCODING, ("U+20BB7",)),
        (WINDOWS, "〜", WhyUnwritable.ENCODING, ("U+301C",)),
        (LETTERS, 'あ,"', WhyUnwritable.SEPARATOR, ("U+002C", "U+0022")),
        (LETTERS, "a\r\nb", WhyUnwritable.SEPARATOR, ("U+000D", "U+000A")),
        (LETTERS, " ", WhyUnwritable.PADDING, ("U+0020",)),
        (MARKED, "\ud800", WhyUnwritable.ENCODING, ("U+D800",)),
    ],
)
def test_what_cannot_be_written_is_listed_with_its_reason(
    layout: Layout, value: str, why: WhyUnwritable, codes: tuple[str, ...]
) -> None:
    found = find_unwritable(layout, [RECORD, {"note": value}])
    assert [(each.record, each.field, each.why, each.code_points) for each in found if each.why is why] == [
        (2, "note", why, codes)
    ]


def test_the_list_is_complete_and_says_no_value() -> None:
    bad = {"sender": "𠮷田　遥", "note": "髙,"}
    given = []
    with pytest.raises(UnwritableError) as refused:
        given += list(write(LETTERS, iter([bad, RECORD, bad])))
    assert given == []
    assert [(each.record, each.field, each.why) for each in refused.value.found] == [
        (number, *rest)
        for number in (1, 3)
        for rest in (
            ("sender", WhyUnwritable.ENCODING),
            ("note", WhyUnwritable.SEPARATOR),
            ("note", WhyUnwritable.CHARACTER_SET),
        )
    ]
    told = str(refused.value) + "".join(f"{each.ja}{each.en}{each.as_data()}" for each in refused.value.found)
    assert not [letter for letter in "𠮷田遥髙" if letter in told]
    assert "1件目 差出人の氏名(sender)" in told
    assert "U+20BB7" in told
    assert refused.value.found == find_unwritable(LETTERS, [bad, RECORD, bad])


def test_records_before_the_first_that_cannot_be_written_are_whole_and_none_comes_after_it() -> None:
    lines = write(LETTERS, iter([RECORD, {"note": "𠮷"}, RECORD]))
    assert next(lines) == "浦上　遥,3, \r\n".encode("cp932")
    with pytest.raises(UnwritableError):
        next(lines)
    assert list(lines) == []


def test_one_record_is_written_or_refused() -> None:
    assert write_record(LETTERS, ["あ", "1", "い"]) == "あ,1,い\r\n".encode("cp932")
    with pytest.raises(UnwritableError, match="note"):
        write_record(LETTERS, ["あ", "1", "髙"])
    with pytest.raises(RecordsError, match="colour"):
        find_unwritable(LETTERS, [{"colour": "red"}])


def test_without_an_item_a_file_by_position_keeps_every_value_in_its_place() -> None:
    data = written(LETTERS, {**RECORD, "note": "秘密"})
    assert b"".join(strip_items(LETTERS, [data], frozenset({"sender_name"}))) == ",3,秘密\r\n".encode("cp932")
    assert b"".join(strip_items(LETTERS, [data], frozenset({"note"}))) == "浦上　遥,3, \r\n".encode("cp932")


def test_without_an_item_a_file_with_a_heading_loses_the_column_and_keeps_its_mark() -> None:
    data = written(MARKED, RECORD)
    left = b"".join(strip_items(MARKED, [data], frozenset({"pages"})))
    assert left == BYTE_ORDER_MARK + "差出人の氏名,摘要\r\n浦上　遥,\r\n".encode()


@pytest.mark.parametrize(
    ("data", "told"), [(b'"1",2,3\r\n', "never uses"), (b"1,2\r\n", "does not fit"), (b"\xff,2,3\r\n", "decoded")]
)
def test_what_is_not_of_a_layout_by_position_is_not_read(data: bytes, told: str) -> None:
    with pytest.raises(RecordsError, match=told):
        list(read(LETTERS, [data]))
