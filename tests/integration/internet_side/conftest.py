"""The city's gate in this process, and S1 behind its real door as a process of its own, with a home of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.cli.demo.stage import running
from tests.integration.conftest import Office, enter

S1_SETTINGS = "sekisho.web.donation_manager.settings"
PERSON, TERMINAL, TENANT = "tateyama", "staff-terminal-1", "422011"
_COMMAND = "import sys; from sekisho.cli import main; sys.argv[0] = 'sekisho'; main()"


@dataclass(frozen=True)
class Manager:
    """S1: its home folder, and the address of its door."""

    home: Path
    url: str
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


@pytest.fixture
def office59(home: Path, transactional_db: None) -> Office:
    """Nagasaki with consultation 59."""
    text = shipped_dossier("59")
    return enter(read_dossier(text), text)


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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    """S1 with the area of Nagasaki, once for a module; its door opens to Nagasaki's gate alone."""
    ca, away = certificates_in(tmp_path_factory.mktemp("authority")), tmp_path_factory.mktemp("s1")
    place = away / "area.yaml"
    place.write_text(sekisho(away, "municipality", "example").replace("401307", TENANT), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(place))
    gate, issuer = str(ca / f"gate-{TENANT}.pem"), str(ca / "authority.pem")
    admit = ("admit", "--home", str(away), "--area", TENANT, "--terminal", "gate")
    sekisho(away, "donations", *admit, "--certificate", gate, "--authority", issuer)
    told = ["--port", "0", "--certificate", str(ca / "donation-manager.pem"), "--key", str(ca / "donation-manager.key")]
    own = {"SEKISHO_HOME": str(away), "DJANGO_SETTINGS_MODULE": S1_SETTINGS}
    with running("door", "sekisho.web.donation_manager.door", told, away / "door.log", own) as door:
        yield Manager(home=away, url=f"https://localhost:{door.ready['port']}", certificates=ca)


@pytest.fixture
def manager(site: Manager, office59: Office) -> Manager:
    """S1, which the gate of this test knows."""
    from sekisho.adapters.carriers import Counterpart, keep_counterpart
    from sekisho.adapters.database.home import find_home

    mine = find_home()
    shutil.copytree(site.certificates, mine.certificates, dirs_exist_ok=True)
    name = "donation_manager"
    keep_counterpart(mine, Counterpart(counterpart=name, url=site.url, recipient="", receipt_key="", carrier="intake"))
    return site
