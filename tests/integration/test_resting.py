"""The sequencer rests after a poke: hardly at all for one entry, longer when its rounds take long, never for long."""

from tests.integration.conftest import Office


def test_a_lonely_entry_hardly_waits_and_a_busy_sequencer_takes_a_fifth_of_its_time(office: Office) -> None:
    from sekisho.worker.sequencer import LONGEST_SECONDS, SHORTEST_SECONDS, resting_time

    assert resting_time(0.0) == SHORTEST_SECONDS
    assert resting_time(0.01) == 0.04
    assert resting_time(7.0) == LONGEST_SECONDS
