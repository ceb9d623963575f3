"""Cutting a stream of bytes into whole records, and records into fields, on bytes and with bounded memory.

In CP932 and UTF-8 the bytes of quotation mark, comma and line feed never stand inside another character, so records
can be cut before anything is decoded, and every fault has its exact byte. Each byte is looked at once, whatever the
sender wrote: quotation marks are counted on, never again from the start. In a layout that knows no quotation marks
(`quotes=False`) they are bytes like any other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from sekisho.records.characters import decode_text

LONGEST_RECORD: Final = 1 << 20
BLOCK: Final = 1 << 20  # a piece of the landing store; larger ones only cost memory
_QUOTE, _COMMA, _LINE_FEED = b'"', b",", b"\n"
_MARK: Final = ord(_QUOTE)
# Only for bytes in which every mark is closed and every field has a comma behind it: so it never has to go back.
_FIELD: Final = re.compile(b'([^",]*(?:"[^"]*"[^",]*)*),')


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Bytes of whole records. `torn` says why the last record is not whole, if it is not."""

    data: bytes
    torn: str = ""


def _is_odd(data: bytes, start: int, end: int) -> bool:
    """Is the number of quotation marks between these places odd?"""
    marks = np.frombuffer(data, dtype=np.uint8, count=end - start, offset=start) == _MARK
    return int(np.count_nonzero(marks)) % 2 == 1


def _cut(data: bytes, start: int, end: int, *, quotes: bool) -> int:
    """Where the last whole record ends between these places, of which the first begins a record; there if none does.

    It ends after a line feed with an even number of quotation marks before it.
    """
    odd, seen = quotes and _is_odd(data, start, end), end
    while (place := data.rfind(_LINE_FEED, start, seen)) >= 0:
        odd ^= quotes and data.count(_QUOTE, place, seen) % 2 == 1
        if not odd:
            return place + 1
        seen = place
    return start


def _last_end(data: bytes, longest: int, *, quotes: bool) -> tuple[int, bool]:
    """Where the last whole record ends; and whether what follows is longer than a record may be.

    It is sought in steps of at most the longest record, so that none that is longer is passed over.
    """
    start, size = 0, len(data)
    while start < size:
        place = _cut(data, start, min(start + longest, size), quotes=quotes)
        if place == start:
            return start, size - start > longest
        start = place
    return start, False


def _portion(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in chunks of at most this size, so that no block grows with what it is handed at once."""
    for chunk in chunks:
        if len(chunk) <= size:
            yield chunk
        else:
            yield from (chunk[start : start + size] for start in range(0, len(chunk), size))


def _gather(chunks: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """The same bytes in lists of at least this size, but for the last."""
    held: list[bytes] = []
    count = 0
    for chunk in chunks:
        held.append(chunk)
        count += len(chunk)
        if count >= size:
            yield held
            held, count = [], 0
    if count:
        yield held


def _join_to_last_line(held: bytes, pieces: list[bytes]) -> tuple[bytes, bytes]:
    """The bytes up to the last line feed of the last piece, and the rest of it.

    Nearly always a record ends there, and then nothing is copied a second time.
    """
    last = pieces[-1]
    end = last.rfind(_LINE_FEED) + 1
    return b"".join((held, *pieces[:-1], memoryview(last)[:end])), last[end:]


def cut_blocks(
    chunks: Iterable[bytes], longest: int = LONGEST_RECORD, *, size: int = BLOCK, quotes: bool = True
) -> Iterator[Block]:
    """Whole records, block by block. A record longer than the limit ends the reading: it is torn, and the last."""
    held = b""
    for pieces in _gather(_portion(chunks, size), size):
        data, rest = _join_to_last_line(held, pieces)
        place, too_long = _last_end(data, longest, quotes=quotes)
        if place < len(data) or len(rest) > longest:
            data, rest = data + rest, b""
            place, too_long = _last_end(data, longest, quotes=quotes)
        if place:
            yield Block(data=data[:place])
        if too_long:
            yield Block(data=data[place : place + longest], torn="record_too_long")
            return
        held = data[place:] + rest
    if held:
        yield Block(data=held, torn="unclosed_quote" if quotes and _is_odd(held, 0, len(held)) else "")


def split_records(block: bytes, *, quotes: bool = True) -> Iterator[tuple[int, bytes]]:
    """Each record of a block with its offset, line end included."""
    start, end, odd = 0, 0, False
    counts = quotes and _QUOTE in block
    while end < len(block):
        seen, end = end, block.find(_LINE_FEED, end)
        end = len(block) if end < 0 else end + 1
        odd ^= counts and block.count(_QUOTE, seen, end) % 2 == 1
        if end == len(block) or not odd:
            yield start, block[start:end]
            start, odd = end, False


def cut_fields(record: bytes, *, quotes: bool = True) -> list[bytes]:
    """Each field of a record as it stands there, quotation marks included; an open one reaches to the end."""
    if not quotes or _QUOTE not in record:
        return record.split(_COMMA)
    if record.count(_QUOTE) % 2 == 0:
        return _FIELD.findall(record + _COMMA)
    fields = _FIELD.findall(record[: record.rindex(_QUOTE)] + _COMMA)[:-1]
    return [*fields, record[sum(map(len, fields)) + len(fields) :]]


def split_fields(record: bytes, *, quotes: bool = True) -> list[tuple[int, bytes]]:
    """Each field of a record with its offset, as it stands there, quotation marks included."""
    fields = cut_fields(record, quotes=quotes)
    return list(zip(accumulate((len(field) + 1 for field in fields), initial=0), fields, strict=False))


def unquote(field: bytes) -> bytes | None:
    """The value inside a field's quotation marks; nothing if they are misplaced."""
    if _QUOTE not in field:
        return field
    if len(field) < 2 or field[:1] != _QUOTE or field[-1:] != _QUOTE:  # noqa: PLR2004 - an opening and a closing mark
        return None
    inner = field[1:-1]
    value = inner.replace(b'""', b"")
    return None if _QUOTE in value else inner.replace(b'""', _QUOTE)


def plain_values(record: bytes, encoding: str) -> list[str] | None:
    """The values of a record without quotation marks that can be decoded in one go; nothing if it needs a closer look.

    Bytes may be decoded before the commas are sought: no byte of a comma stands inside another character.
    """
    if _QUOTE in record:
        return None
    try:
        return decode_text(record, encoding).split(",")
    except UnicodeDecodeError:
        return None
