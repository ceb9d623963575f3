"""From a code page to UTF-8 for whole blocks, quickly: the C library's own converter, where it agrees with our table.

Blocks are only read quickly where nothing about them is in doubt. So an answer here is either exactly what
`decode_text` would give, or none; then the block is read record by record, which finds the byte.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Final

from sekisho.records.characters import decode_text

Transcode = Callable[[bytes], bytes | None]
_MOST_BYTES: Final = 3  # of UTF-8 for one byte: a half-width kana
_FAILED: Final = ctypes.c_size_t(-1).value


def _declare(library: ctypes.CDLL) -> bool:
    """Tell Python how the converter is called; no, if this C library has none."""
    pointer, size = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_size_t)
    try:
        library.iconv_open.restype = ctypes.c_void_p
        library.iconv_open.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        library.iconv.restype = ctypes.c_size_t
        library.iconv.argtypes = [ctypes.c_void_p, pointer, size, pointer, size]
    except AttributeError:
        return False
    return True


def _run(library: ctypes.CDLL, converter: int, data: bytes) -> bytes | None:
    """One conversion; nothing if a byte is none of the code page. The buffer lives as long as the call."""
    out = (ctypes.c_char * (len(data) * _MOST_BYTES + 8)).from_buffer(bytearray(len(data) * _MOST_BYTES + 8))
    source, target = ctypes.c_void_p(), ctypes.c_void_p(ctypes.addressof(out))
    source.value = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value
    left, room = ctypes.c_size_t(len(data)), ctypes.c_size_t(len(out))
    status = library.iconv(
        converter, ctypes.byref(source), ctypes.byref(left), ctypes.byref(target), ctypes.byref(room)
    )
    if status == _FAILED or left.value:
        library.iconv(converter, None, None, None, None)
        return None
    return ctypes.string_at(out, len(out) - room.value)


def _strictly(data: bytes, encoding: str) -> bytes | None:
    """By our own table."""
    try:
        return decode_text(data, encoding).encode("utf-8")
    except UnicodeDecodeError:
        return None


def _agrees(transcode: Transcode) -> bool:
    """Does the converter give what our table gives, for every byte and every pair of bytes?"""
    singles = [bytes((each,)) for each in range(0x100)]
    if any(transcode(each) != _strictly(each, "cp932") for each in singles):
        return False
    for lead in (*range(0x81, 0xA0), *range(0xE0, 0xFD)):
        pairs = [bytes((lead, trail)) for trail in range(0x40, 0xFD)]
        known = b",".join(pair for pair in pairs if _strictly(pair, "cp932") is not None)
        if transcode(known) != _strictly(known, "cp932"):
            return False
        if any(transcode(pair) is not None for pair in pairs if _strictly(pair, "cp932") is None):
            return False
    return True


@cache
def _converter() -> Transcode | None:
    """The C library's converter of code page 932, if it is there and agrees with our table."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    if not _declare(library):
        return None
    converter = library.iconv_open(b"UTF-8", b"CP932")
    if converter in {None, _FAILED}:
        return None

    def transcode(data: bytes) -> bytes | None:
        return _run(library, converter, data)

    return transcode if _agrees(transcode) else None


def to_utf8(data: bytes, encoding: str) -> bytes | None:
    """The same text in UTF-8; nothing if anything about it is in doubt."""
    quick = _converter() if encoding == "cp932" else None
    return quick(data) if quick else _strictly(data, encoding)
