"""The published ledger: written as it grows, whole at every moment, and checked by one file that is not the gate."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.adapters.bundles import verify_ledger
from sekisho.kernel import LARGEST_ENTRY, EntryKind, LedgerFault, encode_entry, entry_bundle, read_entry_bundle
from tests.integration.ledger.conftest import fill

SIZES = (1, 200, 256, 300, 512, 700)


def held(folder: Path, key: str = "", policy: str = "") -> list[str]:
    """What the verifier says of the folder."""
    return list(verify_ledger.export_checks(folder, key, policy))


def test_it_grows_with_the_ledger_and_holds_at_every_size(tenant: str, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import publish_ledger

    folder, size = tmp_path / "public", 0
    for wanted in SIZES:
        fill(wanted - size, first=size)
        size = wanted
        assert publish_ledger(tenant, folder) > 0
        assert held(folder)[1].startswith(f"記録 {size} 件")
        assert publish_ledger(tenant, folder) == 0
    assert not list(folder.glob("tile/**/.*"))
    assert (folder / "tile/0/000").stat().st_size == 8192
    assert not (folder / "tile/0/000.p").exists()


def test_cut_at_any_file_the_checkpoint_holds_and_the_next_run_goes_on(
    tenant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.bundles.exports import publish_ledger

    folder, real = tmp_path / "public", os.fsync
    fill(300)
    publish_ledger(tenant, folder)
    fill(700, first=300)
    for cut in range(40):
        left = iter(range(cut))

        def failing(descriptor: int, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]  # an iterator
                raise KeyboardInterrupt
            real(descriptor)

        monkeypatch.setattr(os, "fsync", failing)
        try:
            publish_ledger(tenant, folder)
        except KeyboardInterrupt:
            assert held(folder)
            continue
        break
    else:
        pytest.fail("it never got through")
    assert cut > 2
    assert held(folder)[1].startswith("記録 1000 件")


def test_a_full_tile_is_written_once(tenant: str, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import publish_ledger

    fill(300)
    publish_ledger(tenant, tmp_path)
    before = (tmp_path / "tile/0/000").stat().st_ino
    fill(300, first=300)
    publish_ledger(tenant, tmp_path)
    assert (tmp_path / "tile/0/000").stat().st_ino == before
    (tmp_path / "tile/0/002.p/88").unlink()
    (tmp_path / "checkpoint").unlink()
    (tmp_path / "tile/0/000").write_bytes(bytes(8192))
    with pytest.raises(LedgerFault, match="tile/0/000"):
        publish_ledger(tenant, tmp_path)


def test_a_ledger_that_was_rolled_back_is_not_published_over_the_old_one(tenant: str, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import publish_ledger
    from sekisho.adapters.database.models import CheckpointRow

    fill(30)
    fill(30, first=30)
    publish_ledger(tenant, tmp_path)
    CheckpointRow.objects.filter(size=60).delete()
    with pytest.raises(LedgerFault, match="60"):
        publish_ledger(tenant, tmp_path)


def flip(folder: Path) -> None:
    """One bit of one entry."""
    place = folder / "tile/entries/001"
    content = bytearray(place.read_bytes())
    content[60] ^= 4
    place.write_bytes(content)


def flip_with_its_leaf(folder: Path) -> None:
    """An entry and its leaf, as somebody does who knows how the tree is made."""
    flip(folder)
    place, hashes = folder / "tile/entries/001", bytearray((folder / "tile/0/001").read_bytes())
    for at, entry in enumerate(read_entry_bundle(place.read_bytes())):
        hashes[at * 32 : at * 32 + 32] = hashlib.sha256(b"\x00" + entry).digest()
    (folder / "tile/0/001").write_bytes(hashes)


def lose_a_bundle(folder: Path) -> None:
    """A bundle is gone, as if it had been pruned."""
    (folder / "tile/entries/000").unlink()


def bend_an_upper_tile(folder: Path) -> None:
    """A tile of the second row."""
    (place,) = folder.glob("tile/1/000.p/*")
    place.write_bytes(bytes(len(place.read_bytes())))


def put_an_entry_in(folder: Path) -> None:
    """One entry more in the last bundle, and its leaf."""
    (place,) = folder.glob("tile/entries/002.p/*")
    place.write_bytes(place.read_bytes() + entry_bundle([b"{}"]))


@pytest.mark.parametrize("attack", [flip, flip_with_its_leaf, lose_a_bundle, bend_an_upper_tile, put_an_entry_in])
def test_the_one_file_verifier_alone_finds_it(tenant: str, tmp_path: Path, attack: Callable[[Path], None]) -> None:
    from sekisho.adapters.bundles.exports import export_ledger

    fill(700)
    key = export_ledger(tenant, tmp_path / "out").key
    command = [sys.executable, "-I", str(tmp_path / "out/verify.py"), str(tmp_path / "out"), "--key", key, "--json"]
    assert json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["verified"]
    attack(tmp_path / "out")
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stdout
    assert json.loads(ended.stdout)["fault"]


def test_an_entry_larger_than_a_bundle_can_say_is_never_written() -> None:
    room = LARGEST_ENTRY - len(encode_entry({"kind": str(EntryKind.VIEWED), "text": ""}))
    largest = encode_entry({"kind": str(EntryKind.VIEWED), "text": "x" * room})
    assert read_entry_bundle(entry_bundle([largest, b"{}"])) == [largest, b"{}"]
    with pytest.raises(LedgerFault, match="too large"):
        encode_entry({"kind": str(EntryKind.VIEWED), "text": "x" * (room + 1)})


def test_a_folder_of_somebody_elses_key_is_not_believed(tenant: str, tmp_path: Path) -> None:
    from sekisho.adapters.bundles.exports import export_ledger

    fill(5)
    export_ledger(tenant, tmp_path / "out")
    other = "sekisho/422011+00000000+AQ=="
    with pytest.raises(verify_ledger.DoesNotHoldError):
        held(tmp_path / "out", other)
    shutil.rmtree(tmp_path / "out/tile")
    with pytest.raises(verify_ledger.DoesNotHoldError):
        held(tmp_path / "out")
