"""`sekisho layout check nta.375`: the version by its width, declared counts and totals, other statutory files."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import shipped_layouts
from sekisho.cli import main
from sekisho.records import Layout, write

NAME = "nta.375"


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))


def versions(name: str = NAME) -> dict[int, Layout]:
    """The versions of a layout by their number of fields."""
    return {len(each.fields): each for each in shipped_layouts().layouts if each.layout == name}


def records(layout: Layout, *changes: dict[str, str]) -> bytes:
    """The layout's own good record, once for each change."""
    good = dict(next(each.values for each in layout.golden if not each.faults))
    rows = [{**good, "ref_no2": f"{number:013d}", **change} for number, change in enumerate(changes, start=1)]
    return b"".join(write(layout, rows))


def put(tmp_path: Path, body: bytes) -> str:
    """A file with these bytes."""
    path = tmp_path / "375dat01.txt"
    path.write_bytes(body)
    return str(path)


@pytest.mark.parametrize("width", [131, 132])
def test_the_version_that_fits_the_width_is_taken_and_said(tmp_path: Path, width: int) -> None:
    layout = versions()[width]
    path = put(tmp_path, records(layout, {}, {}))
    found = answer("layout", "check", NAME, path, "--on", "2027-01-31")
    assert (found["version"], found["records"], found["faults"]) == (layout.version, 2, [])
    assert layout.version in run("layout", "check", NAME, path, "--on", "2027-01-31").stdout


def test_a_version_that_is_named_is_the_one_that_is_compared_with(tmp_path: Path) -> None:
    path = put(tmp_path, records(versions()[131], {}))
    told = run("layout", "check", NAME, path, "--version", versions()[132].version, "--json")
    assert told.exit_code == 1
    assert {each["rule"] for each in json.loads(told.stdout)["faults"]} == {"column_count"}


def test_a_fault_is_found_at_its_row_column_and_byte_and_named_in_japanese(tmp_path: Path) -> None:
    layout = versions()[132]
    path = put(tmp_path, records(layout, {}, {"paid_amt": "12O0000"}))
    place = Path(path).read_bytes().index(b"12O0000")
    column = layout.column_of("paid_amt")
    told = run("layout", "check", NAME, path, "--json")
    fault = next(each for each in json.loads(told.stdout)["faults"] if each["field"] == "paid_amt")
    assert told.exit_code == 1
    assert (fault["row"], fault["column"], fault["byte"], fault["rule"]) == (2, column, place, "not_integer")
    shown = run("layout", "check", NAME, path).stdout
    assert f"{column} 支払金額" in shown
    assert "12O0000" not in shown


def test_what_was_declared_is_compared(tmp_path: Path) -> None:
    layout = versions()[132]
    path = put(tmp_path, records(layout, {}, {}, {}))
    paid = int(dict(layout.golden[0].values)["paid_amt"])
    right = ("--records", "3", "--total", f"paid_amt={paid * 3}", "--total", f"支払金額={paid * 3:,}")
    assert run("layout", "check", NAME, path, *right).exit_code == 0
    told = run("layout", "check", NAME, path, "--records", "4", "--total", f"paid_amt={paid}", "--json")
    found = json.loads(told.stdout)
    assert told.exit_code == 1
    assert {each["rule"] for each in found["faults"]} == {"count_differs", "total_differs"}
    assert found["totals"]["paid_amt"] == paid * 3


@pytest.mark.parametrize("total", ["paid_amt", "paid_amt=many", "paid_amt=", "=1", "payee_name=1", "nothing=1"])
def test_a_total_that_makes_no_sense_could_not_be_answered(tmp_path: Path, total: str) -> None:
    path = put(tmp_path, records(versions()[132], {}))
    told = run("layout", "check", NAME, path, "--total", total)
    assert told.exit_code == 2
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize("other", ["nta.309", "nta.316", "nta.376", "eltax.315"])
def test_another_statutory_file_is_known_for_what_it_is(tmp_path: Path, other: str) -> None:
    layout = shipped_layouts().find(other)
    good = dict(next(each.values for each in layout.golden if not each.faults))
    path = put(tmp_path, b"".join(write(layout, [good])))
    told = run("layout", "check", NAME, path)
    assert told.exit_code == 2
    assert f"({other})" in told.stderr


def test_a_file_that_lacks_a_comma_is_still_of_its_layout(tmp_path: Path) -> None:
    body = records(versions()[132], {}, {})
    path = put(tmp_path, body.replace(b",", b"", 1))
    told = run("layout", "check", NAME, path, "--json")
    assert told.exit_code == 1
    assert [each["row"] for each in json.loads(told.stdout)["faults"]] == [1]


def test_all_kinds_are_counted_also_beyond_what_is_shown(tmp_path: Path) -> None:
    path = put(tmp_path, records(versions()[132], *[{"correction": "9"}] * 300, {}))
    found = answer("layout", "check", NAME, path)
    assert found["kinds"] == [{"rule": "not_in_codes", "count": 300}]
    assert len(found["faults"]) == 300
    assert "280 件 / more" in run("layout", "check", NAME, path).stdout


@pytest.mark.parametrize("name", sorted({each.layout for each in shipped_layouts().layouts}))
def test_the_good_record_of_every_layout_is_a_yes(tmp_path: Path, name: str) -> None:
    layout = shipped_layouts().find(name)
    good = dict(next(each.values for each in layout.golden if not each.faults))
    path = put(tmp_path, b"".join(write(layout, [good])))
    told = run("layout", "check", name, path, "--version", layout.version)
    assert told.exit_code == 0, told.output
    seen = json.loads(run("layout", "check", name, path, "--json").stdout)
    assert (seen["layout"], seen["records"]) == (name, 1)
