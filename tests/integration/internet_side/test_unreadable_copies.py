"""A vendor that gives back bytes that are no records: they are put away, and the permit stops."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sekisho.adapters.carriers import Counterpart, keep_counterpart, vendor_copies
from sekisho.adapters.database.home import Home
from tests.fakes.manager import TENANT
from tests.integration.conftest import Office

PERMIT, NEXT = "R1-59-02", "R8-59-02"
UNREADABLE = {"torn": b'a,b\r\n"', "other-code": bytes(range(128, 256)) * 4, "too-long": b"a,b\r\n" + b"x" * (1 << 21)}


def given_back(house: Home, body: bytes, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What comes of it when a vendor gives this back of a parcel that was sent under the permit."""
    keep_counterpart(house, Counterpart(counterpart="other_s1", url="https://s1", recipient="-", receipt_key="-"))
    answer = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    monkeypatch.setattr(vendor_copies, "call", lambda *_: httpx.Client(base_url="https://s1", transport=answer))
    copy = vendor_copies.VendorCopy(
        tenant=TENANT, permit=PERMIT, counterpart="other_s1", parcel="c1", sent=("00" * 32,)
    )
    return vendor_copies.verify_copy(house, copy, "donation.record", datetime.now(UTC))


@pytest.mark.parametrize("waits", [False, True])
def test_what_was_sent_under_the_permit_of_before_stops_the_connection(
    office59: Office, monkeypatch: pytest.MonkeyPatch, *, waits: bool
) -> None:
    """The planted bug: a new permit between sending and giving back, and the vendor's mix-up stops nothing."""
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import PermitRow
    from sekisho.adapters.database.setup import issue_permit

    at = datetime.now(UTC)
    first = next(each for each in office59.dossier.approved if each.permit == PERMIT)
    begins = at + timedelta(days=30) if waits else at
    said = replace(first.specification, not_before=begins.isoformat())
    issue_permit(replace(first, permit=NEXT, specification=said), office59.dossier.issuers, at)
    found = given_back(find_home(), UNREADABLE["torn"], monkeypatch)
    assert not found.good
    states = dict(PermitRow.objects.filter(permit__in=(PERMIT, NEXT)).values_list("permit", "status"))
    # One in force is stopped; the clock starts none that waits over its stop (`permit_waits`).
    assert states == dict(
        zip((PERMIT, NEXT), ("suspended", "issued") if waits else ("superseded", "suspended"), strict=True)
    )


@pytest.mark.parametrize("kind", sorted(UNREADABLE))
def test_bytes_that_are_no_records_are_put_away_and_stop_the_permit(
    office59: Office, home: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.models import EntryRow, PermitRow

    house, body = find_home(), UNREADABLE[kind]
    for _ in range(2):
        found = given_back(house, body, monkeypatch)
        assert (found.good, found.missing) == (False, 1)
    assert found.unreadable is (kind != "other-code"), "one line is a heading, in whatever code"
    assert PermitRow.objects.get(permit=PERMIT).status == "suspended"
    assert EntryRow.objects.filter(parcel="c1", kind="alarm_raised").count() == 2
    put_away = (house.folder / "quarantine" / "c1.records").read_bytes()
    assert body not in put_away
    assert len(put_away) > len(body)
