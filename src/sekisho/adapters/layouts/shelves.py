"""The layouts that ship with the product, read from the package; and a shelf that knows the file of each layout."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sekisho.records import (
    Item,
    Layout,
    LayoutShelf,
    RecordsError,
    choose_version,
    first_records,
    make_shelf,
    parse_layout,
    parse_vocabulary,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFile:
    """One layout, the name of its file, its text, and the SHA-256 of the file's bytes."""

    layout: Layout
    name: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeShelf:
    """The layouts that hold in this office, and the file that each was read from."""

    shelf: LayoutShelf
    files: tuple[LayoutFile, ...]

    def file_of(self, layout: Layout) -> LayoutFile:
        """The file that a layout was read from.

        Raises:
            RecordsError: It is not of this shelf.

        """
        for each in self.files:
            if each.layout is layout:
                return each
        message = f"layout {layout.layout} {layout.version} is not of this shelf"
        raise RecordsError(message)

    def choose(self, layout: str, head: bytes, on: date | None = None) -> LayoutFile:
        """The version that a file is written in, by its first bytes: of those accepted on a day, or of all.

        Raises:
            RecordsError: There is no such layout, or none is accepted on that day.

        """
        versions = [each for each in self.shelf.layouts if each.layout == layout]
        newest = sorted(versions, key=lambda each: each.effective_from, reverse=True)
        accepted = newest if on is None and newest else self.shelf.accepted(layout, on or date.max)
        return self.file_of(choose_version(accepted, first_records(head)))

    def inspected_by(self, layout: str, version: str, sha256: str) -> Layout:
        """The layout that a file was inspected by, byte for byte.

        Raises:
            RecordsError: It is not on the shelf any more, or was changed since.

        """
        for each in self.files:
            if (each.layout.layout, each.layout.version, each.sha256) == (layout, version, sha256):
                return each.layout
        ja = f"様式 {layout} {version} は検査したときのものではありません。ファイルを送り直してください"
        message = f"{ja} / layout {layout} {version} is not what the file was inspected by; send it again"
        raise RecordsError(message)

    def version(self, layout: str, version: str) -> Layout:
        """One version of a layout by its name.

        Raises:
            RecordsError: There is none; it says which there are.

        """
        versions = {each.version: each for each in self.shelf.layouts if each.layout == layout}
        if version not in versions:
            known = ", ".join(versions) or ", ".join(sorted({each.layout for each in self.shelf.layouts}))
            message = f"様式 {layout} {version} はありません / there is no such version or layout (known: {known})"
            raise RecordsError(message)
        return versions[version]


def read_layout(body: bytes, name: str, origin: str) -> LayoutFile:
    """One layout from the bytes of its file.

    Raises:
        RecordsError: It cannot be read; with the name of the file and the place.

    """
    try:
        text = body.decode("utf-8")
        layout = parse_layout(text, origin)
    except UnicodeDecodeError as fault:
        message = f"{name}: UTF-8 ではありません({fault.start} バイト目) / not UTF-8 at byte {fault.start}"
        raise RecordsError(message) from fault
    except RecordsError as fault:
        message = f"{name}: {fault}"
        raise RecordsError(message) from fault
    return LayoutFile(layout=layout, name=name, text=text, sha256=hashlib.sha256(body).hexdigest())


@cache
def _shipped() -> tuple[tuple[LayoutFile, ...], tuple[Item, ...]]:
    """Every shipped layout with its file, and the vocabulary of data items."""
    folder = files("sekisho.records").joinpath("layouts")
    bodies = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".yaml")}
    vocabulary = parse_vocabulary(bodies.pop("items.yaml").decode("utf-8"))
    return tuple(read_layout(bodies[name], name, "shipped") for name in sorted(bodies)), vocabulary


def shipped_files() -> tuple[LayoutFile, ...]:
    """Every shipped layout with its file."""
    return _shipped()[0]


@cache
def shipped_layouts() -> LayoutShelf:
    """Every shipped layout and the vocabulary of data items."""
    found, vocabulary = _shipped()
    return make_shelf([each.layout for each in found], vocabulary)


def stock(found: tuple[LayoutFile, ...]) -> OfficeShelf:
    """A shelf of these layouts; two versions of one layout on one date are refused.

    Raises:
        RecordsError: With the two versions.

    """
    shelf = make_shelf([each.layout for each in found], shipped_layouts().vocabulary)
    return OfficeShelf(shelf=shelf, files=found)
