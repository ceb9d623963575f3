"""State, ledger and gate once more, on PostgreSQL: a second run of two folders with one setting changed.

Of long tables of edits, and of what inspection finds in bytes, only a few tests run again: bytes ask no database, held
and stopped parcels do.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
GATE = HERE.parent / "gate"
WHOLE = ("test_batches.py", "test_crossing.py", "test_sent_again.py")
THAT_WAIT = (
    "test_inspection.py::test_a_silent_scanner_holds_a_parcel_until_it_is_examined_again",
    "test_inspection.py::test_a_held_parcel_that_is_refused_is_erased_and_only_a_held_one_can_be_answered",
    "test_inspection.py::test_another_municipalitys_canary_holds_a_parcel_and_raises_an_alarm",
    "test_masked.py::test_a_masked_item_crosses_in_its_column_and_its_value_is_kept_nowhere",
)
# A row is compared with what was signed by our own code: of each long table of edits one kind runs here as well.
ONE_OF_EACH = (
    "(not editing_any_approved_field or persons or factors)"
    " and (not whatever_stands_in_a_permit_s_row or signatures)"
    " and (not any_edit_of_the_rows or swap)"
)


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif("SEKISHO_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_state_ledger_and_gate_hold_on_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    gate = [f"{GATE}/{each}" for each in (*WHOLE, *THAT_WAIT)]
    folders = [str(HERE), *gate, "--hypothesis-profile=brief", "-k", ONE_OF_EACH]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *folders],
        env={**os.environ, "SEKISHO_DATABASE_URL": postgres_url, "SEKISHO_HOME": str(tmp_path), "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
