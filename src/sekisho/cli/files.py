"""Reading a file for a command, with a progress bar where somebody is looking."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

from sekisho.kernel import SekishoError

PIECE = 1 << 18
_WORDS: Final[Mapping[type[OSError], tuple[str, str]]] = MappingProxyType(
    {
        FileNotFoundError: ("ファイルがありません", "there is no such file"),
        IsADirectoryError: ("フォルダーです。ファイルを指定してください", "a folder; name a file"),
        PermissionError: ("読む権限がありません", "no permission to read it"),
    }
)


def read_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece.

    Raises:
        SekishoError: There is no such file, or it cannot be read.

    """
    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    try:
        with (
            path.open("rb") as file,
            Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress,
        ):
            task = progress.add_task("", total=path.stat().st_size)
            while piece := file.read(PIECE):
                progress.advance(task, len(piece))
                yield piece
    except OSError as fault:
        ja, en = _WORDS.get(type(fault), ("読めません", str(fault.strerror)))
        message = f"{path.name or path}: {ja} / {en}"
        raise SekishoError(message) from fault
