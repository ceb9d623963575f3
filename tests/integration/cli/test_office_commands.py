"""The commands that look into an office: permits in words, why something would be refused, a crossing, the ledger."""

import json
import os
import subprocess
import sys
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
DESK = ("--person", "urakami", "--terminal", "asset-tax-terminal-1")


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
    assert len(found["guards"]) == 27
    assert all(each["ja"] and each["en"] for each in found["guards"])
    people = run("permit", "show", DOWN).stdout
    assert all(each["guard"] in people for each in found["guards"])
    assert answer("permit", "show", "R1-56-01") == found, "by its number as well"


UNANSWERABLE = {
    "a permit that is not there": (("permit", "show", "R9-99-99"), "R9-99-99"),
    "an explanation of a permit that is not there": (("permit", "explain", "R9-99-99"), "R9-99-99"),
    "a crossing under a permit that is not there": (("cross", "R9-99-99", "pyproject.toml", *DESK), "R9-99-99"),
    "a large round of pruning that nobody answers for": (("ledger", "prune", "--at-most", "9"), "--person"),
    "a crossing without a person": (("cross", DOWN, "pyproject.toml"), "--person"),
    "a crossing of a folder": (("cross", DOWN, "src", *DESK), "src"),
    "a crossing of a missing file": (("cross", DOWN, "no-such-file", *DESK), "no-such-file"),
    "a moment that is none": (("permit", "explain", DOWN, "--at", "tomorrow"), "tomorrow"),
    "a size below nothing": (("permit", "explain", DOWN, "--size", "-1"), "-1"),
    "a municipality that is not entered": (("ledger", "verify", "--tenant", "999999"), "999999"),
    "an export of one": (("ledger", "export", "var/never", "--tenant", "999999"), "999999"),
    "a demonstration of no dossier": (("demo", "--once", "--dossier", "src/sekisho/cli/permit.py"), "permit.py"),
    "a demonstration without notices": (("demo", "--once", "--notices", "0"), "--notices"),
}


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_cannot_be_answered_is_one_clear_sentence_and_status_two(office: Office, question: str) -> None:
    arguments, named = UNANSWERABLE[question]
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("答えられません / could not answer: ")
    assert named in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        ("permit", "show", DOWN),
        ("ledger", "verify"),
        ("ledger", "export", "tiles"),
        ("worker",),
        ("permit", "explain", DOWN),
    ],
)
def test_where_there_is_no_gate_yet_it_is_said_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    environment = {**os.environ, "SEKISHO_HOME": str(tmp_path)}
    for name in ("DJANGO_SETTINGS_MODULE", "SEKISHO_DATABASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "sekisho", *arguments]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=60)
    assert ended.returncode == 2
    assert "関所はまだありません" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_superseded_permit_is_shown_and_nothing_crosses_under_its_number(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    PermitRow.objects.filter(permit="R1-56-01").update(status="superseded")
    shown = json.loads(run("permit", "show", "R1-56-01", "--json").stdout)
    assert shown["status"] == "superseded"
    result = run("cross", "R1-56-01", "pyproject.toml", *DESK)
    assert result.exit_code == 2
    assert "superseded" in result.stderr


def test_a_moment_without_a_zone_is_the_office_s_own(office: Office) -> None:
    assert run("permit", "explain", DOWN, "--at", "2035-03-31T23:59").exit_code == 0
    assert run("permit", "explain", DOWN, "--at", "2035-04-01T00:00").exit_code == 1


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


def test_both_opinions_are_explained(office: Office) -> None:
    found = answer("permit", "explain", DOWN, "--person", "dejima")
    assert [each["guard"] for each in found["second"]["against"]] == ["G05-person"]
    assert (found["second"]["allows"], found["second"]["fault"], found["admitted"]) == (False, "", False)
    assert "第二の判断 / second opinion: G05-person" in run("permit", "explain", DOWN, "--person", "dejima").stdout
    assert answer("permit", "explain", DOWN)["second"] == {"allows": True, "fault": "", "against": []}


def test_the_policy_text_is_compiled_from_the_dossier_and_is_the_one_that_was_signed(office: Office) -> None:
    from sekisho.adapters.database.models import PermitRow

    found = answer("permit", "compile", DOWN)
    assert found["is_signed"]
    assert run("permit", "compile", DOWN).stdout == f"{found['policy']}\n"
    whole = run("permit", "compile", "R1-56-01", "--whole").stdout
    for part in ("namespace Sekisho {", '@id("G20-municipality")', '@id("S-R1-56-01")', '"asset-tax-terminal-1"'):
        assert part in whole
    row = PermitRow.objects.get(permit="R1-56-01")
    PermitRow.objects.update(document=bytes(row.document).replace("承認を受けた".encode(), "承認した".encode()))
    result = run("permit", "compile", DOWN, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["is_signed"] is False


def test_one_person_stops_a_permit_and_two_start_it(office: Office) -> None:
    stop = ("permit", "stop", DOWN, "--person", "glover", "--cause", "alarm")
    assert json.loads(run(*stop, "--json").stdout) == {"permit": "R1-56-01", "status": "suspended"}
    assert json.loads(run(*stop, "--json").stdout)["reasons"][0]["code"] == "not_in_this_state"
    explained = answer("permit", "explain", DOWN)
    assert [each["code"] for each in explained["reasons"]] == ["permit_not_active"]
    assert [each["guard"] for each in explained["second"]["against"]] == ["G01-status"]
    both = run("permit", "start", DOWN, "--person", "glover", "--person", "nabekanmuri", "--json")
    assert both.exit_code == 2, "two names in one command would be one word: it is refused"
    first = run("permit", "start", DOWN, "--person", "nabekanmuri", "--json")
    assert json.loads(first.stdout)["status"] == "suspended"
    again = run("permit", "start", DOWN, "--person", "nabekanmuri", "--json")
    assert (again.exit_code, json.loads(again.stdout)["reasons"][0]["code"]) == (1, "duties_not_separate")
    started = run("permit", "start", "R1-56-01", "--person", "glover")
    assert (started.exit_code, started.stdout) == (0, "通行証 R1-56-01: active\n")
    assert run("permit", "explain", DOWN).exit_code == 0


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
