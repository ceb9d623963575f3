"""The ledger of a real house, as `sekisho ledger export` writes it: others verify it, with the house's own proofs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.ledger_in_go.test_others_can_verify import verifier as _verifier

verifier = _verifier
_HOUSE = """
import base64, json, sys
from pathlib import Path
from sekisho.adapters.dossiers import shipped_dossier
from sekisho.bootstrap import now, open_house
home = open_house()
from sekisho.cli.demo.city import found_city
found_city(home, shipped_dossier(), 1)
from sekisho.adapters.database.ledgers import Nodes, append_entry, latest_checkpoint, sequence
from sekisho.adapters.database.turns import writing
from sekisho.kernel import prove_consistency, prove_inclusion
for _ in range(3):
    with writing():
        for number in range(100):
            append_entry("422011", {"kind": "viewed", "number": number, "at": now().isoformat()})
    sequence("422011")
size, nodes = latest_checkpoint("422011").size, Nodes("422011")
proofs = {
    "Inclusion": [{"Index": each, "Hashes": prove_inclusion(each, size, nodes)} for each in range(0, size, 7)],
    "Consistency": [{"Old": old, "Hashes": prove_consistency(old, size, nodes)} for old in range(1, size, 13)],
}
text = json.dumps(proofs, default=lambda each: base64.b64encode(each).decode())
Path(sys.argv[1]).write_text(text, encoding="utf-8")
"""


@pytest.fixture
def exported(tmp_path: Path) -> tuple[Path, str]:
    """The folder that the command wrote, and the key that it printed."""
    home, folder = tmp_path / "home", tmp_path / "tiles"
    folder.mkdir()
    settings = {"SEKISHO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    environment = {**os.environ, **settings}
    environment.pop("SEKISHO_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", _HOUSE, str(folder / "proofs.json")], check=True, env=environment)
    command = [sys.executable, "-m", "sekisho", "ledger", "export", str(folder)]
    told = subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout
    return folder, told.rsplit("key: ", 1)[1].strip()


def spoil_an_entry(folder: Path) -> None:
    """Change one letter of one entry in the middle of a bundle."""
    bundle = folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b'"number":50', b'"number":51', 1))


def cut_the_last_bundle(folder: Path) -> None:
    """The newest entries were never there."""
    newest = max((folder / "tile/entries").rglob("*"), key=lambda path: (path.is_file(), str(path)))
    newest.unlink()


def claim_a_larger_tree(folder: Path) -> None:
    """The checkpoint says one entry more than was signed."""
    origin, size, *rest = (folder / "checkpoint").read_text(encoding="utf-8").split("\n")
    (folder / "checkpoint").write_text("\n".join([origin, str(int(size) + 1), *rest]), encoding="utf-8")


def test_others_verify_what_the_house_exported_and_reject_it_once_it_was_touched(
    verifier: Path, exported: tuple[Path, str], tmp_path: Path
) -> None:
    folder, key = exported
    assert ask(verifier, folder, key) == (0, "verified")
    attacks: list[Callable[[Path], None]] = [spoil_an_entry, cut_the_last_bundle, claim_a_larger_tree]
    for number, attack in enumerate(attacks):
        copy = tmp_path / f"copy-{number}"
        subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
        attack(copy)
        status, words = ask(verifier, copy, key)
        assert (status, words.split(":")[0]) == (1, "REJECTED"), attack.__doc__


def ask(verifier: Path, folder: Path, key: str) -> tuple[int, str]:
    """What the others say."""
    done = subprocess.run([str(verifier), str(folder), key], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()
