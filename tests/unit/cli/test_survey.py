"""`sekisho survey` without any database: its exit status, and what people and machines are told."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sekisho.cli import main

GOLDEN = Path(__file__).parents[2] / "golden" / "survey"
LINE = "1764201600.412 152 10.12.3.21 TCP_TUNNEL/200 5321 CONNECT {host}:443 - HIER_DIRECT/203.0.113.5 -\n"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with the permits' allow-list."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "allowed.txt").write_text("choice.example 443 R1-59-01\n")
    return tmp_path


def survey(*arguments: str) -> Result:
    """Run it."""
    return CliRunner().invoke(main, ["survey", *arguments, "--permits", "allowed.txt"])


def test_the_three_exit_statuses(room: Path) -> None:
    (room / "good.log").write_text(LINE.format(host="Choice.Example."))
    (room / "bad.log").write_text(LINE.format(host="storage.example"))
    (room / "cut.log").write_text(LINE.format(host="choice.example") + "this line was cut\n")
    assert survey("good.log").exit_code == 0
    assert survey("good.log", "bad.log").exit_code == 1
    assert survey("cut.log").exit_code == 2
    assert json.loads(survey("cut.log", "--json").stdout)["result"] == "unclear"
    assert survey("cut.log", "bad.log").exit_code == 1
    assert survey("nowhere.log").exit_code == 2


def test_people_read_the_finding_and_every_unread_line(room: Path) -> None:
    result = survey(str(GOLDEN / "squid_access.log"))
    assert result.exit_code == 1
    assert "storage.example:443" in result.stdout
    assert "通行証がありません" in result.stdout
    assert "8行目" in result.stderr
    assert "line 9" in result.stderr
    assert "hihokensha" not in result.output
    assert room.exists()


def test_a_department_is_named_where_the_networks_are_known(room: Path) -> None:
    (room / "networks.csv").write_text("network,department\n10.12.0.0/16,personnel\n")
    told = json.loads(survey(str(GOLDEN / "firewall.csv"), "--networks", "networks.csv", "--json").stdout)
    assert {each["source"] for each in told["unmatched"]} == {"personnel"}
    assert "10.12.7.4" not in json.dumps(told)


def test_what_is_kept_is_judged_by_the_house_alone(room: Path) -> None:
    (room / "good.log").write_text(LINE.format(host="choice.example"))
    result = survey("good.log", "--keep-as", "glover")
    assert result.exit_code == 2
    assert "--keep-as" in result.stderr


def test_an_unknown_format_is_one_sentence(room: Path) -> None:
    (room / "letter.txt").write_text("dear sir\n")
    result = survey("letter.txt")
    assert result.exit_code == 2
    assert "形式が分かりません" in result.stderr
    assert "Traceback" not in result.output
