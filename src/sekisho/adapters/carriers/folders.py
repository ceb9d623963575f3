"""A folder as a shelf: a share of the counterpart's, or a medium that is carried by hand."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sekisho.adapters.carriers.addresses import Counterpart
from sekisho.adapters.carriers.away import AwayError
from sekisho.adapters.database.home import Home


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """Files in one folder; each appears by one step of the file system, whole, and never over another."""

    folder: Path

    def digest(self, name: str) -> str | None:
        """The digest of a file, read from the disk."""
        place = self.folder / name
        if not place.is_file():
            return None
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def put(self, name: str, content: BinaryIO) -> None:
        """Write a draft, make it durable, and give it its name if nothing has it."""
        draft = self.folder / f".{name}.part"
        with draft.open("wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self.folder / name)
        except FileExistsError:
            pass  # somebody was faster: whatever lies there is compared by the carrier
        except OSError:  # a medium without links (FAT) has no step that never writes over: look, then rename
            if not (self.folder / name).exists():
                draft.rename(self.folder / name)
        draft.unlink(missing_ok=True)
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def read(self, name: str) -> bytes | None:
        """What lies there."""
        place = self.folder / name
        return place.read_bytes() if place.is_file() else None


@contextmanager
def open_folder(_home: Home, _tenant: str, counterpart: Counterpart) -> Iterator[FolderShelf]:
    """The folder of a counterpart; one that is not mounted has no sign in it, and is away."""
    folder = Path(counterpart.settings.get("folder", ""))
    sign = folder / counterpart.settings.get("sign", ".sekisho")
    if not counterpart.settings.get("folder") or not sign.exists():
        raise AwayError(counterpart.counterpart, "folder not mounted")
    try:
        yield FolderShelf(folder)
    except OSError as fault:
        raise AwayError(counterpart.counterpart, type(fault).__name__) from fault
