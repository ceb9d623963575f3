"""A ledger published as files (C2SP tlog-tiles): whatever moment it is cut, the checkpoint's own tiles are all there.

Full tiles are written once. A tile that is already there with other bytes is history that was changed after it was
published: that is a fault, and the old tile stays. The checkpoint is replaced last, after everything it speaks of is on
the disk; a later run goes on from the checkpoint that it finds.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sekisho.kernel import LedgerFault, read_checkpoint, split_note

_PARTIAL = ".p"


def _sync(place: Path) -> None:
    """Make names in a folder durable."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class TileFolder:
    """The folder of one published ledger."""

    folder: Path
    _touched: set[Path] = field(default_factory=set)

    def published(self) -> int:
        """How many entries the checkpoint in the folder speaks of."""
        try:
            text = (self.folder / "checkpoint").read_text(encoding="utf-8")
            return read_checkpoint(split_note(text)[0]).size
        except (FileNotFoundError, LedgerFault):
            return 0

    def add(self, files: Iterable[tuple[str, bytes]]) -> int:
        """Put tiles in their places; answers how many were new.

        Raises:
            LedgerFault: A tile lies there already, with other bytes.

        """
        new = 0
        for name, content in files:
            path = self.folder / name
            if path.is_file():
                if path.read_bytes() != content:
                    message = f"公表した {name} と違います / {name} was published with other bytes"
                    raise LedgerFault(message)
                self._touched.add(path.parent)  # whoever wrote it may have been cut before its name was on the disk
                continue
            self._put(path, content)
            new += 1
        return new

    def replace(self, name: str, text: str) -> None:
        """Replace a file that may change: the checkpoint, last of all."""
        self.settle()
        path = self.folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            self._put(path, text.encode())
            self.settle()

    def settle(self) -> None:
        """Everything that was put so far is on the disk, with its name."""
        for place in sorted(self._touched):
            _sync(place)
        self._touched.clear()

    def drop(self, name: str) -> None:
        """Take a bundle away whose contents were pruned, in whatever width it lies there."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        shutil.rmtree(path.with_name(path.name + _PARTIAL), ignore_errors=True)

    def sweep(self, kept: Iterable[str]) -> None:
        """Take away partial tiles that wider ones have replaced; those of `kept` stay."""
        names = {self.folder / each for each in kept}
        for place in [*self.folder.glob(f"tile/**/*{_PARTIAL}")]:
            full = place.with_name(place.name.removesuffix(_PARTIAL))
            for partial in place.iterdir():
                if full.is_file() or partial not in names:
                    partial.unlink()
            if not any(place.iterdir()):
                place.rmdir()

    def _put(self, path: Path, content: bytes) -> None:
        """Write a file under another name, bring it to the disk, and give it its name."""
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            self._touched.update(each for each in path.parents if each.is_relative_to(self.folder))
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        self._touched.add(path.parent)
