"""Adopting a layout of our own: from the file to the ledger, to the list, to the gate."""

import hashlib
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sekisho.adapters.layouts import layouts_in_use, own_folder, put_layout, shipped_files, shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli import main
from tests.integration.conftest import Office
from tests.unit.cli.test_json_contract import PAGE, promises

DOWN = "registry-notices-down"
GOLDEN = """
golden:
  - values: {{{values}}}
"""


def run(*arguments: str) -> Result:
    """One command."""
    return CliRunner().invoke(main, list(arguments))


def answer(*arguments: str) -> Any:
    """What a command answers to a machine."""
    return json.loads(run(*arguments, "--json").stdout)


def shipped_text(name: str) -> str:
    """The text of a shipped layout's file."""
    from importlib.resources import files

    file = next(each.name for each in shipped_files() if each.layout.layout == name)
    return files("sekisho.records").joinpath("layouts", file).read_text(encoding="utf-8")


def rows() -> Any:
    """Made-up notices."""
    return make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The shipped layout of notices with shorter remarks, and a golden record."""
    text = shipped_text("registry_notice").replace("ja: 登記所からの通知", "ja: 当市の登記所からの通知")
    if "golden:" not in text:
        first = next(iter(rows()))
        values = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in first.items() if value)
        text += GOLDEN.format(values=values)
    path = tmp_path / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def adoptions(tenant: str) -> list[dict[str, Any]]:
    """What the ledger says of adoptions."""
    from sekisho.adapters.database.models import EntryRow

    rows = EntryRow.objects.filter(tenant_id=tenant, kind="layout_adopted").order_by("id")
    return [json.loads(bytes(each.body)) for each in rows]


def test_an_adopted_layout_is_recorded_listed_and_used(office: Office, ours: Path) -> None:
    told = answer("layout", "adopt", str(ours), "--by", "urakami")
    assert told == {
        "layout": "registry_notice",
        "version": "2019-reconstructed",
        "sha256": digest(ours),
        "golden": told["golden"],
        "by": "urakami",
    }
    assert set(told) == set(promises(PAGE)["layout adopt ours.yaml --by urakami --json"].keys)
    (entry,) = adoptions(office.tenant)
    assert (entry["by"], entry["sha256"]) == ({"person": "urakami"}, digest(ours))
    assert [each.read_bytes() for each in own_folder().iterdir()] == [ours.read_bytes()]
    listed = {each["layout"]: each for each in answer("layout", "list")["layouts"]}
    assert listed["registry_notice"]["origin"] == "own"
    assert listed["registry_notice"]["adopted"]["person"] == "urakami"
    assert listed["price_notice"]["adopted"] is None
    assert "urakami" in run("layout", "list").stdout
    assert "当団体 / our own" in run("layout", "show", "registry_notice").stdout
    assert answer("ledger", "verify")["verified"] is True


def test_the_gate_examines_with_our_layout_and_its_entry_says_which(office: Office, ours: Path, tmp_path: Path) -> None:
    from sekisho.adapters.database.models import EntryRow

    run("layout", "adopt", str(ours), "--by", "urakami")
    path = tmp_path / "notices.csv"
    path.write_bytes(b"".join(notice_file(shipped_layouts().find("registry_notice"), rows())))
    crossed = answer("cross", DOWN, str(path), "--person", "urakami", "--terminal", "asset-tax-terminal-1")
    assert crossed["outcome"] == "erased"
    entry = json.loads(bytes(EntryRow.objects.get(kind="cleared", parcel=crossed["parcel"]).body))
    assert entry["found"]["layout_sha256"] == digest(ours)
    assert entry["found"]["layout_version"] == "2019-reconstructed"


def test_while_a_layout_of_ours_is_broken_nothing_is_examined(office: Office, ours: Path, tmp_path: Path) -> None:
    path = tmp_path / "notices.csv"
    path.write_bytes(b"".join(notice_file(shipped_layouts().find("registry_notice"), rows())))
    own_folder().mkdir()
    (own_folder() / "broken.yaml").write_text("layout: x\n", encoding="utf-8")
    told = run("cross", DOWN, str(path), "--person", "urakami", "--terminal", "asset-tax-terminal-1")
    assert told.exit_code == 2
    assert "broken.yaml" in told.stderr
    for command in (("layout", "list"), ("layout", "show", "price_notice"), ("inspect", str(path))):
        told = run(*command)
        assert told.exit_code == 2
        assert "broken.yaml" in told.stderr


@pytest.mark.parametrize(
    ("person", "change", "said"),
    [
        ("nobody", ("ja: 当市の", "ja: 当市の"), "nobody"),
        ("urakami", ("type: lot", "type: moon"), "moon"),
        ("urakami", ("item: lot_number", "item: gossip"), "gossip"),
    ],
)
def test_what_is_not_adopted_leaves_no_file_and_no_entry(
    office: Office, ours: Path, person: str, change: tuple[str, str], said: str
) -> None:
    ours.write_text(ours.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    told = run("layout", "adopt", str(ours), "--by", person, "--json")
    assert told.exit_code == 2
    assert said in json.loads(told.stdout)["error"]["message"]
    assert not own_folder().exists() or list(own_folder().iterdir()) == []
    assert adoptions(office.tenant) == []


def test_the_entry_is_written_before_the_file_is_in_its_place(
    office: Office, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def disk_full(draft: Path, place: Path) -> None:
        seen.append(len(adoptions(office.tenant)))
        raise OSError(28, "No space left on device", str(place))

    monkeypatch.setattr("sekisho.adapters.database.adoptions.put_layout", disk_full)
    assert run("layout", "adopt", str(ours), "--by", "urakami").exit_code == 2
    assert seen == [1]
    assert list(own_folder().iterdir()) == [], "no draft is left behind"
    assert layouts_in_use().shelf.find("registry_notice").origin == "shipped"
    monkeypatch.setattr("sekisho.adapters.database.adoptions.put_layout", put_layout)
    assert run("layout", "adopt", str(ours), "--by", "urakami").exit_code == 0


def test_a_file_that_nobody_adopted_is_shown_as_such(office: Office, ours: Path) -> None:
    own_folder().mkdir()
    (own_folder() / "ours.yaml").write_bytes(ours.read_bytes())
    listed = {each["layout"]: each for each in answer("layout", "list")["layouts"]}
    assert (listed["registry_notice"]["origin"], listed["registry_notice"]["adopted"]) == ("own", None)
    assert "採用の記録なし" in run("layout", "list").stdout


def test_every_municipality_of_the_installation_has_the_entry(office: Office, neighbour: Office, ours: Path) -> None:
    run("layout", "adopt", str(ours), "--by", "urakami")
    assert [len(adoptions(each.tenant)) for each in (office, neighbour)] == [1, 1]
