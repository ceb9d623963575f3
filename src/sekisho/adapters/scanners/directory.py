"""The directory of a ZIP archive, read from its bytes before anything is unpacked. No file is ever written."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sekisho.kernel import MarkCode

_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LARGE_END: Final = b"PK\x06\x07"
_LONGEST_TAIL: Final = _END.size + 65_535
_NOT_SAID: Final = 0xFFFFFFFF
_DESCRIBED_BEHIND: Final = 0x08
_ENCRYPTED: Final = 0x01 | 0x40 | 0x2000
_UTF8: Final = 0x800
_BEHIND: Final = 24  # the longest description that may stand behind a member
STORED: Final = 0
DEFLATED: Final = 8


class ArchiveFault(Exception):
    """An archive cannot be read on; the code says why."""

    def __init__(self, code: MarkCode, place: str = "") -> None:
        super().__init__(str(code))
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in an archive as the directory tells it; `start` and `end` are where its bytes lie."""

    number: int
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    start: int = 0

    @property
    def end(self) -> int:
        """Where its packed bytes end."""
        return self.start + self.packed

    @property
    def encrypted(self) -> bool:
        """Is it locked?"""
        return bool(self.flags & _ENCRYPTED)

    @property
    def utf8(self) -> bool:
        """Does it say that its name is UTF-8?"""
        return bool(self.flags & _UTF8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where the directory lies and how many files it announces."""

    start: int
    end: int
    count: int
    size: int


def find_directory(data: bytes) -> Directory | None:
    """The directory at the end of these bytes, if there is one; whatever stands before it."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _LONGEST_TAIL))
    if at < 0 or at + _END.size > len(data):
        return None
    _, _, _, _, count, size, _, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        return None
    return Directory(start=at - size, end=at, count=count, size=size)


def _entry(data: bytes, at: int, number: int) -> tuple[Member, int]:
    """One line of the directory, and where the next begins.

    Raises:
        ArchiveFault: There is none.

    """
    if at + _ENTRY.size > len(data):
        raise ArchiveFault(MarkCode.ARCHIVE_DAMAGED)
    told = _ENTRY.unpack_from(data, at)
    if told[0] != b"PK\x01\x02":
        raise ArchiveFault(MarkCode.ARCHIVE_DAMAGED)
    flags, method, crc, packed, size = told[3], told[4], *told[7:10]
    name, extra, comment = told[10:13]
    if _NOT_SAID in {packed, size, told[16]}:  # more than 4 GiB: beyond every limit of ours
        raise ArchiveFault(MarkCode.ARCHIVE_SIZE)
    raw_name = data[at + _ENTRY.size : at + _ENTRY.size + name]
    member = Member(
        number=number,
        raw_name=raw_name,
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        offset=told[16],
        mode=told[15] >> 16,
    )
    return member, at + _ENTRY.size + name + extra + comment


def _located(data: bytes, member: Member) -> Member:
    """The member with the place of its bytes, if its own heading says the same as the directory.

    Raises:
        ArchiveFault: They disagree.

    """
    lies = ArchiveFault(MarkCode.ARCHIVE_LIES, str(member.number))
    if member.offset + _LOCAL.size > len(data):
        raise lies
    told = _LOCAL.unpack_from(data, member.offset)
    name_from = member.offset + _LOCAL.size
    same_name = data[name_from : name_from + told[9]] == member.raw_name
    said = (told[7], told[8])
    same_size = said == (member.packed, member.size) or (member.flags & _DESCRIBED_BEHIND and said == (0, 0))
    if (
        told[0] != b"PK\x03\x04"
        or told[3] != member.method
        or told[2] != member.flags
        or not same_name
        or not same_size
    ):
        raise lies
    start = name_from + told[9] + told[10]
    if start + member.packed > len(data):
        raise lies
    return Member(**{**{each: getattr(member, each) for each in Member.__slots__}, "start": start})


def read_directory(data: bytes, most: int) -> tuple[Directory, tuple[Member, ...]]:
    """All files of an archive, by its directory; each one's own heading says the same.

    Raises:
        ArchiveFault: It cannot be read, lies, or holds more than `most` files.

    """
    directory = find_directory(data)
    if directory is None or directory.start < 0:
        raise ArchiveFault(MarkCode.ARCHIVE_DAMAGED)
    if _LARGE_END in data[max(0, directory.end - 20) : directory.end] or directory.count > most:
        raise ArchiveFault(MarkCode.ARCHIVE_COUNT)
    at, members = directory.start, list[Member]()
    for number in range(1, directory.count + 1):
        member, at = _entry(data, at, number)
        members.append(_located(data, member))
    if at != directory.end:
        raise ArchiveFault(MarkCode.ARCHIVE_LIES)
    return directory, tuple(members)


def disordered(directory: Directory, members: tuple[Member, ...]) -> Iterator[tuple[MarkCode, str]]:
    """Files that overlap, and bytes in the archive that belong to no file."""
    at = 0
    for member in sorted(members, key=lambda each: each.offset):
        if member.offset < at:
            yield MarkCode.ARCHIVE_OVERLAP, str(member.number)
        elif member.offset - at > (_BEHIND if at else 0):
            yield MarkCode.TWO_KINDS, str(member.number)
        at = max(at, member.end)
    if at > directory.start:
        yield MarkCode.ARCHIVE_OVERLAP, ""
    elif directory.start - at > _BEHIND:
        yield MarkCode.TWO_KINDS, ""


def unpack(data: bytes, member: Member) -> bytes:
    """The plain bytes of a member; never more than the directory says.

    Raises:
        ArchiveFault: They are not as the directory says, or cannot be unpacked.

    """
    place, packed = str(member.number), data[member.start : member.end]
    if member.encrypted:
        raise ArchiveFault(MarkCode.ARCHIVE_ENCRYPTED, place)
    if member.method not in {STORED, DEFLATED}:
        raise ArchiveFault(MarkCode.ARCHIVE_METHOD, place)
    plain = packed
    if member.method == DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            plain = inflater.decompress(packed, member.size + 1)
        except zlib.error:
            raise ArchiveFault(MarkCode.ARCHIVE_DAMAGED, place) from None
        if not inflater.eof or inflater.unused_data:
            raise ArchiveFault(MarkCode.ARCHIVE_LIES, place)
    if len(plain) != member.size or zlib.crc32(plain) != member.crc:
        raise ArchiveFault(MarkCode.ARCHIVE_LIES, place)
    return plain
