"""Writing the opened file: it appears whole under its name, or nothing of it is left."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sekisho.adapters.borrowing.asking import BorrowingDesk, ask_key
from sekisho.adapters.objects.containers import ContainerHead, open_container, read_head
from sekisho.kernel import SekishoError


def digest_file(file: BinaryIO) -> str:
    """The digest of a whole file, which is read from its beginning."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # an open file of bytes


@contextmanager
def _file(place: Path) -> Iterator[BinaryIO]:
    """A container that is read.

    Raises:
        SekishoError: It cannot be.

    """
    try:
        with place.open("rb") as file:
            yield file
    except OSError as fault:
        message = f"{place.name}: 読み書きできません({fault.strerror}) / cannot be read or written"
        raise SekishoError(message) from fault


def read_container(place: Path) -> tuple[ContainerHead, str]:
    """The head of a container and the digest of all of it; nothing is asked for.

    Raises:
        SekishoError: It is no container, or cannot be read.

    """
    with _file(place) as file:
        return read_head(file), digest_file(file)


def _unnamed(folder: Path) -> int | None:
    """A file in this folder that has no name yet, so that a kill leaves nothing; where the system has such files."""
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").exists():
        return None
    with suppress(OSError):
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
    return None


def _pour(descriptor: int, chunks: Iterable[bytes]) -> int:
    """Write everything and make it durable; answers how many bytes."""
    count = 0
    with os.fdopen(os.dup(descriptor), "wb") as file:
        for chunk in chunks:
            count += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return count


def _give_name(draft: Path | None, descriptor: int, target: Path) -> None:
    """Let a finished file appear under its name, unless something has it."""
    if draft is None:
        # With a folder's descriptor the link is followed to the file itself; the path is whole, so which one is one.
        os.link(f"/proc/self/fd/{descriptor}", target, src_dir_fd=descriptor, follow_symlinks=True)
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a medium without links (FAT) has no step that never writes over: look, then rename
        if target.exists():
            raise
        draft.rename(target)


def write_whole(target: Path, chunks: Iterable[bytes]) -> int:
    """Write a file that was not there, whole or not at all, for its owner only; answers how many bytes.

    Raises:
        SekishoError: There is one of this name, or the disk says no.

    """
    unnamed, draft = _unnamed(target.parent), target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600) if unnamed is None else unnamed
        try:
            count = _pour(descriptor, chunks)
            _give_name(draft if unnamed is None else None, descriptor, target)
        finally:
            os.close(descriptor)
    except FileExistsError:
        message = f"{target.name}: 同じ名前のファイルがあります。上書きしません / there is one already; not replaced"
        raise SekishoError(message) from None
    except OSError as fault:
        message = f"{target.name}: 書けません({fault.strerror}) / cannot be written"
        raise SekishoError(message) from fault
    finally:
        draft.unlink(missing_ok=True)
    return count


def open_lent(container: Path, target: Path, desk: BorrowingDesk) -> int:
    """Ask for the key and write the opened file; answers how many bytes it has.

    Raises:
        TurnedDownError: The gate does not give the key.
        SekishoError: It is no container, was changed, or the file cannot be written. Nothing is left of it.

    """
    if target.exists():
        message = f"{target.name}: 同じ名前のファイルがあります。上書きしません / there is one already; not replaced"
        raise SekishoError(message)
    with _file(container) as file:
        digest = digest_file(file)
        file.seek(0)
        head = read_head(file)
        lent = ask_key(head, digest, desk)
        return write_whole(target, open_container(file, head, lent))
