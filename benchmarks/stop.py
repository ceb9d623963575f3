"""One person stops a permit while 1,000 crossings are in flight in four processes: how long until it holds.

Claim: the stop is written within a second, and after it no crossing is cleared, by the order of the ledger. From the
moment it is written the next decision knows it, since every decision reads the permit in its own transaction.

Run: python3 dev.py bench stop. BENCH_PARCELS says how many crossings are in flight.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks._claims import tell_claims
from tests.integration.permits.stopping import stop_in_their_midst

PARCELS: Final = int(os.environ.get("BENCH_PARCELS", "1000"))
MOST_MS: Final = 1_000


def main() -> int:
    """Run the story once, and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as home:
        told = stop_in_their_midst(Path(home), PARCELS)
    print(f"{PARCELS:,} crossings in flight; the stop took {told['milliseconds']:,.1f} ms")
    print(f"  cleared before it {told['cleared']['before']:,}, after it {told['cleared']['after']:,}")
    print(f"  refused after it {told['refused']['after']:,}")
    claims = {
        f"the stop holds within {MOST_MS:,} ms": told["milliseconds"] <= MOST_MS,
        "none is cleared after the stop": told["cleared"]["after"] == 0,
    }
    return tell_claims(claims)


if __name__ == "__main__":
    sys.exit(main())
