"""`sekisho pia threshold`: to people, to machines, and by its exit status."""

import json
from pathlib import Path

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


def test_the_municipality_s_own_rule_counts_where_it_is_stricter(tmp_path: Path) -> None:
    example = CliRunner().invoke(main, ["municipality", "example"]).output
    begin = example.index("# assessment_threshold")
    uncommented = example[begin : example.index("# 審議会の定足数", begin)].replace("# ", "")
    file = tmp_path / "city.yaml"
    file.write_text(example[: example.index("# assessment_threshold")] + uncommented, encoding="utf-8")

    def told(subjects: int, *more: str) -> tuple[str, str]:
        numbers = ["--subjects", str(subjects), "--handlers", "0", *more]
        found = json.loads(CliRunner().invoke(main, ["pia", "threshold", *numbers, "--json"]).stdout)
        return found["result"], found["table"]

    own = ("--municipality", str(file))
    assert [told(each) for each in (9_999, 10_000)] == [("basic", "national")] * 2
    assert [told(each, *own) for each in (9_999, 10_000)] == [("basic", "national"), ("key", "local")]
    assert [told(each, *own) for each in (99_999, 100_000)] == [("key", "local"), ("all_items", "local")]
    file.write_text(file.read_text(encoding="utf-8").replace("depth: key", "depth: none"), encoding="utf-8")
    refused = CliRunner().invoke(main, ["pia", "threshold", "--subjects", "1", "--handlers", "0", *own])
    assert (refused.exit_code, "10,000 / 0 / -: none < basic" in refused.output) == (1, True)
