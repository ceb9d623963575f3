"""The worker's rounds: every parcel that is not at its end is taken further, in batches, however often a kill comes."""

import fcntl
import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.adapters.database.models import Parcel, ParcelState
from sekisho.adapters.flows import Flows
from sekisho.bootstrap import STEPS
from sekisho.kernel import SekishoError
from sekisho.worker.sequencer import Ear

_LOG: Final = logging.getLogger("sekisho.worker")
BATCH: Final = 32
_UNFINISHED: Final = (
    ParcelState.RECEIVED,
    ParcelState.CLEARED,
    ParcelState.LEAVING,
    ParcelState.DELIVERED,
    ParcelState.REFUSED,
    ParcelState.ERASING,
)


_STEP_IN_HAND: Final = threading.Lock()


def one_at_a_time(step: Callable[[str], str]) -> Callable[[str], str]:
    """A step that never runs twice at once: a resumed flow and a new one may both have the same parcel in hand."""

    def carry_out(parcel: str) -> str:
        with _STEP_IN_HAND:
            return step(parcel)

    return carry_out


def only_worker(home: Home) -> int:
    """Wait until no other worker of this home is left; the lock goes with the process, however it ends."""
    place = os.open(home.folder / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    return place


def unfinished(limit: int = BATCH) -> list[tuple[str, str]]:
    """Parcels that can be taken further, the oldest first, with their states."""
    rows = Parcel.objects.filter(state__in=_UNFINISHED).order_by("received_at")
    return list(rows.values_list("parcel", "state")[:limit])


class Rounds:
    """Takes batches along their way; a batch that did not move waits before it is tried again."""

    def __init__(self, home: Home, key: bytes) -> None:
        self._lock = only_worker(home)
        self._flows = Flows(home, key, {name: one_at_a_time(step) for name, step in STEPS.items()})
        self._ear = Ear(home, "worker.poke")
        self._attempt = 0
        self._patience = 0.05

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
        batch = unfinished()
        if not batch:
            self._ear.wait(0.5)
            return
        moved = self._travel([parcel for parcel, _ in batch], dict(batch))
        self._patience = 0.05 if moved else min(self._patience * 2, 5.0)
        if not moved:
            self._ear.wait(self._patience)

    def _travel(self, parcels: Sequence[str], before: dict[str, str]) -> bool:
        """Take a batch along; answers whether any of it moved."""
        self._attempt += 1
        try:
            after = self._flows.run(parcels, self._attempt)
        except (SekishoError, RuntimeError) as fault:
            _LOG.warning("worker: %s", type(fault).__name__)
            return False
        return any(after.get(parcel) != state for parcel, state in before.items())
