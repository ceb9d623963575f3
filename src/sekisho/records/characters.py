"""Strict CP932: what Windows calls code page 932, decoded and encoded without ever losing a character.

Python's own codec is not strict (FD, FE, FF and the user-defined area decode silently) and writes 髙 as EEE0 where
Windows writes FBFC. Both are put right here.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_PRIVATE: Final = (0xE000, 0xF8FF)
_PRIVATE_AREA: Final = re.compile("[\ue000-\uf8ff]")
# Python writes ¢ £ ¬ ‖ − 〜 with the bytes of a look-alike, which nobody could undo: they are refused, never changed.
_NOT_WRITTEN: Final = re.compile("[\xa2\xa3\xac\u2016\u2212\u301c\x80\uf8f0-\uf8f3]")
_NO_CHARACTER: Final = re.compile("[\x80\uf8f0-\uf8f3]")
_CODECS: Final[Mapping[str, str]] = MappingProxyType(
    {"cp932": "cp932", "cp932-jis0208": "cp932", "utf-8": "utf-8", "utf-8-bom": "utf-8"}
)
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
OUTSIDE: Final = "outside JIS X 0208"
_LAST_OF_LEVEL_TWO: Final = 0xEAA4
_LEADS: Final = frozenset({*range(0x81, 0x85), *range(0x88, 0xA0), *range(0xE0, 0xEB)})


def is_private(character: str) -> bool:
    """A user-defined or private-use character (外字)?"""
    return _PRIVATE[0] <= ord(character) <= _PRIVATE[1]


def find_private(text: str) -> int:
    """Where the first private character stands, or -1."""
    found = _PRIVATE_AREA.search(text)
    return found.start() if found else -1


def private_codes(text: str, encoding: str) -> tuple[str, ...]:
    """The code of each private character, as the sender's own code page has it: F040 in CP932, U+E000 elsewhere."""
    if _CODECS[encoding] != "cp932":
        return tuple(f"U+{ord(each):04X}" for each in _PRIVATE_AREA.findall(text))
    return tuple(each.encode("cp932", "backslashreplace").hex().upper() for each in _PRIVATE_AREA.findall(text))


def _decode_strictly(raw: bytes, encoding: str) -> str:
    """The text that these bytes are, by Windows's own table.

    Raises:
        UnicodeDecodeError: With the first byte that is none; Python's codec lets 80, A0, FD, FE and FF through.

    """
    codec = _CODECS[encoding]
    try:
        text, fault = raw.decode(codec), None
    except UnicodeDecodeError as found:
        text, fault = raw[: found.start].decode(codec), found
    if codec == "cp932" and (stray := _NO_CHARACTER.search(text)):
        start = len(text[: stray.start()].encode("cp932"))
        fault = UnicodeDecodeError(encoding, raw, start, start + 1, "no character of code page 932")
    if fault is not None:
        raise fault
    return text


def decode_text(raw: bytes, encoding: str) -> str:
    """The text that these bytes are, strictly. `cp932-jis0208` lets only the characters of JIS X 0208 through.

    Raises:
        UnicodeDecodeError: With the first byte that is none, or, with the reason `OUTSIDE`, that is none of the set.

    """
    if encoding == "cp932-jis0208":
        try:
            raw.decode("shift_jis")  # exactly JIS X 0208 and the half-width characters
        except UnicodeDecodeError as found:
            _decode_strictly(raw, encoding)
            raise UnicodeDecodeError(encoding, raw, found.start, found.start + 2, OUTSIDE) from found
    return _decode_strictly(raw, encoding)


def is_jis_x_0208(character: str) -> bool:
    """Is it a full-width character of JIS X 0208: no extension of NEC or IBM, no half-width kana?"""
    try:
        raw = encode_text(character, "cp932")
    except UnicodeEncodeError:
        return False
    return len(raw) > 1 and raw[0] in _LEADS and int.from_bytes(raw, "big") <= _LAST_OF_LEVEL_TWO


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


@cache
def _limited_set() -> frozenset[str]:
    """The characters that `cp932-jis0208` is limited to: ASCII, half-width kana and JIS X 0208."""
    return frozenset(each for each in map(chr, range(0x10000)) if each.isascii() or _is_limited(each))


def _is_limited(character: str) -> bool:
    """A half-width kana or a character of JIS X 0208?"""
    return "\uff61" <= character <= "\uff9f" or is_jis_x_0208(character)


def _check_set(text: str, encoding: str) -> None:
    """Are all characters of the set that the encoding is limited to?

    Raises:
        UnicodeEncodeError: With the first that is not.

    """
    if set(text) <= _limited_set():
        return
    place = next(place for place, each in enumerate(text) if each not in _limited_set())
    raise UnicodeEncodeError(encoding, text, place, place + 1, OUTSIDE)


def encode_text(text: str, encoding: str) -> bytes:
    """The bytes as Windows writes them.

    Raises:
        UnicodeEncodeError: A character cannot be written; nothing is ever replaced.

    """
    raw = text.encode(_CODECS[encoding])
    if _CODECS[encoding] != "cp932" or text.isascii():
        return raw
    if refused := _NOT_WRITTEN.search(text):
        raise UnicodeEncodeError(encoding, text, refused.start(), refused.end(), "would become another character")
    if encoding == "cp932-jis0208":
        _check_set(text, encoding)
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
            encode_text(each, encoding)
        except UnicodeEncodeError:
            places.append(place)
    return places
