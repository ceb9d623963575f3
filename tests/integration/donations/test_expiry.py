"""S1's own clock: what is due goes by its key, with a certificate; too much at once waits for two persons."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sekisho.adapters.bundles import certificates
from sekisho.adapters.database.ledgers import ledger_verifier_key, read_entries, sequence
from sekisho.adapters.database.models import ErasureListRow
from sekisho.adapters.donations.area_settings import AreaSettings, keep_settings
from sekisho.adapters.donations.expiry import carry_out, confirm, due_in, erase_due, pass_day
from sekisho.adapters.donations.models import DonationRow
from sekisho.adapters.donations.reading import donor_of, find_donations
from sekisho.adapters.donations.responses import take_in_responses
from sekisho.adapters.keys import Destroyed, KeyStore, open_key_store
from sekisho.business.hometown_donations.donors import KeepingRule
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from tests.fakes.donations import NAGASAKI, NEIGHBOUR, act_in, deliver, delivery_of, parcel_of, record
from tests.integration.donations.test_intake import answers

LATER = datetime(2034, 1, 1, 3, 0, tzinfo=UTC)


def test_nothing_is_due_before_its_last_day_has_passed(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    assert due_in(NAGASAKI, datetime(2033, 12, 31, tzinfo=UTC).date()) == 0
    assert due_in(NAGASAKI, LATER.date()) == 1


def test_what_is_erased_is_gone_with_its_key_and_its_answers_and_leaves_a_certificate(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    body = answers()
    take_in_responses(delivery_of(NAGASAKI, "r1", body, door="responses"), body)
    deliver(NEIGHBOUR, "p1", parcel_of([record(1)]))
    before = DonationRow.objects.get(tenant_id=NAGASAKI)
    assert open_key_store().present(NAGASAKI, [f"subject/donation/{before.order_search}"])
    proposed = erase_due(NAGASAKI, LATER)
    assert proposed is not None
    assert proposed.stopped is None
    row = DonationRow.objects.get(tenant_id=NAGASAKI)
    assert (bytes(row.sealed), row.name_search, row.erased_at) == (b"", "", LATER)
    assert not open_key_store().present(NAGASAKI, [f"subject/donation/{before.order_search}"])
    facts = dict(certificates.open_certificate(row.proof, ledger_verifier_key(NAGASAKI)))
    assert (facts["parcel"], facts["searched"], facts["kind"]) == (f"donation-{row.pk}", "yes", "donation.record")
    assert find_donations(NAGASAKI, "試験太郎")[0] == 0
    donor = donor_of(NAGASAKI, row.donor_id)
    assert donor is not None
    assert donor.answers == ()
    assert DonationRow.objects.get(tenant_id=NEIGHBOUR).erased_at is None


def test_an_erased_donation_does_not_come_back(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    erase_due(NAGASAKI, LATER)
    with pytest.raises(Refused) as refused:
        deliver(NAGASAKI, "p2", parcel_of([record(1), record(2)]))
    assert {each.code for each in refused.value.reasons} == {ReasonCode.NOT_IN_THIS_STATE}
    assert DonationRow.objects.count() == 1


def test_too_much_at_once_waits_for_two_persons(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(number) for number in range(1, 8)]))
    proposed = erase_due(NAGASAKI, LATER, act_in(NAGASAKI).standing.person)
    assert proposed is not None
    assert proposed.stopped is not None
    assert erase_due(NAGASAKI, LATER) is None
    with pytest.raises(Refused) as refused:
        confirm(act_in(NAGASAKI), proposed.number, agrees=True)
    assert {each.code for each in refused.value.reasons} == {ReasonCode.DUTIES_NOT_SEPARATE}
    with pytest.raises(Refused):
        confirm(act_in(NEIGHBOUR), proposed.number, agrees=True)
    assert not DonationRow.objects.filter(erased_at__isnull=False).exists()


def test_the_second_person_lets_it_happen(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(number) for number in range(1, 8)]))
    proposed = erase_due(NAGASAKI, LATER, act_in(NAGASAKI).standing.person)
    assert proposed is not None
    act = act_in(NAGASAKI, 2)
    later = type(act)(area=act.area, standing=act.standing, at=LATER)
    assert confirm(later, proposed.number, agrees=True)
    assert DonationRow.objects.filter(erased_at__isnull=False).count() == 7
    assert ErasureListRow.objects.get().state == "done"


def test_a_new_day_erases_what_is_due_in_every_area(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    deliver(NEIGHBOUR, "p1", parcel_of([record(1), record(2, ordered_at="2028-01-01 10:00", paid_on="2028-01-02")]))
    pass_day(LATER)
    assert DonationRow.objects.filter(erased_at__isnull=True).count() == 1


def left() -> list[str]:
    """The areas whose donations are not erased yet."""
    return sorted(DonationRow.objects.filter(erased_at__isnull=True).values_list("tenant_id", flat=True))


def test_the_fault_of_one_area_holds_no_other_back_and_makes_no_second_list(
    areas: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted((NAGASAKI, NEIGHBOUR))
    for area in areas:
        deliver(area, "p1", parcel_of([record(1)]))
    real = KeyStore.destroy

    def destroy(store: KeyStore, area: str, keys: Sequence[str]) -> list[Destroyed]:
        """What is left of the first area's keys cannot be searched for yet."""
        return [replace(each, searched=area != first and each.searched) for each in real(store, area, keys)]

    with monkeypatch.context() as busy:
        busy.setattr(KeyStore, "destroy", destroy)
        for _ in range(3):
            with pytest.raises(SekishoError, match="消せなかったもの") as fault:
                pass_day(LATER)
            assert (first in str(fault.value), second in str(fault.value)) == (True, False)
            assert left() == [first]
    assert sorted(ErasureListRow.objects.values_list("tenant_id", "state")) == [(first, "signed"), (second, "done")]
    pass_day(LATER)
    assert left() == []


@pytest.mark.parametrize("fault", [Refused([because(ReasonCode.NOT_FOUND, what="x")]), OSError(28, "full")])
def test_a_number_that_cannot_be_erased_holds_no_donation_back(
    areas: tuple[str, str], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    from sekisho.adapters.donations import expiry

    def fail(*_: object) -> None:
        raise fault

    deliver(NAGASAKI, "p1", parcel_of([record(1)]))
    monkeypatch.setattr(expiry, "erase_past_their_day", fail)
    with pytest.raises(SekishoError, match=type(fault).__name__):
        pass_day(LATER)
    assert left() == []


def test_a_list_that_nobody_signed_erases_nothing_and_is_an_alarm(areas: tuple[str, str]) -> None:
    deliver(NAGASAKI, "p1", parcel_of([record(number) for number in range(1, 8)]))
    proposed = erase_due(NAGASAKI, LATER)
    assert proposed is not None
    row = ErasureListRow.objects.get(number=proposed.number)
    ErasureListRow.objects.filter(pk=row.pk).update(state="signed", note=row.note.replace("list", "List", 1) + "x")
    assert carry_out(NAGASAKI, LATER) == 0
    assert left() == [NAGASAKI] * 7
    row.refresh_from_db()
    assert (row.state, row.done_at) == ("dropped", LATER)
    sequence(NAGASAKI)
    told = [each for each in read_entries(NAGASAKI) if each["kind"] == "erasure_stopped"]
    assert told[-1]["why"] == "not signed"


def test_a_municipality_says_how_long_its_own_area_keeps(areas: tuple[str, str]) -> None:
    rule = KeepingRule(donation_years=1, invitation_years=1)
    keep_settings(NAGASAKI, AreaSettings(issuer="長崎市長 見本", contact="推進室", keeping=rule))
    for area in areas:
        deliver(area, "p1", parcel_of([record(1)]))
    kept = dict(DonationRow.objects.values_list("tenant_id", "keep_until"))
    assert (kept[NAGASAKI].year, kept[NEIGHBOUR].year) == (2027, 2033)
    with pytest.raises(SekishoError):
        keep_settings(NAGASAKI, AreaSettings(issuer="-", contact="", keeping=KeepingRule(invitation_years=9)))
