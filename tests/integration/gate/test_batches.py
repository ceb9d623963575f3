"""Which parcels the worker takes further together, and what goes to one counterpart in its order."""

from datetime import timedelta
from typing import Any

from tests.integration.conftest import NOW, Office

LATER = timedelta(minutes=1)


def parcel(office: Office, name: str, state: str, way: str = "", **facts: Any) -> str:
    """A parcel that came after all others; `way` is the counterpart to which it goes, nothing if it comes in."""
    from sekisho.adapters.database.models import Parcel

    passage = {"direction": "outward" if way else "inward", "counterpart": way or "linkage_platform"}
    at = NOW + Parcel.objects.count() * LATER
    said = {"tenant_id": office.tenant, "connection": "c", "passage": passage, "size": 10, **facts}
    Parcel.objects.create(parcel=name, state=state, outcome=state, received_at=at, received_on=at.date(), **said)
    return name


def names(batch: Any) -> list[str]:
    """The parcels of a batch, in their order."""
    return list(batch.states) if batch else []


def own(*later: str, **said: Any) -> list[str]:
    """What the gate does next by itself."""
    from sekisho.worker.batches import Share, own_work

    return names(own_work(Share(), later, **said))


def out(*under_way: tuple[str, str]) -> list[str]:
    """What is handed over next, while these ways are in use."""
    from sekisho.worker.batches import Share, Way, to_carry

    return names(to_carry(Share(), [], [Way(tenant=tenant, counterpart=name) for tenant, name in under_way]))


def test_the_gate_s_own_work_and_what_is_handed_over_are_never_one_batch(office: Office) -> None:
    for state in ("received", "cleared", "leaving", "delivered", "refused", "erasing", "erased", "held"):
        parcel(office, f"in-{state}", state)
        parcel(office, f"out-{state}", state, "s1")
    moving = ("received", "cleared", "delivered", "refused", "erasing")
    assert own() == [each for s in moving for each in (f"in-{s}", f"out-{s}")][:4] + ["in-leaving"] + [
        each for s in moving[2:] for each in (f"in-{s}", f"out-{s}")
    ]
    assert out() == ["out-leaving"]


def test_a_batch_can_be_of_what_a_counterpart_is_to_have(office: Office) -> None:
    parcel(office, "in", "received")
    assert own(outward=True) == ["in"], "if there is none, the oldest"
    parcel(office, "out", "received", "s1")
    parcel(office, "gone", "delivered", "s1")
    assert (own(), own(outward=True)) == (["in", "out", "gone"], ["out"])


def test_a_batch_ends_at_a_number_of_bytes_and_holds_one_parcel_at_least(office: Office) -> None:
    from sekisho.worker.batches import BATCH, BYTES_AT_ONCE

    large = [parcel(office, f"large-{number}", "received", size=BYTES_AT_ONCE * 2) for number in range(2)]
    small = [parcel(office, f"small-{number}", "received") for number in range(BATCH + 1)]
    assert own() == large[:1]
    assert own(large[0]) == large[1:]
    assert own(*large) == small[:BATCH]


def test_the_parcels_of_one_municipality_go_to_a_counterpart_in_the_order_in_which_they_came(
    office: Office, neighbour: Office
) -> None:
    from sekisho.worker.batches import AT_ONE_COUNTERPART

    first, second = parcel(office, "a", "leaving", "s1"), parcel(office, "b", "leaving", "s1")
    other, elsewhere = parcel(neighbour, "c", "leaving", "s1"), parcel(office, "d", "leaving", "platform")
    assert out() == [first, second]
    mine, theirs = (office.tenant, "s1"), (neighbour.tenant, "s1")
    assert out(mine) == [other], "another municipality's go beside them"
    assert AT_ONE_COUNTERPART == 2
    assert out(mine, theirs) == [elsewhere]
    assert out(mine, theirs, (office.tenant, "platform")) == []
    assert out(("third", "s1"), ("fourth", "s1")) == [elsewhere], "so many at once to one counterpart"
