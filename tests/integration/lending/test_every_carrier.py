"""Whatever carries it, what leaves under a lent key is the container: the same bytes, whole, compared and named."""

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.carriers import Counterpart, keep_counterpart
from sekisho.adapters.carriers.addresses import INTAKE
from sekisho.adapters.carriers.choosing import SHELVES
from sekisho.adapters.carriers.receipts import read_receipt
from sekisho.adapters.carriers.shelves import ShelfCarrier
from sekisho.adapters.database.home import Home
from sekisho.adapters.objects.containers import FORMAT, make_head, read_head, seal_container
from sekisho.kernel import Cargo, Recorded, SekishoError
from tests.fakes.lending import TENANT, deliver, prices
from tests.integration.carriers import conftest as ways
from tests.integration.carriers.test_sealed import receipt_for
from tests.integration.carriers.test_shelves import to_bucket, to_sftp
from tests.integration.conftest import Office
from tests.integration.lending.conftest import Delivery

start_ssh, house, s3 = ways.start_ssh, ways.house, ways.s3
PARCEL = "p261124-00000000beef"
PLAIN = Random(3).randbytes(150_000)


def lent(home: Home, size: int = 0) -> Recorded:
    """A container that is recorded and may leave."""
    chunks = [PLAIN] if not size else (b"x" * (1 << 20) for _ in range(size >> 20))
    head = make_head((TENANT, PARCEL, "up"), "https://gate.example", b"s" * 32)
    place = home.parcels / f"{PARCEL}.sealed"
    with place.open("wb") as file:
        for piece in seal_container(head, b"k" * 32, chunks):
            file.write(piece)
    cargo = Cargo(place=place.name, digest=_digest(place), size=place.stat().st_size, recipient=FORMAT)
    other = ways.recorded_of(home, b"x", "p261124-00000000cafe")
    return replace(other, waybill=replace(other.waybill, parcel=PARCEL), cargo=cargo)


def _digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(there: Path, recorded: Recorded) -> None:
    """What the counterpart has is the container that was recorded."""
    assert there.name == f"{PARCEL}.lent"
    assert _digest(there) == recorded.cargo.digest
    with there.open("rb") as file:
        assert read_head(file).parcel == PARCEL
    assert PLAIN[:64] not in there.read_bytes()


@pytest.mark.parametrize("kind", ["folder", "sealed"])
def test_in_a_folder_and_on_a_medium_by_hand(house: Home, office: Office, tmp_path: Path, kind: str) -> None:
    folder, signer = tmp_path / "theirs", Ed25519PrivateKey.generate()
    folder.mkdir()
    (folder / ".sekisho").touch()
    recorded, key = lent(house), signer.public_key().public_bytes_raw().hex()
    (folder / f"{PARCEL}.receipt").write_bytes(receipt_for(signer, recorded.cargo.digest))
    carrier = ShelfCarrier(house, ways.printer(kind, folder=str(folder), receipt_key=key), SHELVES[kind])
    assert carrier.carry(recorded).number == "R-1"
    check(folder / f"{PARCEL}.lent", recorded)
    if kind == "sealed":
        manifest = json.loads((folder / f"{PARCEL}.manifest").read_text("utf-8"))
        assert (manifest["file"], manifest["sha256"]) == (f"{PARCEL}.lent", recorded.cargo.digest)
    assert office.tenant == TENANT


def test_by_sftp(house: Home, start_ssh: Callable[..., ways.SshServer]) -> None:
    server, recorded = start_ssh(), lent(house)
    to_sftp(house, server).carry(recorded)
    check(server.folder / f"{PARCEL}.lent", recorded)


def test_in_a_bucket(house: Home, s3: str, tmp_path: Path) -> None:
    from sekisho.adapters.carriers.buckets import open_bucket

    recorded = lent(house)
    carrier = to_bucket(house, s3, "lent")
    carrier.carry(recorded)
    there = tmp_path / f"{PARCEL}.lent"
    with open_bucket(house, TENANT, carrier.counterpart) as shelf:
        there.write_bytes(shelf.read(there.name) or b"")
    check(there, recorded)


def test_memory_does_not_grow_with_the_file(house: Home, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / ".sekisho").touch()
    recorded = lent(house, 48 << 20)
    tracemalloc.start()
    ShelfCarrier(house, ways.printer("folder", folder=str(folder)), SHELVES["folder"]).carry(recorded)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    assert _digest(folder / f"{PARCEL}.lent") == recorded.cargo.digest


def test_a_receipt_for_other_bytes_or_for_less_is_none(house: Home) -> None:
    signer, recorded = Ed25519PrivateKey.generate(), lent(house)
    key = signer.public_key().public_bytes_raw().hex()
    assert read_receipt(sized(signer, recorded.cargo.digest, recorded.cargo.size), key, recorded).number == "R-2"
    for digest, size in ((recorded.cargo.digest, recorded.cargo.size - 1), ("0" * 64, recorded.cargo.size)):
        with pytest.raises(SekishoError, match="not for these bytes"):
            read_receipt(sized(signer, digest, size), key, recorded)


def sized(signer: Ed25519PrivateKey, digest: str, size: int) -> bytes:
    """A receipt that says how much there is."""
    import base64

    receipt = {"number": "R-2", "sha256": digest, "size": size}
    text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps({**receipt, "signature": base64.b64encode(signer.sign(text)).decode()}).encode()


def test_a_door_that_takes_records_in_the_clear_gets_nothing_under_a_lent_key(lending: Office, home: Path) -> None:
    known = Counterpart(
        counterpart="printing_contractor", url="https://localhost:1", recipient="", receipt_key="", carrier=INTAKE
    )
    keep_counterpart(Home(folder=home), known)
    with pytest.raises(SekishoError, match="no key can be lent"):
        deliver(prices())
    assert lending.tenant == TENANT


def test_a_large_file_leaves_from_a_file_of_its_own_and_opens(lending: Office, home: Path) -> None:
    from tests.fakes.lending import end_of
    from tests.integration.lending.test_door import ask

    plain = prices(3_000)
    assert len(plain) > 3 * 65_536
    large = Delivery(parcel=deliver(plain), folder=home / "share", plain=plain)
    assert ask(large, end_of(large.parcel) - timedelta(hours=1)) == plain
    assert lending.tenant == TENANT
