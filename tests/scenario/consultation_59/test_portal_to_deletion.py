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

import pytest

from counterparts.donation_portal.orders import Plan, make_orders
from sekisho.cli.demo.stage import running
from tests.fakes.manager import PERSON, TENANT, TERMINAL, certificates_in, donation_manager, sekisho

HOST, DONATIONS, SEED, PATIENCE = "portal.example", 120, 59, 150.0
pytestmark = [pytest.mark.browser, pytest.mark.slow]
OPEN_CITY = """
from datetime import UTC, datetime
from sekisho.bootstrap import open_house, prepare_database
open_house(); prepare_database()
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from tests.integration.conftest import enter
text = shipped_dossier("59")
enter(read_dossier(text), text, datetime.now(UTC))
"""
TOTALS = """
import json
from datetime import UTC, datetime
from sekisho.bootstrap import open_house
open_house()
from sekisho.adapters.database.queries_connectors import connector_views, copy_totals
totals = copy_totals("422011", datetime.now(UTC))
said = {"copies": totals.copies, "erased": totals.erased, "donations": totals.donations, "amount": totals.amount}
runs = connector_views("422011")[0].runs
told = [[run.outcome, str(run.first), str(run.last), run.donations, run.amount] for run in reversed(runs)]
print(json.dumps({**said, "late": totals.late, "runs": told}))
"""
KEPT = """
import json
from sekisho.bootstrap import open_house
open_house("sekisho.web.donation_manager.settings")
from sekisho.adapters.donations.areas import reading_in
from sekisho.adapters.donations.models import DonationRow
with reading_in("422011"):
    print(json.dumps(list(DonationRow.objects.values_list("amount", flat=True))))
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


def ordered_between(first: str, last: str) -> list[int]:
    """What the portal's orders of a period come to, each; reckoned here, not asked of the portal."""
    orders = make_orders(Plan("satofuru", SEED, DONATIONS, 2026))
    return [each.amount for each in orders if first <= each.ordered_at.date().isoformat() <= last]


def test_a_robot_that_is_due_brings_donations_to_s1_and_the_copy_is_gone(city: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        said = ["--home", str(tmp_path), "--portal", "satofuru", "--donations", str(DONATIONS)]
        said += ["--seed", str(SEED)]
        portal = stack.enter_context(running("portal", "counterparts.donation_portal", said, tmp_path / "portal.log"))
        away = tmp_path / "s1"
        away.mkdir()
        manager = stack.enter_context(donation_manager(away, city / "ca"))
        sekisho(city, "carrier", "enter", "donation_manager", "--carrier", "intake", "--recipient", "-",
                "--url", manager.url)  # fmt: skip
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
        log = (own / "cloud" / "access.log").read_text(encoding="utf-8")
        kept = json.loads(python(away, KEPT))
    outcome, first, last, donations, amount = told_of["runs"][0]
    wanted = ordered_between(first, last)
    assert (outcome, first) == ("done", "2025-12-31"), "fourteen days before what had been fetched"
    assert len(wanted) > DONATIONS / 4
    assert (donations, amount) == (len(wanted), sum(wanted))
    assert (told_of["donations"], told_of["amount"], told_of["late"]) == (len(wanted), sum(wanted), 0)
    assert sorted(kept) == sorted(wanted)
    assert HOST in log
