"""What S1 holds of the city's permits, asked in its database, and how its administrator accepts one."""

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tests.fakes.manager import TENANT, Manager, sekisho

PERMIT = "R1-59-02"


def shown(manager: Manager, permit: str = PERMIT) -> str:
    """In which state S1 has the permit; nothing if it was never handed over."""
    from sekisho.adapters.database.home import find_home

    assert find_home().folder != manager.home
    with closing(sqlite3.connect(manager.home / "sekisho.sqlite3", timeout=30)) as database:
        rows = database.execute("select status from database_permitrow where permit = ?", [permit]).fetchall()
    return str(rows[0][0]) if rows else ""


def handed_over(manager: Manager, permit: str = PERMIT) -> str:
    """S1's administrator accepts the permit of the city. Answers its state there."""
    from sekisho.adapters.database.permit_papers import write_paper

    body = write_paper(TENANT, permit, "tateyama", datetime.now(UTC))
    place = manager.home / "permit.json"
    place.write_bytes(body)
    told = ("--digest", hashlib.sha256(body).hexdigest(), "--person", administrator(manager), "--json")
    return str(json.loads(sekisho(manager.home, "permit", "accept", str(place), *told))["status"])


def administrator(manager: Manager) -> str:
    """S1's administrator of the area."""
    with closing(sqlite3.connect(manager.home / "sekisho.sqlite3", timeout=30)) as database:
        rows = database.execute("select username, roles from database_person order by id").fetchall()
    return str(next(name for name, roles in rows if "administrator" in roles))
