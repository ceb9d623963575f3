"""What each byte of a code can be, as eight signs, so that a block is looked through once for all of them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.records.characters import decode_text, encode_text
from sekisho.records.closely import FORMULA_MARKS

STOP, END, QUOTE, LEAD, SECOND, NUMBER, MARK, CONTROL = (np.uint8(1 << bit) for bit in range(8))
LEADS: Final = frozenset({*range(0x81, 0xA0), *range(0xE0, 0xFD)})
_SIGNS: Final[Mapping[int, np.uint8]] = MappingProxyType({0x2C: STOP, 0x0A: STOP | END, 0x0D: END, 0x22: QUOTE})
_CONTROLS: Final = frozenset({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_IN_NUMBERS: Final = (
    "0123456789０１２３４５６７８９ \u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff70\u30fc"
)


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text; none if the encoding has none for it, so that no value can hold it."""
    try:
        return encode_text(text, encoding)
    except UnicodeEncodeError:
        return b""


def one_character(raw: bytes, encoding: str) -> str:
    """The one character that these bytes are; nothing if they are none, or several."""
    try:
        text = decode_text(raw, encoding)
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 else ""


@cache
def byte_classes(encoding: str) -> bytes:
    """The signs of every byte: LEAD if it may be the first of two, SECOND if it can be nothing but the second.

    NUMBER if it may be part of a number in free text, in any spelling, MARK if a formula may begin with it; CONTROL if
    it is a character nobody sees. A comma is a STOP, a return an END, and a line feed both.
    """
    double = encoding.startswith("cp932")
    numbers = {byte for character in _IN_NUMBERS for byte in encoded(character, encoding)}
    marks = {encoded(mark, encoding)[:1] for mark in FORMULA_MARKS}
    classes = bytearray(0x100)
    for byte in range(0x100):
        second = double and byte not in LEADS and not one_character(bytes([byte]), encoding)
        classes[byte] = int(_SIGNS.get(byte, 0)) | sum(
            int(sign)
            for sign, has in (
                (LEAD, double and byte in LEADS),
                (SECOND, second),
                (NUMBER, byte in numbers),
                (MARK, bytes([byte]) in marks),
                (CONTROL, byte in _CONTROLS),
            )
            if has
        )
    return bytes(classes)
