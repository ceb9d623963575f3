"""Running the story of a stop: so many parcels, four examiners, one stop in their midst."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
EXAMINERS = (("alone", 0), ("alone", 1), ("together", 2), ("together", 3))


def start(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """One part of the story as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.permits.stop_story", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "SEKISHO_HOME": str(home)},
    )


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for the end of a part; answers the last line that it said."""
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return said.strip().splitlines()[-1] if said.strip() else ""


def stop_in_their_midst(home: Path, parcels: int) -> dict[str, Any]:
    """The whole story; answers what the ledger says, and how long the stop took."""
    finish(start(home, "prepare", parcels))
    with ExitStack() as stack:
        stopper = stack.enter_context(start(home, "stop"))
        assert line_of(stopper) == "ready"
        examiners = [stack.enter_context(start(home, how, share, len(EXAMINERS))) for how, share in EXAMINERS]
        assert [line_of(each) for each in examiners] == ["begun"] * len(EXAMINERS)
        took = float(finish_with(stopper, "now\n"))
        assert [finish(each) for each in examiners] == ["ended"] * len(EXAMINERS)
    told: dict[str, Any] = json.loads(finish(start(home, "tell")))
    return {**told, "milliseconds": took}


def finish_with(process: subprocess.Popen[str], word: str) -> str:
    """Say a word to a part and wait for its end; answers its last line."""
    said, _ = process.communicate(word, timeout=600)
    assert process.returncode == 0
    return said.strip().splitlines()[-1]
