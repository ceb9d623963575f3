"""A portal for robots and links that are killed, builds with one bug in them, and what S1 has in the end."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from sekisho.cli.demo.stage import running
from tests.scenario.kill.two_houses import SOURCE, query

PORTAL = "choice"


@dataclass(frozen=True)
class Portal:
    """A portal's process: its site and its operator's switches."""

    url: str
    control: str

    def knows(self) -> Any:
        """What the portal knows of itself."""
        return httpx.get(self.control, trust_env=False).json()

    def switch(self, **wanted: object) -> None:
        """Set the operator's switches."""
        httpx.post(self.control, json=wanted, trust_env=False).raise_for_status()


@contextmanager
def portal_of(folder: Path, donations: int) -> Iterator[Portal]:
    """A portal with so many donations of the year that is past, all of them in its file."""
    year = str(datetime.now(UTC).year - 1)
    said = ["--home", str(folder / "portal"), "--portal", PORTAL, "--donations", str(donations), "--year", year]
    with running("portal", "counterparts.donation_portal", said, folder / "portal.log") as child:
        place = "http://127.0.0.1:"
        yield Portal(url=f"{place}{child.ready['port']}", control=f"{place}{child.ready['control']}/")


def plant(folder: Path, *bugs: tuple[str, str, str]) -> Path:
    """The sources with these bugs in them (module, what stands there, what is put in its place); answers where."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for module, there, instead in bugs:
        place = folder / "sekisho" / module
        whole = place.read_text(encoding="utf-8")
        assert whole.count(there) == 1
        place.write_text(whole.replace(there, instead), encoding="utf-8")
    return folder


def kept_in(away: Path) -> tuple[int, int]:
    """How many donations S1 has, and how many yen they come to."""
    return query(away, "select count(*), coalesce(sum(amount), 0) from donations_donationrow")[0]
