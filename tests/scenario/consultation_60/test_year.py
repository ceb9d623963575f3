"""A year of donations, from four portals to notices that are acknowledged, told by the demonstration's own command."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

DONATIONS = 240
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What the demonstration told of its year, which it found in order."""
    # Sockets of the house lie in it, and their whole path may have 107 letters.
    home = tmp_path_factory.mktemp("y")
    command = [sys.executable, "-m", "sekisho", "demo", "--once", "--json", "--home", str(home)]
    command += ["--notices", "20", "--donations", str(DONATIONS)]
    environment = {**os.environ, "PYTHONPATH": "src", "SEKISHO_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=400, env=environment)
    assert ended.returncode == 0, ended.stderr[-4000:]
    answer: Mapping[str, Any] = json.loads(ended.stdout)
    assert answer["unexpected"] == []
    year: Mapping[str, Any] = answer["year"]
    return year


def test_given_four_portals_when_the_year_is_over_then_s1_has_every_donation_once_and_to_the_yen(
    told: Mapping[str, Any],
) -> None:
    assert set(told["portals"]) == {"choice", "rakuten", "satofuru", "furunavi"}
    assert told["portals"] == told["manager"]
    assert sum(count for count, _ in told["portals"].values()) == DONATIONS
    assert all(yen > 0 for _, yen in told["portals"].values())
    assert (told["overdue"], told["lost"], told["doubled"]) == (0, 0, 0)


def test_given_that_s1_answered_for_every_record_then_every_copy_at_the_internet_side_is_erased(
    told: Mapping[str, Any],
) -> None:
    assert told["erased"] == told["files"] == 3, "the automatic link leaves no copy in the city"


def test_given_the_applications_when_the_year_is_told_then_every_municipality_answers_and_every_yen_is_there(
    told: Mapping[str, Any],
) -> None:
    assert told["applications"] > DONATIONS // 5
    assert told["donors"] < DONATIONS, "who gave at two portals is one donor"
    assert told["acknowledged"] == told["destinations"] > 10
    assert told["exceptions"] == []
    notices, paper = told["road"], told["paper"]
    assert notices[0] + paper[0] <= told["applications"]
    assert told["accepted_yen"] == notices[1] + paper[1] > 0
