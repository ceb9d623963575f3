"""The door that lends a key (K-16): it opens before the end, and never at it or after, whatever anybody tries."""

import base64
import io
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest

from sekisho.adapters.database.council_deeds import Deed
from sekisho.adapters.objects.containers import open_container, read_head
from sekisho.kernel import Credential, ReasonCode, Refused
from tests.fakes.lending import HOURS, PERMIT, TENANT, UP, asking, copy_of, end_of, enter_contractor, entries
from tests.integration.conftest import Office
from tests.integration.lending.conftest import Delivery

MICRO = timedelta(microseconds=1)


def ask(delivery: Delivery, at: datetime, **changes: Any) -> bytes:
    """Ask for the key at a moment of the gate's clock, and open the container with it."""
    from sekisho.adapters.database.loan_openings import give_key

    mine = pyrage.x25519.Identity.generate()
    said = {"recipient": str(mine.to_public()), **changes}
    given = give_key(asking(delivery.parcel, delivery.digest, **said), lambda: at)
    file = io.BytesIO(delivery.container.read_bytes())
    head = read_head(file)
    return b"".join(open_container(file, head, pyrage.decrypt(given.sealed, [mine])))


def codes(act: Callable[[], object]) -> set[ReasonCode]:
    """Why it is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return {each.code for each in refused.value.reasons}


def test_what_is_delivered_is_a_container_and_opens_before_the_end_with_an_entry_each_time(delivery: Delivery) -> None:
    sealed = delivery.container.read_bytes()
    assert sealed.startswith(b"sekisho-lent/1\n")
    assert delivery.plain[:40] not in sealed
    kinds = [each["kind"] for each in entries(delivery.parcel)]
    assert kinds[3:6] == ["delivered", "contractor_keeps", "key_lent"]
    leaving, lent = entries(delivery.parcel)[2], entries(delivery.parcel)[5]
    assert (leaving["sealed_digest"], lent["container"]) == (delivery.digest, delivery.digest)
    assert leaving["digest"] != delivery.digest, "the waybill names what came, and the container that left"
    until = end_of(delivery.parcel)
    assert until - copy_of(delivery.parcel).delivered_at == timedelta(hours=HOURS)
    for at in (until - timedelta(hours=40), until - MICRO):
        assert ask(delivery, at) == delivery.plain
    last = entries(delivery.parcel)[-1]
    assert (last["kind"], last["opening"], last["by"]["person"]) == ("lent_key_given", 2, "insatsu")
    assert copy_of(delivery.parcel).openings == 2


def test_from_the_instant_of_the_end_nobody_opens_though_the_worker_never_ran(delivery: Delivery) -> None:
    until = end_of(delivery.parcel)
    late = [timedelta(0), MICRO, timedelta(seconds=1), timedelta(days=1), timedelta(days=400)]
    opened = 0
    for past in late * 8:
        assert codes(lambda past=past: ask(delivery, until + past)) == {ReasonCode.KEY_LOAN_OVER}  # type: ignore[misc]
    assert copy_of(delivery.parcel).openings == opened
    told = [each for each in entries(delivery.parcel) if each["kind"] == "lent_key_refused"]
    assert len(told) == len(late) * 8, "who tried is in the ledger"


def test_a_clock_that_was_set_back_opens_nothing_that_is_over(delivery: Delivery) -> None:
    until = end_of(delivery.parcel)
    assert codes(lambda: ask(delivery, until + timedelta(hours=2))) == {ReasonCode.KEY_LOAN_OVER}
    for _ in range(3):
        assert codes(lambda: ask(delivery, until - timedelta(hours=2))) == {ReasonCode.KEY_LOAN_OVER}
    assert copy_of(delivery.parcel).loan_end == "time", "who asked too late has ended it for good"


def test_a_clock_that_was_set_back_before_anybody_asked_is_seen_by_the_newest_entries(delivery: Delivery) -> None:
    from sekisho.adapters.database.ledgers import append_entry
    from sekisho.adapters.database.turns import writing

    until = end_of(delivery.parcel)
    with writing():
        for at in (until + timedelta(hours=3), until - timedelta(hours=3)):
            append_entry(TENANT, {"kind": "viewed", "tenant": TENANT, "at": at.isoformat()})
        append_entry(TENANT, {"kind": "viewed", "tenant": TENANT, "at": "once"})
    assert codes(lambda: ask(delivery, until - timedelta(hours=2))) == {ReasonCode.KEY_LOAN_OVER}


def test_a_request_that_was_overheard_is_not_answered_twice(delivery: Delivery) -> None:
    from sekisho.adapters.database.loan_openings import give_key

    at, once = end_of(delivery.parcel) - timedelta(hours=1), asking(delivery.parcel, delivery.digest)
    give_key(once, lambda: at)
    assert codes(lambda: give_key(once, lambda: at)) == {ReasonCode.NOT_IN_THIS_STATE}
    assert copy_of(delivery.parcel).openings == 1


def test_another_terminal_another_person_or_another_contractor_opens_nothing(
    delivery: Delivery, lending: Office
) -> None:
    from sekisho.adapters.database.models import Person, Terminal

    at = end_of(delivery.parcel) - timedelta(hours=1)
    Terminal.objects.filter(tenant_id=TENANT, terminal="asset-tax-terminal-1").update(fingerprint="cd" * 32)

    def by(value: str) -> set[ReasonCode]:
        return codes(lambda: ask(delivery, at, credential=Credential(kind="certificate", value=value)))

    assert by(f"{'cd' * 32}/insatsu") == {ReasonCode.TERMINAL_NOT_APPROVED}, "at the city's own terminal"
    assert by(f"{'ab' * 32}/urakami") == {ReasonCode.PERSON_NOT_NAMED}, "the city's own officer"
    assert by(f"{'ef' * 32}/insatsu") == by(f"{'ab' * 32}/nobody") == {ReasonCode.NOT_IDENTIFIED}
    Person.objects.filter(username="insatsu").update(department="another_contractor")
    assert by(f"{'ab' * 32}/insatsu") == {ReasonCode.PERSON_NOT_NAMED}
    Person.objects.filter(username="insatsu").update(department="printing_contractor", roles=["operator"])
    assert by(f"{'ab' * 32}/insatsu") == {ReasonCode.PERSON_NOT_NAMED}
    assert lending.tenant == TENANT


def test_another_municipality_s_contractor_opens_nothing(delivery: Delivery, neighbour_of_lending: str) -> None:
    at = end_of(delivery.parcel) - timedelta(hours=1)
    theirs = Credential(kind="certificate", value=f"{'ee' * 32}/insatsu-f")
    assert codes(lambda: ask(delivery, at, credential=theirs)) == {ReasonCode.NOT_IDENTIFIED}
    found = codes(lambda: ask(delivery, at, credential=theirs, tenant=neighbour_of_lending))
    assert found == {ReasonCode.NOT_FOUND}, "in their own municipality there is no such parcel"


@pytest.fixture
def neighbour_of_lending(lending: Office) -> str:
    """Another municipality with a contractor of its own."""
    from sekisho.adapters.database.models import Tenant

    assert lending.tenant == TENANT
    Tenant.objects.create(code="401307", label_ja="福岡市", label_en="Fukuoka City")
    enter_contractor("401307", "insatsu-f", "ee" * 32)
    return "401307"


def test_a_recalled_key_opens_nothing_and_is_destroyed_at_once(delivery: Delivery) -> None:
    from sekisho.adapters.keys import open_key_store
    from sekisho.bootstrap.erasure import recall_key

    at = end_of(delivery.parcel) - timedelta(hours=30)
    assert ask(delivery, at) == delivery.plain
    recall_key(Deed(tenant=TENANT, person="inasa", at=at), delivery.parcel)
    assert codes(lambda: ask(delivery, at)) == {ReasonCode.KEY_LOAN_OVER}
    assert open_key_store().ids(TENANT, "loan/") == []
    kinds = [each["kind"] for each in entries(delivery.parcel)]
    assert kinds[-3:] == ["key_loan_ended", "lent_key_destroyed", "lent_key_refused"]
    ended = next(each for each in entries(delivery.parcel) if each["kind"] == "key_loan_ended")
    assert (ended["why"], ended["by"]) == ("recalled", {"person": "inasa"})
    assert codes(lambda: recall_key(Deed(tenant=TENANT, person="inasa", at=at), delivery.parcel)) == {
        ReasonCode.KEY_LOAN_OVER
    }


def test_only_who_keeps_may_recall_and_only_what_was_lent(delivery: Delivery) -> None:
    from sekisho.bootstrap.erasure import recall_key

    at = end_of(delivery.parcel) - timedelta(hours=30)
    for person, parcel, code in (
        ("konpira", delivery.parcel, ReasonCode.NOT_ALLOWED),
        ("inasa", "p261124-000000000000", ReasonCode.NOT_FOUND),
    ):
        deed = Deed(tenant=TENANT, person=person, at=at)
        assert codes(lambda deed=deed, parcel=parcel: recall_key(deed, parcel)) == {code}  # type: ignore[misc]
    assert ask(delivery, at) == delivery.plain


def test_while_the_permit_is_stopped_nobody_opens(delivery: Delivery) -> None:
    from sekisho.adapters.database.models import PermitRow

    at = end_of(delivery.parcel) - timedelta(hours=1)
    row = PermitRow.objects.filter(tenant_id=TENANT, permit=PERMIT)
    row.update(status="suspended")
    assert ReasonCode.PERMIT_NOT_ACTIVE in codes(lambda: ask(delivery, at))
    row.update(status="active")
    assert ask(delivery, at) == delivery.plain


@pytest.mark.parametrize("field", ["key_lent_hours", "contractor_keeps_days", "counterpart"])
def test_a_permit_whose_row_was_edited_lends_nothing(delivery: Delivery, field: str) -> None:
    from sekisho.adapters.database.models import PermitRow

    at, row = end_of(delivery.parcel) - timedelta(hours=1), PermitRow.objects.get(tenant_id=TENANT, permit=PERMIT)
    edited = {**row.specification, field: "somebody" if field == "counterpart" else 8_000}
    PermitRow.objects.filter(pk=row.pk).update(specification=edited)
    assert ReasonCode.PERMIT_ALTERED in codes(lambda: ask(delivery, at))


def test_moving_the_end_in_the_database_lends_no_longer_than_the_ledger_says(delivery: Delivery) -> None:
    from sekisho.adapters.database.models import ContractorCopyRow
    from sekisho.bootstrap.erasure import end_key_loans

    until, rows = end_of(delivery.parcel), ContractorCopyRow.objects.filter(parcel=delivery.parcel)
    rows.update(lent_until=until + timedelta(days=90))
    assert codes(lambda: ask(delivery, until)) == {ReasonCode.KEY_LOAN_OVER}
    end_key_loans(TENANT, until + timedelta(days=91))
    rows.update(loan_ended_at=None, lent_until=until + timedelta(days=900))
    assert codes(lambda: ask(delivery, until + timedelta(days=92))) == {ReasonCode.KEY_LOAN_OVER}


def test_a_container_that_is_another_or_was_changed_gets_no_key(delivery: Delivery) -> None:
    at = end_of(delivery.parcel) - timedelta(hours=1)
    assert codes(lambda: ask(delivery, at, container="0" * 64)) == {ReasonCode.DIGEST_DIFFERS}


def test_after_the_end_a_restored_container_and_a_restored_key_store_open_nothing(
    delivery: Delivery, home: Path
) -> None:
    from sekisho.adapters.keys.slots import slots_of
    from sekisho.bootstrap.erasure import end_key_loans

    until, keys = end_of(delivery.parcel), home / "keys.sqlite3"
    shutil.copyfile(delivery.container, home / "restored.lent")
    before = slots_of(keys).read_bytes()
    end_key_loans(TENANT, until)
    assert slots_of(keys).read_bytes() != before
    slots_of(keys).write_bytes(before)
    assert codes(lambda: ask(delivery, until)) == {ReasonCode.KEY_LOAN_OVER}
    assert (home / "restored.lent").read_bytes() == delivery.container.read_bytes()


def test_a_door_that_forgets_the_end_is_caught(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted bug: the door asks everything but whether the loan is over."""
    from sekisho.adapters.database import loan_openings
    from sekisho.kernel.gate import lending

    def forgetful(loan: Any, borrower: Any, on_file: Any, at: datetime) -> tuple[Any, ...]:
        return (*lending._not_theirs(loan, borrower), *lending._not_permitted(loan, on_file, at))

    monkeypatch.setattr(loan_openings, "objections_to_lending", forgetful)
    until = end_of(delivery.parcel)
    # The entry is written, and the last look before the key leaves still keeps it.
    assert codes(lambda: ask(delivery, until)) == {ReasonCode.KEY_LOAN_OVER}
    monkeypatch.setattr(loan_openings, "_answer", without_last_look)
    with pytest.raises(pytest.fail.Exception):
        test_from_the_instant_of_the_end_nobody_opens_though_the_worker_never_ran(delivery)


def without_last_look(asked: Any, loan: Any, recipient: Any, _clock: Any) -> Any:
    """Give the key without looking once more."""
    from sekisho.adapters.database.loan_openings import GivenKey
    from sekisho.adapters.keys import open_key_store

    key = open_key_store().open(asked.tenant, f"loan/{asked.parcel}")
    return GivenKey(parcel=asked.parcel, until=loan.until, sealed=pyrage.encrypt(key, [recipient]))


def test_what_is_given_is_sealed_to_the_one_who_asked_and_stands_in_no_entry(delivery: Delivery) -> None:
    from sekisho.adapters.database.loan_openings import give_key
    from sekisho.adapters.database.models import EntryRow
    from sekisho.adapters.keys import open_key_store

    at = end_of(delivery.parcel) - timedelta(hours=1)
    given = give_key(asking(delivery.parcel, delivery.digest), lambda: at)
    key = open_key_store().open(TENANT, f"loan/{delivery.parcel}")
    assert key not in given.sealed
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(given.sealed, [pyrage.x25519.Identity.generate()])
    bodies = b"".join(bytes(each) for each in EntryRow.objects.values_list("body", flat=True))
    for form in (key.hex().encode(), base64.b64encode(key)):
        assert form not in bodies
    assert UP.encode() in bodies, "the search reads them"
