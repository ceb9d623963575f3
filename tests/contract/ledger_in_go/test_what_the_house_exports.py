"""The ledger of a real house, as `sekisho ledger export` writes it: others verify it, with the house's own proofs."""

import os
import subprocess
import sys
import zipfile
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
from sekisho.adapters.database.ledgers import append_entry, latest_checkpoint, sequence, stored_nodes
from sekisho.adapters.database.turns import writing
from sekisho.kernel import prove_consistency, prove_inclusion
for _ in range(3):
    with writing():
        for number in range(100):
            append_entry("422011", {"kind": "viewed", "number": number, "at": now().isoformat()})
    sequence("422011")
from random import Random
from sekisho.adapters.bundles import write_bundle
from sekisho.adapters.database.queries_bundles import evidence_of_parcel
from sekisho.adapters.database.witnesses import Appointment, appoint_witness, keep_cosignature
from sekisho.adapters.database.witnesses import request_for, witness_named
from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.witnesses import found_book
from sekisho.adapters.database.ledgers import ledger_verifier_key
from sekisho.bootstrap import cross_file
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
out = Path(sys.argv[1]).parent.parent
book = found_book(out / "witness", "secretariat")
book.trust(ledger_verifier_key("422011"))
appoint_witness("422011", Appointment(key=book.key), "chair", now())
row = witness_named("422011", "secretariat")
keep_cosignature(row, book.answer(request_for(row), 1_800_000_000).line, now())
rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
bearer = ("asset-tax-terminal-1", "urakami")
outcome = cross_file(("422011", "registry-notices-down"), bearer, (iter([body]), len(body)))
write_bundle(out / "bundle.zip", evidence_of_parcel("422011", outcome.waybill.parcel))
(out / "witness.vkey").write_text(book.key)
size, nodes = latest_checkpoint("422011").size, stored_nodes("422011")
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
    content = bytearray(bundle.read_bytes())
    content[content.index(b'"kind":"', len(content) // 2) + len(b'"kind":"')] ^= 1
    bundle.write_bytes(content)


def cut_the_last_bundle(folder: Path) -> None:
    """The newest entries were never there."""
    newest = max((folder / "tile/entries").rglob("*"), key=lambda path: (path.is_file(), str(path)))
    newest.unlink()


def claim_a_larger_tree(folder: Path) -> None:
    """The checkpoint says one entry more than was signed."""
    origin, size, *rest = (folder / "checkpoint").read_text(encoding="utf-8").split("\n")
    (folder / "checkpoint").write_text("\n".join([origin, str(int(size) + 1), *rest]), encoding="utf-8")


def leave_the_witness_out(folder: Path) -> None:
    """The checkpoint that the witness signed, without its signature."""
    note = (folder / "witnessed").read_text(encoding="utf-8")
    (folder / "witnessed").write_text(note.rsplit("— ", 1)[0], encoding="utf-8")


def test_others_verify_what_the_house_exported_and_reject_it_once_it_was_touched(
    verifier: Path, exported: tuple[Path, str], tmp_path: Path
) -> None:
    folder, key = exported
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        (tmp_path / "evidence.json").write_bytes(bundle.read("evidence.json"))
    more = [(tmp_path / "witness.vkey").read_text(), str(tmp_path / "evidence.json")]
    assert ask(verifier, folder, key, *more) == (0, "verified")
    attacks: list[Callable[[Path], None]] = [
        spoil_an_entry,
        cut_the_last_bundle,
        claim_a_larger_tree,
        leave_the_witness_out,
    ]
    for number, attack in enumerate(attacks):
        copy = tmp_path / f"copy-{number}"
        subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
        attack(copy)
        status, words = ask(verifier, copy, key, *more)
        assert (status, words.split(":")[0]) == (1, "REJECTED"), attack.__doc__
    evidence = (tmp_path / "evidence.json").read_text(encoding="utf-8")
    (tmp_path / "evidence.json").write_text(evidence.replace("cleared", "refused", 1), encoding="utf-8")
    assert ask(verifier, folder, key, *more)[0] == 1


def ask(verifier: Path, folder: Path, key: str, *more: str) -> tuple[int, str]:
    """What the others say."""
    command = [str(verifier), str(folder), key, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()
