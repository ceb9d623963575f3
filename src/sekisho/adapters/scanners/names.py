"""Names of files in an archive: what hides, escapes, or could be taken for another. They are written nowhere."""

import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from sekisho.adapters.scanners.directory import Member
from sekisho.kernel import MarkCode

_HIDING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}) | frozenset(
    f"{port}{number}" for port in ("com", "lpt") for number in (*"123456789", "¹", "²", "³")
)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_PLAIN_KINDS: Final = frozenset({0, stat.S_IFREG, stat.S_IFDIR})


def read_name(member: Member) -> str | None:
    """The name as people read it: UTF-8 if it says so, otherwise as Windows in Japan writes it; nothing if neither."""
    for encoding in ("utf-8",) if member.utf8 else ("ascii", "cp932"):
        try:
            return member.raw_name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def folded(name: str) -> str:
    """The name as file systems and people compare it: width, composition and case make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def ending_of(name: str) -> str:
    """The ending behind the last full stop, in small letters."""
    return folded(name.rsplit("/", 1)[-1]).rpartition(".")[2] if "." in name else ""


def _is_device(name: str) -> bool:
    """Is a part of the name that of a device, or does Windows cut its end off?"""
    parts = [each for each in folded(name).split("/") if each]
    stems = {part.split(".")[0].rstrip(" ") for part in parts}
    return bool(stems & _DEVICES) or any(part != part.rstrip(" .") for part in parts)


def _escapes(name: str) -> bool:
    """Does it point outside, on any system, also by look-alikes of full width?"""
    plain = unicodedata.normalize("NFKC", name).replace("\\", "/")
    return plain.startswith("/") or "\\" in name or bool(_DRIVE.match(plain)) or ".." in plain.split("/")


def _name_codes(name: str, length: int, most: int) -> Iterator[MarkCode]:
    """What is wrong with one name by itself."""
    if length > most:
        yield MarkCode.NAME_TOO_LONG
    if any(unicodedata.category(character) in _HIDING for character in name):
        yield MarkCode.NAME_HIDES
    if _escapes(name):
        yield MarkCode.NAME_ESCAPES
    elif _is_device(name):
        yield MarkCode.NAME_RESERVED


def name_faults(members: Iterable[Member], most: int) -> Iterator[tuple[MarkCode, str]]:
    """What is wrong with the names of an archive, and with which file."""
    seen: Counter[str] = Counter()
    for member in members:
        place, name = str(member.number), read_name(member)
        if stat.S_IFMT(member.mode) not in _PLAIN_KINDS:
            yield MarkCode.ARCHIVE_LINK, place
        if name is None:
            yield MarkCode.NAME_NOT_READ, place
            continue
        yield from ((code, place) for code in _name_codes(name, len(member.raw_name), most))
        seen[folded(name).rstrip("/")] += 1
        if seen[folded(name).rstrip("/")] > 1:
            yield MarkCode.NAME_TWICE, place
