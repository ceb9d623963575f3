"""The worker's rounds: every parcel that is not at its end is taken further, in batches, however often a kill comes."""

import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel, ParcelState
from sekisho.adapters.flows import Flows
from sekisho.bootstrap import STEPS, now
from sekisho.kernel import SekishoError
from sekisho.worker.sequencer import Ear

_LOG: Final = logging.getLogger("sekisho.worker")
BATCH: Final = 32
FIRST_WAIT: Final = 0.05
LONGEST_WAIT: Final = 5.0
QUIET: Final = 0.5
_UNFINISHED: Final = (
    ParcelState.RECEIVED,
    ParcelState.CLEARED,
    ParcelState.LEAVING,
    ParcelState.DELIVERED,
    ParcelState.REFUSED,
    ParcelState.ERASING,
)


_STEP_IN_HAND: Final = threading.Lock()


def one_at_a_time(step: Callable[[Sequence[str]], dict[str, str]]) -> Callable[[Sequence[str]], dict[str, str]]:
    """A step that never runs twice at once: a resumed flow and a new one may both have the same parcel in hand."""

    def carry_out(parcels: Sequence[str]) -> dict[str, str]:
        with _STEP_IN_HAND:
            return step(parcels)

    return carry_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Which parcels are this worker's: those whose id leaves this remainder. Each parcel is one worker's only."""

    number: int = 0
    of: int = 1

    def holds(self, parcel: str) -> bool:
        """Say whether this parcel is this worker's."""
        return crc32(parcel.encode()) % self.of == self.number


def only_worker(home: Home, share: Share) -> int:
    """Wait until no other worker has this share; the lock goes with the process, however it ends."""
    place = os.open(home.folder / f"worker-{share.number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    return place


def unfinished(share: Share, later: Collection[str], limit: int = BATCH) -> list[tuple[str, str]]:
    """Our parcels that can be taken further now, the oldest first, with their states."""
    rows = Parcel.objects.filter(state__in=_UNFINISHED).exclude(parcel__in=list(later)).order_by("received_at")
    # What is on hold is kept as it is, and what a counterpart was away for has an hour of its own.
    rows = rows.exclude(hold__gt="", state__in=(ParcelState.DELIVERED, ParcelState.REFUSED))
    rows = rows.exclude(next_try__gt=now())
    found = rows.values_list("parcel", "state")[: limit * share.of * 2]
    return [(parcel, state) for parcel, state in found if share.holds(parcel)][:limit]


class Rounds:
    """Takes batches along their way; a parcel that did not move waits, and nobody behind it waits for it."""

    def __init__(self, home: Home, key: bytes, share: Share) -> None:
        self._lock = only_worker(home, share)
        self._share = share
        steps = {name: one_at_a_time(step) for name, step in STEPS.items()}
        self._flows = Flows(home.flows(share.number), key, steps)
        self._ear = Ear(home, f"worker-{share.number}.poke")
        self._attempt = 0
        self._later: dict[str, tuple[float, float]] = {}

    def run(self, ended: threading.Event) -> None:
        """Go round until told to end."""
        self._flows.launch()
        try:
            while not ended.is_set():
                self._round()
        finally:
            self._flows.stop()

    def _round(self) -> None:
        """One batch, or a wait."""
        waiting = [parcel for parcel, (until, _) in self._later.items() if until > time.monotonic()]
        batch = unfinished(self._share, waiting)
        if not batch:
            self._ear.wait(FIRST_WAIT if waiting else QUIET)
            return
        self._note(dict(batch), self._travel([parcel for parcel, _ in batch]))

    def _travel(self, parcels: Sequence[str]) -> Mapping[str, str]:
        """Take a batch along; answers where its parcels are now."""
        self._attempt += 1
        try:
            return self._flows.run(parcels, self._attempt)
        except (SekishoError, RuntimeError) as fault:
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
