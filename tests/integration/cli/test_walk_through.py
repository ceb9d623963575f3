"""The walk-through of docs/how-to/correct-or-add-a-layout.md works as it stands there."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import own_folder, shipped_layouts
from sekisho.cli import main
from sekisho.records import Layout, write
from tests.integration.conftest import Office

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "correct-or-add-a-layout.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(sh|diff)\n(.*?)```", re.DOTALL)


def type_in(line: str) -> Result:
    """What a reader types, with `>` as a shell takes it."""
    command, _, file = line.partition(" > ")
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    if file:
        Path(file).write_text(result.stdout, encoding="utf-8")
    return result


def edit(file: Path, change: list[str]) -> None:
    """What a reader changes in an editor."""
    text = file.read_text(encoding="utf-8")
    removed, added = (next(line[1:] for line in change if line.startswith(sign)) for sign in "-+")
    assert text.count(removed) == 1
    file.write_text(text.replace(removed, added), encoding="utf-8")


@pytest.fixture
def walked(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Result]]:
    """Every command of the page with what it answered."""
    monkeypatch.chdir(tmp_path)
    layout = shipped_layouts().find("price_notice")
    good = {**dict(layout.golden[0].values), "location": "長崎市" + "桜町" * 10}
    Path("prices.csv").write_bytes(b"".join(write(layout, [good])))
    told = []
    for language, block in BLOCK.findall(PAGE):
        lines = [line.strip() if language == "sh" else line.removeprefix("   ") for line in block.rstrip().split("\n")]
        if language == "diff":
            edit(Path("ours.yaml"), lines)
        else:
            told += [(line, type_in(line)) for line in lines]
    return told


def test_every_step_comes_out_as_the_page_says(walked: list[tuple[str, Result]]) -> None:
    statuses = [(line, result.exit_code) for line, result in walked if "check" not in line]
    assert [status for _, status in statuses] == [0] * len(statuses)
    before, after = (result for line, result in walked if "check" in line)
    assert (before.exit_code, after.exit_code) == (0, 1)
    assert "文字数が様式を超えています" in after.stdout
    assert "当団体 / our own" in after.stdout
    listed = next(result.stdout for line, result in walked if line.endswith("list"))
    assert "inasa" in listed


def test_to_go_back_the_file_is_taken_out(walked: list[tuple[str, Result]]) -> None:
    (file,) = own_folder().iterdir()
    file.unlink()
    assert type_in("sekisho layout check price_notice prices.csv").exit_code == 0


def test_a_new_version_is_adopted_in_the_order_of_the_page(walked: list[tuple[str, Result]]) -> None:
    text = Path("ours.yaml").read_text(encoding="utf-8")
    newer = text.replace('"2019-reconstructed"', '"2027"').replace("2019-11-19", "2027-04-01")
    Path("newer.yaml").write_text(newer, encoding="utf-8")
    assert type_in("sekisho layout adopt newer.yaml --by inasa").exit_code == 2
    ended = text.replace("effective_until: null", "effective_until: 2027-03-31")
    Path("ended.yaml").write_text(ended, encoding="utf-8")
    assert type_in("sekisho layout adopt ended.yaml --by inasa").exit_code == 0
    assert type_in("sekisho layout adopt newer.yaml --by inasa").exit_code == 0
    told = type_in("sekisho layout check price_notice prices.csv --on 2027-04-01 --json")
    assert '"version": "2027"' in told.stdout


def test_every_key_of_a_layout_is_explained() -> None:
    explained = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert {each.name for each in fields(Layout)} - {"origin"} - explained == set()
