"""A copy of the tree in which a test may plant what the house forbids, and see it found."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check said of the copy."""

    status: int
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The sources in a folder of the test's own."""

    root: Path

    def plant(self, place: str, text: str) -> Path:
        """Write a file that nobody should write."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *command: str) -> Verdict:
        """Run a check in the copy, with the copy's own packages first."""
        done = subprocess.run(
            [str(Path(sys.executable).parent / command[0]), *command[1:]],
            cwd=self.root,
            env={"PYTHONPATH": str(self.root / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        return Verdict(status=done.returncode, report=done.stdout + done.stderr)


@pytest.fixture
def make_copy(tmp_path: Path) -> Callable[[], Copy]:
    """Copy the sources and the rules; what the product keeps and caches stay behind."""

    def make() -> Copy:
        shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        return Copy(root=tmp_path)

    return make


@pytest.fixture
def copy(make_copy: Callable[[], Copy]) -> Copy:
    """Hand over a fresh copy of the tree."""
    return make_copy()
