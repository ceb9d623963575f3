"""A vendor that gives back bytes that are no records: they are put away, and the permit stops."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from sekisho.adapters.carriers import Counterpart, keep_counterpart, vendor_copies
from tests.fakes.manager import TENANT
from tests.integration.conftest import Office

PERMIT = "R1-59-02"
UNREADABLE = {"torn": b'a,b\r\n"', "other-code": bytes(range(128, 256)) * 4, "too-long": b"a,b\r\n" + b"x" * (1 << 21)}


@pytest.mark.parametrize("kind", sorted(UNREADABLE))
def test_bytes_that_are_no_records_are_put_away_and_stop_the_permit(
    office59: Office, home: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import EntryRow, PermitRow

    house, body = find_home(), UNREADABLE[kind]
    keep_counterpart(house, Counterpart(counterpart="other_s1", url="https://s1", recipient="-", receipt_key="-"))
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    monkeypatch.setattr(vendor_copies, "call", lambda *_: httpx.Client(base_url="https://s1", transport=answer))
    copy = vendor_copies.VendorCopy(
        tenant=TENANT, permit=PERMIT, counterpart="other_s1", parcel="c1", sent=("00" * 32,)
    )
    for _ in range(2):
        found = vendor_copies.verify_copy(house, copy, "donation.record", datetime.now(UTC))
        assert (found.good, found.missing) == (False, 1)
    assert found.unreadable is (kind != "other-code"), "one line is a heading, in whatever code"
    assert PermitRow.objects.get(permit=PERMIT).status == "suspended"
    assert EntryRow.objects.filter(parcel="c1", kind="alarm_raised").count() == 2
    put_away = (house.folder / "quarantine" / "c1.records").read_bytes()
    assert body not in put_away
    assert len(put_away) > len(body)
