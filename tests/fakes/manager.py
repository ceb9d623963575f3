"""S1 as a site of its own beside Nagasaki's gate: certificates of both, the area, and the door as a process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sekisho.cli.demo.stage import Running, running

S1_SETTINGS, DOOR = "sekisho.web.donation_manager.settings", "sekisho.web.donation_manager.door"
PERSON, TERMINAL, TENANT = "tateyama", "staff-terminal-1", "422011"
_COMMAND = "import sys; from sekisho.cli import main; sys.argv[0] = 'sekisho'; main()"


@dataclass(frozen=True)
class Manager:
    """S1: its home folder, the address of its door, the process behind it, and where the certificates lie."""

    home: Path
    url: str
    door: Running
    certificates: Path


def sekisho(home: Path, *words: str) -> str:
    """A command in a home of its own; answers what it said."""
    environment = {**os.environ, "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def certificates_in(home: Path) -> Path:
    """An authority, the gate's certificate and the door's; answers their folder."""
    from sekisho.adapters.certificates import CertificateAuthority, CertificateKind
    from sekisho.adapters.database.home import Home

    mine = Home(folder=home)
    authority, at = CertificateAuthority(mine), datetime.now(UTC)
    authority.initialise(at)
    authority.issue(f"gate-{TENANT}", CertificateKind.TERMINAL, TENANT, at)
    authority.issue("donation-manager", CertificateKind.SERVER, "", at)
    return mine.certificates


def found_manager(away: Path, ca: Path) -> tuple[str, ...]:
    """Set up S1 in this empty folder, with the area of Nagasaki; answers what its door is told beside its port."""
    place = away / "area.yaml"
    place.write_text(sekisho(away, "municipality", "example"), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(place))
    admit = ("admit", "--home", str(away), "--area", TENANT, "--terminal", "gate")
    gate = ("--certificate", str(ca / f"gate-{TENANT}.pem"), "--authority", str(ca / "authority.pem"))
    sekisho(away, "donations", *admit, *gate)
    return ("--certificate", str(ca / "donation-manager.pem"), "--key", str(ca / "donation-manager.key"))


@contextmanager
def donation_manager(away: Path, ca: Path) -> Iterator[Manager]:
    """S1 in this empty folder, with the area of Nagasaki; its door opens to Nagasaki's gate alone."""
    told = ["--port", "0", *found_manager(away, ca)]
    own = {"SEKISHO_HOME": str(away), "DJANGO_SETTINGS_MODULE": S1_SETTINGS}
    with running("door", DOOR, told, away / "door.log", own) as door:
        yield Manager(home=away, url=f"https://localhost:{door.ready['port']}", door=door, certificates=ca)
