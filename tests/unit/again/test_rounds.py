"""The worker's rounds: a counterpart that takes long keeps nothing waiting but what goes to it, in its order."""

import inspect
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from sekisho.adapters.database.home import Home
from sekisho.worker import rounds
from sekisho.worker.batches import Batch, Share, Way


class Gate:
    """Parcels in memory, their flows, and counterparts of which `slow` answers only when it is told to."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.ways: dict[str, str] = {}
        self.seen: list[str] = []
        self.asked: list[bool] = []
        self.answers, self.breaks = threading.Event(), set[str]()

    def land(self, name: str, way: str = "") -> str:
        """One more parcel: in, or on its way out."""
        self.ways[name] = way
        self.states[name] = "leaving" if way else "received"
        return name

    def own_work(self, _share: Share, later: Collection[str], *, outward: bool = False) -> Batch | None:
        """The oldest parcel that is the gate's own work; which come first is another test's."""
        self.asked.append(outward)
        mine = [each for each, state in self.states.items() if state in {"received", "delivered"} and each not in later]
        return Batch(steps=("examine",), states={mine[0]: self.states[mine[0]]}) if mine else None

    def to_carry(self, _share: Share, later: Collection[str], under_way: Sequence[Way]) -> Batch | None:
        """The oldest parcel whose way is free."""
        busy = {way.counterpart for way in under_way}
        for each, state in self.states.items():
            if state == "leaving" and each not in later and self.ways[each] not in busy:
                way = Way(tenant="422011", counterpart=self.ways[each])
                return Batch(steps=("carry",), states={each: state}, way=way)
        return None

    def launch(self) -> None:
        """No flow was left."""

    def stop(self) -> None:
        """Nothing to end."""

    def run(self, parcels: Sequence[str], _attempt: int, steps: Sequence[str]) -> Mapping[str, str]:
        """Take them one state further."""
        (name,) = parcels
        self.seen.append(f"{steps[0]} {name}")
        if steps == ("carry",) and self.ways[name] == "slow":
            self.answers.wait(20)
        if name in self.breaks:
            self.breaks.remove(name)
            raise OSError(name)
        self.states[name] = "delivered" if steps == ("carry",) else "erased"
        return {name: self.states[name]}


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A gate without parcels."""
    made = Gate()
    monkeypatch.setattr(rounds, "Flows", lambda *_: made)
    monkeypatch.setattr(rounds, "own_work", made.own_work)
    monkeypatch.setattr(rounds, "to_carry", made.to_carry)
    return made


@contextmanager
def going(gate: Gate, folder: Path, moved: Callable[[Sequence[str]], object] = rounds.nobody_waits) -> Iterator[None]:
    """The worker goes round until the block ends."""
    made, ended = rounds.Rounds(Home(folder=folder), b"", Share(), moved), threading.Event()
    thread = threading.Thread(target=made.run, args=(ended,))
    thread.start()
    try:
        yield
    finally:
        gate.answers.set()
        ended.set()
        thread.join(20)
        made.close()


def wait_for(what: Callable[[], object]) -> None:
    """Until it is so."""
    until = time.monotonic() + 20
    while not what():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_counterpart_that_does_not_answer_keeps_nothing_else_waiting(gate: Gate, tmp_path: Path) -> None:
    hanging, younger = gate.land("a", "slow"), gate.land("b", "slow")
    with going(gate, tmp_path):
        wait_for(lambda: gate.seen)
        others = gate.land("c", "quick"), gate.land("d")
        wait_for(lambda: {gate.states[each] for each in others} == {"erased"})
        assert (gate.states[hanging], f"carry {younger}" in gate.seen) == ("leaving", False), "the older is there first"
        gate.answers.set()
        wait_for(lambda: gate.states[hanging] == gate.states[younger] == "erased")
    assert gate.seen.index(f"carry {hanging}") < gate.seen.index(f"carry {younger}")
    assert len(gate.seen) == len(set(gate.seen)) == 7, "and nothing was done twice"


def test_what_goes_out_comes_first_and_in_turn_the_oldest(gate: Gate, tmp_path: Path) -> None:
    names = [gate.land(f"{number}") for number in range(2 * rounds.OLDEST_EVERY)]
    with going(gate, tmp_path):
        wait_for(lambda: {gate.states[each] for each in names} == {"erased"})
    turn = [False, True, True, True]
    assert [gate.asked[at : at + 4] in [turn[n:] + turn[:n] for n in range(4)] for at in (0, 4)] == [True, True]


def test_what_is_under_way_at_the_end_is_waited_for(gate: Gate, tmp_path: Path) -> None:
    gate.land("a", "slow")
    with going(gate, tmp_path):
        wait_for(lambda: gate.seen)
    assert gate.states == {"a": "delivered"}


def test_a_flow_that_breaks_is_tried_again_and_ends_no_other(gate: Gate, tmp_path: Path) -> None:
    gate.breaks = {gate.land("a"), gate.land("b", "quick")}
    with going(gate, tmp_path):
        wait_for(lambda: gate.states == {"a": "erased", "b": "erased"})
    assert (gate.seen.count("examine a"), gate.seen.count("carry b")) == (2, 2)


def test_who_waits_for_what_moved_is_told(gate: Gate, tmp_path: Path) -> None:
    told: list[str] = []
    gate.land("a", "quick")
    with going(gate, tmp_path, told.extend):
        wait_for(lambda: told == ["a", "a"])


def test_a_flow_that_an_earlier_version_left_goes_on_with_the_steps_that_it_had() -> None:
    from sekisho.adapters.flows import durable
    from sekisho.bootstrap import STEPS, WORKER_STEPS

    steps = inspect.signature(durable._travel).parameters["steps"].default
    assert steps == tuple(STEPS) == ("examine", "deliver", "erase")
    assert {*steps, "land", "carry"} == set(WORKER_STEPS)


def test_no_parcel_is_in_two_hands() -> None:
    held, found, lock = set[str](), list[int](), threading.Lock()

    def step(parcels: Sequence[str]) -> dict[str, str]:
        with lock:
            found.append(len(held & set(parcels)))
            held.update(parcels)
        time.sleep(0.01)
        with lock:
            held.difference_update(parcels)
        return {}

    careful = rounds.in_one_hand(step)
    threads = [threading.Thread(target=careful, args=(each,)) for each in (["a", "b"], ["b", "c"], ["c", "a"]) * 4]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert found == [0] * 12
