"""Appending with a signed checkpoint each time, and verifying an export, beside pymerkle.

Claims: at least 700 entries a second one by one (ADR 0039), each written, integrated and under a signed checkpoint in a
commit of its own (SQLite, write-ahead log, synchronous=FULL); at least 40,000 a second when the sequencer integrates
256 waiting entries a commit, each commit with its signed checkpoint; and the verifier of one file checks at least
250,000 entries a second of an export, signatures, tiles and root. Seconds are CPU seconds of this process, because
other work on the machine is not ours; the clock's seconds are printed beside them.

The peer is pymerkle (InmemoryTree and SqliteTree), which appends to a tree and signs nothing; its root has to be ours.

Run: python3 dev.py bench ledger. BENCH_ENTRIES sets the size of the export, BENCH_PEERS is the Python of the peers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENTRIES: Final = int(os.environ.get("BENCH_ENTRIES", "1000000"))
PEERS: Final = os.environ.get("BENCH_PEERS", sys.executable)
ROUNDS, BATCH, SINGLES, BATCHES = 3, 256, 2_000, 100
LEAST_SINGLE, LEAST_BATCHED, LEAST_VERIFIED = 700, 40_000, 250_000
TENANT: Final = "422011"
_PEER: Final = """
import sys, time
from pymerkle import InmemoryTree, SqliteTree
entries = [b'{"kind":"received","number":%d,"parcel":"p-%d"}' % (n, n) for n in range(20_000)]
for name, tree in (("InmemoryTree", InmemoryTree()), ("SqliteTree", SqliteTree(sys.argv[1]))):
    begun = time.process_time()
    for each in entries[:4_000]:
        tree.append_entry(each)
    print(name, round(4_000 / (time.process_time() - begun)), tree.get_state().hex())
"""


@dataclass(frozen=True)
class Lap:
    """How many a second, by this process's CPU and by the clock."""

    name: str
    rate: float
    by_clock: float
    least: int

    def __str__(self) -> str:
        """One line."""
        mark = "ok" if self.rate >= self.least else "MISSED"
        return f"{self.name:<42}{self.rate:>12,.0f}/CPU-s {self.by_clock:>12,.0f}/s   at least {self.least:,}: {mark}"


def best(name: str, least: int, count: int, act: Callable[[], object], before: Callable[[], object] = dict) -> Lap:
    """The best of a few rounds; what comes before each is not measured."""
    laps = []
    for _ in range(ROUNDS):
        before()
        clock, cpu = time.perf_counter(), time.process_time()
        act()
        laps.append((count / (time.process_time() - cpu), count / (time.perf_counter() - clock)))
    return Lap(name, max(each for each, _ in laps), max(each for _, each in laps), least)


def entry(number: int) -> dict[str, object]:
    """An entry of the usual length."""
    digest = f"{number:064x}"
    at = "2026-11-27T10:00:00+09:00"
    return {"kind": "received", "parcel": f"p261127-{number:012x}", "digest": digest, "size": 10_240, "at": at}


def open_ledger() -> None:
    """An installation with one municipality."""
    from sekisho.bootstrap import open_house, prepare_database

    open_house()
    prepare_database()
    from sekisho.adapters.database.models import Tenant

    Tenant.objects.get_or_create(code=TENANT, label_ja="長崎市", label_en="Nagasaki")


def append_singly() -> None:
    """Entry after entry, each in a commit of its own with its place in the tree and a signed checkpoint over it."""
    from sekisho.adapters.database.ledgers import append_entry, sequence
    from sekisho.adapters.database.turns import writing

    for number in range(SINGLES):
        with writing():
            append_entry(TENANT, entry(number))
            sequence(TENANT)


def let_wait() -> None:
    """Entries that writers have written, and that wait for the sequencer."""
    from sekisho.adapters.database.ledgers import append_entry
    from sekisho.adapters.database.turns import writing

    with writing():
        for number in range(BATCH * BATCHES):
            append_entry(TENANT, entry(number))


def integrate() -> None:
    """The sequencer's part: a commit and a signed checkpoint for every 256 of them."""
    from sekisho.adapters.database.ledgers import sequence

    if sequence(TENANT) != BATCH * BATCHES:
        sys.exit("the sequencer did not find what was written")


def export(folder: Path) -> None:
    """An exported ledger of the wanted size, written with the kernel's own hands and signed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from sekisho.kernel import (
        Checkpoint,
        Frontier,
        bundle_paths,
        encode_entry,
        entry_bundle,
        hash_tiles,
        leaf_hash,
        render_policy,
        sign_note,
        verifier_key,
    )

    key, name = Ed25519PrivateKey.generate(), f"sekisho/{TENANT}"
    bodies = [encode_entry(entry(number)) for number in range(ENTRIES)]
    frontier, nodes = Frontier().append(map(leaf_hash, bodies))
    shelf = {(node.level, node.index): node.hash for node in nodes}
    public = key.public_key().public_bytes_raw()
    text = Checkpoint(origin=name, size=frontier.size, root=frontier.root()).text()
    policy = render_policy(verifier_key(name, public), {}, 0)
    files = [("checkpoint", sign_note(text, name, public, key.sign).encode()), ("policy", policy.encode())]
    bundles = ((path, entry_bundle(bodies[first : first + many])) for path, first, many in bundle_paths(0, ENTRIES))
    for path, content in [*files, *hash_tiles(ENTRIES, lambda level, index: shelf[level, index]), *bundles]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def verify(folder: Path) -> None:
    """Check the export with the verifier of one file."""
    from sekisho.adapters.bundles import verify_ledger

    held = list(verify_ledger.export_checks(folder, "", ""))
    if f"記録 {ENTRIES} 件" not in held[1]:
        sys.exit(f"the verifier did not see all entries: {held}")


def peers(folder: Path) -> Iterator[str]:
    """What pymerkle does, if it is there."""
    done = subprocess.run(
        [PEERS, "-c", _PEER, str(folder / "peer.sqlite3")], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        yield "pymerkle is not in the environment of the peers: not compared"
        return
    roots = set()
    for line in done.stdout.splitlines():
        name, rate, root = line.split()
        roots.add(root)
        yield f"pymerkle {name:<33}{int(rate):>12,}/CPU-s, no checkpoint, no signature"
    yield f"pymerkle comes to our root: {roots == {our_root().hex()}}"


def our_root() -> bytes:
    """Our root over the peer's entries."""
    from sekisho.kernel import replay_root

    written = (f'{{"kind":"received","number":{number},"parcel":"p-{number}"}}'.encode() for number in range(4_000))
    return replay_root(written)[1]


def main() -> int:
    """Measure, print, and say whether every claim holds."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["SEKISHO_HOME"] = f"{place}/home"
        open_ledger()
        laps = [
            best("append, one entry a commit", LEAST_SINGLE, SINGLES, append_singly),
            best(f"integrate, {BATCH} entries a commit", LEAST_BATCHED, BATCH * BATCHES, integrate, let_wait),
        ]
        export(Path(place) / "export")
        laps.append(
            best(f"verify an export of {ENTRIES:,}", LEAST_VERIFIED, ENTRIES, lambda: verify(Path(place) / "export"))
        )
        for lap in laps:
            print(lap)
        for line in peers(Path(place)):
            print(line)
    return int(any(lap.rate < lap.least for lap in laps))


if __name__ == "__main__":
    sys.exit(main())
