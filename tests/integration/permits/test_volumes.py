"""More than was declared to the council is refused, and an alarm says so (諮問第56号: only what changed is sent)."""

import pytest

from sekisho.kernel import ReasonCode, Refused
from tests.integration.conftest import NOW, Office
from tests.integration.permits.test_alarms_and_lives import DOWN, NUMBER, arrive, entries, told


def test_more_than_was_declared_is_an_alarm_beside_the_refusal(office: Office) -> None:
    from sekisho.adapters.database.models import Parcel
    from sekisho.adapters.database.office_time import office_day
    from sekisho.adapters.database.queries_gate import crossings_of_day

    limit = office.dossier.approved[0].specification.parcels_a_day
    Parcel.objects.bulk_create(
        Parcel(
            parcel=f"p-{number}", tenant_id=office.tenant, connection=DOWN, permit=NUMBER, state="erased",
            received_at=NOW, received_on=office_day(NOW), size=1,
        )
        for number in range(limit)
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        arrive(office)
    assert told(refusal.value) == [ReasonCode.TOO_MANY_PARCELS]
    (alarm,) = entries(kind="alarm_raised")
    assert (alarm["hall"], alarm["alarm"]["code"]) == ("entrance", "too_many_parcels")
    rows = crossings_of_day(office.tenant, office_day(NOW))
    assert [each.state for each in rows if each.beyond] == ["refused"]
    assert not [each for each in rows if each.alarmed]
