"""Every carrier against a real server: whole or not at all, once, never over something else, pinned, and patient."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.carriers import AwayError
from sekisho.adapters.carriers.choosing import SHELVES, check_counterpart
from sekisho.adapters.carriers.shelves import ShelfCarrier
from sekisho.adapters.database.home import Home
from sekisho.kernel import ReasonCode, Recorded, Refused, SekishoError
from tests.integration.carriers.conftest import RECIPIENT, TENANT, SshServer, printer, recorded_of

Start = Callable[..., SshServer]


def to_sftp(house: Home, server: SshServer, **changes: str) -> ShelfCarrier:
    """The carrier to an SSH server."""
    settings = {"host": "127.0.0.1", "port": str(server.port), "user": "city", "host_key": server.public_key()}
    return ShelfCarrier(house, printer("sftp", **{**settings, **changes}), SHELVES["sftp"])


def names(folder: Path) -> list[str]:
    """What a counterpart sees."""
    return sorted(path.name for path in folder.iterdir())


def test_sftp_lays_a_parcel_down_whole_and_twice_is_once(house: Home, recorded: Recorded, start_ssh: Start) -> None:
    server = start_ssh()
    carrier = to_sftp(house, server)
    first = carrier.carry(recorded)
    assert carrier.carry(recorded) == first
    assert names(server.folder) == ["p261124-00000000beef.age"]
    plain = pyrage.decrypt((server.folder / "p261124-00000000beef.age").read_bytes(), [RECIPIENT])
    assert plain == Random(1).randbytes(70_000)


def test_sftp_goes_on_where_it_was_cut_and_nothing_is_visible_before(house: Home, start_ssh: Start) -> None:
    recorded = recorded_of(house, Random(2).randbytes(3_000_000))
    server = start_ssh(cut_after=1_500_000)
    with pytest.raises(AwayError):
        to_sftp(house, server).carry(recorded)
    (draft,) = server.folder.iterdir()
    assert draft.name.startswith("."), "nothing that a counterpart would pick up"
    there = draft.stat().st_size
    assert 0 < there < recorded.cargo.size
    before = draft.stat().st_ino
    to_sftp(house, server).carry(recorded)
    (whole,) = server.folder.iterdir()
    assert (whole.name, whole.stat().st_ino) == ("p261124-00000000beef.age", before), "the same file, gone on with"
    assert whole.stat().st_size == recorded.cargo.size


def test_sftp_begins_anew_where_the_beginning_is_something_else(
    house: Home, recorded: Recorded, start_ssh: Start
) -> None:
    server = start_ssh()
    (server.folder / ".p261124-00000000beef.age.part").write_bytes(b"x" * 99_999)
    to_sftp(house, server).carry(recorded)
    assert (server.folder / "p261124-00000000beef.age").stat().st_size == recorded.cargo.size


def test_sftp_sends_nothing_to_another_server_and_waits_where_it_is_not_known(
    house: Home, recorded: Recorded, start_ssh: Start
) -> None:
    server, other = start_ssh(), start_ssh()
    with pytest.raises(SekishoError, match="pinned") as strange:
        to_sftp(house, server, host_key=other.public_key()).carry(recorded)
    assert not isinstance(strange.value, AwayError)
    unknown = start_ssh(known=False)
    with pytest.raises(AwayError):
        to_sftp(house, unknown).carry(recorded)
    with pytest.raises(AwayError):
        to_sftp(house, server, port="1").carry(recorded)
    assert names(server.folder) == []


def to_bucket(house: Home, s3: str, bucket: str) -> ShelfCarrier:
    """The carrier to a bucket that exists."""
    import urllib.request

    from sekisho.adapters.carriers.secrets_of import keep_secret

    keep_secret(house, TENANT, "printer", json.dumps({"id": "AKIA", "secret": "made up"}))
    urllib.request.urlopen(urllib.request.Request(f"{s3}/{bucket}", method="PUT"), timeout=20)
    return ShelfCarrier(house, printer("s3", s3, bucket=bucket, prefix="in"), SHELVES["s3"])


def test_s3_creates_an_object_once_and_never_writes_over_another(house: Home, s3: str, recorded: Recorded) -> None:
    carrier = to_bucket(house, s3, "once")
    first = carrier.carry(recorded)
    assert carrier.carry(recorded) == first
    other = recorded_of(house, b"another content under the same name")
    with pytest.raises(Refused) as refused:
        carrier.carry(other)
    assert refused.value.reasons[0].code == ReasonCode.COUNTERPART_REFUSED
    assert carrier.carry(recorded_of(house, b"x", "p261124-00000000cafe")).number.endswith("cafe.age")


def test_s3_itself_refuses_a_second_create_so_that_a_race_is_harmless(house: Home, s3: str) -> None:
    from sekisho.adapters.carriers.buckets import open_bucket

    carrier = to_bucket(house, s3, "race")
    with open_bucket(house, TENANT, carrier.counterpart) as shelf:
        shelf.put("a", io.BytesIO(b"first"))
        shelf.put("a", io.BytesIO(b"second"))
        assert shelf.read("a") == b"first"


def test_s3_that_is_away_is_away(house: Home, recorded: Recorded) -> None:
    far = printer("s3", "http://127.0.0.1:9", bucket="b")
    with pytest.raises(AwayError):
        ShelfCarrier(house, far, SHELVES["s3"]).carry(recorded)


def to_folder(house: Home, folder: Path, **more: str) -> ShelfCarrier:
    """The carrier to a folder."""
    return ShelfCarrier(house, printer("folder", folder=str(folder), **more), SHELVES["folder"])


def test_a_folder_that_is_not_mounted_is_away_and_nothing_is_written_into_the_hole(
    house: Home, recorded: Recorded, tmp_path: Path
) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    with pytest.raises(AwayError):
        to_folder(house, folder).carry(recorded)
    assert names(folder) == []
    (folder / ".sekisho").touch()
    to_folder(house, folder).carry(recorded)
    assert names(folder) == [".sekisho", "p261124-00000000beef.age"]


def test_a_folder_keeps_what_is_there(house: Home, recorded: Recorded, tmp_path: Path) -> None:
    (tmp_path / ".sekisho").touch()
    (tmp_path / "p261124-00000000beef.age").write_bytes(b"theirs")
    with pytest.raises(Refused):
        to_folder(house, tmp_path).carry(recorded)
    assert (tmp_path / "p261124-00000000beef.age").read_bytes() == b"theirs"


def test_a_counterpart_that_signs_receipts_is_waited_for_and_only_its_own_receipt_counts(
    house: Home, recorded: Recorded, tmp_path: Path
) -> None:
    from tests.integration.carriers.test_sealed import receipt_for

    (tmp_path / ".sekisho").touch()
    signer, stranger = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    carrier = to_folder(house, tmp_path, receipt_key=signer.public_key().public_bytes_raw().hex())
    with pytest.raises(AwayError, match="no receipt yet"):
        carrier.carry(recorded)
    place = tmp_path / "p261124-00000000beef.receipt"
    for wrong in (receipt_for(stranger, recorded.cargo.digest), receipt_for(signer, "00" * 32), b"{}"):
        place.write_bytes(wrong)
        with pytest.raises(SekishoError, match="receipt"):
            carrier.carry(recorded)
    place.write_bytes(receipt_for(signer, recorded.cargo.digest))
    assert carrier.carry(recorded).number == "R-1"


@pytest.mark.parametrize(
    ("carrier", "settings"), [("pigeon", {}), ("sftp", {"host": "a"}), ("s3", {}), ("sealed", {}), ("folder", {})]
)
def test_a_carrier_that_is_unknown_or_lacks_something_is_said_so(carrier: str, settings: dict[str, str]) -> None:
    with pytest.raises(SekishoError, match="missing or unknown"):
        check_counterpart(printer(carrier, **settings))
