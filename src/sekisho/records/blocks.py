"""Cutting a stream of bytes into whole records, and records into fields, on bytes and with bounded memory.

In CP932 and UTF-8 the bytes of quotation mark, comma and line feed never stand inside another character, so records
can be cut before anything is decoded, and every fault has its exact byte.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_RECORD: Final = 1 << 20
_QUOTE, _COMMA, _LINE_FEED = b'"', b",", b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Bytes of whole records. `torn` says why the last record is not whole, if it is not."""

    data: bytes
    torn: str = ""


def _cut(data: bytes) -> int:
    """Where the last whole record ends: after a line feed with an even number of quotation marks before it."""
    if _QUOTE not in data:
        return data.rfind(_LINE_FEED) + 1
    end, quotes = len(data), data.count(_QUOTE)
    while (place := data.rfind(_LINE_FEED, 0, end)) >= 0:
        quotes -= data.count(_QUOTE, place, end)
        if quotes % 2 == 0:
            return place + 1
        end = place
    return 0


def cut_blocks(chunks: Iterable[bytes], longest: int = LONGEST_RECORD) -> Iterator[Block]:
    """Whole records, block by block. A record longer than the limit ends the reading: it is torn, and the last."""
    held = b""
    for chunk in chunks:
        held += chunk
        place = _cut(held)
        if place:
            yield Block(data=held[:place])
            held = held[place:]
        elif len(held) > longest:
            yield Block(data=held[:longest], torn="record_too_long")
            return
    if held:
        yield Block(data=held, torn="unclosed_quote" if held.count(_QUOTE) % 2 else "")


def split_records(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record of a block with its offset, line end included."""
    start, end = 0, 0
    while start < len(block):
        end = block.find(_LINE_FEED, end)
        end = len(block) if end < 0 else end + 1
        if end == len(block) or block.count(_QUOTE, start, end) % 2 == 0:
            yield start, block[start:end]
            start = end


def split_fields(record: bytes) -> list[tuple[int, bytes]]:
    """Each field of a record with its offset, as it stands there, quotation marks included."""
    if _QUOTE not in record:
        fields, at = [], 0
        for piece in record.split(_COMMA):
            fields.append((at, piece))
            at += len(piece) + 1
        return fields
    fields, start, end = [], 0, 0
    while True:
        end = record.find(_COMMA, end)
        last = end < 0
        end = len(record) if last else end
        if last or record.count(_QUOTE, start, end) % 2 == 0:
            fields.append((start, record[start:end]))
            start = end + 1
        if last:
            return fields
        end += 1


def unquote(field: bytes) -> bytes | None:
    """The value inside a field's quotation marks; nothing if they are misplaced."""
    if _QUOTE not in field:
        return field
    if len(field) < 2 or field[:1] != _QUOTE or field[-1:] != _QUOTE:  # noqa: PLR2004 - an opening and a closing mark
        return None
    inner = field[1:-1]
    value = inner.replace(b'""', b"")
    return None if _QUOTE in value else inner.replace(b'""', _QUOTE)
