"""What each byte of a code can be, as eight signs, so that a block is looked through once for all of them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from sekisho.records.byte_pairs import encoded, one_character, read_pairs
from sekisho.records.closely import FORMULA_MARKS

STOP, QUOTE, LEAD, NUMBER, MARK, RARE, PLAIN, END = (np.uint8(1 << bit) for bit in range(8))
_SIGNS: Final[Mapping[int, np.uint8]] = MappingProxyType({0x2C: STOP, 0x0A: STOP | END, 0x22: QUOTE})
_CONTROLS: Final = frozenset({*range(0x20), 0x7F} - {0x09})
_PLAIN: Final = frozenset(b"0123456789,")
RETURN: Final = 0x0D
_IN_NUMBERS: Final = (
    "0123456789０１２３４５６７８９ \u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\uff70\u30fc"
)


@cache
def byte_classes(encoding: str) -> bytes:
    """The signs of every byte: LEAD if it is no character alone, and so the first of two or the second.

    RARE if the pairs that it begins are looked up one by one; NUMBER if it may be part of a number in free text, in any
    spelling; PLAIN if it is a digit or a comma; MARK if a formula may begin with it, a return aside, which is sought
    behind quotation marks only. A comma is a STOP, a line feed both STOP and END, and an END is every return and every
    character nobody sees: so a block in which one of these stands has more of them than ends of records.
    """
    double = encoding.startswith("cp932")
    numbers = {byte for character in _IN_NUMBERS for byte in encoded(character, encoding)}
    marks = {encoded(mark, encoding)[:1] for mark in FORMULA_MARKS}
    classes = bytearray(0x100)
    for byte in range(0x100):
        classes[byte] = int(_SIGNS.get(byte, 0)) | sum(
            int(sign)
            for sign, has in (
                (LEAD, double and not one_character(bytes([byte]), encoding)),
                (RARE, double and read_pairs(encoding).is_rare(byte)),
                (NUMBER, byte in numbers),
                (MARK, bytes([byte]) in marks and byte != RETURN),
                (PLAIN, byte in _PLAIN),
                (END, byte in _CONTROLS and byte not in _SIGNS),
            )
            if has
        )
    return bytes(classes)
