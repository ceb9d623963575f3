"""The durable flow of a batch of parcels through some steps. A step that was done is not done again.

The library keeps only ids and states, sealed; every effect is idempotent by itself (a row in its own transaction),
so that a step repeated after a kill changes nothing.
"""

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from dbos import DBOS, DBOSConfig, SetWorkflowID

from sekisho.adapters.flows.serializer import SealedJson

Step = Callable[[Sequence[str]], dict[str, str]]
VERSION: Final = "1"
_STEPS: dict[str, Step] = {}


def _carry_out(step: str, parcels: Sequence[str]) -> dict[str, str]:
    """Carry out one step for a batch; answers where each parcel is."""
    return _STEPS[step](parcels)


@DBOS.workflow(name="travel")
def _travel(parcels: list[str], steps: Sequence[str] = ("examine", "deliver", "erase")) -> dict[str, str]:
    """The way of a batch. A flow that an earlier version left names no steps: it went through these."""
    states: dict[str, str] = {}
    for step in steps:
        states = DBOS.run_step({"name": step}, _carry_out, step, parcels)
    return states


class Flows:
    """Starts flows, and resumes those that a killed process left."""

    def __init__(self, file: Path, key: bytes, steps: Mapping[str, Step]) -> None:
        _STEPS.update(steps)
        config: DBOSConfig = {
            "name": "sekisho",
            "system_database_url": f"sqlite:///{file}",
            "serializer": SealedJson(key),
            "application_version": VERSION,
            "executor_id": "worker",
            "log_level": "ERROR",
            "console_log_level": "ERROR",
            "enable_otlp": False,
        }
        self._start = secrets.token_hex(8)
        DBOS(config=config)

    def launch(self) -> None:
        """Open the flows' file, and let what a killed process left come to its end before anything new begins."""
        DBOS.launch()
        for left in DBOS.list_workflows(status="PENDING"):
            with contextlib.suppress(Exception):  # a flow that fails again is taken up by the rounds
                DBOS.retrieve_workflow(left.workflow_id).get_result()

    def run(self, parcels: Sequence[str], attempt: int, steps: Sequence[str]) -> Mapping[str, str]:
        """Take a batch through these steps and wait for it; the same batch and attempt twice is one flow."""
        name = hashlib.sha256("\n".join([self._start, *parcels, str(attempt)]).encode()).hexdigest()[:32]
        with SetWorkflowID(name):
            handle = DBOS.start_workflow(_travel, list(parcels), list(steps))
        found: Mapping[str, str] = handle.get_result()
        return found

    def stop(self) -> None:
        """Let the library end its threads."""
        DBOS.destroy()
