"""A legal hold: one role sets it, two persons lift it, and until then copy and key survive whatever asks."""

import pytest

from sekisho.bootstrap import STEPS
from sekisho.kernel import ReasonCode, Refused
from tests.integration.conftest import NOW, Office
from tests.integration.database.test_journals import land
from tests.integration.erasure.conftest import HEAD, MANAGER, OPERATOR, SYSTEMS, act


def delivered(office: Office) -> str:
    """A parcel that was delivered and not yet erased."""
    parcel = land(office)
    STEPS["examine"]([parcel])
    assert STEPS["deliver"]([parcel])[parcel] == "delivered"
    return parcel


def alive(office: Office, parcel: str) -> bool:
    """Is its key there?"""
    from sekisho.adapters.keys import open_key_store

    return bool(open_key_store().present(office.tenant, [f"parcel/{parcel}"]))


def test_a_parcel_on_hold_and_its_key_survive_until_two_persons_lift_it(office: Office) -> None:
    from sekisho.bootstrap.erasure import agree_to_lift, set_hold
    from tests.integration.database.test_journals import entries

    parcel = delivered(office)
    hold = set_hold(act(office, MANAGER), parcel, "訴訟のため")
    assert STEPS["erase"]([parcel])[parcel] == "delivered"
    assert alive(office, parcel)
    assert not agree_to_lift(act(office, HEAD), hold)
    with pytest.raises(Refused) as twice:
        agree_to_lift(act(office, HEAD), hold)
    assert twice.value.reasons[0].code == ReasonCode.DUTIES_NOT_SEPARATE
    assert STEPS["erase"]([parcel])[parcel] == "delivered"
    assert agree_to_lift(act(office, SYSTEMS), hold)
    assert STEPS["erase"]([parcel])[parcel] == "erased"
    assert not alive(office, parcel)
    assert [each for each in entries(parcel) if each.startswith("hold")] == [
        "hold_set", "hold_lift_agreed", "hold_lifted",
    ]  # fmt: skip


@pytest.mark.parametrize("person", [HEAD, OPERATOR, SYSTEMS])
def test_nobody_else_sets_a_hold(office: Office, person: str) -> None:
    from sekisho.bootstrap.erasure import set_hold

    with pytest.raises(Refused) as refused:
        set_hold(act(office, person), delivered(office), "なぜなら")
    assert refused.value.reasons[0].code == ReasonCode.NOT_ALLOWED


def test_a_hold_comes_too_late_once_erasing_has_begun_and_needs_a_reason(office: Office) -> None:
    from sekisho.bootstrap.erasure import set_hold

    parcel = delivered(office)
    with pytest.raises(Refused):
        set_hold(act(office, MANAGER), parcel, "  ")
    STEPS["erase"]([parcel])
    from sekisho.adapters.database.models import Parcel

    Parcel.objects.filter(parcel=parcel).update(state="erasing")
    with pytest.raises(Refused) as refused:
        set_hold(act(office, MANAGER), parcel, "訴訟のため")
    assert refused.value.reasons[0].code == ReasonCode.NOT_IN_THIS_STATE


def test_a_hold_that_comes_between_the_look_and_the_intent_still_holds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.bootstrap import steps

    parcel = delivered(office)
    seen = steps.rows_in

    def then_held(parcels: list[str], *states: str) -> dict[str, Parcel]:
        rows = seen(parcels, *states)
        Parcel.objects.filter(parcel=parcel).update(hold="hold-0001")
        return rows

    monkeypatch.setattr(steps, "rows_in", then_held)
    assert STEPS["erase"]([parcel])[parcel] == "delivered"
    assert alive(office, parcel)


def test_what_is_on_hold_is_not_overdue_and_its_document_stays(office: Office) -> None:
    from datetime import timedelta

    from sekisho.adapters.database.registers import Register
    from sekisho.bootstrap.erasure import due_lists, late_copies, set_hold

    parcel, later = delivered(office), NOW + timedelta(days=800)
    assert Register().overdue_erasures(office.tenant, "registry-notices-down", later) == 1
    assert len(late_copies(office.tenant, later)) == 2
    assert [each.copies for each in due_lists(office.tenant, later)] == [(f"doc-{parcel}",)]
    set_hold(act(office, MANAGER), parcel, "訴訟のため")
    assert Register().overdue_erasures(office.tenant, "registry-notices-down", later) == 0
    assert late_copies(office.tenant, later) == ()
    assert due_lists(office.tenant, later) == ()
