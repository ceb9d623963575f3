"""On PostgreSQL the database itself keeps the areas apart, also from a question that forgot to name one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

STORY = Path(__file__).with_name("two_areas.py")
NAGASAKI, NEIGHBOUR = "422011", "422029"


def tell(home: Path, database: str) -> dict[str, Any]:
    """Run the story in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "DJANGO_"))}
    own = {"SEKISHO_DATABASE_URL": database, "SEKISHO_HOME": str(home), "PYTHONPATH": f"src{os.pathsep}."}
    done = subprocess.run(
        [sys.executable, str(STORY)], env={**kept, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def own_database(postgres_url: str, name: str, *, superuser: bool) -> str:
    """A database whose owner is the site's user, as the site has it: no superuser, unless the test says so."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN {'SUPERUSER' if superuser else 'NOSUPERUSER'}")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}")
    server = postgres_url.replace("sekisho@", f"{name}@").rpartition("/")[0]
    return f"{server}/{name}"


@pytest.mark.postgres
def test_the_database_shows_each_area_its_own_rows_only(tmp_path: Path, postgres_url: str) -> None:
    seen = tell(tmp_path, own_database(postgres_url, "s1_site", superuser=False))
    assert seen == {
        "nowhere": 0,
        NAGASAKI: 2,
        NEIGHBOUR: 3,
        f"{NAGASAKI} compared": 2,
        f"{NEIGHBOUR} compared": 3,
        f"{NAGASAKI} printed": 1,
        f"{NEIGHBOUR} printed": 1,
        f"{NAGASAKI} found": 1,
        f"{NEIGHBOUR} found": 1,
        "changed elsewhere": 0,
        "refused": True,
        "bound": True,
    }


@pytest.mark.postgres
def test_without_row_level_security_the_same_questions_would_see_everything(tmp_path: Path, postgres_url: str) -> None:
    """A superuser is not bound: so the test above looks at the database's own work, not at our filters."""
    seen = tell(tmp_path, own_database(postgres_url, "s1_super", superuser=True))
    assert (seen["nowhere"], seen[NAGASAKI], seen["changed elsewhere"], seen["refused"]) == (12, 5, 3, False)
    assert not seen["bound"]  # the site does not start as such a user
