"""Whether a content is built as what it claims to be, and as nothing else besides. Only headings are read here."""

# ruff: noqa: PLR2004 - the numbers are those of the formats
import struct
from collections.abc import Iterator
from typing import Final

from sekisho.adapters.scanners.directory import find_directory
from sekisho.kernel import MarkCode

PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
GIF: Final = "image/gif"
IMAGES: Final = frozenset({PNG, JPEG, GIF})
_EARLY: Final = 1_024
_NO_SIZE: Final = frozenset({0xD8, 0x01, *range(0xD0, 0xD8)})
_NO_FRAME: Final = frozenset({0xC4, 0xC8, 0xCC})
_MARKUP: Final = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"<iframe")


def _png_end(data: bytes) -> int:
    """Where the last part of a PNG ends; 0 if it has none."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, at = data[at + 4 : at + 8], at + 12 + length
        if kind == b"IEND":
            return at if at <= len(data) else 0
    return 0


def _skip_blocks(data: bytes, at: int) -> int:
    """Behind the pieces of a GIF that each say how long they are."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _gif_end(data: bytes) -> int:
    """Where a GIF ends; 0 if its parts do not follow each other as they must."""
    at = 13 + (3 << ((data[10] & 7) + 1) if len(data) > 13 and data[10] & 0x80 else 0)
    while at < len(data):
        if data[at] == 0x3B:
            return at + 1
        if data[at] == 0x21:
            at = _skip_blocks(data, at + 2)
        elif data[at] == 0x2C and at + 9 < len(data):
            colours = 3 << ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0
            at = _skip_blocks(data, at + 11 + colours)
        else:
            return 0
    return 0


def _jpeg_parts(data: bytes) -> Iterator[tuple[int, int]]:
    """The parts of a JPEG before its picture: which, and where it begins."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        yield marker, at
        if marker == 0xDA:
            return
        at += 2 if marker in _NO_SIZE else 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _jpeg_end(data: bytes) -> int:
    """Where a JPEG ends; 0 if it holds no picture."""
    begins = next((at for marker, at in _jpeg_parts(data) if marker == 0xDA), 0)
    ends = data.rfind(b"\xff\xd9")
    return ends + 2 if 0 < begins < ends else 0


def pixels_of(kind: str, data: bytes) -> int:
    """How many pixels an image announces; 0 if it does not say."""
    if kind == PNG and len(data) >= 24:
        width, height = struct.unpack_from(">2L", data, 16)
        return int(width * height)
    if kind == GIF and len(data) >= 10:
        width, height = struct.unpack_from("<2H", data, 6)
        return int(width * height)
    if kind == JPEG:
        frames = (
            struct.unpack_from(">2H", data, at + 5)
            for marker, at in _jpeg_parts(data)
            if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME and at + 9 <= len(data)
        )
        return max((int(height * width) for height, width in frames), default=0)
    return 0


def _pdf_end(data: bytes) -> int:
    """Where a PDF ends; 0 if it never does."""
    at = data.rfind(b"%%EOF")
    return at + 5 if at >= 0 else 0


_ENDS: Final = {PNG: _png_end, GIF: _gif_end, JPEG: _jpeg_end, PDF: _pdf_end}


def structure_faults(kind: str, data: bytes) -> Iterator[MarkCode]:
    """What speaks against one reading of these bytes as this kind, and no other."""
    if kind in _ENDS:
        end = _ENDS[kind](data)
        if not end:
            yield MarkCode.TYPE_DISAGREES
        elif data[end:].strip(b"\x00\r\n\t "):
            yield MarkCode.TWO_KINDS
    if kind in IMAGES and not pixels_of(kind, data):
        yield MarkCode.TYPE_DISAGREES
    if kind != PDF and b"%PDF-" in data[:_EARLY]:
        yield MarkCode.TWO_KINDS
    if not kind.startswith(("application/zip", "application/vnd.")) and find_directory(data):
        yield MarkCode.TWO_KINDS
    if (kind in IMAGES or kind == PDF) and any(mark in data[:_EARLY].lower() for mark in _MARKUP):
        yield MarkCode.TWO_KINDS
