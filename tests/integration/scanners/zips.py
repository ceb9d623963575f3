"""Archives made byte by byte, with whatever is wrong with them."""

import struct
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file, as its own heading and the directory tell it."""

    name: bytes = b"a.csv"
    data: bytes = b"1,2\r\n"
    flags: int = 0
    told_size: int | None = None
    directory_name: bytes | None = None
    mode: int = 0
    packed: bytes | None = None
    at: int | None = None
    method: int = 8


def deflate(data: bytes) -> bytes:
    """Packed bytes without a frame."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def build(*entries: Entry, before: bytes = b"", after: bytes = b"") -> bytes:
    """An archive of these files."""
    body, directory = bytearray(before), bytearray()
    for entry in entries:
        packed = entry.packed if entry.packed is not None else deflate(entry.data)
        size = len(entry.data) if entry.told_size is None else entry.told_size
        crc, offset = zlib.crc32(entry.data), len(body) if entry.at is None else entry.at
        if entry.at is None:
            told = (20, entry.flags, entry.method, 0, 0, crc, len(packed), size, len(entry.name), 0)
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *told) + entry.name + packed
        name = entry.directory_name if entry.directory_name is not None else entry.name
        listed = (0x0314, 20, entry.flags, entry.method, 0, 0, crc, len(packed), size, len(name), 0, 0, 0, 0)
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *listed, entry.mode << 16, offset) + name
    end = (0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)) + after
