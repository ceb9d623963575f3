"""An implementation that is not ours verifies the exported ledger, and rejects what was changed (RFC 6962, C2SP)."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.kernel import (
    TILE_WIDTH,
    Checkpoint,
    Frontier,
    entry_bundle,
    entry_bundle_path,
    hash_tiles,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    sign_note,
    verifier_key,
)

PACKAGES = Path("/usr/share/gocode")
ORIGIN = "sekisho/422011"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ENTRIES = [f'{{"kind":"received","parcel":"p-{number}"}}'.encode() for number in range(600)]


class Shelf(dict[tuple[int, int], bytes]):
    """A tree's nodes in memory."""

    def __call__(self, level: int, index: int) -> bytes:
        """Hand out one."""
        return self[level, index]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the verifier from Debian's packages; nothing is fetched."""
    if shutil.which("go") is None or not (PACKAGES / "src/golang.org/x/mod").exists():
        pytest.skip("golang-go or golang-golang-x-mod-dev is not installed on this machine")
    place = tmp_path_factory.mktemp("go")
    environment = {"GO111MODULE": "off", "GOPATH": str(PACKAGES), "GOCACHE": str(place / "cache"), "GOFLAGS": ""}
    source = Path(__file__).with_name("verify.go")
    command = ["go", "build", "-o", str(place / "verify"), str(source)]
    subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=place)
    return place / "verify"


def proofs(size: int, shelf: Shelf) -> str:
    """Write our own proofs down for the others."""
    written = {
        "Inclusion": [{"Index": at, "Hashes": prove_inclusion(at, size, shelf)} for at in range(0, size, 7)],
        "Consistency": [{"Old": old, "Hashes": prove_consistency(old, size, shelf)} for old in range(1, size, 13)],
    }
    return json.dumps(written, default=lambda each: base64.b64encode(each).decode())


def publish(folder: Path, entries: list[bytes]) -> None:
    """Write a ledger as it is exported."""
    frontier, nodes = Frontier().append(map(leaf_hash, entries))
    shelf = Shelf({(node.level, node.index): node.hash for node in nodes})
    text = Checkpoint(origin=ORIGIN, size=frontier.size, root=frontier.root()).text()
    files = {"checkpoint": sign_note(text, ORIGIN, PUBLIC, KEY.sign).encode(), **dict(hash_tiles(len(entries), shelf))}
    for first in range(0, len(entries), TILE_WIDTH):
        group = entries[first : first + TILE_WIDTH]
        files[entry_bundle_path(first, len(group))] = entry_bundle(group)
    files["proofs.json"] = proofs(len(entries), shelf).encode()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def verdict(verifier: Path, folder: Path) -> tuple[int, str]:
    """Ask the others."""
    key = verifier_key(ORIGIN, PUBLIC)
    done = subprocess.run([str(verifier), str(folder), key], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 600])
def test_others_verify_signature_root_and_proofs(verifier: Path, tmp_path: Path, count: int) -> None:
    publish(tmp_path, ENTRIES[:count])
    assert verdict(verifier, tmp_path) == (0, "verified")


def flip_an_entry(folder: Path) -> None:
    """Change one byte of one entry."""
    bundle = folder / "tile/entries/001"
    content = bytearray(bundle.read_bytes())
    content[40] ^= 1
    bundle.write_bytes(content)


def drop_an_entry(folder: Path) -> None:
    """Leave out the last entry of the ledger."""
    entries = [*ENTRIES[512:599]]
    (folder / "tile/entries/002.p/88").write_bytes(entry_bundle(entries))


def sign_with_another_key(folder: Path) -> None:
    """Put a checkpoint there that somebody else signed."""
    text = (folder / "checkpoint").read_text(encoding="utf-8").split("\n\n")[0] + "\n"
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    note = sign_note(text, ORIGIN, PUBLIC, other.sign)
    (folder / "checkpoint").write_text(note, encoding="utf-8")


def bend_a_proof(folder: Path) -> None:
    """Change one hash of one inclusion proof."""
    given = json.loads((folder / "proofs.json").read_text(encoding="utf-8"))
    given["Inclusion"][3]["Hashes"][0] = base64.b64encode(bytes(32)).decode()
    (folder / "proofs.json").write_text(json.dumps(given), encoding="utf-8")


def swap_two_entries(folder: Path) -> None:
    """Exchange two neighbours."""
    group = ENTRIES[:256]
    group[4], group[5] = group[5], group[4]
    (folder / "tile/entries/000").write_bytes(entry_bundle(group))


@pytest.mark.parametrize(
    "corrupt", [flip_an_entry, drop_an_entry, sign_with_another_key, bend_a_proof, swap_two_entries]
)
def test_others_reject_what_was_changed(verifier: Path, tmp_path: Path, corrupt: Callable[[Path], None]) -> None:
    publish(tmp_path, ENTRIES)
    corrupt(tmp_path)
    status, words = verdict(verifier, tmp_path)
    assert status == 1
    assert words.startswith("REJECTED:")
