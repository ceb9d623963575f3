"""A stop by one person takes effect at the next decision, with 1,000 crossings in flight: none is decided after it."""

from dataclasses import replace
from pathlib import Path
from random import Random

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.kernel import Passage, PermitOnFile, ReasonCode, SecondAnswer, Stopped, examine
from tests.integration.conftest import NOW, Office
from tests.integration.permits.stopping import stop_in_their_midst
from tests.integration.permits.test_alarms_and_lives import NUMBER, arrive, entries

PARCELS = 1_000


def test_with_a_thousand_crossings_in_flight_none_is_cleared_after_the_stop(tmp_path: Path) -> None:
    told = stop_in_their_midst(tmp_path, PARCELS)
    assert told["cleared"]["after"] == 0
    assert told["cleared"]["before"] > 0, "they were in flight"
    assert told["refused"]["before"] == 0
    assert told["refused"]["after"] > 0, "and had not all crossed"
    assert told["cleared"]["before"] + told["refused"]["after"] == PARCELS
    assert told["waiting"] == 0
    assert told["codes"] == [ReasonCode.PERMIT_NOT_ACTIVE]


class StopsMeanwhile:
    """A second opinion in the midst of which somebody stops the permit; it allows everything."""

    def __init__(self, tenant: str) -> None:
        self.tenant = tenant

    def ask(self, on_file: PermitOnFile, passage: Passage) -> SecondAnswer:
        """Allowed, but no longer."""
        from sekisho.bootstrap.permits import StopCause, stop_permit

        stop_permit(self.tenant, on_file.permit.permit, "glover", StopCause.INCIDENT, NOW)
        return SecondAnswer()


def test_what_was_being_decided_when_the_stop_came_is_refused(office: Office) -> None:
    from sekisho.bootstrap import open_examination

    rows = make_rows(Random(2), make_ledger(Random(1), 20), 1, misfits=0.0)
    body = b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))
    outcome = examine(arrive(office, body), replace(open_examination(), second=StopsMeanwhile(office.tenant)), NOW)
    assert isinstance(outcome, Stopped)
    assert [each.code for each in outcome.reasons] == [ReasonCode.PERMIT_NOT_ACTIVE]
    assert entries(kind="cleared") == []
    order = [each["kind"] for each in entries() if each["kind"] in {"permit_suspended", "refused"}]
    assert order == ["permit_suspended", "refused"]
    assert entries(kind="permit_suspended")[0]["permit"] == NUMBER
