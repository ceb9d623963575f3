"""Tables that are made at once are those that all migrations make, one after the other."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

STORY = Path(__file__).with_name("laid_tables.py")


def lay(home: Path, way: str, database: str = "") -> dict[str, Any]:
    """Make the tables of a new installation in this way; what the database then says of them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "DJANGO_"))}
    setting = {"SEKISHO_DATABASE_URL": database} if database else {}
    done = subprocess.run(
        [sys.executable, str(STORY), way],
        env={**kept, **setting, "SEKISHO_HOME": str(home), "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_on_sqlite_no_table_differs_from_an_older_installation_that_was_updated(tmp_path: Path) -> None:
    assert lay(tmp_path / "one", "at once") == lay(tmp_path / "other", "from an older one")


@pytest.fixture
def another_url(postgres_url: str) -> str:
    """A second database of the same server."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    return f"{postgres_url.rpartition('/')[0]}/another"


@pytest.mark.postgres
@pytest.mark.slow
def test_on_postgresql_neither_a_table_nor_the_guard_over_its_rows_differs(
    tmp_path: Path, postgres_url: str, another_url: str
) -> None:
    at_once = lay(tmp_path, "at once", postgres_url)
    assert any("donations" in each for each in at_once["policies"])
    assert at_once == lay(tmp_path, "step by step", another_url)


@pytest.mark.postgres
def test_a_planted_bug_that_makes_tables_without_their_guard_would_differ(tmp_path: Path, postgres_url: str) -> None:
    assert lay(tmp_path, "tables only", postgres_url)["policies"] == []


def test_what_was_laid_is_left_alone(tmp_path: Path) -> None:
    first = lay(tmp_path, "at once")
    assert lay(tmp_path, "again") == first
