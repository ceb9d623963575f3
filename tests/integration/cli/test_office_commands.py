"""The commands that look into an office: permits in words, why something would be refused, a crossing, the ledger."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli import main
from tests.integration.conftest import Office

DOWN = "registry-notices-down"


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


@pytest.fixture
def crossed(office: Office, tmp_path: Path) -> str:
    """A parcel that crossed from the shell."""
    path = tmp_path / "notices.csv"
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
    path.write_bytes(b"".join(notice_file(shipped_layouts().find("registry_notice"), rows)))
    found = answer("cross", DOWN, str(path), "--person", "urakami", "--terminal", "asset-tax-terminal-1")
    assert found["outcome"] == "erased"
    return str(found["parcel"])


def test_a_permit_is_shown_with_every_caveat_in_words(office: Office) -> None:
    found = answer("permit", "show", DOWN)
    assert found["permit"] == "R1-56-01"
    assert found["faults"] == []
    assert len(found["caveats"]) == 18
    assert run("permit", "show", "no-such-connection").exit_code == 1


def test_an_edited_permit_is_shown_as_one(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    row = PermitRow.objects.get(permit="R1-56-01")
    row.specification = {**row.specification, "parcels_a_day": 1}
    row.save()
    result = run("permit", "show", DOWN, "--json")
    assert result.exit_code == 1
    assert [each["code"] for each in json.loads(result.stdout)["faults"]] == ["permit_altered"]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), []),
        (("--person", "dejima", "--terminal", "x"), ["person_not_named", "terminal_not_approved"]),
        (("--route", "internet"), ["route_not_approved"]),
        (("--at", "2040-01-01T00:00:00+09:00"), ["permit_expired"]),
        (("--size", "999999999"), ["too_large"]),
        (("--direction", "outward"), ["direction_not_approved"]),
    ],
)
def test_why_something_would_be_refused(office: Office, arguments: tuple[str, ...], codes: list[str]) -> None:
    result = run("permit", "explain", DOWN, *arguments, "--json")
    assert [each["code"] for each in json.loads(result.stdout)["reasons"]] == codes
    assert result.exit_code == (1 if codes else 0)


def test_the_ledger_verifies_exports_and_stops_verifying_when_touched(
    office: Office, crossed: str, tmp_path: Path
) -> None:
    from sekisho.adapters.database.models import EntryRow

    assert answer("ledger", "verify")["verified"] is True
    exported = answer("ledger", "export", str(tmp_path / "tiles"))
    assert exported["entries"] == EntryRow.objects.count()
    assert (tmp_path / "tiles" / "checkpoint").read_text(encoding="utf-8").startswith("sekisho/422011\n")
    EntryRow.objects.filter(parcel=crossed, kind="cleared").delete()
    result = run("ledger", "verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"]


def test_a_refused_crossing_says_why_and_what_to_do(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("こんにちは", encoding="utf-8")
    result = run("cross", DOWN, str(path), "--person", "urakami", "--terminal", "asset-tax-terminal-1")
    assert result.exit_code == 1
    assert "送り手に訂正したファイルを求めてください" in result.output
    turned = run("cross", DOWN, str(path), "--person", "dejima", "--terminal", "asset-tax-terminal-1")
    assert turned.exit_code == 1
    assert "dejima" in turned.stderr
