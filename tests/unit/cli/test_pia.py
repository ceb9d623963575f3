"""`sekisho pia threshold`: to people, to machines, and by its exit status."""

import json

import pytest
from click.testing import CliRunner

from sekisho.cli import main


@pytest.mark.parametrize(
    ("subjects", "handlers", "incident", "result", "rule"),
    [
        (999, 500, True, "none", "under_1000"),
        (1_000, 0, False, "basic", "from_1000"),
        (99_999, 499, True, "key", "from_10000"),
        (100_000, 499, False, "key", "from_100000"),
        (170_000, 500, False, "all_items", "from_100000"),
        (300_000, 1, False, "all_items", "from_300000"),
    ],
)
def test_a_machine_hears_the_depth_and_its_rule(
    subjects: int, handlers: int, incident: bool, result: str, rule: str
) -> None:
    numbers = ["--subjects", str(subjects), "--handlers", str(handlers)]
    flags = ["--serious-incident"] if incident else []
    told = CliRunner().invoke(main, ["pia", "threshold", *numbers, *flags, "--json"])
    found = json.loads(told.stdout)
    assert (told.exit_code, found["result"], found["rule"]) == (0, result, rule)


def test_a_person_hears_the_rule_in_both_languages() -> None:
    told = CliRunner().invoke(main, ["pia", "threshold", "--subjects", "170000", "--handlers", "40"])
    assert told.exit_code == 0
    assert "重点項目評価 / key items" in told.stdout
    assert "100,000 to fewer than 300,000 persons" in told.stdout


@pytest.mark.parametrize(
    "numbers", [["--subjects", "-1", "--handlers", "1"], ["--subjects", "many", "--handlers", "1"], []]
)
def test_what_is_no_number_of_persons_is_exit_status_2(numbers: list[str]) -> None:
    assert CliRunner().invoke(main, ["pia", "threshold", *numbers]).exit_code == 2
