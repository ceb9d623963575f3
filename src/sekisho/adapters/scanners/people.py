"""Lists of people (個人の一覧): rows with a name and a way to find its bearer, where something else was approved.

Looked for in a stream by a pair of pure functions, like canaries: one looks at a part, the other joins two neighbours
and judges the row across their seam. So the answer is the same however the parts were cut, and by whichever engine.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from sekisho.kernel import PeopleFound
from sekisho.records import Layout

FEWEST: Final = 5
"""From how many rows on it is a list; a letter to one or two people is none."""
LONGEST_ROW: Final = 65_536
_EDGE: Final = r"(?:^|(?<=[,\t\"'|;\x1f\n:： \u3000]))"
_END: Final = r"(?=[,\t\"'|;\x1f\n]|様|さん|殿|\s*$)"
_KANA_NAME: Final = re.compile(r"[ァ-ヴー]{2,12}[ \u3000][ァ-ヴー]{2,12}|[ｦ-ﾟ]{2,16} [ｦ-ﾟ]{2,16}")
_NAME: Final = re.compile(
    rf"{_EDGE}[一-鿿々ヶヵ﨑-﨟]{{1,5}}[ \u3000][一-鿿々ぁ-んァ-ヴー﨑-﨟]{{1,6}}{_END}", re.MULTILINE
)
_ADDRESS: Final = re.compile(
    r"(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{2,3}県)?[一-鿿ぁ-んァ-ヴー]{1,8}[市区町村][^,\t\n\x1f]{0,24}[0-9０-９]"
)
_TELEPHONE: Final = re.compile(
    r"(?<![0-9-])0[0-9]{1,4}[-(][0-9]{1,4}[-)][0-9]{3,4}(?![0-9-])|(?<![0-9])0[5789]0[0-9]{8}(?![0-9])"
)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_POSTCODE: Final = re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{4}(?![0-9-])")
_AMOUNT: Final = re.compile(
    r"[0-9][0-9,]{2,11}円|(?<![0-9,.-])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])|(?:^|(?<=[,\t]))[1-9][0-9]{3,8}(?=[,\t\r]|$)"
)
# Without any of these there is neither name, telephone number nor mail address; each is sought from a rare letter on.
_HINTS: Final = (
    re.compile("[ \u3000](?<=[一-鿿々ァ-ヴーｦ-ﾟ﨑-﨟].)(?=[一-鿿々ぁ-んァ-ヴーｦ-ﾟ﨑-﨟])"),
    re.compile("@(?=[A-Za-z0-9-])"),
    re.compile("0[0-9]{1,4}[-(][0-9]{1,4}[-)][0-9]|0[5789]0[0-9]{8}"),
)
# The same in bytes, asked first: a space in either encoding, a mail address, what a telephone number is written with.
_MARKS: Final = (b" ", b"\x81\x40", b"\xe3\x80\x80", b"@", b"-", b"(", b"050", b"070", b"080", b"090")
_FINDERS: Final = (_ADDRESS, _TELEPHONE, _MAIL, _POSTCODE)
_NAMING: Final = frozenset({"name", "kana"})


def is_person(row: str) -> bool:
    """Does a row name somebody together with where or how to find them, or what they gave?"""
    if not any(each.search(row) for each in _HINTS):
        return False
    reached = any(each.search(row) for each in (_TELEPHONE, _MAIL))
    placed = _ADDRESS.search(row) is not None
    if reached and placed:
        return True
    findable = reached or placed or _POSTCODE.search(row) is not None
    if _KANA_NAME.search(row):
        return findable or _AMOUNT.search(row) is not None
    return findable and _NAME.search(row) is not None


def count_people(text: str) -> int:
    """How many people a document lists. Its rows may be torn apart, so names and places are counted on their own."""
    if not any(each.search(text) for each in _HINTS):
        return 0
    in_rows = sum(1 for row in text.splitlines() if is_person(row))
    names = max(len(set(each.findall(text))) for each in (_KANA_NAME, _NAME))
    places = max(len(set(each.findall(text))) for each in _FINDERS)
    return max(in_rows, min(names, places))


def found_in_document(text: str, where: str) -> tuple[PeopleFound, ...]:
    """The list in the text of a document, in the kernel's words; nothing if it is none."""
    count = count_people(text)
    return (PeopleFound(where=where, count=count, first_row=0),) if count >= FEWEST else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleSeen:
    """What was seen in a part: whole rows, those that name people, and the two ends that other parts go on with.

    A part without any line end is all `head`, and `rows` is -1: it has not even one whole end.
    """

    rows: int = -1
    count: int = 0
    first: int = 0
    head: bytes = b""
    tail: bytes = b""


def _text(data: bytes) -> str:
    """A row as text, in whichever of the two encodings a municipality writes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


def _judge(row: bytes) -> bool:
    """Is this row a person?"""
    return is_person(_text(row[:LONGEST_ROW]).strip("\r\ufeff"))


def look_for_people(data: bytes) -> PeopleSeen:
    """Look at one part of a stream."""
    pieces = data.split(b"\n")
    if len(pieces) == 1:
        return PeopleSeen(head=data)
    inner = pieces[1:-1]
    numbers: list[int] = []
    if any(mark in data for mark in _MARKS):
        text = _text(b"\n".join(inner))
        if any(each.search(text) for each in _HINTS):
            numbers = [number for number, row in enumerate(inner, start=1) if _judge(row)]
    return PeopleSeen(
        rows=len(inner),
        count=len(numbers),
        first=numbers[0] if numbers else 0,
        head=pieces[0][:LONGEST_ROW],
        tail=pieces[-1],
    )


def merge_people(one: PeopleSeen, other: PeopleSeen) -> PeopleSeen:
    """Two neighbours as one; the row across their seam is judged when it is whole."""
    if one.rows < 0:
        return replace(other, head=(one.head + other.head)[:LONGEST_ROW])
    if other.rows < 0:
        return replace(one, tail=(one.tail + other.head)[:LONGEST_ROW])
    between = _judge(one.tail + other.head)
    moved = one.rows + 1
    first = one.first or (moved if between else other.first + moved if other.first else 0)
    return PeopleSeen(
        rows=moved + other.rows,
        count=one.count + between + other.count,
        first=first,
        head=one.head,
        tail=other.tail,
    )


def found_in_stream(seen: PeopleSeen) -> tuple[PeopleFound, ...]:
    """The list in a whole stream, in the kernel's words; nothing if it is none."""
    whole = merge_people(merge_people(PeopleSeen(rows=0), seen), PeopleSeen(rows=0))
    if whole.count < FEWEST:
        return ()
    return (PeopleFound(where="", count=whole.count, first_row=whole.first),)


def search_people(parts: Iterable[bytes]) -> tuple[PeopleFound, ...]:
    """The list in these parts of one stream."""
    return found_in_stream(reduce(merge_people, map(look_for_people, parts), PeopleSeen()))


def names_people(layout: Layout) -> bool:
    """Does the layout itself have columns that name people? Then each of them is an item that was approved or not."""
    return any(field.item in _NAMING or field.item.endswith("_name") for field in layout.fields)
