"""docs/reference/json.md is true: every command in it is run, and answers with exactly the keys that stand there."""

import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from sekisho.adapters.assessments import shipped_text
from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli import main
from sekisho.records import write

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```sh\nsekisho ([^\n]+)\n```\n(.*?)(?=```sh|\Z)", re.DOTALL)
ROW = re.compile(r"^\| `([^`]+)` \| ([a-z/]+\??) \|", re.MULTILINE)
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int,),
    "yes/no": (bool,),
    "list": (list,),
    "object": (dict,),
}
NEEDS_AN_OFFICE = "layout adopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A command of the page, and the keys and kinds that it promises."""

    command: str
    keys: dict[str, str]


def promises(page: str) -> dict[str, Promise]:
    """Every command of the page."""
    found = (Promise(command=command, keys=dict(ROW.findall(below))) for command, below in BLOCK.findall(page))
    kept = {each.command: each for each in found}
    listed = {
        key.removeprefix("layouts[]."): kind
        for key, kind in kept["layout list --json"].keys.items()
        if key.startswith("layouts[].")
    }
    kept["layout show nta.375 --json"].keys.update(listed)
    checked = next(each for each in kept.values() if each.command.startswith("layout check"))
    inspected = next(each for each in kept.values() if each.command.startswith("inspect"))
    inspected.keys.update({key: kind for key, kind in checked.keys.items() if key != "in_grace"})
    return kept


def leaves(data: dict[str, Any], promised: set[str], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every key of an answer with its value; what is inside is told only where the page speaks of it."""
    for key, value in data.items():
        place = f"{before}{key}"
        yield place, value
        if isinstance(value, dict) and any(each.startswith(f"{place}.") for each in promised):
            yield from leaves(value, promised, f"{place}.")
        if isinstance(value, list) and any(each.startswith(f"{place}[].") for each in promised):
            assert value, f"{place} is empty, so that nothing is known of its elements"
            for each in value:
                yield from leaves(each, promised, f"{place}[].")


def faults_of(answer: dict[str, Any], promise: Promise) -> set[str]:
    """Where an answer is not what was promised."""
    seen = set()
    faults = set()
    for place, value in leaves(answer, set(promise.keys)):
        seen.add(place)
        kind = promise.keys.get(place, "")
        null = value is None and kind.endswith("?")
        fits = null or (
            isinstance(value, KINDS.get(kind.rstrip("?"), ())) and isinstance(value, bool) == (kind == "yes/no")
        )
        if not fits:
            faults.add(f"{place}: {type(value).__name__} and not {kind or 'in the page'}")
    return faults | {f"{each}: missing" for each in set(promise.keys) - seen}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the page names."""
    monkeypatch.setenv("SEKISHO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    statutory, chance = shipped_layouts().find("nta.375"), Random(1)
    good = dict(statutory.golden[0].values)
    bodies: dict[str, Iterable[bytes]] = {
        "375dat01.txt": write(statutory, [good, {**good, "paid_amt": "12O"}]),
        "notices.csv": notice_file(
            shipped_layouts().find("registry_notice"), make_rows(chance, make_ledger(chance, 9), 5)
        ),
        **{f"{each}.yaml": [shipped_text(each).encode()] for each in ("resident_tax_1", "resident_tax_2")},
        "access.log": [(ROOT / "tests/golden/survey/squid_access.log").read_bytes()],
        "allowed.txt": [b"choice.example 443 R1-59-01\n"],
        "technical.csv": ["宛先,用途,責任者,確認日,有効期限\nntp.example,時刻,情報,2026-04-01,2027-03-31\n".encode()],
        "minutes.txt": [(ROOT / "tests/golden/minutes/nagasaki_r1_3.txt").read_bytes()],
    }
    for name, pieces in bodies.items():
        (tmp_path / name).write_bytes(b"".join(pieces))
    notices = tmp_path / "notices.csv"
    notices.write_bytes(notices.read_bytes().replace(b"2026-04-01", b"2026-99-01", 1))
    return tmp_path


def run(command: str) -> dict[str, Any]:
    """What a command of the page answers."""
    answer = json.loads(CliRunner().invoke(main, shlex.split(command)).stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("command", sorted(each for each in promises(PAGE) if not each.startswith(NEEDS_AN_OFFICE)))
def test_an_answer_has_the_keys_that_the_page_promises(room: Path, command: str) -> None:
    assert faults_of(run(command), promises(PAGE)[command]) == set()


def test_the_page_speaks_of_every_command_of_the_records() -> None:
    said = {" ".join(each.split()[:2]) for each in promises(PAGE)}
    assert said >= {"number check", "date parse", "address parse", "barcode customer", "minutes parse", "layout list"}
    assert said >= {"layout show", "layout check", "layout adopt", "inspect notices.csv", "survey access.log"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("| `normalised` | text |", "| `normal` | text |", "normal: missing"),
        ("| `normalised` | text |", "| `normalised` | number |", "normalised: str and not number"),
        ("| `valid` | yes/no |", "| `valid` | number |", "valid: bool and not number"),
        ("| `reason` | text | why not; empty", "| why |", "reason: str and not in the page"),
    ],
)
def test_a_page_that_is_not_true_is_found(old: str, new: str, fault: str) -> None:
    assert old in PAGE
    command = "number check individual 1234-5678-9018 --json"
    assert fault in faults_of(run(command), promises(PAGE.replace(old, new, 1))[command])


def test_a_key_inside_a_list_that_is_not_promised_is_found(room: Path) -> None:
    page = PAGE.replace("| `kinds[].count` | number | how many |\n", "")
    command = next(each for each in promises(page) if each.startswith("layout check"))
    assert faults_of(run(command), promises(page)[command]) == {"kinds[].count: int and not in the page"}
