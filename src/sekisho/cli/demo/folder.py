"""The demonstration's own folder: made anew each time, never anybody else's."""

import shutil
from pathlib import Path
from typing import Final

from sekisho.kernel import SekishoError

MARK: Final = "demo.marker"


def clear_home(folder: Path) -> None:
    """Begin anew in the demonstration's own folder; a folder that holds anything else is left alone.

    Raises:
        SekishoError: The folder is not a demonstration's.

    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            message = f"{folder} is not empty and not a demonstration's folder; name another with --home"
            raise SekishoError(message)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("A demonstration lives here; it is made anew each time.\n", encoding="utf-8")
