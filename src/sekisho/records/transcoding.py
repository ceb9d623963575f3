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


class _Converter:
    """One converter of the C library. Buffers grow with the blocks, and each serves one call at a time."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._spare: list[tuple[int, ctypes.Array[ctypes.c_char]]] = []

    def __call__(self, data: bytes) -> bytes | None:
        """One conversion; nothing if a byte is none of the code page."""
        wanted = len(data) * _MOST_BYTES + 8
        try:
            handle, buffer = self._spare.pop()
        except IndexError:
            handle, buffer = self._library.iconv_open(b"UTF-8", b"CP932"), ctypes.create_string_buffer(0)
        if len(buffer) < wanted:
            buffer = ctypes.create_string_buffer(wanted)
        text = None if handle in {None, _FAILED} else self._convert(handle, buffer, data)
        self._spare.append((handle, buffer))
        return text

    def _convert(self, handle: int, buffer: "ctypes.Array[ctypes.c_char]", data: bytes) -> bytes | None:
        """The conversion itself; after a byte that is none, the converter is set back to its beginning."""
        source = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p)
        target = ctypes.c_void_p(ctypes.addressof(buffer))
        left, room = ctypes.c_size_t(len(data)), ctypes.c_size_t(len(buffer))
        places = (ctypes.byref(source), ctypes.byref(left), ctypes.byref(target), ctypes.byref(room))
        if self._library.iconv(handle, *places) == _FAILED or left.value:
            self._library.iconv(handle, None, None, None, None)
            return None
        return ctypes.string_at(buffer, len(buffer) - room.value)


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
    converter = _Converter(library)
    return converter if _agrees(converter) else None


def to_utf8(data: bytes, encoding: str) -> bytes | None:
    """The same text in UTF-8; nothing if anything about it is in doubt."""
    quick = _converter() if encoding == "cp932" else None
    return quick(data) if quick else _strictly(data, encoding)
