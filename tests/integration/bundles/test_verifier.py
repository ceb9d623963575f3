"""The evidence bundle's own verifier: alone in an empty environment it checks a crossing, and finds any change."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import cryptography
import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from tests.integration.conftest import Office

Evidence = dict[str, Any]


@pytest.fixture
def bundle(office: Office, tmp_path: Path) -> Path:
    """The bundle of one crossing."""
    from sekisho.adapters.bundles import write_bundle
    from sekisho.adapters.database.queries_bundles import evidence_of_parcel
    from sekisho.bootstrap import cross_file

    rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
    body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
    bearer = ("asset-tax-terminal-1", "urakami")
    outcome = cross_file((office.tenant, "registry-notices-down"), bearer, (iter([body]), len(body)))
    evidence = evidence_of_parcel(office.tenant, outcome.waybill.parcel)
    return write_bundle(tmp_path / "out" / "evidence.zip", evidence)


def verify(bundle: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Unpack and run the verifier with nothing on its path but `cryptography`."""
    empty = folder / "empty"
    if not empty.exists():
        empty.mkdir()
        packages = Path(cryptography.__file__).parent.parent
        for name in ("cryptography", "cffi", "_cffi_backend*", "pycparser"):
            for found in packages.glob(name):
                (empty / found.name).symlink_to(found)
        with zipfile.ZipFile(bundle) as packed:
            (empty / "verify.py").write_bytes(packed.read("verify.py"))
    script = str(empty / "verify.py")
    start = (
        "import sys, runpy; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]; "
        f"sys.path.append({str(empty)!r}); sys.argv = ['verify.py', {str(bundle)!r}, *{list(more)!r}]; "
        f"runpy.run_path({script!r}, run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", start], check=False, capture_output=True, text=True, cwd=folder
    )


def repack(bundle: Path, evidence: bytes) -> Path:
    """The same bundle around other evidence."""
    changed = bundle.with_name("changed.zip")
    with zipfile.ZipFile(bundle) as packed, zipfile.ZipFile(changed, "w") as again:
        again.writestr("verify.py", packed.read("verify.py"))
        again.writestr("evidence.json", evidence)
    return changed


def change(bundle: Path, how: Callable[[Evidence], None]) -> Path:
    """The same bundle with changed evidence."""
    with zipfile.ZipFile(bundle) as packed:
        evidence = json.loads(packed.read("evidence.json"))
    how(evidence)
    return repack(bundle, json.dumps(evidence, ensure_ascii=False).encode())


def test_a_bundle_alone_in_an_empty_environment_verifies(bundle: Path, tmp_path: Path) -> None:
    ended = verify(bundle, tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "確かめられました / verified" in ended.stdout
    told = json.loads(verify(bundle, tmp_path, "--json").stdout)
    assert (told["verified"], len(told["held"])) == (True, 4)


def test_the_same_evidence_makes_the_same_bytes(bundle: Path, office: Office) -> None:
    from sekisho.adapters.bundles import write_bundle

    with zipfile.ZipFile(bundle) as packed:
        evidence = json.loads(packed.read("evidence.json"))
    assert write_bundle(bundle.with_name("again.zip"), evidence).read_bytes() == bundle.read_bytes()


def drop_entry(evidence: Evidence) -> None:
    """A step is missing: delivered without being cleared."""
    evidence["entries"] = [each for each in evidence["entries"] if '"kind":"cleared"' not in each["body"]]


def edit_entry(evidence: Evidence) -> None:
    """An entry says something else."""
    evidence["entries"][1]["body"] = evidence["entries"][1]["body"].replace('"records":', '"records":1')


def swap_entries(evidence: Evidence) -> None:
    """Two entries change places."""
    evidence["entries"][0], evidence["entries"][1] = evidence["entries"][1], evidence["entries"][0]


def move_entry(evidence: Evidence) -> None:
    """An entry claims another place in the ledger."""
    evidence["entries"][0]["index"] += 1


def edit_approval(evidence: Evidence) -> None:
    """The approval shown is wider than the one that was signed."""
    evidence["permit"]["specification"]["items"].append("sex")


def one_signature(evidence: Evidence) -> None:
    """One of the two signatures is missing."""
    evidence["permit"]["signatures"] = evidence["permit"]["signatures"][:1]


def same_signature_twice(evidence: Evidence) -> None:
    """One signature twice."""
    evidence["permit"]["signatures"] = evidence["permit"]["signatures"][:1] * 2


def other_key(evidence: Evidence) -> None:
    """A verifier key that did not sign."""
    name, _, _ = evidence["verifier_key"].split("+", 2)
    from sekisho.kernel import verifier_key

    evidence["verifier_key"] = verifier_key(name, bytes(32))


def edit_checkpoint(evidence: Evidence) -> None:
    """The checkpoint claims another size."""
    origin, size, rest = evidence["checkpoint"].split("\n", 2)
    evidence["checkpoint"] = f"{origin}\n{int(size) + 1}\n{rest}"


def no_permit(evidence: Evidence) -> None:
    """The permit is left out."""
    evidence["permit"] = None


@pytest.mark.parametrize(
    "how",
    [
        drop_entry,
        edit_entry,
        swap_entries,
        move_entry,
        edit_approval,
        one_signature,
        same_signature_twice,
        other_key,
        edit_checkpoint,
        no_permit,
    ],
)
def test_whatever_is_changed_is_found(bundle: Path, tmp_path: Path, how: Callable[[Evidence], None]) -> None:
    ended = verify(change(bundle, how), tmp_path)
    assert ended.returncode == 1, ended.stdout


def test_any_flipped_byte_of_what_proves_is_found(bundle: Path, tmp_path: Path) -> None:
    chance = Random(5)
    with zipfile.ZipFile(bundle) as packed:
        whole = packed.read("evidence.json")
    verified = 0
    for _ in range(12):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(7)
        verified += verify(repack(bundle, bytes(raw)), tmp_path).returncode == 0
    assert verified <= 1, "only white space and the permit's shown order may change without a consequence"


def test_the_key_that_the_office_publishes_is_the_one_that_counts(
    bundle: Path, tmp_path: Path, office: Office, neighbour: Office
) -> None:
    from sekisho.adapters.database.ledgers import ledger_verifier_key

    assert verify(bundle, tmp_path, "--key", ledger_verifier_key(office.tenant)).returncode == 0
    assert verify(bundle, tmp_path, "--key", ledger_verifier_key(neighbour.tenant)).returncode == 1


def test_what_is_no_bundle_cannot_be_read(bundle: Path, tmp_path: Path) -> None:
    verify(bundle, tmp_path)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK nothing")
    assert verify(broken, tmp_path).returncode == 2
