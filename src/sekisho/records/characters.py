"""Strict CP932: what Windows calls code page 932, decoded and encoded without ever losing a character.

Python's own codec is not strict (FD, FE, FF and the user-defined area decode silently) and writes 髙 as EEE0 where
Windows writes FBFC. Both are put right here.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_PRIVATE: Final = (0xE000, 0xF8FF)


def is_private(character: str) -> bool:
    """A user-defined or private-use character (外字)?"""
    return _PRIVATE[0] <= ord(character) <= _PRIVATE[1]


def find_private(text: str) -> int:
    """Where the first private character stands, or -1."""
    if text.isascii():
        return -1
    return next((place for place, each in enumerate(text) if "\ue000" <= each <= "\uf8ff"), -1)


@cache
def windows_codes() -> Mapping[str, bytes]:
    """The characters that Windows writes with other bytes than Python: the IBM extensions at FA-FC."""
    codes = {}
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            raw = bytes([lead, trail])
            try:
                character = raw.decode("cp932")
            except UnicodeDecodeError:
                continue
            if character.encode("cp932") != raw and character.encode("cp932")[0] in {0xED, 0xEE}:
                codes[character] = raw
    return MappingProxyType(codes)


def encode_text(text: str, encoding: str) -> bytes:
    """The bytes as Windows writes them.

    Raises:
        UnicodeEncodeError: A character cannot be written; nothing is ever replaced.

    """
    raw = text.encode(encoding)
    if encoding != "cp932" or text.isascii():
        return raw
    codes = windows_codes()
    if not any(each in codes for each in text):
        return raw
    return b"".join(codes.get(each) or each.encode("cp932") for each in text)


def unwritable(text: str, encoding: str) -> list[int]:
    """Where the characters stand that this encoding cannot write."""
    places = []
    for place, each in enumerate(text):
        try:
            each.encode(encoding)
        except UnicodeEncodeError:
            places.append(place)
    return places
