"""The worker's rounds: every parcel that is not at its end is taken further, in batches, however often a kill comes.

One batch at a time is the gate's own work. Beside it go batches that are handed over to counterparts: while one of
them takes in a parcel, or does not answer, everything else goes on.
"""

import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.adapters.flows import Flows
from sekisho.bootstrap import WORKER_STEPS
from sekisho.worker.batches import Batch, Share, own_work, to_carry
from sekisho.worker.sequencer import Ear

_LOG: Final = logging.getLogger("sekisho.worker")
CARRIED_AT_ONCE: Final = 8
OLDEST_EVERY: Final = 4
"""Every so many batches of the gate's own work the oldest parcel comes first, wherever it goes."""
FIRST_WAIT: Final = 0.05
LONGEST_WAIT: Final = 5.0
QUIET: Final = 0.5
_STEP_IN_HAND: Final = threading.Lock()
_HANDS: Final = threading.Condition()
_IN_HAND: Final[set[str]] = set()


def one_at_a_time(step: Callable[[Sequence[str]], dict[str, str]]) -> Callable[[Sequence[str]], dict[str, str]]:
    """A step of the gate's own work, of which never two run at once: also a resumed flow and a new one do not."""

    def carry_out(parcels: Sequence[str]) -> dict[str, str]:
        with _STEP_IN_HAND:
            return step(parcels)

    return carry_out


def in_one_hand(step: Callable[[Sequence[str]], dict[str, str]]) -> Callable[[Sequence[str]], dict[str, str]]:
    """A step that waits until no other one has any of its parcels in hand."""

    def carry_out(parcels: Sequence[str]) -> dict[str, str]:
        mine = frozenset(parcels)
        with _HANDS:
            _HANDS.wait_for(lambda: mine.isdisjoint(_IN_HAND))
            _IN_HAND.update(mine)
        try:
            return step(parcels)
        finally:
            with _HANDS:
                _IN_HAND.difference_update(mine)
                _HANDS.notify_all()

    return carry_out


def only_worker(home: Home, share: Share) -> int:
    """Wait until no other worker has this share; the lock goes with the process, however it ends."""
    place = os.open(home.folder / f"worker-{share.number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    return place


def nobody_waits(_parcels: Sequence[str]) -> None:
    """Nobody is told of what has moved."""


class Rounds:
    """Takes batches along their way; a parcel that did not move waits, and nobody behind it waits for it."""

    def __init__(
        self, home: Home, key: bytes, share: Share, moved: Callable[[Sequence[str]], object] = nobody_waits
    ) -> None:
        self._lock = only_worker(home, share)
        self._share, self._moved = share, moved
        steps = {name: step if name == "carry" else one_at_a_time(step) for name, step in WORKER_STEPS.items()}
        self._flows = Flows(home.flows(share.number), key, {name: in_one_hand(step) for name, step in steps.items()})
        self._ear = Ear(home, f"worker-{share.number}.poke")
        self._attempt, self._look_out, self._turn = 0, 0.0, 0
        self._later: dict[str, tuple[float, float]] = {}
        self._threads = ThreadPoolExecutor(1 + CARRIED_AT_ONCE, thread_name_prefix="flow")
        self._under_way: dict[Future[Mapping[str, str]], Batch] = {}

    def run(self, ended: threading.Event) -> None:
        """Go round until told to end; what is under way then is waited for."""
        self._flows.launch()
        try:
            while not ended.is_set():
                self._round()
        finally:
            self._threads.shutdown()  # it waits for them
            self._flows.stop()

    def close(self) -> None:
        """Give the share back and listen no longer."""
        self._ear.close()
        os.close(self._lock)

    def _round(self) -> None:
        """Note what has ended, begin what can begin; or wait."""
        self._gather()
        if self._begin(self._own_work()) or self._begin(self._to_carry()):
            return
        self._ear.wait(FIRST_WAIT if self._resting() else QUIET)

    def _resting(self) -> list[str]:
        """The parcels that did not move and wait for their next try."""
        return [parcel for parcel, (until, _) in self._later.items() if until > time.monotonic()]

    def _left_alone(self) -> list[str]:
        """The parcels that no new batch may hold: they rest, or are under way."""
        return [*self._resting(), *(parcel for batch in self._under_way.values() for parcel in batch.states)]

    def _own_work(self) -> Batch | None:
        """The gate's own next batch, unless one is under way: what counterparts are to have, and in turn the oldest."""
        if any(batch.way is None for batch in self._under_way.values()):
            return None
        self._turn = (self._turn + 1) % OLDEST_EVERY
        return own_work(self._share, self._left_alone(), outward=self._turn > 0)

    def _to_carry(self) -> Batch | None:
        """The next batch for a counterpart, unless enough are under way; what arrives at the gate asks for none."""
        ways = [batch.way for batch in self._under_way.values() if batch.way is not None]
        if len(ways) == CARRIED_AT_ONCE or time.monotonic() < self._look_out:
            return None
        batch = to_carry(self._share, self._left_alone(), ways)
        self._look_out = 0.0 if batch else time.monotonic() + FIRST_WAIT
        return batch

    def _begin(self, batch: Batch | None) -> bool:
        """Let a batch set out, in a thread that waits for it; answers whether there was one."""
        if batch is None:
            return False
        self._attempt += 1
        going = self._threads.submit(self._flows.run, list(batch.states), self._attempt, batch.steps)
        self._under_way[going] = batch
        going.add_done_callback(lambda _: self._ear.poke())
        return True

    def _gather(self) -> None:
        """Note where the parcels of every batch that has ended are now, and tell who waits for them."""
        for going in [each for each in self._under_way if each.done()]:
            before, self._look_out = self._under_way.pop(going).states, 0.0
            after = self._outcome(going)
            self._note(before, after)
            if moved := [parcel for parcel, state in before.items() if after.get(parcel, state) != state]:
                self._moved(moved)

    def _outcome(self, going: Future[Mapping[str, str]]) -> Mapping[str, str]:
        """Where the parcels of a batch are now; nothing if its flow failed."""
        try:
            return going.result()
        except Exception as fault:  # noqa: BLE001 - its parcels are tried again; the batches beside it go on
            _LOG.warning("worker: %s", type(fault).__name__)
            return {}

    def _note(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Let those that did not move wait, each time twice as long, at most a few seconds."""
        for parcel, state in before.items():
            if after.get(parcel, state) != state:
                self._later.pop(parcel, None)
                continue
            wait = min(self._later.get(parcel, (0.0, FIRST_WAIT / 2))[1] * 2, LONGEST_WAIT)
            self._later[parcel] = (time.monotonic() + wait, wait)
