"""One command, told from the ledger: consultation 56 end to end on real files, and a year of donations (59 and 60)."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import shipped_dossier

DONATIONS = 240
pytestmark = pytest.mark.slow


def run_demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`sekisho demo --once` as a person starts it."""
    command = [sys.executable, "-m", "sekisho", "demo", "--once", "--json", "--notices", "40"]
    command += ["--home", str(home), *arguments]
    environment = {**os.environ, "PYTHONPATH": "src", "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=400, env=environment)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What the demonstration answered."""
    ended = run_demo(tmp_path_factory.mktemp("home"), "--donations", str(DONATIONS))
    assert ended.returncode == 0, ended.stderr[-4000:]
    answer: Mapping[str, Any] = json.loads(ended.stdout)
    return answer


@pytest.fixture(scope="module")
def year(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it told of its year of donations, which it found in order."""
    assert told["unexpected"] == []
    found: Mapping[str, Any] = told["year"]
    return found


def row(told: Mapping[str, Any], attempt: str) -> Mapping[str, Any]:
    """What the ledger says of one attempt."""
    return next(each for each in told["crossings"] if each["attempt"] == attempt)


def test_given_the_approval_when_notices_come_down_then_they_cross_and_are_proposed(told: Mapping[str, Any]) -> None:
    notices = row(told, "notices-down")
    assert notices["steps"] == ["received", "cleared", "leaving", "delivered", "erasing", "erased"]
    assert notices["records"] > 0
    assert int(notices["facts"]["proposed"]) > 0


def test_given_the_renewed_permit_when_prices_go_up_then_the_platform_gives_a_receipt(told: Mapping[str, Any]) -> None:
    prices = row(told, "prices-up")
    assert prices["outcome"] == "erased"
    assert prices["receipt"]


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        ("extra-item", "item_not_approved"),
        ("number-in-remarks", "individual_number_found"),
        ("second-terminal", "terminal_not_approved"),
        ("person-not-named", "person_not_named"),
        ("internet-route", "route_not_approved"),
        ("edited-permit", "permit_altered"),
        ("expired-permit", "permit_not_active"),
        ("too-large", "too_large"),
    ],
)
def test_what_the_council_did_not_approve_is_refused_with_its_reason(
    told: Mapping[str, Any], attempt: str, code: str
) -> None:
    refused = row(told, attempt)
    assert refused["outcome"] == "refused"
    assert [reason["code"] for reason in refused["reasons"]] == [code]
    assert all(reason["ja"] and reason["en"] for reason in refused["reasons"])
    assert "delivered" not in refused["steps"]


def test_the_ledger_and_the_bundle_verify_and_every_erasure_has_its_proof(told: Mapping[str, Any]) -> None:
    assert told["ledger"]["verified"] is True
    assert told["ledger"]["size"] == told["ledger"]["entries"] > 0
    assert told["bundle_verified"] is True
    assert Path(told["bundle"]).is_file()
    erased = {each["parcel"] for each in told["crossings"] if "erased" in each["steps"]}
    assert {each["parcel"] for each in told["erasure_proofs"]} == erased
    assert all(each["searched"] for each in told["erasure_proofs"])


def test_changing_one_value_of_the_dossier_changes_the_table(tmp_path: Path) -> None:
    changed = shipped_dossier().replace("persons: [urakami, inasa]", "persons: [urakami, inasa, dejima]")
    assert changed != shipped_dossier()
    dossier = tmp_path / "dossier.yaml"
    dossier.write_text(changed, encoding="utf-8")
    ended = run_demo(tmp_path / "home", "--donations", "0", "--dossier", str(dossier))
    assert ended.returncode == 1, "what came of it is no longer what must come of it"
    answer = json.loads(ended.stdout)
    assert row(answer, "person-not-named")["outcome"] == "erased"
    assert [each.split(":")[0] for each in answer["unexpected"]] == ["person-not-named"]


def test_given_four_portals_when_the_year_is_over_then_s1_has_every_donation_once_and_to_the_yen(
    year: Mapping[str, Any],
) -> None:
    assert set(year["portals"]) == {"choice", "rakuten", "satofuru", "furunavi"}
    assert year["portals"] == year["manager"]
    assert sum(count for count, _ in year["portals"].values()) == DONATIONS
    assert all(yen > 0 for _, yen in year["portals"].values())
    assert (year["overdue"], year["lost"], year["doubled"]) == (0, 0, 0)


def test_given_that_s1_answered_for_every_record_then_every_copy_at_the_internet_side_is_erased(
    year: Mapping[str, Any],
) -> None:
    assert year["erased"] == year["files"] == 3, "the automatic link leaves no copy in the city"


def test_given_the_applications_when_the_year_is_told_then_every_municipality_answers_and_every_yen_is_there(
    year: Mapping[str, Any],
) -> None:
    assert year["applications"] > DONATIONS // 5
    assert year["donors"] < DONATIONS, "who gave at two portals is one donor"
    assert year["acknowledged"] == year["batches"] >= year["destinations"] > 10
    assert year["exceptions"] == []
    notices, paper = year["road"], year["paper"]
    assert notices[0] + paper[0] <= year["applications"]
    assert year["accepted_yen"] == notices[1] + paper[1] > 0
