"""The sealed carrier, for a line that is down: age to the recipient, a manifest, an entry; and waiting."""

import base64
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sekisho.adapters.carriers import AwayError, Counterpart, keep_counterpart
from sekisho.adapters.carriers.choosing import SHELVES
from sekisho.adapters.carriers.shelves import ShelfCarrier
from sekisho.adapters.database.home import Home
from sekisho.kernel import Cargo, Receipt, Recorded, SekishoError, Waybill
from tests.integration.carriers.conftest import RECIPIENT, printer, recorded_of
from tests.integration.conftest import NOW, Office
from tests.integration.erasure.conftest import entry_kinds


def receipt_for(signer: Ed25519PrivateKey, digest: str) -> bytes:
    """A receipt as a counterpart signs it."""
    receipt = {"number": "R-1", "sha256": digest, "records": 3}
    text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps({**receipt, "signature": base64.b64encode(signer.sign(text)).decode()}).encode()


def test_debian_s_age_opens_what_was_written_and_the_manifest_says_what_it_is(office: Office, tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed on this machine")
    house, medium = Home(folder=tmp_path), tmp_path / "medium"
    medium.mkdir()
    (medium / ".sekisho").touch()
    house.parcels.mkdir(exist_ok=True)
    recorded = recorded_of(house, "様式\r\n".encode("cp932"))
    signer = Ed25519PrivateKey.generate()
    key = signer.public_key().public_bytes_raw().hex()
    carrier = ShelfCarrier(house, printer("sealed", folder=str(medium), receipt_key=key), SHELVES["sealed"])
    for _ in range(2):
        with pytest.raises(AwayError, match="no receipt yet"):
            carrier.carry(recorded)
    assert entry_kinds(office).count("carried_by_hand") == 1
    (tmp_path / "identity").write_text(str(RECIPIENT))
    file = medium / f"{recorded.waybill.parcel}.age"
    told = subprocess.run(["age", "-d", "-i", str(tmp_path / "identity"), str(file)], capture_output=True, check=True)
    assert told.stdout.decode("cp932") == "様式\r\n"
    manifest = json.loads((medium / f"{recorded.waybill.parcel}.manifest").read_text("utf-8"))
    assert (manifest["sha256"], manifest["entry"]) == (recorded.cargo.digest, recorded.receipt.entry)
    (medium / f"{recorded.waybill.parcel}.receipt").write_bytes(receipt_for(signer, recorded.cargo.digest))
    assert carrier.carry(recorded).facts == {"records": "3"}


def test_without_a_receipt_key_a_medium_is_never_taken_for_delivered(office: Office, tmp_path: Path) -> None:
    house = Home(folder=tmp_path)
    house.parcels.mkdir(exist_ok=True)
    (tmp_path / ".sekisho").touch()
    carrier = ShelfCarrier(house, printer("sealed", folder=str(tmp_path)), SHELVES["sealed"])
    with pytest.raises(AwayError, match="no receipt key"):
        carrier.carry(recorded_of(house, b"x"))
    assert office.tenant


def test_a_counterpart_that_is_away_leaves_the_parcel_with_a_sentence_and_a_next_try_each_time_later(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.queries_gate import why_waiting
    from sekisho.bootstrap import STEPS, steps
    from sekisho.worker.batches import Share, own_work, to_carry
    from tests.integration.database.test_journals import land

    parcel = land(office, 1)
    STEPS["examine"]([parcel])
    Parcel.objects.filter(parcel=parcel).update(passage=_outward(parcel))
    folder = tmp_path / "share"
    folder.mkdir()
    known = Counterpart(
        counterpart="linkage_platform", url="", recipient=str(pyrage.x25519.Identity.generate().to_public()),
        receipt_key="", carrier="folder", settings={"folder": str(folder)},
    )  # fmt: skip
    keep_counterpart(Home(folder=tmp_path), known)
    at = NOW
    monkeypatch.setattr(steps, "now", lambda: at)
    waits = []
    for _ in range(3):
        assert STEPS["deliver"]([parcel])[parcel] == "leaving"
        row = Parcel.objects.get(parcel=parcel)
        assert row.next_try is not None
        waits.append(row.next_try - at)
    assert waits == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4)]
    (reason,) = why_waiting(office.tenant, parcel).reasons
    assert "folder not mounted" in reason.ja
    Parcel.objects.filter(parcel=parcel).update(next_try=None)
    assert getattr(to_carry(Share(), [], []), "states", None) == {parcel: "leaving"}
    Parcel.objects.filter(parcel=parcel).update(next_try=NOW + timedelta(days=900))
    assert (own_work(Share(), []), to_carry(Share(), [], [])) == (None, None), "the worker leaves it alone until then"
    (folder / ".sekisho").touch()
    assert STEPS["deliver"]([parcel])[parcel] == "delivered"
    assert Parcel.objects.get(parcel=parcel).next_try is None
    assert (folder / f"{parcel}.age").exists()


def _outward(parcel: str) -> dict[str, object]:
    """The passage of a parcel that goes out."""
    from sekisho.adapters.database.models import Parcel

    passage: dict[str, object] = Parcel.objects.get(parcel=parcel).passage
    return {**passage, "direction": "outward"}


def test_waiting_grows_to_a_quarter_of_an_hour_and_no_further() -> None:
    from sekisho.adapters.carriers import wait_after

    assert [wait_after(tries).total_seconds() for tries in (0, 1, 5, 9, 10, 99)] == [1, 2, 32, 512, 900, 900]


def test_nothing_more_goes_to_a_contractor_who_is_late_even_if_it_was_let_in_before(office: Office) -> None:
    from sekisho.adapters.database.models import ContractorCopyRow
    from sekisho.bootstrap import EitherCarrier
    from sekisho.kernel import ReasonCode, Refused

    ContractorCopyRow.objects.create(
        tenant_id=office.tenant, parcel="p1", permit="R1-56-02", connection="up", counterpart="printer",
        receipt="1", delivered_at=NOW, erase_by=NOW - timedelta(days=2),
    )  # fmt: skip
    home = Home(folder=Path("nowhere"))
    recorded = recorded_of_nothing()
    with pytest.raises(Refused) as refused:
        EitherCarrier(home).carry(recorded)
    assert refused.value.reasons[0].code == ReasonCode.ERASURE_OVERDUE
    ContractorCopyRow.objects.all().update(certified_at=NOW)
    with pytest.raises(SekishoError, match="no address"):
        EitherCarrier(home).carry(recorded)


def recorded_of_nothing() -> Recorded:
    """A recorded parcel whose bytes nobody needs."""
    return Recorded(
        waybill=Waybill(parcel="p2", tenant="422011", connection="up", permit="R1-56-02", digest="0"),
        cargo=Cargo(place="x.sealed", digest="0", size=1, recipient="r"),
        counterpart="printer",
        direction="outward",
        receipt=Receipt(entry=1, leaf="0"),
    )
