"""Reading a file for a command, with a progress bar where somebody is looking."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

from sekisho.kernel import SekishoError

PIECE = 1 << 18


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
        message = f"{path}: {fault.strerror}"
        raise SekishoError(message) from fault
