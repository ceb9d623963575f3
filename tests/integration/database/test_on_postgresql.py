"""All tests of state and ledger once more, on PostgreSQL: a second run of this folder with one setting changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif("SEKISHO_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_everything_here_holds_on_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    # What inspection finds in bytes asks no database; only that it crosses does.
    folders = [str(HERE), str(HERE.parent / "gate"), f"--ignore={HERE.parent / 'gate' / 'test_inspection.py'}"]
    folders += ["--hypothesis-profile=brief"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *folders],
        env={**os.environ, "SEKISHO_DATABASE_URL": postgres_url, "SEKISHO_HOME": str(tmp_path), "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
