"""Forwarding and the worker look by themselves, and at once when they are told that something came or moved."""

import socket
import time
from datetime import UTC, datetime
from pathlib import Path

from counterparts.donation_portal.columns import write_file
from tests.fakes.manager import Manager
from tests.integration.conftest import Office
from tests.integration.internet_side.test_portal_to_s1 import bring, copy_of, orders_of, work


def test_forwarding_is_told_of_its_own_parcels_alone(office59: Office, manager: Manager) -> None:
    from sekisho.bootstrap import STEPS
    from sekisho.bootstrap.internet_side import erase_verified, send_copies_on
    from sekisho.worker.forwarding import Bell

    bell = Bell()

    def rung(*parcels: str) -> bool:
        bell.moved(parcels)
        return bell.wait(0)

    parcel = bring("choice", write_file("choice", orders_of("choice"), {}))
    assert not rung(parcel), "what has not landed is not to be sent on"
    STEPS["examine"]([parcel])
    STEPS["deliver"]([parcel])
    assert rung("p-other", parcel)
    assert not rung("p-other")
    assert send_copies_on(office59.tenant, datetime.now(UTC)) == 1
    sent = copy_of(parcel).sent_as
    assert not rung(parcel), "it is on its way"
    assert rung(sent)
    work([sent])
    assert erase_verified(office59.tenant, datetime.now(UTC)) == 1
    assert not rung(parcel, sent), "nobody waits for it any more"
    assert manager.url


def test_a_bell_that_cannot_look_ends_no_round(office59: Office) -> None:
    from sekisho.worker.forwarding import Bell

    bell, wrong = Bell(), [object()]
    bell.moved(wrong)  # type: ignore[arg-type]
    assert (bell.wait(0), bool(office59.tenant)) == (False, True)


def test_whoever_listens_is_told_that_a_file_was_taken_in(office59: Office, home: Path) -> None:
    from sekisho.adapters.database.pokes import LOOK_AGAIN_SECONDS

    time.sleep(LOOK_AGAIN_SECONDS)  # who listens is looked up no more often, whatever test ran before
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(home / "worker-0.poke"))
        ear.settimeout(10)
        assert bring("choice", write_file("choice", orders_of("choice"), {}))
        assert ear.recv(16) == b"1"
    assert office59.tenant
