"""The municipality's own layouts: a folder in the home folder, in which one file is one version of a layout.

It replaces the shipped one of the same layout and version, or adds a version. If one of them is wrong, none is used,
and every reader hears which file it is and where.
"""

import os
import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from sekisho import records
from sekisho.adapters.database.home import find_home
from sekisho.adapters.layouts.shelves import (
    LayoutFile,
    OfficeShelf,
    read_layout,
    shipped_files,
    shipped_layouts,
    stock,
)
from sekisho.records import RecordsError

OWN: Final = "own"
LARGEST_LAYOUT: Final = 1 << 20
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def own_folder() -> Path:
    """Where this installation keeps its own layouts."""
    return find_home().folder / "layouts"


def _known_items(vocabulary: Iterable[str]) -> frozenset[str]:
    """The words for data items: those of the vocabulary and of the shipped layouts."""
    shipped = (item for each in shipped_files() for item in each.layout.items())
    return frozenset(vocabulary) | frozenset(shipped)


def weigh_layout(body: bytes, name: str) -> LayoutFile:
    """A layout of our own, read strictly and tried with its golden records.

    Raises:
        RecordsError: It cannot be used; with the name of the file and the place.

    """
    if len(body) > LARGEST_LAYOUT:
        message = f"{name}: 大きすぎます / larger than a layout can be"
        raise RecordsError(message)
    found = read_layout(body, name, OWN)
    layout = found.layout
    known = _known_items(each.item for each in shipped_layouts().vocabulary)
    strangers = [f"{field.name}: {field.item}" for field in layout.fields if field.item not in known]
    if strangers:
        message = f"{name}: 語彙にない項目 / no word of the vocabulary: {', '.join(strangers)}"
        raise RecordsError(message)
    if not (_NAME.fullmatch(layout.layout) and _NAME.fullmatch(layout.version)) or not layout.golden:
        message = f"{name}: 様式名・版は英数字で、見本(golden)が要ります / needs plain names and golden records"
        raise RecordsError(message)
    try:
        records.try_golden(layout)
    except RecordsError as fault:
        message = f"{name}: {fault}"
        raise RecordsError(message) from fault
    return found


def _yaml_files(folder: Path) -> list[Path]:
    """The files of the folder that are layouts.

    Raises:
        RecordsError: One looks like a layout that would silently not be read.

    """
    if not folder.is_dir():
        return []
    found = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    for each in found:
        if each.suffix.lower() in {".yml", ".yaml"} and each.suffix != ".yaml":
            message = f"{each.name}: 拡張子は .yaml です / a layout's name ends in .yaml"
            raise RecordsError(message)
    return [each for each in found if each.suffix == ".yaml"]


def merge_files(own: Iterable[LayoutFile]) -> OfficeShelf:
    """The shipped layouts with ours in their place.

    Raises:
        RecordsError: Two files of ours are one version, or two versions hold on one date.

    """
    ours: dict[tuple[str, str], LayoutFile] = {}
    for each in own:
        key = (each.layout.layout, each.layout.version)
        if key in ours:
            message = f"{each.name}: {ours[key].name} と同じ様式・版です / the same layout and version"
            raise RecordsError(message)
        ours[key] = each
    kept = (each for each in shipped_files() if (each.layout.layout, each.layout.version) not in ours)
    try:
        return stock((*kept, *ours.values()))
    except RecordsError as fault:
        message = f"{', '.join(each.name for each in ours.values())}: {fault}"
        raise RecordsError(message) from fault


@lru_cache(maxsize=8)
def _read(bodies: tuple[tuple[str, bytes], ...]) -> OfficeShelf:
    """The shelf that these files of ours lead to, worked out once for each content."""
    return merge_files(weigh_layout(body, name) for name, body in bodies)


def _bodies(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Names and contents of our own layouts.

    Raises:
        RecordsError: One cannot be read.

    """
    try:
        return tuple((each.name, each.read_bytes()) for each in _yaml_files(folder))
    except OSError as fault:
        message = f"{fault.filename}: {fault.strerror}"
        raise RecordsError(message) from fault


def layouts_in_use(folder: Path | None = None) -> OfficeShelf:
    """The layouts that hold here today: shipped, and our own in their place.

    Raises:
        RecordsError: One of our own files cannot be used; then none is, and it says which and where.

    """
    return _read(_bodies(folder or own_folder()))


def _sync(folder: Path) -> None:
    """Make a new name in the folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def draft_layout(found: LayoutFile, body: bytes, folder: Path) -> tuple[Path, Path]:
    """Lay a layout down beside its place, durably and unseen; answers with the draft and the place.

    Raises:
        RecordsError: With what lies in the folder already, it could not be used.

    """
    place = folder / f"{found.layout.layout}@{found.layout.version}.yaml"
    others = tuple(each for each in _bodies(folder) if each[0] != place.name)
    _read((*others, (place.name, body)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{place.name}.{secrets.token_hex(8)}"
    with draft.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return draft, place


def put_layout(draft: Path, place: Path) -> None:
    """Put the draft into its place at one stroke: before it the old file holds, after it the new one."""
    draft.replace(place)
    _sync(place.parent)


def codes_in(name: str) -> dict[str, tuple[str, ...]]:
    """The words that a layout in use allows in each field that has a choice."""
    layout = layouts_in_use().choose(name, b"").layout
    return {field.name: tuple(field.codes) for field in layout.fields if field.codes}
