"""Which pairs of bytes are a character of code page 932, asked once of our own strict decoder."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sekisho.records.characters import decode_text, encode_text, is_private

LEADS: Final = frozenset({*range(0x81, 0xA0), *range(0xE0, 0xFD)})
GOOD, PRIVATE, WRONG = 0, 1, 2
HALF, SETS = np.uint8(4), np.uint8(0x0F)
_OFTEN: Final = {0x81: 2, 0x82: 4, 0x83: 8}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A code page: which pairs of bytes are none, or a private character, and which characters have two codes.

    `sets` says of each byte which sets of good pairs it may begin, in the lower half, or end.
    """

    kinds: npt.NDArray[np.uint8]
    sets: bytes
    twice: frozenset[str]

    def is_rare(self, byte: int) -> bool:
        """Must the pairs that begin with this byte be looked up one by one?"""
        return self.sets[byte] & int(SETS) == int(SETS)


def _read_sets(plain: npt.NDArray[np.bool_]) -> bytes:
    """For each byte, the sets of pairs it may begin, in the lower half, and those that it may end, in the upper half.

    There is one set for kanji of which every second byte is one, and one for each of the first three rows: signs,
    hiragana, kana. A first byte of any other kind is in all sets: its pairs are looked up one by one.
    """
    sets, full = [0] * 0x100, plain[0x89]
    for byte in LEADS:
        sets[byte] = _OFTEN.get(byte, 1 if (plain[byte] == full).all() else int(SETS))
    for trail in range(0x100):
        ends = full[trail] | sum(bit for lead, bit in _OFTEN.items() if plain[lead, trail])
        sets[trail] |= int(ends) << int(HALF)
    return bytes(sets)


@cache
def read_pairs(encoding: str) -> Pairs:
    """Ask our decoder for every pair."""
    kinds = np.full(0x10000, WRONG, dtype=np.uint8)
    seen: Counter[str] = Counter()
    for lead in LEADS:
        for trail in range(0x40, 0x100):
            character = one_character(bytes([lead, trail]), encoding)
            seen[character] += 1
            if character:
                kinds[lead << 8 | trail] = PRIVATE if is_private(character) else GOOD
    sets = _read_sets(kinds.reshape(0x100, 0x100) == GOOD)
    twice = frozenset(character for character, count in seen.items() if character and count > 1)
    return Pairs(kinds=kinds, sets=sets, twice=twice)


def may_be_written_otherwise(text: str, encoding: str) -> bool:
    """Does a character stand in this text that has two codes?"""
    return encoding.startswith("cp932") and not read_pairs(encoding).twice.isdisjoint(text)
