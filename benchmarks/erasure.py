"""Certified erasure in batches of 16: signed list, intents, keys destroyed and searched for, bytes, proofs, entries.

Claim: at least 2,000 keys a second are destroyed for good with their search, in batches of 16, and 0 bytes of them are
found afterwards in any file of the store. Beside it stands the whole door: the same for whole parcels with their signed
list and both entries in the ledger.

Run: python3 dev.py bench erasure. BENCH_KEYS and BENCH_PARCELS say how many.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks._claims import tell_claims

KEYS: Final = int(os.environ.get("BENCH_KEYS", "3200"))
PARCELS: Final = int(os.environ.get("BENCH_PARCELS", "480"))
BATCH: Final = 16
ROUNDS: Final = 3
LEAST: Final = 2_000


def destroy_keys(home: Path) -> tuple[float, int]:
    """Keys destroyed a second in batches, and how many of them are found afterwards."""
    from sekisho.adapters.keys import KeyStore
    from sekisho.adapters.keys.places import find_slots
    from sekisho.adapters.keys.searching import HEAD, files_of, heads

    home.mkdir()
    store = KeyStore(home / "keys.sqlite3", b"m" * 32)
    names = [f"parcel/p261124-{number:012d}" for number in range(KEYS)]
    for first in range(0, KEYS, 256):
        store.make_many("422011", names[first : first + 256])
    slots = find_slots(store._database(), "422011", names)  # noqa: SLF001 - to know what to search for
    marks = [each[:HEAD] for each in store._slots.read(slots).values()]  # noqa: SLF001 - the same
    begun = time.perf_counter()
    for first in range(0, KEYS, BATCH):
        gone = store.destroy("422011", names[first : first + BATCH])
        if not all(each.searched for each in gone):
            return 0.0, len(gone)
    took = time.perf_counter() - begun
    raw = b"".join(file.read_bytes() for file in files_of(home / "keys.sqlite3") if file.exists())
    lying = set(heads(raw))
    return KEYS / took, sum(mark in lying for mark in marks)


STORY: Final = """
import json, sys, time
from datetime import UTC, datetime
from sekisho.bootstrap import STEPS, open_house, prepare_database
HOME = open_house()
from sekisho.adapters.database.models import Parcel
from sekisho.adapters.database.setup import open_tenant
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.adapters.keys import open_key_store
prepare_database()
text = shipped_dossier()
tenant = open_tenant(read_dossier(text), text, datetime.now(UTC))
count, batch = int(sys.argv[1]), int(sys.argv[2])
names = [f"p261124-{number:012d}" for number in range(count)]
open_key_store().make_many(tenant, [f"{kind}/{name}" for name in names for kind in ("parcel", "cargo")])
at = datetime.now(UTC)
frame = dict(tenant_id=tenant, connection="registry-notices-down", permit="R1-56-01", received_at=at,
    received_on=at.date(), size=9, digest="0" * 64, place="inline", inline=b"x" * 9000)
Parcel.objects.bulk_create(
    Parcel(parcel=name, state="delivered", outcome="delivered", acknowledgement={"number": "1", "facts": {}}, **frame)
    for name in names)
begun = time.perf_counter()
for first in range(0, count, batch):
    STEPS["erase"](names[first:first + batch])
took = time.perf_counter() - begun
left = Parcel.objects.exclude(state="erased").count()
print(json.dumps({"rate": count / took, "left": left}))
"""


def erase_parcels(home: Path) -> tuple[float, int]:
    """Whole parcels erased a second through the worker's own step, and how many were not."""
    environment = {**os.environ, "SEKISHO_HOME": str(home)}
    command = [sys.executable, "-c", STORY, str(PARCELS), str(BATCH)]
    told = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
    return float(told["rate"]), int(told["left"])


def main() -> int:
    """Run each so often, and say what came of it."""
    rates, found, doors, left = [], 0, [], 0
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as folder:
            rate, more = destroy_keys(Path(folder) / "keys")
            door, behind = erase_parcels(Path(folder) / "home")
        rates.append(rate)
        doors.append(door)
        found, left = found + more, left + behind
        print(
            f"round {number + 1}: {rate:,.0f} keys/s destroyed and searched for; {door:,.0f} parcels/s through the door"
        )
    print(
        f"keys in batches of {BATCH}: {min(rates):,.0f} / {statistics.median(rates):,.0f} / {max(rates):,.0f} a second"
    )
    print(f"whole parcels:          {min(doors):,.0f} / {statistics.median(doors):,.0f} / {max(doors):,.0f} a second")
    claims = {
        f"at least {LEAST:,} certified a second (median)": statistics.median(rates) >= LEAST,
        "0 key bytes are found afterwards": found == 0,
        "every parcel is erased with its entries": left == 0,
    }
    return tell_claims(claims)


if __name__ == "__main__":
    sys.exit(main())
