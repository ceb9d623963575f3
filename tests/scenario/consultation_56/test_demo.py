"""Consultation 56, end to end on real files: one command, a real lane, worker and counterpart, told from the ledger."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import shipped_dossier

pytestmark = pytest.mark.slow


def run_demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`sekisho demo --once` as a person starts it."""
    command = [sys.executable, "-m", "sekisho", "demo", "--once", "--json", "--donations", "0"]
    command += ["--home", str(home), *arguments]
    environment = {**os.environ, "PYTHONPATH": "src", "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=280, env=environment)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What the demonstration answered."""
    ended = run_demo(tmp_path_factory.mktemp("home"))
    assert ended.returncode == 0, ended.stderr[-4000:]
    answer: Mapping[str, Any] = json.loads(ended.stdout)
    return answer


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
    ended = run_demo(tmp_path / "home", "--dossier", str(dossier))
    assert ended.returncode == 1, "what came of it is no longer what must come of it"
    answer = json.loads(ended.stdout)
    assert row(answer, "person-not-named")["outcome"] == "erased"
    assert [each.split(":")[0] for each in answer["unexpected"]] == ["person-not-named"]
