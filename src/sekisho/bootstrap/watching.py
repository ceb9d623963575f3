"""Watched folders: what a machine lays there is taken in through the doors once it has settled, and then removed.

A file is settled when it has not changed between two looks. Names that begin with a dot or end as drafts do are left
alone, so that a machine that writes under such a name and renames is never read too early.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.bootstrap.intake import Drop, Taking, begin_taking
from sekisho.kernel import Credential, Refused, SekishoError

_DRAFTS: Final = (".part", ".tmp", ".filepart", ".crdownload", ".refused", ".refused.txt")
_PIECE: Final = 1 << 16
Look = dict[str, tuple[int, int, int]]
"""What was seen of each file: size, time of change, number of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFolder:
    """A folder, and as whom and for which connection its files are taken in."""

    folder: str
    tenant: str
    connection: str
    terminal: str
    person: str


def watched_folders(home: Home) -> tuple[WatchedFolder, ...]:
    """Every folder that was entered.

    Raises:
        SekishoError: What was entered cannot be read.

    """
    place = home.folder / "watched.json"
    if not place.exists():
        return ()
    try:
        return tuple(WatchedFolder(**each) for each in json.loads(place.read_bytes()))
    except (ValueError, TypeError) as fault:
        message = "watched.json cannot be read"
        raise SekishoError(message) from fault


def keep_watched(home: Home, watched: WatchedFolder) -> None:
    """Enter a folder, or change what was entered for it."""
    others = [each for each in watched_folders(home) if each.folder != watched.folder]
    draft = home.folder / f".watched.{os.getpid()}"
    draft.write_text(json.dumps([asdict(each) for each in (*others, watched)], ensure_ascii=False), encoding="utf-8")
    draft.replace(home.folder / "watched.json")


def look_into(watched: WatchedFolder) -> Look:
    """Every file there that is no draft."""
    folder, seen = Path(watched.folder), Look()
    for entry in sorted(os.scandir(folder), key=lambda each: each.name) if folder.is_dir() else ():
        if entry.name.startswith(".") or entry.name.endswith(_DRAFTS) or not entry.is_file(follow_symlinks=False):
            continue
        told = entry.stat(follow_symlinks=False)
        seen[entry.name] = (told.st_size, told.st_mtime_ns, told.st_ino)
    return seen


def _pieces(descriptor: int) -> Iterator[bytes]:
    """The bytes of an open file."""
    while piece := os.read(descriptor, _PIECE):
        yield piece


def _read_into(taking: Taking, place: Path) -> tuple[int, int, int]:
    """Take the bytes of a file, never through a link; answers what the file was when it had been read.

    Raises:
        Refused: They are more than the council approved; nothing is kept.

    """
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        for piece in _pieces(descriptor):
            taking.feed(piece)
        told = os.fstat(descriptor)
    except Refused:
        taking.discard()
        raise
    finally:
        os.close(descriptor)
    return told.st_size, told.st_mtime_ns, told.st_ino


def take_file(watched: WatchedFolder, name: str, seen: tuple[int, int, int]) -> bool:
    """Take one settled file in and remove it; answers whether it landed. A refused one is set aside with its reasons.

    Raises:
        SekishoError: Something is broken; the file stays, and is tried again.

    """
    place = Path(watched.folder) / name
    credential = Credential(kind="shell", value=f"{watched.terminal}/{watched.person}")
    key = "/".join((name[:80], *map(str, seen)))
    told = Drop(tenant=watched.tenant, connection=watched.connection, credential=credential, name=key)
    try:
        taking = begin_taking(told)
        if _read_into(taking, place) != seen:
            taking.discard()  # it was not settled after all
            return False
        taking.finish()
    except Refused as refusal:
        _set_aside(place, refusal)
        return False
    except OSError as fault:
        message = f"a watched file cannot be read: {fault.strerror}"
        raise SekishoError(message) from fault
    place.unlink()
    return True


def _set_aside(place: Path, refusal: Refused) -> None:
    """Let whoever laid it there see why it was not taken."""
    aside = place.with_name(f"{place.name}.refused")
    lines = [f"{reason.ja} {reason.next_ja}\n{reason.en} {reason.next_en}\n" for reason in refusal.reasons]
    place.rename(aside)
    aside.with_name(f"{aside.name}.txt").write_text("".join(lines), encoding="utf-8")


def take_settled(watched: WatchedFolder, before: Look) -> tuple[Look, int]:
    """Take in what has not changed since the last look; answers this look, and how many landed."""
    seen, landed = look_into(watched), 0
    for name, told in seen.items():
        if before.get(name) == told:
            landed += take_file(watched, name, told)
    return seen, landed
