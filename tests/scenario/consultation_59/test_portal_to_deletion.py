"""A portal, the security cloud, the gate's worker and S1 as processes of their own: it is done by itself.

The robot is due; it fetches through Squid; the file crosses, becomes donations, crosses to S1, and the copy is erased.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from sekisho.cli.demo.stage import running
from tests.integration.internet_side.conftest import PERSON, S1_SETTINGS, TENANT, TERMINAL, certificates_in, sekisho

HOST, DONATIONS, PATIENCE = "portal.example", 120, 150.0
pytestmark = [pytest.mark.browser, pytest.mark.slow]
OPEN_CITY = """
from datetime import UTC, datetime
from sekisho.bootstrap import open_house, prepare_database
open_house(); prepare_database()
from sekisho.adapters.database.setup import issue_permit, open_tenant
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
text, at = shipped_dossier("59"), datetime.now(UTC)
dossier = read_dossier(text)
open_tenant(dossier, text, at)
for approved in dossier.approved:
    issue_permit(approved, dossier.issuers, at)
"""
TOTALS = """
import json
from datetime import UTC, datetime
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.database.queries_connectors import connector_views, copy_totals
totals, view = copy_totals("422011", datetime.now(UTC)), connector_views("422011")[0]
said = {"copies": totals.copies, "erased": totals.erased, "donations": totals.donations, "amount": totals.amount}
print(json.dumps({**said, "runs": [[run.outcome, run.detail] for run in view.runs]}))
"""
RUN_SOON = """
from sekisho.bootstrap import open_house
open_house()
from sekisho.bootstrap.connectors import run_soon
run_soon("422011", "satofuru")
"""


def python(home: Path, text: str) -> str:
    """A few lines in the city's home."""
    environment = {**os.environ, "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run([sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_until_erased(home: Path) -> dict[str, Any]:
    """Look until every copy is erased; answers what the page says."""
    until, told = time.monotonic() + PATIENCE, dict[str, Any]()
    while time.monotonic() < until:
        told = json.loads(python(home, TOTALS))
        if told["copies"] and told["copies"] == told["erased"]:
            return dict(told)
        time.sleep(0.5)
    pytest.fail(f"not erased: {told}")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The home of Nagasaki's gate."""
    for program in ("chromium", "squid"):
        if shutil.which(program) is None:
            pytest.skip(f"Debian's {program} is not installed")
    home = tmp_path / "city"
    home.mkdir()
    python(home, OPEN_CITY)
    certificates_in(home)
    return home


def open_manager(stack: ExitStack, city: Path, away: Path) -> str:
    """S1 behind its door; answers the door's port."""
    away.mkdir()
    ca, place = city / "ca", away / "area.yaml"
    place.write_text(sekisho(away, "municipality", "example").replace("401307", TENANT), encoding="utf-8")
    sekisho(away, "donations", "open", "--home", str(away), str(place))
    admit = ("admit", "--home", str(away), "--area", TENANT, "--terminal", "gate")
    gate = ("--certificate", str(ca / f"gate-{TENANT}.pem"), "--authority", str(ca / "authority.pem"))
    sekisho(away, "donations", *admit, *gate)
    told = ["--port", "0", "--certificate", str(ca / "donation-manager.pem"), "--key", str(ca / "donation-manager.key")]
    own = {"SEKISHO_HOME": str(away), "DJANGO_SETTINGS_MODULE": S1_SETTINGS}
    door = stack.enter_context(running("door", "sekisho.web.donation_manager.door", told, away / "door.log", own))
    return door.ready["port"]


def test_a_robot_that_is_due_brings_donations_to_s1_and_the_copy_is_gone(city: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        said = ["--home", str(tmp_path), "--portal", "satofuru", "--donations", str(DONATIONS)]
        portal = stack.enter_context(running("portal", "counterparts.donation_portal", said, tmp_path / "portal.log"))
        door = open_manager(stack, city, tmp_path / "s1")
        sekisho(city, "carrier", "enter", "donation_manager", "--carrier", "intake", "--recipient", "-",
                "--url", f"https://localhost:{door}")  # fmt: skip
        sekisho(city, "donations", "connector", "--tenant", TENANT, "--name", "satofuru", "--portal", "satofuru",
                "--mode", "robot", "--person", PERSON, "--terminal", TERMINAL, "--user", "nagasaki",
                "--password", "portal-demo-59", "--url", f"http://{HOST}:{portal.ready['port']}",
                "--fetched-until", "2026-01-14")  # fmt: skip
        own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="security-cloud-")))
        own.chmod(0o755)
        (own / "allowed").write_text(sekisho(city, "donations", "allow-list"), encoding="utf-8")
        told = ["--home", str(own / "cloud"), "--allowed", str(own / "allowed")]
        cloud = stack.enter_context(running("cloud", "counterparts.security_cloud", told, tmp_path / "cloud.log"))
        sekisho(city, "donations", "way-out", f"http://127.0.0.1:{cloud.ready['port']}")
        plain = {"SEKISHO_HOME": str(city), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
        stack.enter_context(running("worker", "sekisho.worker", [], tmp_path / "worker.log", plain))
        python(city, RUN_SOON)
        told_of = wait_until_erased(city)
        there = httpx.get(f"http://127.0.0.1:{portal.ready['control']}/", trust_env=False).json()
        log = (own / "cloud" / "access.log").read_text(encoding="utf-8")
    assert told_of["runs"][0][0] == "done"
    assert 0 < told_of["donations"] <= DONATIONS
    assert told_of["amount"] <= there["amount"]
    assert HOST in log
