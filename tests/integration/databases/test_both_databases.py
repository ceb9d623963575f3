"""The gate tells the same story on SQLite and on PostgreSQL; one setting chooses."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STORY = Path(__file__).with_name("one_story.py")


def tell(home: Path, database: str = "") -> dict[str, Any]:
    """Run the story in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "DJANGO_"))}
    setting = {"SEKISHO_DATABASE_URL": database} if database else {}
    done = subprocess.run(
        [sys.executable, str(STORY)],
        env={**kept, **setting, "SEKISHO_HOME": str(home), "PYTHONPATH": "src:."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def is_as_it_should_be(told: dict[str, Any]) -> bool:
    """Did the notices cross, were the others stopped, does the ledger hold together, and does everybody sit there?"""
    crossed, unnamed, _ = told["outcomes"]
    by_certificate, declared, nowhere, nobody = told["offices"]
    seated = by_certificate == declared == {**nowhere, "terminal": "asset-tax-terminal-1", "zone": declared["zone"]}
    steps = ["received", "cleared", "leaving", "delivered", "erasing", "erased"]
    in_order = [kind for kind in told["kinds"] if kind in steps][: len(steps)] == steps
    known = seated and nowhere["terminal"] == "" and "operator" in nowhere["roles"] and nobody == {}
    return (crossed, unnamed, told["verified"], in_order, known) == ("erased", "person_not_named", True, True, True)


def test_the_story_comes_out_on_sqlite(tmp_path: Path) -> None:
    assert is_as_it_should_be(tell(tmp_path / "home"))


@pytest.mark.postgres
def test_the_same_story_comes_out_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    on_sqlite, on_postgresql = tell(tmp_path / "one"), tell(tmp_path / "other", postgres_url)
    assert is_as_it_should_be(on_postgresql)
    assert on_postgresql == on_sqlite
    assert not (tmp_path / "other" / "sekisho.sqlite3").exists()
