"""One story of the gate against whatever database the environment names; tells what came of it as one line of JSON.

Run as a process of its own, because Django chooses its database once a process.
"""

import json
import sys
from datetime import UTC, datetime
from random import Random

from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap import (
    STEPS,
    new_parcel,
    open_entrance,
    open_house,
    prepare_database,
)

HOME = open_house()

from sekisho.adapters.database.ledger_verification import verify_ledger  # noqa: E402 - needs Django ready
from sekisho.adapters.database.ledgers import read_entries, sequence  # noqa: E402 - needs Django ready
from sekisho.adapters.database.setup import issue_permit, open_tenant  # noqa: E402 - needs Django ready
from sekisho.adapters.dossiers import read_dossier, shipped_dossier  # noqa: E402 - needs Django ready
from sekisho.adapters.layouts import shipped_layouts  # noqa: E402 - needs Django ready
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file  # noqa: E402 - needs Django ready
from sekisho.kernel import Arrival, Credential, Direction, Refused, enter, replay_root  # noqa: E402 - needs Django ready

TENANT, TERMINAL, CONNECTION = "422011", "asset-tax-terminal-1", "registry-notices-down"


def prepare() -> None:
    """Open the municipality and issue the permits that its council gave."""
    prepare_database()
    text = shipped_dossier()
    dossier, now = read_dossier(text), datetime.now(UTC)
    open_tenant(dossier, text, now)
    for approved in dossier.terms_of(CONNECTION):
        issue_permit(approved, dossier.issuers, now)


def notices() -> bytes:
    """Write a file of notices, the same each time."""
    chance = Random(56)
    layout = shipped_layouts().find("registry_notice")
    return b"".join(notice_file(layout, make_rows(chance, make_ledger(chance, 12), 8)))


def attempt(person: str, content: bytes) -> str:
    """Try to cross as a person; answers how far the parcel came."""
    now = datetime.now(UTC)
    parcel = new_parcel(now)
    dock = LandingDock(HOME, TENANT, parcel)
    arrival = Arrival(
        parcel=parcel,
        tenant=TENANT,
        connection=CONNECTION,
        at=now,
        credential=Credential(kind="shell", value=f"{TERMINAL}/{person}"),
        route=("government_shared_network", "lgwan"),
        direction=Direction.INWARD,
        counterpart="linkage_platform",
        announced_size=len(content),
    )
    dock.feed(content)
    try:
        enter(arrival, dock, open_entrance(dock))
    except Refused as refusal:
        return ", ".join(str(reason.code) for reason in refusal.reasons)
    for step in STEPS.values():
        states = step([parcel])
    return states[parcel]


def main() -> None:
    """Tell the story."""
    prepare()
    outcomes = [attempt("urakami", notices()), attempt("dejima", notices()), attempt("urakami", "氏名\r\n".encode())]
    while sequence(TENANT):
        pass
    kinds = [entry["kind"] for entry in read_entries(TENANT)]
    verdict = verify_ledger(TENANT, replay_root)
    json.dump({"outcomes": outcomes, "kinds": kinds, "verified": verdict.verified}, sys.stdout)


if __name__ == "__main__":
    main()
