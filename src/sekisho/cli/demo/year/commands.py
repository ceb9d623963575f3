"""Commands as an operator gives them, each in the home folder that it is meant for."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sekisho.kernel import SekishoError

_SAID: Final = 400


def _run(home: Path, words: list[str], settings: str) -> str:
    """Run a program of ours in a home folder; answers what it said.

    Raises:
        SekishoError: It failed; what it complained of last is told.

    """
    environment = {**os.environ, "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {"DJANGO_SETTINGS_MODULE": settings} if settings else {}
    done = subprocess.run([sys.executable, "-m", *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{' '.join(words[:4])}: {done.stderr.strip()[-_SAID:]}"
        raise SekishoError(message)
    return done.stdout


def command(home: Path, *words: str) -> str:
    """`sekisho …` in this home folder.

    Raises:
        SekishoError: It failed.

    """
    return _run(home, ["sekisho", *words], "")


def step(home: Path, settings: str, module: str, *words: str) -> Mapping[str, Any]:
    """A part of the story that has to be carried out inside another home folder; answers what it found.

    Raises:
        SekishoError: It failed.

    """
    answer: Mapping[str, Any] = json.loads(_run(home, [module, *words], settings).splitlines()[-1])
    return answer
