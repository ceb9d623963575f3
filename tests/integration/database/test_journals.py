"""Replaying from any last entry ends in one delivery: a step that was done is not done again."""

from functools import partial
from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.objects import CHUNK
from sekisho.bootstrap import STEPS as BATCHES
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.kernel import (
    ReasonCode,
    Refused,
    Standing,
)
from tests.fakes.arrivals import arrival_at
from tests.fakes.arrivals import land as bring_in
from tests.integration.conftest import NOW, Office


def examine_parcel(parcel: str) -> str:
    return BATCHES["examine"]([parcel])[parcel]


def deliver_parcel(parcel: str) -> str:
    return BATCHES["deliver"]([parcel])[parcel]


def erase_parcel(parcel: str) -> str:
    return BATCHES["erase"]([parcel])[parcel]


MANY = 500  # records: more than fit into a row
STEPS = (examine_parcel, deliver_parcel, erase_parcel)


def land(office: Office, count: int = 5) -> str:
    """A parcel that has landed."""
    from sekisho.adapters.database.home import find_home

    rows = make_rows(Random(2), make_ledger(Random(1), 50), count, misfits=0.0)
    body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
    return bring_in(find_home(), arrival_at(NOW, body), body).waybill.parcel


def entries(parcel: str) -> list[str]:
    """The kinds of entry of a parcel."""
    from sekisho.adapters.database.models import EntryRow

    return list(EntryRow.objects.filter(parcel=parcel).order_by("id").values_list("kind", flat=True))


WHOLE = ["received", "cleared", "leaving", "proposed", "delivered", "erasing", "erased"]


@pytest.mark.parametrize("done", range(4))
@pytest.mark.parametrize("again", range(1, 3))
def test_from_wherever_it_is_replayed_it_ends_in_one_delivery(office: Office, done: int, again: int) -> None:
    from sekisho.adapters.database.models import Document

    parcel = land(office)
    for step in STEPS[:done]:
        step(parcel)
    for _ in range(again):
        for step in STEPS:
            state = step(parcel)
    assert state == "erased"
    assert entries(parcel) == WHOLE
    assert Document.objects.filter(parcel=parcel).count() == 1


def test_a_step_out_of_its_turn_changes_nothing(office: Office) -> None:
    parcel = land(office)
    assert erase_parcel(parcel) == "received"
    assert deliver_parcel(parcel) == "received"
    assert entries(parcel) == ["received"]


def test_a_lost_key_keeps_one_parcel_back_and_no_other(office: Office) -> None:
    from sekisho.adapters.keys import open_key_store

    before, lost, after = (land(office) for _ in range(3))
    open_key_store().destroy(office.tenant, [f"parcel/{lost}"])
    for step in BATCHES.values():
        states = step([before, lost, after])
    assert states == {before: "erased", lost: "received", after: "erased"}
    assert entries(lost) == ["received"]
    assert entries(before) == entries(after) == WHOLE


def test_one_that_cannot_be_written_down_keeps_one_parcel_back_and_no_other(office: Office) -> None:
    from sekisho.adapters.database.passages import ParcelBook, find_parcel, waybill_of
    from sekisho.bootstrap.steps import write_together

    before, early, after = (land(office) for _ in range(3))
    for parcel in (before, after):
        examine_parcel(parcel)
        deliver_parcel(parcel)
    waybills = {parcel: waybill_of(find_parcel(parcel)) for parcel in (before, early, after)}
    write_together({parcel: partial(ParcelBook().erased, each, NOW) for parcel, each in waybills.items()})
    assert [entries(parcel)[-1] for parcel in (before, early, after)] == ["erasing", "received", "erasing"]


def record_leaving(parcel: str) -> None:
    """Seal and record a parcel that was cleared."""
    from sekisho.adapters.database.passages import find_parcel, load_clearance, receipts_of
    from sekisho.bootstrap import open_exit
    from sekisho.kernel import record, seal

    leaving = open_exit()
    record(seal(load_clearance(find_parcel(parcel), receipts_of([parcel])), leaving.sealer), leaving.journal, NOW)


def test_swapped_sealed_bytes_do_not_leave(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel

    parcel = land(office)
    examine_parcel(parcel)
    record_leaving(parcel)
    Parcel.objects.filter(parcel=parcel).update(cargo_inline=b"something else")
    assert deliver_parcel(parcel) == "leaving"
    assert "delivered" not in entries(parcel)


@pytest.mark.parametrize("lost", [False, True])
def test_swapped_or_lost_sealed_bytes_of_a_large_parcel_do_not_leave(office: Office, *, lost: bool) -> None:
    from sekisho.adapters.database.home import find_home

    parcel = land(office, MANY)
    examine_parcel(parcel)
    record_leaving(parcel)
    sealed = find_home().parcels / f"{parcel}.sealed"
    assert sealed.stat().st_size > CHUNK
    sealed.unlink() if lost else sealed.write_bytes(b"something else")
    assert deliver_parcel(parcel) == "leaving"
    assert "delivered" not in entries(parcel)


def test_a_small_parcel_leaves_from_its_row_and_nothing_of_it_stays_there(office: Office) -> None:
    from sekisho.adapters.database.home import find_home
    from sekisho.adapters.database.passages import find_parcel, proof_of_erasure

    parcel = land(office)
    examine_parcel(parcel)
    record_leaving(parcel)
    row = find_parcel(parcel)
    held = len(row.inline or b"") + len(row.cargo_inline or b"")
    assert row.cargo_inline
    assert not (find_home().parcels / f"{parcel}.sealed").exists()
    assert deliver_parcel(parcel) == "delivered"
    assert erase_parcel(parcel) == "erased"
    row, proof = find_parcel(parcel), proof_of_erasure(find_parcel(parcel))
    assert (row.inline, row.cargo_inline) == (None, None)
    assert proof is not None
    assert proof.bytes_removed == held


def test_a_ticket_works_once_and_only_in_time(office: Office) -> None:
    from datetime import timedelta

    from sekisho.adapters.database.tickets import LIFETIME, issue_ticket, use_ticket

    standing = Standing(person="urakami", terminal="asset-tax-terminal-1", agency="mayor", department="asset_tax")
    secret = issue_ticket(office.tenant, standing, "registry-notices-down", NOW)
    assert use_ticket(secret, "p1", NOW).person == "urakami"
    late = issue_ticket(office.tenant, standing, "registry-notices-down", NOW)
    for used, at in ((secret, NOW), ("never issued", NOW), (late, NOW + LIFETIME + timedelta(seconds=1))):
        with pytest.raises(Refused) as refusal:
            use_ticket(used, "p2", at)
        assert refusal.value.reasons[0].code is ReasonCode.TICKET_NOT_VALID


def test_a_backup_of_the_sealed_copy_cannot_be_opened_after_the_erasure(office: Office) -> None:
    from sekisho.adapters.carriers.sealing import cargo_key
    from sekisho.adapters.keys import open_key_store

    parcel = land(office)
    examine_parcel(parcel)
    deliver_parcel(parcel)
    assert open_key_store().present(office.tenant, [cargo_key(parcel)]), "before, the backup opens"
    assert erase_parcel(parcel) == "erased"
    assert not open_key_store().present(office.tenant, [cargo_key(parcel)])
    assert not open_key_store().present(office.tenant, [f"parcel/{parcel}"])
