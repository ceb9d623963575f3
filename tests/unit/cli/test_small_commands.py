"""The commands that need no database: what they answer to people, to machines, and by their exit status."""

import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file, with_number, with_sex
from sekisho.cli import COMMANDS, main


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A good file of notices."""
    path = tmp_path / "notices.csv"
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 20, misfits=0.0)
    path.write_bytes(b"".join(notice_file(shipped_layouts().find("registry_notice"), rows)))
    return path


@pytest.mark.parametrize("noun", sorted(COMMANDS))
def test_every_noun_explains_itself(noun: str) -> None:
    result = run(noun, "--help")
    assert result.exit_code == 0
    assert noun in run("--help").output


@pytest.mark.parametrize("arguments", [("nonsense",), ("date", "parse"), ("number", "check", "nonsense", "1")])
def test_what_was_not_understood_is_one_sentence_and_status_two(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("答えられません / could not answer: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_group_without_a_command_lists_its_commands() -> None:
    result = run("ca")
    assert result.exit_code == 2
    assert "issue" in result.output


@pytest.mark.parametrize("bundle", ["pyproject.toml", "src"])
def test_what_is_no_evidence_bundle_is_said_so(bundle: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", "verify", bundle).exit_code == 2
    told = capfd.readouterr().out
    assert "Error" not in told
    assert "読めません" in told or "証拠一式ではありません" in told


@pytest.mark.parametrize(
    ("text", "iso", "era", "year"),
    [
        ("令和元年11月19日", "2019-11-19", "令和", 1),
        ("R8.11.24", "2026-11-24", "令和", 8),
        ("㋿8年11月24日", "2026-11-24", "令和", 8),
        ("2026-11-24", "2026-11-24", "令和", 8),
    ],
)
def test_dates_are_answered_as_the_contract_says(text: str, iso: str, era: str, year: int) -> None:
    found = answer("date", "parse", text)
    assert (found["iso"], found["era"], found["year"]) == (iso, era, year)


def test_a_date_before_its_era_is_a_no_with_the_right_spelling() -> None:
    result = run("date", "parse", "令和元年4月30日", "--json")
    assert result.exit_code == 1
    assert "平成31年4月30日" in json.loads(result.stdout)["reason"]


def test_a_date_after_its_era_is_read_with_a_warning() -> None:
    found = answer("date", "parse", "平成31年5月1日")
    assert (found["iso"], found["era"], found["year"], found["text"]) == ("2019-05-01", "令和", 1, "令和元年5月1日")
    assert "令和元年5月1日" in found["hint"]
    assert "令和元年5月1日" in run("date", "parse", "平成31年5月1日").stdout


@pytest.mark.parametrize(
    ("kind", "value", "valid", "status"),
    [
        ("individual", "1234-5678-9018", True, 0),
        ("individual", "123456789012", False, 1),
        ("corporate", "7000012050002", True, 0),
        ("individual", "000000000000", False, 1),
        ("padded_either", "0123456789018", True, 0),
        ("municipality", "422011", True, 0),
        ("municipality", "422012", False, 1),
    ],
)
def test_numbers_are_answered_as_the_contract_says(kind: str, value: str, *, valid: bool, status: int) -> None:
    result = run("number", "check", kind, value, "--json")
    found = json.loads(result.stdout)
    assert (found["valid"], result.exit_code) == (valid, status)
    assert bool(found["reason"]) == (not valid)


def test_layouts_say_how_sure_we_are_of_them() -> None:
    assert {each["confidence"] for each in answer("layout", "list")["layouts"]} == {
        "official",
        "reconstructed",
        "local",
    }
    assert "復元" in run("layout", "list").output
    assert answer("layout", "show", "price_notice")["confidence"] == "reconstructed"


def test_an_unknown_layout_is_one_clear_sentence_and_status_two() -> None:
    result = run("layout", "show", "no_such_layout")
    assert result.exit_code == 2
    assert "registry_notice" in result.stderr
    assert "Traceback" not in result.output


def test_a_good_file_is_a_yes_and_a_missing_one_could_not_be_answered(notices: Path) -> None:
    assert run("layout", "check", "registry_notice", str(notices)).exit_code == 0
    missing = run("layout", "check", "registry_notice", str(notices.with_name("missing.csv")))
    assert missing.exit_code == 2
    assert "missing.csv" in missing.stderr


def test_every_fault_has_row_column_and_byte(notices: Path) -> None:
    body = notices.read_bytes()
    place = body.index(b"2026-04-01")
    notices.write_bytes(body[:place] + b"2026-99-01" + body[place + 10 :])
    result = run("layout", "check", "registry_notice", str(notices), "--json")
    assert result.exit_code == 1
    fault = json.loads(result.stdout)["faults"][0]
    assert (fault["row"], fault["byte"], fault["field"]) == (2, place, "received_on")
    assert "2026-99-01" not in result.stdout, "values are masked"


def test_inspect_says_all_that_the_gate_would_say(notices: Path) -> None:
    assert run("inspect", str(notices), "--municipality", "422011").exit_code == 0
    layout, ledger = shipped_layouts().find("registry_notice"), make_ledger(Random(1), 50)
    notices.write_bytes(b"".join(with_sex(layout, make_rows(Random(1), ledger, 20))))
    told = run("inspect", str(notices))
    assert told.exit_code == 1
    assert "性別" in told.output
    notices.write_bytes(b"".join(with_number(layout, make_rows(Random(1), ledger, 20), Random(2))))
    assert answer("inspect", str(notices))["individual_numbers"] == [{"column": "remarks", "count": 1, "first_row": 4}]
    assert answer("inspect", str(notices), "--municipality", "401307")["other_municipality"] > 0


def test_inspect_looks_through_an_archive_and_says_what_is_in_it(tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../a.csv", "1,2")
        archive.writestr("b.exe", b"MZ" + bytes(90))
    told = run("inspect", str(made))
    assert told.exit_code == 1
    assert "name_escapes" in told.output
    said = answer("inspect", str(made))
    assert (said["media_type"], said["clean"]) == ("application/zip", False)
    assert {(each["code"], each["place"], each["held"]) for each in said["marks"]} == {("name_escapes", "1", False)}
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.csv", "1,2")
    assert run("inspect", str(made)).exit_code == 0


def test_certificates_are_issued_once_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path))
    assert run("ca", "issue", "t1", "--kind", "terminal").exit_code == 2, "there is no authority yet"
    assert run("ca", "init").exit_code == 0
    first = answer("ca", "issue", "t1", "--kind", "terminal", "--organization", "422011")
    assert answer("ca", "issue", "t1", "--kind", "terminal")["fingerprint"] == first["fingerprint"]
    assert [each["name"] for each in answer("ca", "list")["certificates"]] == ["authority", "t1"]
    assert (tmp_path / "ca" / "authority.key").stat().st_mode & 0o777 == 0o600
    assert run("ca", "issue", "../t2", "--kind", "terminal").exit_code == 2
